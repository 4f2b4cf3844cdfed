"""The fleet: how each phone is doing, as it said at its last contact."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, select, true

from grid.core.actor import Actor
from grid.models import Device, Person, Unit, db
from grid.reads.scope import below
from grid.rules.permissions import Action, Scope, scope_of

SILENT = timedelta(hours=24)
"""A phone without contact for so long is worth a call."""


def device_scope(actor: Actor) -> ColumnElement[bool]:
    """Return the phones within the actor's reach."""
    scope = scope_of(Action.DEVICE_READ, actor.role)
    if scope == Scope.ANY:
        return true()
    if scope == Scope.COURT:
        return Person.court_id == actor.court_id
    if scope == Scope.UNIT and actor.unit_path:
        return and_(Person.court_id == actor.court_id, below(Unit.path, actor.unit_path))
    return Person.id == actor.id if scope == Scope.OWN else false()


def list_devices(actor: Actor, args: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return one page, the longest silent first; state is one of silent, active, revoked."""
    where = [device_scope(actor), *_filters(args, now)]
    joined = (
        select(Device, Person.id.label("person_id"), Person.name, Person.staff_no, Unit.name.label("unit_name"))
        .join(Person, Person.id == Device.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(*where)
    )
    total = db.session.scalar(select(func.count()).select_from(joined.subquery())) or 0
    page, size = args["page"], args["size"]
    rows = db.session.execute(joined.order_by(Device.last_contact_at, Device.id).limit(size).offset((page - 1) * size))
    return {"items": [_row(row, now) for row in rows], "page": page, "size": size, "total": total}


def _filters(args: dict[str, Any], now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    state = args["state"]
    if state == "revoked":
        found.append(Device.revoked_at.is_not(None))
    elif state == "silent":
        found.append(and_(Device.revoked_at.is_(None), Device.last_contact_at < now - SILENT))
    elif state == "active":
        found.append(and_(Device.revoked_at.is_(None), Device.last_contact_at >= now - SILENT))
    if args["q"].strip():
        q = args["q"].strip()
        found.append((Person.name == q) | (func.lower(Person.staff_no) == q.lower()))
    return found


def _row(row: Any, now: datetime) -> dict[str, Any]:
    device: Device = row.Device
    facts = device.facts
    silent = device.last_contact_at < now - SILENT
    return {
        "id": device.id,
        "label": device.label,
        "person": {
            "id": row.person_id, "name": row.name, "staff_no": row.staff_no, "unit_name": row.unit_name,
        },
        "last_seen_at": device.last_contact_at,
        "unsent": facts.get("unsent"),
        "oldest_unsent_at": facts.get("oldest_unsent_at"),
        "free_mb": facts.get("free_mb"),
        "persisted": facts.get("persisted"),
        "app_version": facts.get("app_version") or None,
        "large_type": facts.get("large_type"),
        "skew_ms": device.skew_ms,
        "state": "revoked" if device.revoked_at else "silent" if silent else "active",
    }  # fmt: skip
