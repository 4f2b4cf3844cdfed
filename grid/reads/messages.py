"""A person's messages, newest first."""

from typing import Any

from sqlalchemy import func, select

from grid.core.actor import Actor
from grid.models import Message, db


def list_messages(actor: Actor, *, unread: bool, page: int, size: int) -> dict[str, Any]:
    """Return one page of the actor's own messages and how many are unread in all."""
    mine = [Message.person_id == actor.id]
    fresh = db.session.scalar(select(func.count()).where(*mine, Message.read_at.is_(None))) or 0
    if unread:
        mine.append(Message.read_at.is_(None))
    total = fresh if unread else db.session.scalar(select(func.count()).where(*mine)) or 0
    rows = db.session.scalars(
        select(Message)
        .where(*mine)
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return {"items": [message_view(row) for row in rows], "page": page, "size": size, "total": total, "unread": fresh}


def message_view(row: Message) -> dict[str, Any]:
    """Describe one message to its reader."""
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "task_id": row.task_id,
        "at": row.at,
        "read": row.read_at is not None,
    }
