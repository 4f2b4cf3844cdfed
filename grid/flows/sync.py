"""Take in one numbered mutation of a phone: once for ever, whatever is repeated, reordered or raced."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import bindparam, insert, select, update

from grid.core.actor import Actor
from grid.core.clock import iso, local_date
from grid.core.content import content_bytes, content_digest
from grid.core.errors.sync import ForeignDevice, SequenceGap
from grid.core.ids import new_id
from grid.flows import ledger
from grid.models import Device, KeptContent, Mutation, db
from grid.tools import base32
from grid.tools.kit import Kit

_LOCKED_DEVICE = (
    select(Device.person_id, Device.last_seq, Device.revoked_at)
    .where(Device.id == bindparam("device_id"))
    .with_for_update()
)
_NEXT_NUMBER = update(Device).where(
    Device.id == bindparam("device_id"),
    Device.person_id == bindparam("owner_id"),
    Device.last_seq == bindparam("before"),
    Device.revoked_at.is_(None),
)
_EARLIER = select(Mutation.digest, Mutation.device_id, Mutation.answer).where(Mutation.id == bindparam("mutation_id"))
_ADD_MUTATION = insert(Mutation)


class Handler(Protocol):
    """What carries out one kind of mutation and returns its result."""

    def __call__(self, actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mutation as the phone sent it; content is everything but its number."""

    id: str
    seq: int
    name: str
    args: dict[str, Any]
    made_at: datetime
    content: dict[str, Any]


class Taken(NamedTuple):
    """What a mutation is answered, and the last number taken in from its device."""

    answer: dict[str, Any]
    last_seq: int | None


def with_args(incoming: Incoming, args: dict[str, Any]) -> Incoming:
    """Return the mutation with its checked arguments."""
    return replace(incoming, args=args)


def receipt_number(mutation_id: str, now: datetime) -> str:
    """Return the 回执号 of an upload: the same for the same mutation, also after a restore."""
    mark = base32.encode(hashlib.sha256(mutation_id.encode()).digest()[:5])
    return f"{local_date(now):%Y%m%d}-{mark}"


def lock_device(actor: Actor, device_id: str, now: datetime) -> int:
    """Lock the device row, registering it at first contact; returns the last number taken in."""
    found = db.session.connection().execute(_LOCKED_DEVICE, {"device_id": device_id}).one_or_none()
    if found is None:
        db.session.execute(
            insert(Device).values(
                id=device_id, person_id=actor.id, label="", last_seq=0, last_contact_at=now, facts={}, created_at=now
            )
        )
        return 0
    if found.person_id != actor.id or found.revoked_at is not None:
        raise ForeignDevice
    return int(found.last_seq)


def _earlier(mutation_id: str) -> Any:
    return db.session.connection().execute(_EARLIER, {"mutation_id": mutation_id}).one_or_none()


def _next_number(actor: Actor, device_id: str, seq: int, now: datetime) -> bool:
    """Lock the device row and count one number up; False when this is not the number that comes next."""
    moved = db.session.connection().execute(
        _NEXT_NUMBER,
        {"device_id": device_id, "owner_id": actor.id, "before": seq - 1, "last_seq": seq, "last_contact_at": now},
    )
    return moved.rowcount == 1


def earlier_answer(device_id: str, incoming: Incoming, digest: str, kit: Kit, now: datetime) -> dict[str, Any] | None:
    """Return what was answered before: the same answer, or a conflict that keeps both contents."""
    before = _earlier(incoming.id)
    if before is None:
        return None
    if before.digest == digest and before.device_id == device_id:
        return dict(before.answer)
    known = db.session.scalar(
        select(KeptContent.id).where(KeptContent.mutation_id == incoming.id, KeptContent.digest == digest)
    )
    if known is None:
        _keep(device_id, incoming, digest, kit, now)
        ledger.record("sync.conflict", None, now, object_id=incoming.id, before=before.digest, after=digest)
    return {"id": incoming.id, "seq": incoming.seq, "status": "conflict"}


def take_in(actor: Actor, device_id: str, incoming: Incoming, handler: Handler, kit: Kit, now: datetime) -> Taken:
    """Carry out one mutation and store its answer; a repeat gets the stored answer. Raises SequenceGap, Problems."""
    digest = content_digest(incoming.content)
    # The usual case costs two statements: an unknown id under the next number, which nobody else can take then.
    # An id that was taken between the two breaks the primary key, and everything is looked at again.
    if _earlier(incoming.id) is not None or not _next_number(actor, device_id, incoming.seq, now):
        settled = _settled(actor, device_id, incoming, digest, kit, now)
        if settled is not None:
            return settled
    result = handler(actor, incoming.args, kit, now)
    answer = {
        "id": incoming.id,
        "seq": incoming.seq,
        "status": "done",
        "receipt_no": receipt_number(incoming.id, now),
        "result": result,
    }
    return _store(device_id, incoming, digest, answer, now)


def refuse(actor: Actor, device_id: str, incoming: Incoming, problem: dict[str, Any], kit: Kit, now: datetime) -> Taken:
    """Store a permanent refusal and move the cursor on, so that nothing blocks the queue."""
    digest = content_digest(incoming.content)
    settled = _settled(actor, device_id, incoming, digest, kit, now)
    if settled is not None:
        return settled
    answer = {"id": incoming.id, "seq": incoming.seq, "status": "refused", "problem": problem}
    taken = _store(device_id, incoming, digest, answer, now)
    _keep(device_id, incoming, digest, kit, now)
    ledger.record("sync.refused", actor, now, object_id=incoming.id, after=digest, code=problem["code"])
    return taken


def _settled(actor: Actor, device_id: str, incoming: Incoming, digest: str, kit: Kit, now: datetime) -> Taken | None:
    """Lock the device, then return an answer given before, or count its number up. Raises SequenceGap."""
    last = lock_device(actor, device_id, now)
    known = earlier_answer(device_id, incoming, digest, kit, now)
    if known is not None:
        return Taken(known, last)
    if incoming.seq != last + 1 or not _next_number(actor, device_id, incoming.seq, now):
        raise SequenceGap(expected_seq=last + 1)
    return None


def _keep(device_id: str, incoming: Incoming, digest: str, kit: Kit, now: datetime) -> None:
    """Keep the content of what was not carried out, sealed."""
    row_id = new_id()
    sealed = kit.vault.seal(content_bytes(incoming.content).decode(), f"kept_content.content:{row_id}")
    db.session.execute(
        insert(KeptContent).values(
            id=row_id,
            mutation_id=incoming.id,
            device_id=device_id,
            digest=digest,
            content_sealed=sealed,
            received_at=now,
        )
    )


def _store(device_id: str, incoming: Incoming, digest: str, answer: dict[str, Any], now: datetime) -> Taken:
    db.session.connection().execute(
        _ADD_MUTATION,
        {
            "id": incoming.id,
            "device_id": device_id,
            "seq": incoming.seq,
            "name": incoming.name,
            "digest": digest,
            "status": answer["status"],
            "receipt_no": answer.get("receipt_no"),
            "answer": answer,
            "made_at": incoming.made_at,
            "received_at": now,
        },
    )
    return Taken(answer, incoming.seq)


def note_contact(actor: Actor, device_id: str, facts: dict[str, Any], now: datetime) -> int:
    """Store what a phone says of itself and its clock's skew; returns the last number taken in."""
    last = lock_device(actor, device_id, now)
    values: dict[str, Any] = {"last_contact_at": now, "facts": {k: _plain(v) for k, v in facts.items()}}
    device_time = facts.get("device_time")
    if device_time is not None:
        values["skew_ms"] = max(-(2**31), min(2**31 - 1, round((device_time - now).total_seconds() * 1000)))
    db.session.execute(update(Device).where(Device.id == device_id).values(**values))
    return last


def _plain(value: Any) -> Any:
    return iso(value) if isinstance(value, datetime) else value
