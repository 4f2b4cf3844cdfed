"""What a phone fetches: its tasks as cards, what left it, and its messages, behind a cursor that skips nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, true

from grid.core.actor import Actor
from grid.core.words.tasks import TaskState
from grid.models import Device, Feed, LedgerHead, Message, Task, db, glance
from grid.reads.cards import task_cards
from grid.tools.kit import Kit

BATCH = 500
RECENT = timedelta(days=7)
OPEN = (TaskState.TAKEN, TaskState.WORKING, TaskState.REPORTED, TaskState.VERIFYING, TaskState.SUSPENDED)
DONE = (TaskState.CLOSED, TaskState.ARCHIVED)


_NEWS = (
    select(Feed.seq, Feed.kind, Feed.object_id)
    .where(Feed.person_id == bindparam("person_id"), Feed.seq > bindparam("cursor"))
    .order_by(Feed.seq)
    .limit(BATCH + 1)
    .subquery()
)
# One row at least, so that a poll learns in one statement that nothing is new and that its cursor is of this past.
_NEWS_AND_HEAD = (
    select(LedgerHead.feed_seq, _NEWS.c.seq, _NEWS.c.kind, _NEWS.c.object_id)
    .select_from(LedgerHead)
    .join(_NEWS, true(), isouter=True)
    .where(LedgerHead.id == 1)
    .order_by(_NEWS.c.seq)
)


def last_seq(device_id: str) -> int:
    """Return the last mutation number taken in from a device."""
    return db.session.scalar(select(Device.last_seq).where(Device.id == device_id)) or 0


def changes(actor: Actor, cursor: int, kit: Kit, now: datetime) -> dict[str, Any] | None:
    """Return what changed for this person after the cursor, or None; cursor 0 or one from another past: everything."""
    if not cursor:
        return snapshot(actor, kit, now)
    with glance() as connection:
        rows = connection.execute(_NEWS_AND_HEAD, {"person_id": actor.id, "cursor": cursor}).all()
    if rows[0].seq is None:
        # A server restored from a backup is behind its phones.
        return None if cursor <= rows[0].feed_seq else snapshot(actor, kit, now)
    more = len(rows) > BATCH
    rows = rows[:BATCH]
    touched = {row.object_id for row in rows if row.kind in ("task", "gone")}
    cards = task_cards(actor, mine_clause(actor, now) & Task.id.in_(touched), kit, now) if touched else []
    held = {card["id"] for card in cards}
    return {
        "cursor": rows[-1].seq,
        "more": more,
        "reset": False,
        "tasks": cards,
        "gone": sorted(touched - held),
        "messages": messages_by_id({row.object_id for row in rows if row.kind == "message"}),
        "server_time": now,
    }


def head_seq() -> int:
    """Return the feed's last committed number."""
    return db.session.scalars(select(LedgerHead.feed_seq).where(LedgerHead.id == 1)).one()


def snapshot(actor: Actor, kit: Kit, now: datetime) -> dict[str, Any]:
    """Return everything the phone should hold; the cursor is read first, so later changes come again, never lost."""
    cursor = head_seq()
    return {
        "cursor": cursor,
        "more": False,
        "reset": True,
        "tasks": task_cards(actor, mine_clause(actor, now), kit, now),
        "gone": [],
        "messages": recent_messages(actor),
        "server_time": now,
    }


def mine_clause(actor: Actor, now: datetime) -> Any:
    """Return the condition for tasks that belong on this person's phone."""
    routed = and_(
        Task.state == TaskState.ROUTED.value,
        or_(Task.worker_id == actor.id, and_(Task.worker_id.is_(None), Task.cell_id == actor.unit_id)),
    )
    mine = and_(
        Task.worker_id == actor.id,
        or_(
            Task.state.in_([state.value for state in OPEN]),
            and_(Task.state.in_([state.value for state in DONE]), Task.closed_at > now - RECENT),
        ),
    )
    return or_(routed, mine)


def _message(row: Message) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "task_id": row.task_id,
        "at": row.at,
        "read": row.read_at is not None,
    }


def messages_by_id(ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return messages by id, oldest first."""
    wanted = list(ids)
    if not wanted:
        return []
    return [
        _message(row) for row in db.session.scalars(select(Message).where(Message.id.in_(wanted)).order_by(Message.at))
    ]


def recent_messages(actor: Actor, limit: int = 100) -> list[dict[str, Any]]:
    """Return a person's newest messages, newest first."""
    rows = db.session.scalars(
        select(Message).where(Message.person_id == actor.id).order_by(Message.at.desc()).limit(limit)
    )
    return [_message(row) for row in rows]
