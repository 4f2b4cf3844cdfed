"""Where a task goes first: the cell its coordinates fall in, else the community it names, else somebody's queue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from grid.rules.text import compact

_TAIL = re.compile(r"(?:社区|居委会|居民委员会|村委会|村民委员会|行政村|村)$")
_STREET_TAIL = re.compile(r"(?:街道办事处|街道|镇|乡)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid cell; street_id is the street above it."""

    id: str
    name: str
    path: str
    community_id: str
    street_id: str


@dataclass(frozen=True, slots=True)
class Area:
    """A community, street or district with its unit path."""

    id: str
    name: str
    path: str
    street_id: str | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The units of one court as routing needs them; outside lists names of places that are not its own."""

    district: Area
    streets: tuple[Area, ...]
    communities: tuple[Area, ...]
    cells: Mapping[str, Cell]
    outside: tuple[str, ...] = ()
    cells_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: Mapping[str, list[Area]] = field(default_factory=dict, init=False)
    names: Mapping[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Index communities by short name and all areas by id: a bulk import asks a hundred thousand times."""
        named: dict[str, list[Area]] = {}
        for area in self.communities:
            named.setdefault(short(area.name), []).append(area)
        object.__setattr__(self, "named", named)
        object.__setattr__(self, "names", {area.id: area.name for area in (*self.communities, *self.streets)})


@dataclass(frozen=True, slots=True)
class Destination:
    """Which unit holds the task now; cell_id is None while a centre has to decide, and note says why."""

    unit_id: str
    unit_path: str
    street_id: str | None
    cell_id: str | None = None
    community: str = ""
    street: str = ""
    note: str = ""


@lru_cache(maxsize=8192)
def short(name: str) -> str:
    """Return a community's name without its kind, so that 湖东社区 and 湖东居委会 are the same."""
    bare = compact(name)
    return _TAIL.sub("", bare) or bare


def destination(places: Places, text: str, community: str, cell_id: str | None, *, located: bool) -> Destination:
    """Decide from the address; cell_id is the cell its coordinates fall in, located whether it had any."""
    if cell_id is not None:
        return to_cell(places, places.cells[cell_id])
    bare = compact(text)
    stranger = next((name for name in places.outside if name in bare), "")
    if stranger:
        return to_area(places, places.district, f"地址可能不在本区（{stranger}），请核对，不属于本区的请退回法院")
    notes = ["坐标不在任何网格内"] if located else []
    area = _community(places, bare, community, notes)
    if area is not None:
        return _in_community(places, area, bare, notes)
    street = next((area for area in places.streets if _names_street(bare, area.name)), None)
    notes.append("地址没有写明社区" if not community else "")
    reason = "；".join(filter(None, notes))
    if street is not None:
        return to_area(places, street, f"{reason}，请按地址分到网格")
    return to_area(places, places.district, f"{reason}，也认不出镇街，请按地址分派")


@lru_cache(maxsize=8192)
def _bare(name: str) -> str:
    """Compact a unit's name once: there are few of them and every row asks."""
    return compact(name)


def _community(places: Places, bare: str, community: str, notes: list[str]) -> Area | None:
    if community:
        named = places.named.get(short(community), [])
        if len(named) > 1:
            named = [area for area in named if _names_street(bare, _street_name(places, area))] or named
        if len(named) == 1:
            return named[0]
        notes.append(f"有 {len(named)} 个同名社区“{community}”" if named else f"没有叫“{community}”的社区")
    written = [area for area in places.communities if _bare(area.name) in bare]
    if len(written) > 1:
        longest = max(len(area.name) for area in written)
        written = [area for area in written if len(area.name) == longest]
    return written[0] if len(written) == 1 else None


def _in_community(places: Places, area: Area, bare: str, notes: list[str]) -> Destination:
    cells = [places.cells[cell] for cell in places.cells_of.get(area.id, ())]
    if len(cells) > 1:
        cells = [cell for cell in cells if _bare(cell.name) in bare] or cells
    if len(cells) == 1:
        return to_cell(places, cells[0], "；".join(notes))
    count = f"{area.name}有 {len(cells)} 个网格" if cells else f"{area.name}还没有设网格"
    return to_area(places, area, "；".join([*notes, f"{count}，请按地址选择"]))


def _names_street(bare: str, name: str) -> bool:
    return _bare(name) in bare or _STREET_TAIL.sub("", _bare(name)) in bare


def _street_name(places: Places, area: Area) -> str:
    return places.names.get(area.street_id or "", "")


def to_cell(places: Places, cell: Cell, note: str = "") -> Destination:
    """Return the destination of a task that goes to a cell."""
    community, street = places.names.get(cell.community_id, ""), places.names.get(cell.street_id, "")
    return Destination(cell.id, cell.path, cell.street_id, cell.id, community, street, note[:120])


def to_area(places: Places, area: Area, note: str) -> Destination:
    """Return the destination of a task that waits in a unit's queue."""
    is_community = area in places.communities
    return Destination(
        area.id,
        area.path,
        area.street_id,
        None,
        area.name if is_community else "",
        _street_name(places, area) if is_community else area.name if area in places.streets else "",
        note[:120],
    )
