"""Rows of task lists: two queries for any page; names and addresses as lists may show them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from grid.core.actor import Actor
from grid.core.words.events import TASK_MARKS
from grid.core.words.tasks import TaskState
from grid.models import Address, Case, DocumentLine, Party, Person, Task, Unit, db
from grid.reads.ownership import task_facts
from grid.rules import lifecycle, permissions
from grid.rules.permissions import VERB_ACTIONS, Action
from grid.tools.kit import Kit

ENDED = frozenset({TaskState.CLOSED, TaskState.ARCHIVED, TaskState.CANCELLED})
QUEUED = frozenset({TaskState.DISPATCHED, TaskState.RETURNED_UNIT})
APPROVE_SENSITIVE = "approve_sensitive"

_Officer, _Worker, _Cell, _Street = aliased(Person), aliased(Person), aliased(Unit), aliased(Unit)
_ROWS = (
    select(
        Task,
        Case.cause,
        Case.livelihood,
        Party.name_masked,
        Party.kind.label("party_kind"),
        Address.text_masked,
        Address.text_sealed,
        Address.community,
        _Officer.name.label("officer_name"),
        _Worker.name.label("worker_name"),
        _Worker.staff_no.label("worker_no"),
        _Cell.name.label("cell_name"),
        _Street.name.label("street_name"),
    )
    .join(Case, Case.id == Task.case_id)
    .join(Party, Party.id == Task.addressee_id)
    .join(Address, Address.id == Task.address_id)
    .join(_Officer, _Officer.id == Task.officer_id)
    .outerjoin(_Worker, _Worker.id == Task.worker_id)
    .outerjoin(_Cell, _Cell.id == Task.cell_id)
    .outerjoin(_Street, _Street.id == Task.street_id)
)


def task_rows(
    actor: Actor, ids: Sequence[str], now: datetime, kit: Kit | None = None, *, whole_address: bool = False
) -> list[dict[str, Any]]:
    """Return list rows of these tasks in this order; whole_address only where somebody has to route by it."""
    if not ids:
        return []
    papers: dict[str, list[str]] = defaultdict(list)
    for line in db.session.execute(
        select(DocumentLine.task_id, DocumentLine.name)
        .where(DocumentLine.task_id.in_(ids))
        .order_by(DocumentLine.position)
    ):
        papers[line.task_id].append(line.name)
    found = {row.Task.id: row for row in db.session.execute(_ROWS.where(Task.id.in_(ids)))}
    opened = kit if whole_address else None
    return [_row(actor, found[key], papers[key], now, opened) for key in ids if key in found]


def _row(actor: Actor, row: Any, papers: list[str], now: datetime, kit: Kit | None) -> dict[str, Any]:
    task: Task = row.Task
    address = row.text_masked or f"{row.community}***"
    if kit is not None:
        address = kit.vault.open_sealed(row.text_sealed, f"address.text:{task.address_id}")
    return {
        "id": task.id,
        "no": task.no,
        "kind": task.kind,
        "state": task.state,
        "version": task.version,
        "mode": task.mode,
        "urgent": task.urgent,
        "sensitive": task.sensitive,
        "flags": marks(task, row.livelihood, now),
        "case": {"id": task.case_id, "case_no": task.case_no, "cause": row.cause},
        "addressee": {"id": task.addressee_id, "name": row.name_masked, "kind": row.party_kind},
        "address_text": address,
        "community": row.community,
        "street": _named(task.street_id, row.street_name),
        "cell": _named(task.cell_id, row.cell_name),
        "worker": {"id": task.worker_id, "name": row.worker_name, "staff_no": row.worker_no}
        if task.worker_id
        else None,
        "officer": {"id": task.officer_id, "name": row.officer_name},
        "documents_text": papers_text(papers),
        "due_on": task.due_on,
        "due_at": task.due_at,
        "overdue": is_overdue(task, now),
        "dispatched_at": task.dispatched_at,
        "taken_at": task.taken_at,
        "reported_at": task.reported_at,
        "closed_at": task.closed_at,
        "visits_count": task.visit_count,
        "rounds": task.rounds,
        "batch_id": task.batch_id,
        "unrouted_reason": (task.route_note or None) if task.state in QUEUED else None,
        "verbs": allowed_verbs(actor, task),
    }


def _named(unit_id: str | None, name: str | None) -> dict[str, Any] | None:
    return {"id": unit_id, "name": name} if unit_id else None


def papers_text(names: Sequence[str]) -> str:
    """Return how a list names the papers: the first, and how many in all."""
    return "".join(names) if len(names) < 2 else f"{names[0]}等 {len(names)} 件"


def is_overdue(task: Task, now: datetime) -> bool:
    """Tell whether the report is late: not yet there, and its day is over."""
    return (
        task.due_at is not None
        and task.due_at < now
        and task.reported_at is None
        and task.state not in ENDED
        and task.state != TaskState.DRAFT
    )


def marks(task: Task, livelihood: bool, now: datetime) -> list[dict[str, str]]:
    """Return the marks beside a task: stored flags and what its state says."""
    codes = [code for code in task.flags if code in TASK_MARKS]
    if is_overdue(task, now):
        codes.append("overdue")
    if waits_for_approval(task):
        codes.append("waits_for_approval")
    if task.rounds and task.state == TaskState.WORKING:
        codes.append("sent_back")
    if livelihood:
        codes.append("livelihood")
    return [{"code": c, "label": TASK_MARKS[c][0], "level": TASK_MARKS[c][1]} for c in dict.fromkeys(codes)]


def waits_for_approval(task: Task) -> bool:
    """Tell whether a sensitive task still needs the court administrator."""
    return task.sensitive and task.sensitive_approved_at is None and task.state == TaskState.DRAFT


def allowed_verbs(actor: Actor, task: Task) -> list[str]:
    """Return what this actor may do to the task now: the buttons of the screen."""
    whose = task_facts(task, actor)
    waits = waits_for_approval(task)
    verbs = [
        str(verb)
        for verb in lifecycle.verbs_for(TaskState(task.state), actor.role)
        if permissions.can(actor, VERB_ACTIONS[verb], whose) and not (waits and verb == "dispatch")
    ]
    if waits and permissions.can(actor, Action.TASK_APPROVE_SENSITIVE, whose) and actor.id != task.officer_id:
        verbs.append(APPROVE_SENSITIVE)
    return verbs
