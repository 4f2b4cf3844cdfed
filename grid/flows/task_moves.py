"""Take a task away with a reason: transfer, recall, suspend and resume. Nothing done so far is ever deleted."""

from datetime import datetime

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import InvalidInput
from grid.core.words import reasons
from grid.core.words.roles import GRID_ROLES
from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.flows import hold, messages
from grid.flows.packets import revoke_packets
from grid.flows.routing import announce, cell_destination, settle, start_clocks
from grid.flows.slips import end_slips
from grid.models import Person, Task, Unit, db
from grid.reads.places import picture_of
from grid.rules import permissions, sla
from grid.rules.permissions import Action, ObjectFacts
from grid.rules.routing import Destination, to_area
from grid.tools.kit import Kit


def transfer(
    actor: Actor, task_id: str, version: int, reason: str, kit: Kit, now: datetime, *, cell_id: str = "",
    worker_id: str = "", unit_id: str = "",
) -> Task:  # fmt: skip
    """Give a task to another cell, worker or unit; whoever held it is told why and may still send what was done."""
    task = hold.lock_task(actor, task_id, Action.TASK_TRANSFER, version)
    worker = _worker(actor, worker_id, cell_id) if worker_id else None
    found = _target(actor, worker.unit_id if worker else cell_id, unit_id)
    former = hold.holders(task)
    to_state = TaskState.ROUTED if found.cell_id else TaskState.DISPATCHED
    hold.move(
        task, Verb.TRANSFER, actor, now, to_state=to_state, reason=reason, unit=found.unit_id,
        worker=worker.id if worker else None,
    )  # fmt: skip
    settle(task, found)
    task.worker_id = worker.id if worker else None
    task.taken_at = None
    end_slips(task.id, now)
    if found.cell_id:
        start_clocks(task, kit, now)
    _tell_former(former, task, "任务已转派给他人", reasons.label_of(reasons.TRANSFER, reason), now)
    announce(task, now, former)
    return task


def _worker(actor: Actor, worker_id: str, cell_id: str) -> Person:
    worker = db.session.get(Person, worker_id)
    if (
        worker is None
        or worker.court_id != actor.court_id
        or worker.role not in {role.value for role in GRID_ROLES}
        or worker.deactivated_at is not None
        or (cell_id and worker.unit_id != cell_id)
    ):
        raise InvalidInput(fields={"worker_id": ["请选择该网格的在岗网格员"]})
    return worker


def _target(actor: Actor, cell_id: str, unit_id: str) -> Destination:
    if unit_id:
        return _queue(actor, unit_id)
    if not cell_id:
        raise InvalidInput(fields={"cell_id": ["请选择要转到的网格或网格员"]})
    kind = db.session.scalar(select(Unit.kind).where(Unit.id == cell_id))
    if kind != "cell" and kind in ("community", "street"):
        raise InvalidInput(fields={"worker_id": ["网格长不直接办理任务，请选择网格员"]})
    return cell_destination(actor, Action.TASK_TRANSFER, cell_id)


def _queue(actor: Actor, unit_id: str) -> Destination:
    """A centre may pass a task down within its own units, or up to any unit above it."""
    unit = db.session.get(Unit, unit_id)
    if unit is not None and unit.court_id == actor.court_id and unit.closed_at is None:
        facts = ObjectFacts(unit.court_id, unit.path)
        above = actor.unit_path.startswith(unit.path) and unit.id != actor.unit_id
        if above or permissions.can(actor, Action.TASK_TRANSFER, facts):
            places = picture_of(actor.court_id).places
            for area in (places.district, *places.streets, *places.communities):
                if area.id == unit_id:
                    return to_area(places, area, f"由{actor.name}转来，请分到网格")
    raise InvalidInput(fields={"unit_id": ["请选择区、镇街综治中心或社区"]})


def recall(actor: Actor, task_id: str, version: int, reason: str, now: datetime) -> Task:
    """Take a task back for good; its packet and slip end, what was done stays."""
    task = hold.lock_task(actor, task_id, Action.TASK_RECALL, version)
    former = hold.holders(task)
    hold.move(task, Verb.RECALL, actor, now, reason=reason)
    task.suspended_at = task.suspended_from = None
    revoke_packets(task.id, now)
    end_slips(task.id, now)
    _tell_former(former, task, "任务已由法院撤回", reasons.label_of(reasons.RECALL, reason), now)
    hold.tell(task, now, former)
    return task


def suspend(actor: Actor, task_id: str, version: int, reason: str, now: datetime) -> Task:
    """Hold a task still; its clocks stand until it is resumed."""
    task = hold.lock_task(actor, task_id, Action.TASK_RECALL, version)
    former, before = hold.holders(task), task.state
    hold.move(task, Verb.SUSPEND, actor, now, reason=reason)
    task.suspended_at, task.suspended_from = now, before
    _tell_former(former, task, "任务已中止，请先不要办理", reasons.label_of(reasons.RECALL, reason), now)
    hold.tell(task, now, former)
    return task


def resume(actor: Actor, task_id: str, version: int, now: datetime) -> Task:
    """Let a task go on where it stood; deadlines move by the time it was held."""
    task = hold.lock_task(actor, task_id, Action.TASK_RECALL, version)
    before = TaskState(task.suspended_from) if task.suspended_from else None
    hold.move(task, Verb.RESUME, actor, now, to_state=before)
    if task.suspended_at is not None:
        for name in ("take_due_at", "first_visit_due_at", "due_at"):
            due = getattr(task, name)
            if due is not None:
                setattr(task, name, sla.after_pause(due, task.suspended_at, now))
        task.due_on = local_date(task.due_at) if task.due_at else task.due_on
    task.suspended_at = task.suspended_from = None
    for person_id in hold.holders(task):
        messages.send(person_id, "task.resumed", "任务恢复办理", now, text=f"{task.no}，请继续办理", task_id=task.id)
    hold.tell(task, now)
    return task


def _tell_former(former: list[str], task: Task, title: str, reason: str, now: datetime) -> None:
    text = f"{task.no}：{reason}。已做的记录仍会上传，作为补充材料交给执行法官"
    for person_id in former:
        messages.send(person_id, "task.gone", title, now, text=text, task_id=task.id)
