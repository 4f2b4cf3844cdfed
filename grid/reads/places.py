"""A court's streets, communities and cells as routing needs them, kept in this process until one changes."""

from dataclasses import dataclass
from threading import Lock

from sqlalchemy import select

from grid.models import Address, Counter, Unit, db
from grid.rules.routing import Area, Cell, Destination, Places, destination
from grid.tools.geo import CellIndex, to_wgs84

_kept: dict[str, tuple[int, "Picture"]] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """The units of a court and the index of their polygons."""

    places: Places
    index: CellIndex

    def locate(self, lng: float | None, lat: float | None, datum: str) -> str | None:
        """Return the cell a coordinate falls in."""
        if lng is None or lat is None:
            return None
        return self.index.find(*to_wgs84(lng, lat, datum or "wgs84"))

    def destination(
        self, text: str, community: str, lng: float | None = None, lat: float | None = None, datum: str = "wgs84"
    ) -> Destination:
        """Return where a task with this address goes."""
        cell_id = self.locate(lng, lat, datum)
        return destination(self.places, text, community, cell_id, located=lng is not None)

    def for_address(self, address: Address, text: str) -> Destination:
        """Return where a task to this address goes; text is the address opened."""
        return self.destination(text, address.community, address.lng, address.lat, address.datum)


def picture_of(court_id: str) -> Picture:
    """Return the present picture; built anew when any unit of the court changed."""
    version = db.session.scalar(select(Counter.value).where(Counter.name == f"places:{court_id}")) or 0
    with _lock:
        kept = _kept.get(court_id)
    if kept is not None and kept[0] == version:
        return kept[1]
    picture = _draw(court_id)
    with _lock:
        _kept[court_id] = (version, picture)
    return picture


def _draw(court_id: str) -> Picture:
    units = db.session.execute(
        select(Unit.id, Unit.kind, Unit.name, Unit.path, Unit.parent_id, Unit.polygon, Unit.facts)
        .where(Unit.court_id == court_id, Unit.closed_at.is_(None))
        .order_by(Unit.code)
    ).all()
    by_id = {unit.id: unit for unit in units}
    streets = tuple(Area(u.id, u.name, u.path, u.id) for u in units if u.kind == "street")
    street_ids = {area.id for area in streets}
    communities = tuple(
        Area(u.id, u.name, u.path, u.parent_id if u.parent_id in street_ids else None)
        for u in units
        if u.kind == "community"
    )
    street_of = {area.id: area.street_id or "" for area in communities}
    cells: dict[str, Cell] = {}
    cells_of: dict[str, list[str]] = {}
    for unit in units:
        if unit.kind == "cell":
            cells[unit.id] = Cell(unit.id, unit.name, unit.path, unit.parent_id, street_of.get(unit.parent_id, ""))
            cells_of.setdefault(unit.parent_id, []).append(unit.id)
    district = next((u for u in units if u.kind == "district"), by_id[court_id])
    places = Places(
        district=Area(district.id, district.name, district.path),
        streets=streets,
        communities=communities,
        cells=cells,
        outside=tuple(by_id[court_id].facts.get("outside", ())),
        cells_of={key: tuple(value) for key, value in cells_of.items()},
    )
    return Picture(places, CellIndex((u.id, u.polygon) for u in units if u.kind == "cell" and u.polygon))
