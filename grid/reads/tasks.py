"""The desk's task list: filters, sorting and pages within the actor's reach."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.words.tasks import TaskState
from grid.models import Case, Party, Task, Unit, db
from grid.reads.cases import exact_case_no
from grid.reads.paging import Order, page_of_ids
from grid.reads.scope import below, task_scope
from grid.reads.task_rows import ENDED, QUEUED, task_rows
from grid.rules.permissions import Action, Scope, scope_of
from grid.rules.routing import short
from grid.tools.kit import Kit

DEFAULT_SORT = "due_on"
SORTS: dict[str, tuple[tuple[Any, ...], bool]] = {
    "no": ((Task.no, Task.id), False),
    "state": ((Task.state, Task.due_at, Task.id), False),
    "case_no": ((Task.case_no, Task.id), False),
    "due_on": ((Task.due_at, Task.id), False),
    "due_at": ((Task.due_at, Task.id), False),
    "dispatched_at": ((Task.dispatched_at, Task.id), True),
    "reported_at": ((Task.reported_at, Task.id), True),
}
_NUMBER = re.compile(r"送?\s*(\d{4})[-－—]?(\d{6})")


def list_tasks(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Return one page of the tasks within reach; sort is a column, descending with a leading -."""
    sort = args["sort"] if args["sort"].lstrip("-") in SORTS else DEFAULT_SORT
    columns, nullable = SORTS[sort.lstrip("-")]
    where = [task_scope(actor), *filters(actor, args, kit, now)]
    unique = columns[0] is Task.no
    order = Order(columns, descending=sort.startswith("-"), nullable=nullable, unique=unique)
    chosen = tuple(sorted((key, str(value)) for key, value in args.items() if key not in ("page", "size")))
    ids, total = page_of_ids(where, order, args["page"], args["size"], ("tasks", actor.id, actor.unit_id, chosen))
    # Whoever routes by hand needs the address, not the person: only in that queue is it shown whole.
    routes = args["unrouted"] is True and scope_of(Action.TASK_ROUTE, actor.role) is not Scope.NONE
    rows = task_rows(actor, ids, now, kit, whole_address=routes)
    return {"items": rows, "page": args["page"], "size": args["size"], "total": total}


def filters(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions of a list's filters; also used by registers that show the same columns."""
    found: list[ColumnElement[bool]] = []
    states = [*args["states"], *([args["state"]] if args["state"] else [])]
    if states:
        found.append(Task.state.in_(states))
    for name, column in (
        ("kind", Task.kind),
        ("mode", Task.mode),
        ("officer", Task.officer_id),
        ("street", Task.street_id),
        ("cell", Task.cell_id),
        ("worker", Task.worker_id),
        ("batch", Task.batch_id),
    ):
        if args[name]:
            found.append(column == args[name])
    if args["urgent"] is not None:
        found.append(Task.urgent.is_(args["urgent"]))
    if args["unrouted"]:
        found.append(Task.state.in_([state.value for state in QUEUED]))
    if args["approval"]:
        found.append(
            and_(
                Task.state == TaskState.DRAFT.value, Task.sensitive.is_(True), Task.sensitive_approved_at.is_(None)
            )
        )  # fmt: skip
    if args["overdue"]:
        ended = [state.value for state in (*ENDED, TaskState.DRAFT)]
        found.append(and_(Task.due_at < now, Task.reported_at.is_(None), Task.state.not_in(ended)))
    if args["case_no"]:
        found.append(Task.case_no == (exact_case_no(args["case_no"]) or args["case_no"]))
    if args["q"].strip():
        found.append(_search(actor, args["q"].strip(), kit, now))
    return found


def _search(actor: Actor, q: str, kit: Kit, now: datetime) -> ColumnElement[bool]:
    """A task number, a case number or its serial, a whole name, or a street, community or cell."""
    number = _NUMBER.fullmatch(q)
    if number:
        return and_(Task.court_id == actor.court_id, Task.no == f"送{number[1]}-{number[2]}")
    case_no = exact_case_no(q)
    if case_no:
        return and_(Task.court_id == actor.court_id, Task.case_no == case_no)
    if q.isascii() and q.isdigit():
        year = local_date(now).year
        numbers = [f"送{y}-{int(q):06d}" for y in (year, year - 1)] if len(q) <= 6 else []
        by_serial = select(Case.id).where(Case.court_id == actor.court_id, Case.serial == int(q[:15]))
        return or_(and_(Task.court_id == actor.court_id, Task.no.in_(numbers)), Task.case_id.in_(by_serial))
    named = select(Party.id).where(Party.name_index == kit.vault.blind_index(q, "party.name"))
    places = [below(Task.unit_path, path) for path in _unit_paths(actor, q)]
    return or_(Task.addressee_id.in_(named), *places)


def _unit_paths(actor: Actor, q: str) -> list[str]:
    bare = short(q)
    names = {q, bare, *(bare + tail for tail in ("社区", "村", "街道", "镇"))}
    return list(
        db.session.scalars(
            select(Unit.path)
            .where(Unit.court_id == actor.court_id, Unit.kind.in_(["street", "community", "cell"]))
            .where(Unit.name.in_(names))
            .limit(20)
        )
    )
