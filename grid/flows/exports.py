"""Export a register as a job: masked at once, full personal data only with reason and another person's approval."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_text
from grid.core.errors import InvalidInput, NotAllowed, NotFound
from grid.core.errors.exports import ExportSettled, NoPersonalHere, OwnRequest
from grid.core.words.jobs import Approval, JobState
from grid.core.words.roles import Role
from grid.flows import jobs, ledger, messages
from grid.flows.job_kinds import JobKind, RunningJob
from grid.models import Job, Person, db
from grid.reads.accounts import unit_name
from grid.reads.registers.files import LABELS, MIMES, WITH_PERSONAL, count_lines, file_name, table_of, write_file
from grid.rules import permissions
from grid.rules.permissions import Action, ObjectFacts
from grid.tools.kit import Kit

KIND = "export"
STATISTICS_ONLY = frozenset({Role.DISTRICT_CENTRE, Role.STREET_CENTRE})
"""Whose exports are statistics: no line of theirs names a case (domain handbook §13)."""


def exports_of(actor: Actor, register: str) -> dict[str, bool]:
    """Tell which files of a register a person may ask for: masked ones, and those with full personal data."""
    plain = permissions.can(actor, Action.REGISTER_EXPORT)
    plain = plain and (register == "monthly" or actor.role not in STATISTICS_ONLY)
    return {
        "plain": plain,
        "full": plain and register in WITH_PERSONAL and permissions.can(actor, Action.EXPORT_PERSONAL),
    }


def ask_export(
    actor: Actor, register: str, form: str, filters: Mapping[str, Any], kit: Kit, now: datetime, *, full: bool,
    reason: str,
) -> Job:  # fmt: skip
    """Ask for a file; raises NotAllowed, InvalidInput without a reason for full data, NoPersonalHere."""
    if not exports_of(actor, register)["plain"]:
        raise NotAllowed(action=str(Action.REGISTER_EXPORT))
    if full:
        permissions.check(actor, Action.EXPORT_PERSONAL)
        if register not in WITH_PERSONAL:
            raise NoPersonalHere
        if len(reason.strip()) < 4:
            raise InvalidInput(fields={"reason": ["请写明用途，供审批人判断"]})
    args = {"register": register, "form": form, "full": full, "filters": to_json(filters)}
    total = count_lines(register, actor, dict(filters), kit, now)
    approval = Approval.WAITING if full else Approval.NONE
    job = jobs.enqueue(actor, KIND, args, now, total=total, reason=reason.strip(), approval=approval)
    if full:
        for person_id in approvers(actor):
            messages.send(
                person_id, "export_waiting", "有一项完整信息导出待审批", now,
                text=f"{actor.name}申请导出{LABELS[register]}，共 {total} 行。",
            )  # fmt: skip
    return job


def approvers(actor: Actor) -> list[str]:
    """Return who may approve: the court's administrators except the asker."""
    return list(
        db.session.scalars(
            select(Person.id).where(
                Person.court_id == actor.court_id,
                Person.role == Role.COURT_ADMIN.value,
                Person.deactivated_at.is_(None),
                Person.id != actor.id,
            )
        )
    )


def decide(actor: Actor, job_id: str, now: datetime, *, approve: bool, reason: str = "") -> Job:
    """Approve or refuse a request for full data; raises NotFound, OwnRequest, ExportSettled."""
    job = db.session.scalars(select(Job).where(Job.id == job_id).with_for_update()).one_or_none()
    if job is None or job.kind != KIND or job.approval == Approval.NONE.value:
        raise NotFound
    permissions.check(actor, Action.EXPORT_APPROVE, ObjectFacts(job.court_id, ""))
    if job.person_id == actor.id:
        raise OwnRequest
    if job.approval != Approval.WAITING.value:
        raise ExportSettled
    job.approval = Approval.APPROVED.value if approve else Approval.REFUSED.value
    job.approved_by, job.approved_at = actor.id, now
    if not approve:
        job.state = JobState.FAILED.value
        job.problem = f"未获批准：{reason}"[:300]
        job.finished_at = now
    ledger.record(
        "export.approved" if approve else "export.refused", actor, now, object_id=job.id, reason=reason, rows=job.total
    )
    messages.send(
        job.person_id or "", "export_decided", "导出申请已批准" if approve else "导出申请没有批准", now,
        text="文件生成后可在“我的任务”里下载。" if approve else reason,
    )  # fmt: skip
    return job


def run_export(job: RunningJob) -> None:
    """Write the file of an export in the asker's name and reach of today; the line count goes into the ledger."""
    actor, args = job.who, job.args
    filters, full = from_json(args["filters"]), bool(args["full"])
    table = table_of(args["register"], actor, filters, unit_name(actor), job.kit, job.now, full=full)
    total = count_lines(args["register"], actor, filters, job.kit, job.now)
    path = job.file(file_name(args["register"], filters, args["form"], job.now, full=full), MIMES[args["form"]])
    job.total = write_file(
        path, args["form"], table, actor.name, job.now, watermark=_watermark(job, full=full),
        progress=lambda done: job.progress(done, total),
    )  # fmt: skip
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    job.facts = {"register": args["register"], "form": args["form"], "full": full, "sha256": digest}


def _watermark(job: RunningJob, *, full: bool) -> str:
    """Return the line that says whose file this is, when and what for; '' for a masked one."""
    if not full:
        return ""
    row = db.session.get_one(Job, job.claimed.id)
    people = db.session.scalars(select(Person).where(Person.id.in_([job.who.id, row.approved_by or ""])))
    found = {person.id: f"{person.name}（{person.staff_no}）" for person in people}
    return (
        f"内含个人信息，仅限下列用途，不得转发。导出人：{found[job.who.id]}；批准人：{found[row.approved_by or '']}；"
        f"用途：{row.reason}；导出时间：{local_text(job.now)}；编号：{row.id}"
    )


def to_json(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return filters as a job keeps them."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in filters.items()}


def from_json(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return filters as reads take them."""
    dates = {key: date.fromisoformat(filters[key]) for key in ("from", "to") if filters.get(key)}
    return {**filters, **dates}


EXPORT = JobKind("导出", run_export)
