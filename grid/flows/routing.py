"""Bring a task to a cell: by its address, or by a centre's hand."""

from datetime import datetime

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import InvalidInput
from grid.core.words.deadlines import Step
from grid.core.words.verbs import Verb
from grid.flows import hold, messages
from grid.models import Address, Task, Unit, db
from grid.reads.court_settings import court_values, sla_of
from grid.reads.places import picture_of
from grid.rules import permissions, sla
from grid.rules.permissions import Action, ObjectFacts
from grid.rules.routing import Destination, to_cell
from grid.tools.kit import Kit


def route_by_address(task: Task, address: Address, kit: Kit, now: datetime) -> None:
    """Route a dispatched task to its cell, or leave it in the queue of the unit that has to decide."""
    text = kit.vault.open_sealed(address.text_sealed, f"address.text:{address.id}")
    found = picture_of(task.court_id).for_address(address, text)
    if not address.street and found.street:
        address.street = found.street
        address.community = address.community or found.community
    settle(task, found)
    if found.cell_id is not None:
        arrive(task, None, kit, now)


def settle(task: Task, found: Destination) -> None:
    """Put a task into a unit's hands."""
    task.unit_id = found.unit_id
    task.unit_path = found.unit_path
    task.street_id = found.street_id
    task.cell_id = found.cell_id
    task.route_note = found.note


def arrive(task: Task, actor: Actor | None, kit: Kit, now: datetime) -> None:
    """Move a task that stands in a cell to routed: the clocks for taking and visiting start, phones hear of it."""
    start_clocks(task, kit, now)
    hold.move(task, Verb.ROUTE, actor, now, cell=task.cell_id, by="hand" if actor else "address")
    announce(task, now)


def start_clocks(task: Task, kit: Kit, now: datetime) -> None:
    """Set when the task must be taken and first visited; never later than its own deadline."""
    table = sla_of(court_values(task.court_id, local_date(now)))
    task.routed_at = now
    task.take_due_at = _within(task, sla.due_at(Step.TAKE, task.urgent, now, kit.calendar, table))
    task.first_visit_due_at = _within(task, sla.due_at(Step.FIRST_VISIT, task.urgent, now, kit.calendar, table))


def _within(task: Task, at: datetime) -> datetime:
    return at if task.due_at is None else min(at, task.due_at)


def announce(task: Task, now: datetime, former: list[str] | None = None) -> None:
    """Tell the phones that now show the task, with a message; former holders drop it."""
    hold.tell(task, now, former)
    title = "您有新的加急任务" if task.urgent else "您有新任务"
    for person_id in hold.holders(task):
        if person_id not in (former or []):
            messages.send(person_id, "task.new", title, now, text=f"{task.no}，请及时接单", task_id=task.id)


def cell_destination(actor: Actor, action: Action, cell_id: str, field: str = "cell_id") -> Destination:
    """Return a cell the actor may send tasks to; raises InvalidInput for any other."""
    unit = db.session.scalars(select(Unit).where(Unit.id == cell_id)).one_or_none()
    mine = unit is not None and unit.court_id == actor.court_id and unit.kind == "cell" and unit.closed_at is None
    if unit is None or not mine or not permissions.can(actor, action, ObjectFacts(unit.court_id, unit.path)):
        raise InvalidInput(fields={field: ["只能选择本单位的网格；属于其他镇街的请转给区综治中心"]})
    places = picture_of(actor.court_id).places
    return to_cell(places, places.cells[unit.id])


def route(actor: Actor, task_id: str, version: int, cell_id: str, kit: Kit, now: datetime) -> Task:
    """Bring a waiting or returned task to a cell by hand."""
    task = hold.lock_task(actor, task_id, Action.TASK_ROUTE, version)
    found = cell_destination(actor, Action.TASK_ROUTE, cell_id)
    task.worker_id = None
    task.taken_at = None
    settle(task, found)
    arrive(task, actor, kit, now)
    return task
