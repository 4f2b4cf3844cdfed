"""Remember that somebody looked at a task: so that a reviewer finds what he has not seen yet."""

from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from grid.core.actor import Actor
from grid.models import Task, TaskSeen, db


def note_seen(actor: Actor, task: Task, now: datetime) -> None:
    """Note the look; looking twice at once is fine."""
    mine = (TaskSeen.person_id == actor.id, TaskSeen.task_id == task.id)
    if _rows(update(TaskSeen).where(*mine).values(seen_at=now)):
        return
    try:
        with db.session.begin_nested():
            db.session.execute(insert(TaskSeen).values(person_id=actor.id, task_id=task.id, seen_at=now))
    except IntegrityError:
        _rows(update(TaskSeen).where(*mine).values(seen_at=now))


def _rows(statement: object) -> int:
    done = db.session.execute(statement)  # type: ignore[call-overload]  # any UPDATE
    return int(done.rowcount)
