"""Datums, distances and cells, checked against known points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.tools.geo import CellIndex, distance_m, from_wgs84, gcj02_to_bd09, read_polygon, to_wgs84, wgs84_to_gcj02

CENTRE = (118.50631, 31.70195)


def square(x: float, y: float, side: float) -> dict:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_the_shifted_grid_is_half_a_kilometre_off_here() -> None:
    shifted = wgs84_to_gcj02(*CENTRE)
    assert 400 < distance_m(*CENTRE, *shifted) < 700
    # Tiananmen: WGS-84 116.391305, 39.905530 is drawn at GCJ-02 116.397545, 39.906933.
    assert distance_m(*wgs84_to_gcj02(116.391305, 39.905530), 116.397545, 39.906933) < 5


@given(st.floats(74, 134), st.floats(19, 53))
def test_the_way_back_is_exact(lng: float, lat: float) -> None:
    assert distance_m(*to_wgs84(*wgs84_to_gcj02(lng, lat), "gcj02"), lng, lat) < 0.01


def test_baidu_lies_on_top_of_the_shifted_grid() -> None:
    # Tiananmen again, BD-09 116.403927, 39.913279.
    assert distance_m(*to_wgs84(116.403927, 39.913279, "bd09"), 116.391305, 39.905530) < 6
    assert to_wgs84(*CENTRE, "cgcs2000") == to_wgs84(*CENTRE, "wgs84") == CENTRE
    with pytest.raises(ValueError, match="unknown datum"):
        to_wgs84(*CENTRE, "local")


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_m(118, 31, 118, 32) == pytest.approx(111_195, abs=10)
    assert distance_m(*CENTRE, *CENTRE) == 0


def test_points_find_their_cell_and_the_smaller_of_two() -> None:
    index = CellIndex([("a", square(0, 0, 10)), ("b", square(10, 0, 10)), ("inner", square(2, 2, 1))])
    assert index.find(1, 1) == "a"
    assert index.find(15, 5) == "b"
    assert index.find(2.5, 2.5) == "inner"
    assert index.find(10, 5) == "a"
    assert index.find(30, 5) is None
    assert CellIndex([]).find(1, 1) is None


@pytest.mark.parametrize(
    "polygon",
    [
        {},
        {"type": "Point", "coordinates": [1, 1]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": "x"},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [200, 0], [200, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], ["a", 0], [1, 1], [0, 0]]]},
    ],
)
def test_what_is_no_area_is_left_out(polygon) -> None:
    assert read_polygon(polygon) is None
    assert CellIndex([("bad", polygon), ("good", square(0, 0, 1))]).find(0.5, 0.5) == "good"


DATUMS = ("wgs84", "cgcs2000", "gcj02", "bd09")


@given(st.floats(74, 134), st.floats(4, 53), st.sampled_from(DATUMS))
def test_every_datum_leads_there_and_back(lng: float, lat: float, datum: str) -> None:
    shown = from_wgs84(lng, lat, datum)
    assert distance_m(*to_wgs84(*shown, datum), lng, lat) < 0.01
    assert distance_m(*shown, lng, lat) < 2_500


def test_published_conversions_of_one_point() -> None:
    point = (116.404, 39.915)
    assert distance_m(*from_wgs84(*point, "gcj02"), 116.41024449916938, 39.91640428150164) < 0.001
    assert distance_m(*gcj02_to_bd09(*point), 116.41036949371029, 39.92133699351021) < 0.001
    with pytest.raises(ValueError, match="unknown datum"):
        from_wgs84(*point, "local")


def test_nothing_is_shifted_abroad() -> None:
    paris = (2.35, 48.85)
    for datum in DATUMS:
        assert from_wgs84(*paris, datum) == to_wgs84(*paris, datum) == paris


def test_how_far_outside_a_cell() -> None:
    index = CellIndex([("x", square(118.5, 31.7, 0.01)), ("bad", {})])
    assert index.outside_m("x", 118.505, 31.705) == index.outside_m("x", 118.51, 31.705) == 0
    east, north = index.outside_m("x", 118.52, 31.705), index.outside_m("x", 118.505, 31.72)
    assert east == pytest.approx(distance_m(118.51, 31.705, 118.52, 31.705), rel=1e-3)
    assert north == pytest.approx(distance_m(118.505, 31.71, 118.505, 31.72), rel=1e-3)
    assert east == pytest.approx(north * 0.851, rel=1e-2)
    assert index.outside_m("bad", 118.5, 31.7) is index.outside_m("nobody", 118.5, 31.7) is None
