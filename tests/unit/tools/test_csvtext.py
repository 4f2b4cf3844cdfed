"""Any bytes are read as a table or refused with a declared problem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.errors.base import Problem
from grid.core.errors.tables import TableDamaged
from grid.tools.tabular import Column, Table, read_table

COLUMNS = [Column("case_no", "案号", required=True), Column("name", "受送达人", required=True)]


def read(content: bytes, name: str) -> Table:
    return read_table(content, name, COLUMNS)


@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: ("案号,受送达人\r" + text).encode("gb18030", "ignore")),
    )
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        try:
            table = read(content, name)
        except Problem:
            continue
        assert all(set(row.cells) == {column.key for column in COLUMNS} for row in table.rows)


def test_old_line_ends_and_a_quotation_mark_left_open() -> None:
    table = read("案号,受送达人\r（2026）皖0503执1号,甲某\r（2026）皖0503执2号,乙某".encode(), "a.csv")
    assert [row.cells["name"] for row in table.rows] == ["甲某", "乙某"]
    with pytest.raises(TableDamaged, match="引号"):
        read(('案号,受送达人\nx,"' + "甲" * 200_000).encode(), "a.csv")
