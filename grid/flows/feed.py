"""Tell a person's phone that something of theirs changed."""

from datetime import datetime

from grid.flows.append import pending
from grid.models import db


def tell_task(person_id: str, task_id: str, now: datetime) -> None:
    """The phone should fetch this task again."""
    pending(db.session()).feed.append((person_id, "task", task_id, now))


def tell_gone(person_id: str, task_id: str, now: datetime) -> None:
    """The task is no longer this person's; unsent reports of it stay on the phone and are sent."""
    pending(db.session()).feed.append((person_id, "gone", task_id, now))


def tell_message(person_id: str, message_id: str, now: datetime) -> None:
    """The phone should fetch this message."""
    pending(db.session()).feed.append((person_id, "message", message_id, now))
