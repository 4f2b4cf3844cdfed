"""Which messages still have to be announced outside the app, and to whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from grid.models import Message, Person, db
from grid.tools.kit import Kit

FRESH = timedelta(hours=1)
"""An announcement that could not be made for so long is dropped: the message itself waits in the app."""
BATCH = 500
TITLE = "网格协执"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person's unannounced messages."""

    person_id: str
    staff_no: str
    phone: str
    message_ids: tuple[str, ...]

    def line(self, origin: str) -> str:
        """Return what the person is told: that something waits, never what."""
        return f"您有 {len(self.message_ids)} 条新消息，请打开网格协执查看：{origin}"


def waiting(kit: Kit, now: datetime, *, with_phone: bool) -> list[Waiting]:
    """Return fresh messages nobody announced yet and nobody read, by person."""
    rows = db.session.execute(
        select(Message.id, Message.person_id, Person.staff_no, Person.phone_sealed)
        .join(Person, Person.id == Message.person_id)
        .where(
            Message.at > now - FRESH,
            Message.sent_out_at.is_(None),
            Message.read_at.is_(None),
            Person.deactivated_at.is_(None),
        )
        .order_by(Message.at)
        .limit(BATCH)
    ).all()
    found: dict[str, Waiting] = {}
    for row in rows:
        known = found.get(row.person_id)
        if known is None:
            sealed = row.phone_sealed if with_phone else None
            phone = kit.vault.open_sealed(sealed, f"person.phone:{row.person_id}") if sealed else ""
            known = Waiting(row.person_id, row.staff_no, phone, ())
        found[row.person_id] = Waiting(known.person_id, known.staff_no, known.phone, (*known.message_ids, row.id))
    return list(found.values())


def group_line(people: int, count: int, origin: str) -> str:
    """Return what a group is told."""
    return f"有 {people} 位同志共 {count} 条新提醒，请打开网格协执查看：{origin}"


def note_sent(message_ids: Collection[str], now: datetime) -> None:
    """Note that these messages were announced."""
    db.session.execute(update(Message).where(Message.id.in_(message_ids)).values(sent_out_at=now))
