"""Found a unit: court, department, district, street, community, cell, centre."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import Conflict, InvalidInput
from grid.core.ids import new_id
from grid.flows import ledger
from grid.flows.numbers import next_number
from grid.models import Unit, db

CHILDREN: dict[str, frozenset[str]] = {
    "": frozenset({"court"}),
    "court": frozenset({"department", "district"}),
    "department": frozenset(),
    "district": frozenset({"street", "centre"}),
    "street": frozenset({"community", "centre"}),
    "community": frozenset({"cell"}),
    "cell": frozenset(),
    "centre": frozenset(),
}


def note_places_changed(court_id: str) -> None:
    """Tell every process that its picture of the court's cells is old (see grid.reads.places)."""
    next_number(f"places:{court_id}")


def create_unit(
    actor: Actor | None,
    now: datetime,
    *,
    parent: Unit | None,
    kind: str,
    name: str,
    code: str,
    polygon: dict[str, Any] | None = None,
    contact_phone: str = "",
    facts: dict[str, Any] | None = None,
) -> Unit:
    """Create one unit below its parent; raises InvalidInput for a wrong place, Conflict for a used code."""
    if kind not in CHILDREN[parent.kind if parent else ""]:
        raise InvalidInput(fields={"parent_id": ["这一级单位不能放在所选上级之下"]})
    unit_id = new_id()
    court_id = parent.court_id if parent else unit_id
    if db.session.scalar(select(Unit.id).where(Unit.court_id == court_id, Unit.code == code)):
        raise Conflict(fields={"code": ["单位编码已被使用"]})
    unit = Unit(
        id=unit_id,
        court_id=court_id,
        parent_id=parent.id if parent else None,
        kind=kind,
        name=name,
        code=code,
        path=f"{parent.path if parent else '/'}{unit_id}/",
        polygon=polygon,
        contact_phone=contact_phone,
        facts=facts or {},
        created_at=now,
    )
    db.session.add(unit)
    note_places_changed(court_id)
    ledger.record("unit.created", actor, now, object_id=unit_id, kind=kind, code=code)
    return unit
