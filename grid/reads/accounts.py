"""What an account may see of itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.words.roles import ROLE_LABELS, Role
from grid.models import Person, SignedSession, Unit, db


def person_card(person: Person) -> dict[str, Any]:
    """Describe an account to its owner: name, role, unit, court."""
    ids = [part for part in _path_of(person.unit_id).split("/") if part]
    units = {u.id: u for u in db.session.scalars(select(Unit).where(Unit.id.in_({*ids, person.court_id})))}
    unit, court = units[person.unit_id], units[person.court_id]
    return {
        "id": person.id,
        "staff_no": person.staff_no,
        "worker_no": person.worker_no,
        "name": person.name,
        "role": person.role,
        "role_label": ROLE_LABELS[Role(person.role)],
        "phone_masked": person.phone_masked,
        "unit": {
            "id": unit.id,
            "name": unit.name,
            "kind": unit.kind,
            "path_names": [units[i].name for i in ids if i in units],
        },
        "court": {"id": court.id, "name": court.name, "short_code": court.code},
    }


def _path_of(unit_id: str) -> str:
    return db.session.scalars(select(Unit.path).where(Unit.id == unit_id)).one()


def list_sessions(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """List the actor's open sessions, newest first."""
    rows = db.session.scalars(
        select(SignedSession)
        .where(SignedSession.person_id == actor.id, SignedSession.revoked_at.is_(None), SignedSession.expires_at > now)
        .order_by(SignedSession.last_seen_at.desc())
        .limit(100)
    )
    return [
        {
            "id": row.id,
            "created_at": row.created_at,
            "last_seen_at": row.last_seen_at,
            "device_label": row.device_label,
            "ip": row.ip,
            "current": row.id == actor.session_id,
        }
        for row in rows
    ]


def unit_name(actor: Actor) -> str:
    """Return the name of the actor's unit, as 单位 on tables."""
    return db.session.scalars(select(Unit.name).where(Unit.id == actor.unit_id)).one()
