"""Hold a task while changing it: lock, permission, version, and the one way to move its state."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import NotAllowed, NotFound
from grid.core.errors.tasks import StaleVersion
from grid.core.words.roles import GRID_ROLES
from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.flows import feed, ledger
from grid.models import Person, Task, db
from grid.reads.ownership import task_facts
from grid.rules import lifecycle, permissions
from grid.rules.permissions import VERB_ACTIONS, Action


def lock_task(actor: Actor, task_id: str, action: Action, version: int | None = None) -> Task:
    """Load a task for change; raises NotFound out of reach, StaleVersion when the screen was old."""
    task = db.session.scalars(select(Task).where(Task.id == task_id).with_for_update()).one_or_none()
    if task is None:
        raise NotFound
    permissions.check(actor, action, task_facts(task, actor))
    if version is not None and version != task.version:
        raise StaleVersion(version=task.version, state=task.state)
    return task


def move(
    task: Task,
    verb: Verb,
    actor: Actor | None,
    now: datetime,
    *,
    to_state: TaskState | None = None,
    after: str | None = None,
    **detail: Any,
) -> None:
    """Move a task along the lifecycle table and write its event; raises WrongState, NotAllowed."""
    row = lifecycle.transition(verb, TaskState(task.state), to_state)
    if actor is not None and actor.role not in row.roles:
        raise NotAllowed(action=str(VERB_ACTIONS[verb]))
    before = task.state
    task.state = row.to_state.value
    task.version += 1
    task.changed_at = now
    task.remind_at = None  # other deadlines run now: the reminders look again
    ledger.record(
        row.event,
        actor,
        now,
        object_id=task.id,
        task_id=task.id,
        after=after,
        **{"from": before, "to": task.state},
        **detail,
    )


def holders(task: Task) -> list[str]:
    """Return whose phones show the task: its worker, or every worker of the cell while it waits to be taken."""
    if task.worker_id is not None:
        return [task.worker_id]
    if task.cell_id is None or task.state != TaskState.ROUTED:
        return []
    return list(
        db.session.scalars(
            select(Person.id).where(
                Person.unit_id == task.cell_id,
                Person.role.in_([role.value for role in GRID_ROLES]),
                Person.deactivated_at.is_(None),
            )
        )
    )


def tell(task: Task, now: datetime, former: list[str] | None = None) -> None:
    """Tell the phones concerned: present holders fetch it, former holders drop it."""
    present = holders(task)
    for person_id in present:
        feed.tell_task(person_id, task.id, now)
    for person_id in former or []:
        if person_id not in present:
            feed.tell_gone(person_id, task.id, now)
