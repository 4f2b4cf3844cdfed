"""Registers come out as an assessor expects and no text in them becomes a formula."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.tools.csvfile import CsvExport
from grid.tools.spreadsheet import Report, ReportColumn, ValueKind, display_width, plain_value, safe_text, write_xlsx

COLUMNS = (
    ReportColumn("case_no", "案号", ValueKind.CODE),
    ReportColumn("name", "受送达人"),
    ReportColumn("amount", "标的（元）", ValueKind.MONEY),
    ReportColumn("visits", "走访次数", ValueKind.COUNT),
    ReportColumn("signed_on", "签收日期", ValueKind.DATE),
    ReportColumn("rate", "送达率", ValueKind.RATE),
)
REPORT = Report(
    title="协助送达台账",
    columns=COLUMNS,
    period="2026年11月",
    unit="花山区人民法院",
    made_by="李敏",
    made_at=datetime(2026, 12, 1, 1, 2, tzinfo=UTC),
    notes=("送达率＝已签收÷已派发", "不含撤回任务"),
)
ROW = {
    "case_no": "340503199001011234",
    "name": "欧阳·古丽娜尔𠮷",
    "amount": 123456789,
    "visits": 3,
    "signed_on": date(2026, 12, 6),
    "rate": (2, 3),
}


def naive(*parts: int) -> datetime:
    """Build what openpyxl gives back: spreadsheets know no zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc]  # int parts only


def written(rows: list[dict[str, Any]], **more: Any) -> openpyxl.worksheet.worksheet.Worksheet:
    out = io.BytesIO()
    assert write_xlsx(out, REPORT, rows, **more) == len(rows)
    return openpyxl.load_workbook(out).active


def test_a_register_has_all_an_assessor_looks_for() -> None:
    sheet = written([ROW, {**ROW, "signed_on": datetime(2026, 12, 5, 17, 0, tzinfo=UTC), "rate": (0, 0)}])
    assert sheet["A1"].value == "协助送达台账"
    assert sheet["A2"].value == "统计区间：2026年11月　单位：花山区人民法院　制表人：李敏　制表时间：2026-12-01 09:02"
    assert [cell.value for cell in sheet[3]] == ["序号", *(column.title for column in COLUMNS)]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert [cell.value for cell in sheet[4]] == [
        1, "340503199001011234", "欧阳·古丽娜尔𠮷", 1234567.89, 3, naive(2026, 12, 6), pytest.approx(2 / 3),
    ]  # fmt: skip
    assert sheet["B4"].data_type == "s"
    assert sheet["B4"].number_format == "@"
    assert sheet["D4"].number_format == "#,##0.00"
    assert sheet["F5"].value == naive(2026, 12, 6, 1)
    assert sheet["G5"].value == "—"
    closing = [sheet.cell(line, 1).value for line in range(6, 10)]
    assert closing[:3] == ["口径说明：", "1. 送达率＝已签收÷已派发", "2. 不含撤回任务"]
    assert "制表人：" in closing[3]
    assert "审核人：" in closing[3]
    assert sheet.column_dimensions["B"].width >= 20


def test_totals_stand_under_the_rows() -> None:
    sheet = written([ROW, ROW], totals={"amount": 246913578, "visits": 6})
    assert [cell.value for cell in sheet[6]] == ["合计", None, None, 2469135.78, 6, None, None]


def test_the_same_rows_give_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_xlsx(first, REPORT, [ROW])
    write_xlsx(second, REPORT, [ROW])
    assert first.getvalue() == second.getvalue()
    assert openpyxl.load_workbook(first).properties.created == naive(2026, 12, 1, 1, 2)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert safe_text(text).startswith("'")
    sheet = written([{"name": text}])
    assert sheet["C4"].data_type == "s"
    assert sheet["C4"].value.startswith("'")
    content = b"".join(CsvExport(REPORT, [{"name": text}])).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(content)))["受送达人"].startswith("'")


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_survives_in_both_formats(text: str) -> None:
    expected = safe_text(text)
    assert not expected or expected[0] not in "=+-@\t\r\n"
    assert "\0" not in expected
    content = b"".join(CsvExport(REPORT, [{"name": text}], "gb18030")).decode("gb18030")
    assert next(csv.DictReader(io.StringIO(content, newline="")))["受送达人"] == expected


def test_csv_in_both_encodings() -> None:
    utf8 = b"".join(CsvExport(REPORT, [ROW]))
    assert utf8.startswith(b"\xef\xbb\xbf")
    export = CsvExport(REPORT, [ROW, {**ROW, "amount": -5}], "gb18030")
    lines = b"".join(export).decode("gb18030").split("\r\n")
    assert lines[0] == "案号,受送达人,标的（元）,走访次数,签收日期,送达率"
    assert lines[1] == "340503199001011234,欧阳·古丽娜尔𠮷,1234567.89,3,2026-12-06,66.7%"
    assert lines[2].split(",")[2] == "-0.05"
    assert lines[3] == "# 协助送达台账"
    assert export.count == 2
    assert export.rare == {"𠮷"}


def test_values_as_text() -> None:
    assert plain_value(-123456, ValueKind.MONEY) == "-1234.56"
    assert plain_value((0, 0), ValueKind.RATE) == "—"
    assert plain_value(None, ValueKind.COUNT) == ""
    assert plain_value(datetime(2026, 12, 5, 17, 0, tzinfo=UTC), ValueKind.DATE) == "2026-12-06 01:00"
    assert display_width("案号A1") == 6


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_memory_does_not_grow_with_the_rows(form: str, tmp_path: Path) -> None:
    def rows(count: int) -> Iterator[dict[str, Any]]:
        for number in range(count):
            yield {**ROW, "name": f"王某{number}"}

    def peak(count: int) -> int:
        tracemalloc.start()
        if form == "csv":
            for piece in CsvExport(REPORT, rows(count)):
                assert len(piece) < 1_000_000
        else:
            write_xlsx(tmp_path / "out.xlsx", REPORT, rows(count))
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    assert peak(4000) < peak(1000) + 400_000
