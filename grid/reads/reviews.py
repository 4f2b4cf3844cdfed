"""The reviewer's queue: reports that wait for a decision, with what has arrived and what is to be noticed."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, exists, func, or_, select

from grid.core.actor import Actor
from grid.core.words.tasks import TaskState
from grid.kinds import outcome_label
from grid.models import Evidence, Party, Task, TaskSeen, Visit, db
from grid.reads.paging import Order, page_of_ids
from grid.reads.scope import task_scope
from grid.reads.task_rows import task_rows
from grid.rules import flags
from grid.rules.permissions import Action
from grid.tools.kit import Kit

WAITING = (TaskState.REPORTED.value, TaskState.VERIFYING.value)
SORTS: dict[str, tuple[Any, ...]] = {
    "reported_at": (Task.reported_at, Task.id),
    "due_at": (Task.due_at, Task.id),
    "no": (Task.no, Task.id),
}
MAX_LATE = 500


def list_reviews(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Return one page of the queue; late material of any task waits here too until it is decided."""
    sort = args["sort"] if args["sort"].lstrip("-") in SORTS else "reported_at"
    order = Order(SORTS[sort.lstrip("-")], descending=sort.startswith("-"), nullable=not sort.endswith("no"))
    where = [task_scope(actor, Action.TASK_REVIEW), or_(Task.state.in_(WAITING), Task.id.in_(_late_ids(actor)))]
    where += _filters(actor, args, kit)
    chosen = tuple(sorted((key, str(value)) for key, value in args.items() if key not in ("page", "size")))
    ids, total = page_of_ids(where, order, args["page"], args["size"], ("reviews", actor.id, actor.unit_id, chosen))
    rows = _with_reports(actor, task_rows(actor, ids, now), ids)
    return {"items": rows, "page": args["page"], "size": args["size"], "total": total}


def _late_ids(actor: Actor) -> list[str]:
    """Name the tasks with undecided late material; asked apart, so that each half of the OR has its index."""
    return list(
        db.session.scalars(
            select(Visit.task_id)
            .join(Task, Task.id == Visit.task_id)
            .where(Visit.supplementary.is_(True), Visit.decided_at.is_(None), task_scope(actor, Action.TASK_REVIEW))
            .distinct()
            .limit(MAX_LATE)
        )
    )


def _filters(actor: Actor, args: dict[str, Any], kit: Kit) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if args["mine"]:
        found.append(Task.officer_id == actor.id)
    if args["flagged"] is not None:
        has_flags = exists().where(Visit.task_id == Task.id, cast(Visit.flags, String) != "[]")
        found.append(has_flags if args["flagged"] else ~has_flags)
    if args["seen"] is not None:
        seen = exists().where(
            TaskSeen.person_id == actor.id, TaskSeen.task_id == Task.id, TaskSeen.seen_at >= Task.reported_at
        )
        found.append(seen if args["seen"] else ~seen)
    if args["urgent"] is not None:
        found.append(Task.urgent.is_(args["urgent"]))
    if args["q"].strip():
        q = args["q"].strip()
        named = select(Party.id).where(Party.name_index == kit.vault.blind_index(q, "party.name"))
        found.append(
            or_(
                Task.no == q,
                Task.case_no == q,
                Task.addressee_id.in_(named),
            )
        )
    return found


def _with_reports(actor: Actor, rows: list[dict[str, Any]], ids: list[str]) -> list[dict[str, Any]]:
    if not ids:
        return []
    visits: dict[str, list[Any]] = defaultdict(list)
    for visit in db.session.execute(
        select(Visit.id, Visit.task_id, Visit.outcome, Visit.flags, Visit.supplementary, Visit.decided_at)
        .where(Visit.task_id.in_(ids))
        .order_by(Visit.ordinal)
    ):
        visits[visit.task_id].append(visit)
    here = or_(Evidence.original_at.is_not(None), Evidence.display_at.is_not(None))
    counted = (
        select(Evidence.task_id, func.count(case((here, 1))), func.count())
        .where(Evidence.task_id.in_(ids))
        .group_by(Evidence.task_id)
    )
    arrived = {task_id: (come, declared) for task_id, come, declared in db.session.execute(counted)}
    seen = dict(
        db.session.execute(
            select(TaskSeen.task_id, TaskSeen.seen_at).where(TaskSeen.person_id == actor.id, TaskSeen.task_id.in_(ids))
        ).all()
    )
    return [_row(row, visits[row["id"]], arrived.get(row["id"], (0, 0)), seen.get(row["id"])) for row in rows]


def _row(row: dict[str, Any], visits: list[Any], arrived: tuple[int, int], seen_at: datetime | None) -> dict[str, Any]:
    reports = [visit for visit in visits if not visit.supplementary]
    last = (reports or visits or [None])[-1]
    noticed: dict[str, dict[str, str]] = {}
    for visit in visits:
        for flag in flags.views(visit.flags):
            noticed.setdefault(flag["code"], flag)
    return row | {
        "flags": [*row["flags"], *noticed.values()],
        "arrived": f"{arrived[0]}/{arrived[1]}",
        "round": row["rounds"] + 1,
        "outcome": last.outcome if last else None,
        "outcome_label": outcome_label(row["kind"], last.outcome if last else None),
        "late": sum(visit.supplementary and visit.decided_at is None for visit in visits),
        "seen": seen_at is not None and (row["reported_at"] is None or seen_at >= row["reported_at"]),
    }
