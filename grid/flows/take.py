"""Take a task, or hand it back to the unit with a reason."""

from datetime import datetime
from typing import Any

from grid.core.actor import Actor
from grid.core.errors import InvalidInput, NotFound
from grid.core.errors.tasks import AlreadyTaken, CommitmentMissing, ConflictOfInterest
from grid.core.words import reasons
from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.flows import feed, hold
from grid.flows.slips import issue_slip
from grid.models import Person, Task, db
from grid.rules.permissions import Action
from grid.tools.kit import Kit


def take(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Take a routed task; the first of a cell's workers wins, a declared conflict must recuse."""
    task = db.session.scalars(db.select(Task).where(Task.id == args["task_id"]).with_for_update()).one_or_none()
    if task is None:
        raise NotFound
    if task.worker_id == actor.id and task.taken_at is not None:
        return _answer(task)
    if task.worker_id not in (None, actor.id) and task.cell_id == actor.unit_id:
        raise AlreadyTaken
    task = hold.lock_task(actor, task.id, Action.TASK_TAKE)
    if args["recusal"] != "none":
        raise ConflictOfInterest
    if db.session.get_one(Person, actor.id).confidentiality_signed_at is None:
        raise CommitmentMissing
    former = hold.holders(task)
    hold.move(task, Verb.TAKE, actor, now, recusal="none", in_time=task.take_due_at is None or now <= task.take_due_at)
    task.worker_id = actor.id
    task.taken_at = now
    issue_slip(task, actor.id, kit, now)
    hold.tell(task, now, former)
    return _answer(task)


def hand_back(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Hand a task back to the unit: not my cell, conflict, no contact; the reason is counted, not punished."""
    if args["reason_code"] not in reasons.RETURN:
        raise InvalidInput(fields={"reason_code": ["请选择退回原因"]})
    task = hold.lock_task(actor, args["task_id"], Action.TASK_RETURN)
    former = hold.holders(task)
    hold.move(task, Verb.RETURN_UNIT, actor, now, reason=args["reason_code"], note=bool(args["note"]))
    task.route_note = args["note"][:120]
    task.worker_id = None
    task.taken_at = None
    for person_id in former:
        feed.tell_gone(person_id, task.id, now)
    return _answer(task)


def _answer(task: Task) -> dict[str, Any]:
    return {"task_id": task.id, "state": TaskState(task.state).value, "version": task.version}
