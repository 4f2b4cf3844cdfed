"""Send a notice inside the app; mark notices read."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from grid.core.actor import Actor
from grid.core.ids import new_id
from grid.flows import feed
from grid.models import Message, db
from grid.tools.kit import Kit


def send(
    person_id: str,
    kind: str,
    title: str,
    now: datetime,
    *,
    text: str = "",
    task_id: str | None = None,
    dedupe_key: str | None = None,
) -> str | None:
    """Send one message; with a dedupe key it is sent once for ever. Returns its id, or None when sent before."""
    if dedupe_key and db.session.scalar(select(Message.id).where(Message.dedupe_key == dedupe_key)):
        return None
    message = Message(
        id=new_id(), person_id=person_id, kind=kind, title=title[:80], text=text[:300], task_id=task_id,
        dedupe_key=dedupe_key, at=now,
    )  # fmt: skip
    db.session.add(message)
    feed.tell_message(person_id, message.id, now)
    return message.id


def mark_read(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Mark the actor's own messages read; unknown ids are passed over."""
    db.session.execute(
        update(Message)
        .where(Message.id.in_(args["ids"]), Message.person_id == actor.id, Message.read_at.is_(None))
        .values(read_at=now)
    )
    return {}
