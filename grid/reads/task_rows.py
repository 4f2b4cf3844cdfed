"""Rows of task lists: a handful of small queries for any page; names and addresses as lists may show them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.words.events import TASK_MARKS
from grid.core.words.tasks import TaskState
from grid.models import Address, Case, DocumentLine, Party, Task, db
from grid.reads.names import people_names, unit_names
from grid.reads.ownership import task_facts
from grid.rules import lifecycle, permissions
from grid.rules.permissions import VERB_ACTIONS, Action
from grid.tools.kit import Kit

ENDED = frozenset({TaskState.CLOSED, TaskState.ARCHIVED, TaskState.CANCELLED})
QUEUED = frozenset({TaskState.DISPATCHED, TaskState.RETURNED_UNIT})
APPROVE_SENSITIVE = "approve_sensitive"
_COPIES = re.compile(r"\d+份$")

# Plain columns, not entities, and few joins: planning a wide join costs more than asking for names apart.
_ROWS = (
    select(
        Task.id, Task.no, Task.kind, Task.state, Task.version, Task.mode, Task.urgent, Task.sensitive,
        Task.sensitive_approved_at, Task.flags, Task.court_id, Task.case_id, Task.case_no, Task.addressee_id,
        Task.address_id, Task.unit_path, Task.street_id, Task.cell_id, Task.worker_id, Task.officer_id, Task.due_on,
        Task.due_at, Task.dispatched_at, Task.taken_at, Task.reported_at, Task.closed_at, Task.visit_count, Task.rounds,
        Task.batch_id, Task.route_note, Task.papers_text,
        Case.cause, Case.livelihood, Party.name_masked, Party.kind.label("party_kind"), Address.text_masked,
        Address.text_sealed, Address.community,
    )
    .join(Case, Case.id == Task.case_id)
    .join(Party, Party.id == Task.addressee_id)
    .join(Address, Address.id == Task.address_id)
)  # fmt: skip


def task_rows(
    actor: Actor, ids: Sequence[str], now: datetime, kit: Kit | None = None, *, whole_address: bool = False
) -> list[dict[str, Any]]:
    """Return list rows of these tasks in this order; whole_address only where somebody has to route by it."""
    if not ids:
        return []
    found = {row.id: row for row in db.session.execute(_ROWS.where(Task.id.in_(ids)))}
    rows = [found[key] for key in ids if key in found]
    page = _Page(actor, rows, now, kit if whole_address else None)
    return [page.row(row) for row in rows]


class _Page:
    """What the rows of one page share: names read once, verbs worked out once for each standing."""

    def __init__(self, actor: Actor, rows: Sequence[Any], now: datetime, kit: Kit | None) -> None:
        self.actor, self.now, self.kit = actor, now, kit
        self.people = people_names(key for row in rows for key in (row.officer_id, row.worker_id))
        self.units = unit_names(key for row in rows for key in (row.cell_id, row.street_id))
        self.papers = _papers([row.id for row in rows if not row.papers_text])
        self.verbs: dict[tuple[Any, ...], list[str]] = {}

    def row(self, row: Any) -> dict[str, Any]:
        """Return one row as the wire has it."""
        address = row.text_masked or f"{row.community}***"
        if self.kit is not None:
            address = self.kit.vault.open_sealed(row.text_sealed, f"address.text:{row.address_id}")
        worker, officer = self.people.get(row.worker_id), self.people.get(row.officer_id)
        papers = [_COPIES.sub("", part) for part in row.papers_text.split("；")] if row.papers_text else None
        return {
            "id": row.id,
            "no": row.no,
            "kind": row.kind,
            "state": row.state,
            "version": row.version,
            "mode": row.mode,
            "urgent": row.urgent,
            "sensitive": row.sensitive,
            "flags": marks(row, row.livelihood, self.now),
            "case": {"id": row.case_id, "case_no": row.case_no, "cause": row.cause},
            "addressee": {"id": row.addressee_id, "name": row.name_masked, "kind": row.party_kind},
            "address_text": address,
            "community": row.community,
            "street": self._unit(row.street_id),
            "cell": self._unit(row.cell_id),
            "worker": {"id": worker.id, "name": worker.name, "staff_no": worker.staff_no} if worker else None,
            "officer": {"id": row.officer_id, "name": officer.name if officer else ""},
            "documents_text": papers_text(self.papers[row.id] if papers is None else papers),
            "due_on": row.due_on,
            "due_at": row.due_at,
            "overdue": is_overdue(row, self.now),
            "dispatched_at": row.dispatched_at,
            "taken_at": row.taken_at,
            "reported_at": row.reported_at,
            "closed_at": row.closed_at,
            "visits_count": row.visit_count,
            "rounds": row.rounds,
            "batch_id": row.batch_id,
            "unrouted_reason": (row.route_note or None) if row.state in QUEUED else None,
            "verbs": self._verbs(row),
        }

    def _unit(self, unit_id: str | None) -> dict[str, Any] | None:
        return {"id": unit_id, "name": self.units[unit_id].name} if unit_id in self.units else None

    def _verbs(self, row: Any) -> list[str]:
        """Everything the permission table looks at is in the key, so that equal keys have equal buttons."""
        actor = self.actor
        key = (
            row.state, waits_for_approval(row), row.officer_id == actor.id, row.worker_id == actor.id,
            row.worker_id is None and row.cell_id == actor.unit_id, row.court_id == actor.court_id,
            row.unit_path.startswith(actor.unit_path),
        )  # fmt: skip
        if key not in self.verbs:
            self.verbs[key] = allowed_verbs(actor, row)
        return self.verbs[key]


def _papers(ids: Sequence[str]) -> dict[str, list[str]]:
    """Read the papers of tasks that do not carry their summary."""
    found: dict[str, list[str]] = defaultdict(list)
    if ids:
        lines = select(DocumentLine.task_id, DocumentLine.name).where(DocumentLine.task_id.in_(ids))
        for line in db.session.execute(lines.order_by(DocumentLine.position)):
            found[line.task_id].append(line.name)
    return found


def papers_text(names: Sequence[str]) -> str:
    """Return how a list names the papers: the first, and how many in all."""
    return "".join(names) if len(names) < 2 else f"{names[0]}等 {len(names)} 件"


def is_overdue(task: Any, now: datetime) -> bool:
    """Tell whether the report is late: not yet there, and its day is over."""
    return (
        task.due_at is not None
        and task.due_at < now
        and task.reported_at is None
        and task.state not in ENDED
        and task.state != TaskState.DRAFT
    )


def marks(task: Any, livelihood: bool, now: datetime) -> list[dict[str, str]]:
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


def waits_for_approval(task: Any) -> bool:
    """Tell whether a sensitive task still needs the court administrator."""
    return bool(task.sensitive) and task.sensitive_approved_at is None and task.state == TaskState.DRAFT


def allowed_verbs(actor: Actor, task: Any) -> list[str]:
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
