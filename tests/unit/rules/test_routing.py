"""Routing: coordinates first, then the community, then a queue with the reason written on it."""

import pytest

from grid.rules.routing import Area, Cell, Places, destination, short

D = Area("d", "花山区综治中心", "/c/d/")
S1, S2 = Area("s1", "湖东路街道", "/c/d/s1/", "s1"), Area("s2", "濮塘镇", "/c/d/s2/", "s2")
ONE = Area("one", "湖东社区", "/c/d/s1/one/", "s1")
TWO = Area("two", "濮塘社区", "/c/d/s2/two/", "s2")
TWIN_A, TWIN_B = Area("ta", "红旗社区", "/c/d/s1/ta/", "s1"), Area("tb", "红旗村", "/c/d/s2/tb/", "s2")
EMPTY = Area("no", "新设社区", "/c/d/s2/no/", "s2")
CELLS = {
    cell.id: cell
    for cell in (
        Cell("1", "湖东社区第1网格", "/c/d/s1/one/1/", "one", "s1"),
        Cell("2", "濮塘社区第1网格", "/c/d/s2/two/2/", "two", "s2"),
        Cell("3", "濮塘社区第2网格", "/c/d/s2/two/3/", "two", "s2"),
        Cell("4", "红旗社区第1网格", "/c/d/s1/ta/4/", "ta", "s1"),
        Cell("5", "红旗村第1网格", "/c/d/s2/tb/5/", "tb", "s2"),
    )
}
PLACES = Places(
    D, (S1, S2), (ONE, TWO, TWIN_A, TWIN_B, EMPTY), CELLS, ("雨山区", "慈湖"),
    {"one": ("1",), "two": ("2", "3"), "ta": ("4",), "tb": ("5",)},
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "community", "cell", "located", "unit", "note"),
    [
        ("随便什么地方", "", "2", True, "2", ""),
        ("雨山区某路", "", "2", True, "2", ""),
        ("湖东路 5 号", "湖东社区", None, False, "1", ""),
        ("湖东路 5 号", "湖东居委会", None, False, "1", ""),
        ("湖东路 5 号", "湖东社区", None, True, "1", "坐标不在任何网格内"),
        ("湖东社区5幢", "", None, False, "1", ""),
        ("湖东社区5幢", "写错社区", None, False, "1", "没有叫“写错社区”的社区"),
        ("濮塘镇某路 1 号", "濮塘社区", None, False, "two", "濮塘社区有 2 个网格，请按地址选择"),
        ("濮塘社区第２网格 1 号", "濮塘社区", None, False, "3", ""),
        ("湖东路街道5号", "红旗社区", None, False, "4", ""),
        ("濮塘镇 5 号", "红旗", None, False, "5", ""),
        ("五号", "红旗", None, False, "d", "有 2 个同名社区“红旗”，也认不出镇街，请按地址分派"),
        ("新设社区 1 号", "", None, False, "no", "新设社区还没有设网格，请按地址选择"),
        ("湖东路5号", "", None, False, "s1", "地址没有写明社区，请按地址分到网格"),
        ("北京路5号", "", None, False, "d", "地址没有写明社区，也认不出镇街，请按地址分派"),
        ("雨山区湖东路5号", "湖东社区", None, False, "d", "地址可能不在本区（雨山区），请核对，不属于本区的请退回法院"),
    ],
)
def test_destination(text, community, cell, located, unit, note) -> None:
    found = destination(PLACES, text, community, cell, located=located)
    assert (found.unit_id, found.note) == (unit, note)
    assert found.cell_id == (unit if unit in CELLS else None)
    assert found.unit_path.endswith(f"/{unit}/")


def test_of_two_names_in_an_address_the_longer_one_counts() -> None:
    long, short_one = Area("l", "新湖东社区", "/c/d/s1/l/", "s1"), ONE
    both = Places(D, (S1, S2), (short_one, long), CELLS, (), {})
    assert destination(both, "新湖东社区8幢", "", None, located=False).unit_id == "l"
    equal = Places(D, (), (ONE, TWIN_A), CELLS, (), {})
    assert destination(equal, "湖东社区往红旗社区的路口", "", None, located=False).unit_id == "d"


def test_the_street_is_known_wherever_the_task_lies_in_one() -> None:
    assert destination(PLACES, "", "", "2", located=True).street_id == "s2"
    assert destination(PLACES, "濮塘镇", "濮塘社区", None, located=False).street_id == "s2"
    assert destination(PLACES, "某处", "", None, located=False).street_id is None


@pytest.mark.parametrize("name", ["湖东社区", " 湖东 居委会", "湖东村民委员会", "湖东"])
def test_short_names_agree(name) -> None:
    assert short(name) == "湖东"


def test_a_name_that_is_only_a_kind_stays() -> None:
    assert short("村") == "村"
