"""Lock a lost phone out: its sessions end at once, its queue is no longer taken in."""

from datetime import datetime

from sqlalchemy import select, update

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.flows import ledger
from grid.models import Device, Person, SignedSession, Unit, db
from grid.rules import permissions
from grid.rules.permissions import Action, ObjectFacts


def revoke_device(actor: Actor, device_id: str, reason: str, now: datetime) -> None:
    """Revoke a phone for good; a second call changes nothing. Raises NotFound, NotAllowed."""
    row = db.session.execute(
        select(Device, Person.court_id, Person.id.label("person_id"), Unit.path)
        .join(Person, Person.id == Device.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Device.id == device_id)
        .with_for_update(of=Device)
    ).one_or_none()
    if row is None:
        raise NotFound
    permissions.check(actor, Action.PERSON_WRITE, ObjectFacts(row.court_id, row.path))
    device: Device = row.Device
    if device.revoked_at is not None:
        return
    device.revoked_at = now
    db.session.execute(
        update(SignedSession)
        .where(SignedSession.device_id == device_id, SignedSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    ledger.record("device.revoked", actor, now, object_id=device_id, reason=reason)
