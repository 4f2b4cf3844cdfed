"""Issue the signed QR that is printed with an envelope; a packet is used once."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from grid.core.errors.tasks import PacketUsed
from grid.core.words.tokens import KeyPurpose
from grid.flows import task_order
from grid.models import Packet, Task, db
from grid.rules.tokens import CTI_SIZE, PacketFacts
from grid.tools import base32
from grid.tools.kit import Kit
from grid.tools.tokens import issue_token

LIFE = timedelta(days=180)


def issue_packet(task: Task, kit: Kit, now: datetime) -> Packet:
    """Sign a packet for the task's present papers; an earlier unused one ends."""
    digest = task_order.documents_digest(task_order.document_set(task.id))
    cti = secrets.token_bytes(CTI_SIZE)
    signer = kit.keys.signer(KeyPurpose.PACKET)
    facts = PacketFacts(issued_at=now, cti=cti, task_id=task.id, documents=digest, expires_at=now + LIFE)
    revoke_packets(task.id, now)
    packet = Packet(
        cti=base32.encode(cti),
        task_id=task.id,
        digest=digest.hex(),
        kid=signer.kid.hex(),
        token=issue_token(facts, signer),
        issued_at=now,
        expires_at=now + LIFE,
    )
    db.session.add(packet)
    return packet


def revoke_packets(task_id: str, now: datetime) -> None:
    """End every unused packet of a task."""
    db.session.execute(
        update(Packet)
        .where(Packet.task_id == task_id, Packet.revoked_at.is_(None), Packet.used_at.is_(None))
        .values(revoked_at=now)
    )


def use_packet(task: Task, cti: str, visit_id: str, now: datetime) -> str:
    """Consume a packet at a handover; returns a flag code ('' when all fits). Raises PacketUsed.

    What happened at the door happened: only a second use of the same packet is refused, the rest is flagged.
    """
    packet = db.session.scalars(select(Packet).where(Packet.cti == cti).with_for_update()).one_or_none()
    if packet is None or packet.task_id != task.id:
        return "packet_foreign"
    if packet.used_by_visit not in (None, visit_id):
        raise PacketUsed
    packet.used_at = packet.used_at or now
    packet.used_by_visit = visit_id
    return "packet_revoked" if packet.revoked_at is not None else ""
