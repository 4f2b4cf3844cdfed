"""Coordinates: Chinese datums from and to WGS-84, distances in metres, and which cell a point lies in.

GCJ-02 is the shifted grid of Tencent and Amap maps, BD-09 Baidu's on top of it; CGCS2000 equals WGS-84 to a few
centimetres. The inverses are found by iteration, to well below a metre. Outside China nothing is shifted.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from shapely import STRtree, shortest_line, transform
from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323
_EARTH_M = 6_371_008.8
_BD = math.pi * 3000.0 / 180.0


def _shift(lng: float, lat: float) -> tuple[float, float]:
    x, y = lng - 105.0, lat - 35.0
    wave = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave
    d_lat += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    d_lat += (160.0 * math.sin(y / 12.0 * math.pi) + 320 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    d_lng = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave
    d_lng += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    d_lng += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    radians = lat / 180.0 * math.pi
    magic = 1 - _ECCENTRICITY * math.sin(radians) ** 2
    root = math.sqrt(magic)
    d_lat = d_lat * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (magic * root) * math.pi)
    d_lng = d_lng * 180.0 / (_AXIS / root * math.cos(radians) * math.pi)
    return d_lng, d_lat


def wgs84_to_gcj02(lng: float, lat: float) -> tuple[float, float]:
    """Return the point on GCJ-02 (for maps that draw on it)."""
    if _abroad(lng, lat):
        return lng, lat
    d_lng, d_lat = _shift(lng, lat)
    return lng + d_lng, lat + d_lat


def gcj02_to_wgs84(lng: float, lat: float) -> tuple[float, float]:
    """Return the point on WGS-84."""
    return _undo(wgs84_to_gcj02, lng, lat)


def gcj02_to_bd09(lng: float, lat: float) -> tuple[float, float]:
    """Return the point on BD-09 (for Baidu maps)."""
    if _abroad(lng, lat):
        return lng, lat
    reach = math.hypot(lng, lat) + 0.00002 * math.sin(lat * _BD)
    theta = math.atan2(lat, lng) + 0.000003 * math.cos(lng * _BD)
    return reach * math.cos(theta) + 0.0065, reach * math.sin(theta) + 0.006


def bd09_to_wgs84(lng: float, lat: float) -> tuple[float, float]:
    """Return the point on WGS-84."""
    # The closed formula everybody copies is a metre off; undoing the way there is exact.
    return gcj02_to_wgs84(*_undo(gcj02_to_bd09, lng, lat))


def _undo(shift: Callable[[float, float], tuple[float, float]], lng: float, lat: float) -> tuple[float, float]:
    """Find the point a shift maps here; the shift is nearly constant, so a few steps are enough."""
    x, y = lng, lat
    for _ in range(10):
        shifted = shift(x, y)
        x, y = x + lng - shifted[0], y + lat - shifted[1]
    return x, y


def _abroad(lng: float, lat: float) -> bool:
    return not (72.004 < lng < 137.8347 and 0.8293 < lat < 55.8271)


def to_wgs84(lng: float, lat: float, datum: str) -> tuple[float, float]:
    """Return a point measured on any of our datums on WGS-84; raises ValueError for an unknown datum."""
    if datum in ("wgs84", "cgcs2000"):
        return lng, lat
    if datum == "gcj02":
        return gcj02_to_wgs84(lng, lat)
    if datum == "bd09":
        return bd09_to_wgs84(lng, lat)
    raise ValueError(f"unknown datum {datum}")


def from_wgs84(lng: float, lat: float, datum: str) -> tuple[float, float]:
    """Return a WGS-84 point on any of our datums, to show it on a map; raises ValueError for an unknown datum."""
    if datum in ("wgs84", "cgcs2000"):
        return lng, lat
    shifted = wgs84_to_gcj02(lng, lat)
    if datum == "gcj02":
        return shifted
    if datum == "bd09":
        return gcj02_to_bd09(*shifted)
    raise ValueError(f"unknown datum {datum}")


def distance_m(lng: float, lat: float, other_lng: float, other_lat: float) -> float:
    """Return the great-circle distance of two WGS-84 points."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lng - lng) / 2) ** 2
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(half)))


def read_polygon(geojson: Mapping[str, Any]) -> BaseGeometry | None:
    """Return the area of a GeoJSON Polygon or MultiPolygon on WGS-84; None when it is no valid area."""
    if geojson.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    try:
        area = shape(geojson)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None
    west, south, east, north = area.bounds if not area.is_empty else (181, 91, 181, 91)
    inside = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return area if inside and area.is_valid and area.area > 0 else None


class CellIndex:
    """Finds the cell of a point; built once for all polygons of a court."""

    def __init__(self, cells: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        found = [(cell_id, area) for cell_id, polygon in cells if (area := read_polygon(polygon)) is not None]
        self._ids = [cell_id for cell_id, _ in found]
        self._areas = [area for _, area in found]
        self._tree = STRtree(self._areas)

    def find(self, lng: float, lat: float) -> str | None:
        """Return the cell a WGS-84 point lies in, its border included; the smallest where several overlap."""
        hits = self._tree.query(Point(lng, lat), predicate="intersects")
        if not len(hits):
            return None
        # Two neighbours share their border: the id decides, so that the same point always goes to the same cell.
        return min((self._areas[n].area, self._ids[n]) for n in hits)[1]

    def outside_m(self, cell_id: str, lng: float, lat: float) -> float | None:
        """Return how many metres outside a cell a WGS-84 point lies, 0 inside; None when the cell has no area."""
        if cell_id not in self._ids:
            return None
        area, point = self._areas[self._ids.index(cell_id)], Point(lng, lat)
        if area.covers(point):
            return 0.0
        # A degree of longitude is shorter than one of latitude: look for the nearest place where both are alike.
        squeeze = math.cos(math.radians(lat))
        near = shortest_line(transform(area, lambda xy: xy * [squeeze, 1.0]), Point(lng * squeeze, lat)).coords[0]
        return distance_m(near[0] / squeeze, near[1], lng, lat)
