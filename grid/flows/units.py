"""Units: found and change a court, department, district, street, community, cell or centre."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import Conflict, InvalidInput, NotFound
from grid.core.ids import new_id
from grid.flows import ledger
from grid.flows.numbers import next_number
from grid.models import Person, Task, Unit, db
from grid.rules.text import normalise_text
from grid.tools.geo import read_polygon

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
    unit_id: str | None = None,
) -> Unit:
    """Create one unit below its parent; raises InvalidInput for a wrong place, Conflict for a used code."""
    if kind not in CHILDREN[parent.kind if parent else ""]:
        raise InvalidInput(fields={"parent_id": ["这一级单位不能放在所选上级之下"]})
    unit_id = unit_id or new_id()
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


def add_unit(actor: Actor, args: dict[str, Any], now: datetime) -> Unit:
    """Create a unit at the desk; the same id again returns what was created. Raises InvalidInput, Conflict."""
    known = db.session.get(Unit, args["id"])
    if known is not None:
        return known
    parent = db.session.get(Unit, args["parent_id"])
    if parent is None:
        raise InvalidInput(fields={"parent_id": ["请选择上级单位"]})
    return create_unit(
        actor, now, parent=parent, kind=args["kind"], name=normalise_text(args["name"]),
        code=normalise_text(args["code"] or "") or args["id"][-12:], polygon=checked_polygon(args["polygon"]),
        contact_phone=args["contact_phone"], unit_id=args["id"],
    )  # fmt: skip


def checked_polygon(polygon: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a cell's area when it is one on WGS-84; raises InvalidInput."""
    if polygon is not None and read_polygon(polygon) is None:
        raise InvalidInput(fields={"polygon": ["边界不是有效的 GeoJSON 面（经纬度，WGS-84，不自相交）"]})
    return polygon


def change_unit(actor: Actor, unit_id: str, change: dict[str, Any], now: datetime) -> Unit:
    """Change name, code, area, phone, or close a unit nobody and nothing is in."""
    unit = db.session.scalars(select(Unit).where(Unit.id == unit_id).with_for_update()).one_or_none()
    if unit is None:
        raise NotFound
    if change.get("name"):
        unit.name = normalise_text(change["name"])
    code = normalise_text(change.get("code") or "")
    if code and code != unit.code:
        if db.session.scalar(select(Unit.id).where(Unit.court_id == unit.court_id, Unit.code == code)):
            raise Conflict(fields={"code": ["单位编码已被使用"]})
        unit.code = code
    if "polygon" in change:
        unit.polygon = checked_polygon(change["polygon"])
    if "contact_phone" in change:
        unit.contact_phone = change["contact_phone"]
    if change.get("closed") is True and unit.closed_at is None:
        _check_empty(unit)
        unit.closed_at = now
    elif change.get("closed") is False:
        unit.closed_at = None
    note_places_changed(unit.court_id)
    ledger.record("unit.changed", actor, now, object_id=unit.id, columns=sorted(change))
    return unit


def _check_empty(unit: Unit) -> None:
    ended = ("closed", "archived", "cancelled")
    if db.session.scalar(select(Unit.id).where(Unit.parent_id == unit.id, Unit.closed_at.is_(None)).limit(1)):
        raise InvalidInput(fields={"closed": ["请先撤销下级单位"]})
    if db.session.scalar(select(Person.id).where(Person.unit_id == unit.id, Person.deactivated_at.is_(None)).limit(1)):
        raise InvalidInput(fields={"closed": ["请先把人员调到其他单位或停用"]})
    if db.session.scalar(select(Task.id).where(Task.unit_id == unit.id, Task.state.not_in(ended)).limit(1)):
        raise InvalidInput(fields={"closed": ["还有未办结的任务，请先转派"]})
