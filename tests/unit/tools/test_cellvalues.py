"""A cell means one value, however it was typed, or is refused with a Chinese reason."""

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from grid.tools.tabular import CellKind, Column, read_table


def book(*rows: list[Any]) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def value_of(kind: CellKind, content: Any, **more: Any) -> Any:
    columns = [Column("id", "编号"), Column("x", "内容", kind=kind, choices=more.pop("choices", {}))]
    table = read_table(book(["编号", "内容"], ["1", content]), "a.xlsx", columns, **more)
    return table.problems[0].reason if table.problems else table.rows[0].cells["x"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-06",
        "2026年12月6日",
        "2026-12-6",
        "20261206",
        "2026/12/6",
        "2026.12.6",
        "２０２６年１２月６日",
        " 2026 年 12 月 6 日 ",
        "2026-12-06 09:30",
        20261206,
        46362,
        "46362",
        date(2026, 12, 6),
        datetime(2026, 12, 6, 9, 30, tzinfo=UTC).replace(tzinfo=None),
    ],
)
def test_dates(text: Any) -> None:
    assert value_of(CellKind.DATE, text) == date(2026, 12, 6)


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026-02-30", "12月6日", "26-12-06", "昨天", 12, 1.5, True, "0026-01-01", "2026-1"]
)
def test_what_is_no_date(text: Any) -> None:
    assert "日期" in value_of(CellKind.DATE, text)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12,345.00", 1234500),
        ("¥ 12345", 1234500),
        ("１２３４５元", 1234500),
        ("1.2万元", 1200000),
        ("100元整", 10000),
        (12345.1, 1234510),
        (0.1 + 0.2, 30),
        (0, 0),
        ("0.01", 1),
    ],
)
def test_money(text: Any, fen: int) -> None:
    assert value_of(CellKind.MONEY, text) == fen


@pytest.mark.parametrize("text", ["约五万", "-5", "1.234", 1.234, "1e5", -1, "9999999999999", True, "1,2万美元", 1e300])
def test_what_is_no_money(text: Any) -> None:
    assert "金额" in value_of(CellKind.MONEY, text)


@pytest.mark.parametrize(("text", "count"), [("3", 3), ("３份", 3), (3.0, 3), ("2 件", 2), ("2.0", 2)])
def test_counts(text: Any, count: int) -> None:
    assert value_of(CellKind.COUNT, text) == count


@pytest.mark.parametrize("text", ["三", "-1", -1, 1.5, "1.5", True, "99999999999", 1e12, date(2026, 1, 1)])
def test_what_is_no_count(text: Any) -> None:
    assert value_of(CellKind.COUNT, text) == "应填整数"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("34050319900101123x", "34050319900101123X"),
        ("３４０５０３", "340503"),
        (" 138 5551 2345 ", "13855512345"),
        (13855512345, "13855512345"),
        (13855512345.0, "13855512345"),
        ("'00123", "00123"),
        ("（2026）皖0503执1号", "(2026)皖0503执1号"),
    ],
)
def test_codes(written: Any, code: str) -> None:
    assert value_of(CellKind.CODE, written) == code


@pytest.mark.parametrize("written", [1.1010519491231e17, 110105194912310021, "1.10105E+17", "3.4E+17"])
def test_ids_the_program_turned_into_numbers_are_refused(written: Any) -> None:
    assert "后几位已丢失" in value_of(CellKind.CODE, written)


def test_codes_the_program_turned_into_dates_are_refused() -> None:
    assert "日期" in value_of(CellKind.CODE, date(2026, 12, 6))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("是", True),
        ("√", True),
        ("Y", True),
        (1, True),
        (True, True),
        ("否", False),
        ("×", False),
        ("无", False),
        (0, False),
        (False, False),
    ],
)
def test_yes_and_no(word: Any, meant: bool) -> None:
    assert value_of(CellKind.YESNO, word) is meant


def test_what_is_neither() -> None:
    assert "是" in value_of(CellKind.YESNO, "也许")


def test_choices() -> None:
    choices = {"直接送达": "direct", "留置送达": "left"}
    assert value_of(CellKind.CHOICE, " 直接 送达 ", choices=choices) == "direct"
    assert value_of(CellKind.CHOICE, "公告", choices=choices) == "应从以下选择：直接送达、留置送达"


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("　王　某 ", "王 某"),
        ("１幢\n２单元", "1幢 2单元"),
        ("𠮷某\u200b\ufeff", "𠮷某"),
        ("\U0003134a某\ue000", "\U0003134a某\ue000"),
        (12, "12"),
        (1.5, "1.5"),
        (True, "是"),
        (date(2026, 12, 6), "2026-12-06"),
    ],
)
def test_text_is_tidied_and_no_name_is_lost(written: Any, tidied: str) -> None:
    assert value_of(CellKind.TEXT, written) == tidied


def test_text_too_long() -> None:
    assert value_of(CellKind.TEXT, "长" * 201) == "太长，最多 200 个字"
