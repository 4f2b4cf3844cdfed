"""Requests for full personal data, for those who approve."""

from typing import Any

from sqlalchemy import func, select

from grid.core.actor import Actor
from grid.core.words.jobs import Approval
from grid.core.words.review import VERDICT_LABELS, Verdict
from grid.core.words.tasks import STATE_LABELS, TaskState
from grid.models import Job, Person, Unit, db
from grid.reads.registers.files import LABELS

FORMS = {"xlsx": "Excel 表格", "csv": "csv（UTF-8）", "csv-gb18030": "csv（GB18030）"}
NAMES = {"street": "镇街", "cell": "网格", "officer": "承办人", "worker": "网格员"}


def list_exports(actor: Actor, approval: str, page: int, size: int) -> dict[str, Any]:
    """Return one page of the court's requests in a state, oldest first."""
    where = (Job.court_id == actor.court_id, Job.kind == "export", Job.approval == approval)
    total = db.session.scalar(select(func.count(Job.id)).where(*where)) or 0
    rows = db.session.execute(
        select(Job, Person.name)
        .join(Person, Person.id == Job.person_id)
        .where(*where)
        .order_by(Job.created_at, Job.id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    named = _names({str(job.args["filters"].get(key) or "") for job, _ in rows for key in NAMES} - {""})
    return {
        "items": [_view(job, name, named, actor) for job, name in rows], "page": page, "size": size, "total": total,
    }  # fmt: skip


def _view(job: Job, asked_by: str, named: dict[str, str], actor: Actor) -> dict[str, Any]:
    return {
        "id": job.id,
        "register": job.args["register"],
        "register_label": LABELS[job.args["register"]],
        "format": FORMS[job.args["form"]],
        "filters_text": filters_text(job.args["filters"], named),
        "reason": job.reason,
        "asked_by": asked_by,
        "asked_at": job.created_at,
        "rows": job.total,
        "state": job.approval,
        "full": job.args["full"],
        "may_decide": job.approval == Approval.WAITING.value and job.person_id != actor.id,
    }


def filters_text(filters: dict[str, Any], named: dict[str, str]) -> str:
    """Write filters for people."""
    found = []
    if filters.get("from") or filters.get("to"):
        found.append(f"派发日期 {filters.get('from') or '…'} 至 {filters.get('to') or '…'}")
    if filters.get("month"):
        found.append(f"月份 {filters['month']}")
    for key, label in NAMES.items():
        if filters.get(key):
            found.append(f"{label}：{named.get(filters[key], filters[key])}")
    if filters.get("state"):
        found.append(f"状态：{STATE_LABELS[TaskState(filters['state'])]}")
    if filters.get("result"):
        found.append(f"核实结果：{VERDICT_LABELS[Verdict(filters['result'])]}")
    if filters.get("original") is not None:
        found.append("回证原件已交回" if filters["original"] else "回证原件未交回")
    if filters.get("overdue"):
        found.append("只看超期")
    if filters.get("q"):
        found.append("按关键字查找")
    return "；".join(found) or "全部"


def _names(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    units = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    people = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in (*units, *people)}
