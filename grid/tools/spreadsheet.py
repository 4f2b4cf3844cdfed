"""Write registers as xlsx the way an assessor expects them, one row at a time in constant memory.

Title row, 统计区间 and 单位 row, frozen header, rows, totals, 口径说明, signature line; ids text, money numbers.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from grid.core.clock import SHANGHAI

# What a spreadsheet could take for a formula when the text is opened or saved again (ASVS 5.0 1.2.10); the full-width
# signs are what a Chinese keyboard types for the same thing.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MAX_ROWS = 1_048_000  # one sheet of Excel, less the rows around the table
MEASURED_ROWS = 2_000  # columns are as wide as their widest cell among so many rows; measuring all costs a third
_FONT = "宋体"


class ValueKind(StrEnum):
    """How a value of a column is written."""

    TEXT = "text"
    CODE = "code"  # ids, case and phone numbers: text format, never a number
    COUNT = "count"
    MONEY = "money"  # integer 分, written in 元
    DATE = "date"  # date, or aware datetime with the time of day in Shanghai
    RATE = "rate"  # (numerator, denominator), written as a percentage


@dataclass(frozen=True)
class ReportColumn:
    """One column of a register."""

    key: str
    title: str
    kind: ValueKind = ValueKind.TEXT


@dataclass(frozen=True)
class Report:
    """What stands around the rows of a register; every text is ready to print."""

    title: str
    columns: tuple[ReportColumn, ...]
    period: str = ""  # 统计区间
    unit: str = ""  # 单位
    made_by: str = ""
    made_at: datetime | None = None
    notes: tuple[str, ...] = ()  # 口径说明
    signatures: tuple[str, ...] = ("制表人", "审核人", "日期")
    serial_title: str = "序号"  # "" for no serial column

    def subtitle(self) -> str:
        """Return the line under the title."""
        made_at = f"{self.made_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if self.made_at else ""
        facts = (("统计区间", self.period), ("单位", self.unit), ("制表人", self.made_by), ("制表时间", made_at))
        return "　".join(f"{label}：{text}" for label, text in facts if text)


def safe_text(value: object) -> str:
    """Return text no spreadsheet takes for a formula: control characters gone, a risky first character quoted."""
    text = "" if value is None else str(value)
    if not text.isprintable():
        text = "".join(c for c in text if c in "\t\r\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "'" + text if text.startswith(_DANGEROUS) else text


def display_width(text: str) -> int:
    """Return how many half-width places a text needs (two for a Chinese character)."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def write_xlsx(
    target: Path | BinaryIO,
    report: Report,
    rows: Iterable[Mapping[str, Any]],
    totals: Mapping[str, Any] | None = None,
) -> int:
    """Write a register and return how many rows; values follow ValueKind, None is an empty cell."""
    # The library takes the wall clock for `created` unless told: same rows, same bytes.
    book = xlsxwriter.Workbook(target if not isinstance(target, Path) else str(target), {"constant_memory": True})
    book.set_properties({"title": report.title, "created": report.made_at or datetime(2000, 1, 1)})  # noqa: DTZ001 - the format stores no zone
    try:
        return _Writer(book, report).write(rows, totals)
    finally:
        book.close()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, report: Report) -> None:
        self.report = report
        serial = (ReportColumn("", report.serial_title, ValueKind.COUNT),) if report.serial_title else ()
        self.columns = serial + report.columns
        self.measuring = True
        self.widths = [display_width(column.title) + 2 for column in self.columns]
        self.sheet: Worksheet = book.add_worksheet(_sheet_name(report.title))
        base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
        line = {**base, "border": 1}

        def style(**more: Any) -> Format:
            return book.add_format({**line, **more})

        self.title = book.add_format({**base, "font_size": 16, "bold": True, "align": "center"})
        self.plain = book.add_format({**base, "text_wrap": True})
        self.header = style(bold=True, align="center", bg_color="#E8F0FA", text_wrap=True)
        self.text = style(num_format="@", text_wrap=True)
        self.formats = {
            ValueKind.COUNT: style(num_format="0", align="center"),
            ValueKind.MONEY: style(num_format="#,##0.00"),
            ValueKind.RATE: style(num_format="0.0%", align="center"),
            ValueKind.DATE: style(num_format="yyyy-mm-dd", align="center"),
        }
        self.moment = style(num_format="yyyy-mm-dd hh:mm", align="center")

    def write(self, rows: Iterable[Mapping[str, Any]], totals: Mapping[str, Any] | None) -> int:
        sheet, last = self.sheet, len(self.columns) - 1
        self._merged(0, last, self.report.title, self.title, height=30)
        self._merged(1, last, self.report.subtitle(), self.plain)
        for place, column in enumerate(self.columns):
            sheet.write_string(2, place, safe_text(column.title), self.header)
        sheet.freeze_panes(3, 0)
        sheet.repeat_rows(2)
        line, count = 3, 0
        for row in rows:
            count += 1
            self.measuring = count <= MEASURED_ROWS
            if count > MAX_ROWS:
                raise ValueError("more rows than a sheet can hold: filter the export")
            self._row(line, row, count)
            line += 1
        sheet.autofilter(2, 0, max(line - 1, 2), last)
        if totals is not None:
            self._row(line, totals, None)
            line += 1
        for note in self._closing():
            self._merged(
                line, last, note, self.plain, height=18 * (1 + display_width(note) // max(sum(self.widths), 20))
            )
            line += 1
        for place, width in enumerate(self.widths):
            sheet.set_column(place, place, min(max(width, 6), 44))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        return count

    def _closing(self) -> Iterable[str]:
        if self.report.notes:
            yield "口径说明："
            yield from (f"{number}. {note}" for number, note in enumerate(self.report.notes, 1))
        if self.report.signatures:
            yield "　　　　".join(f"{who}：____________" for who in self.report.signatures)

    def _merged(self, line: int, last: int, text: str, style: Format, height: float = 20) -> None:
        self.sheet.set_row(line, height)
        if last > 0:
            self.sheet.merge_range(line, 0, line, last, "", style)
        self.sheet.write_string(line, 0, safe_text(text), style)

    def _row(self, line: int, row: Mapping[str, Any], serial: int | None) -> None:
        for place, column in enumerate(self.columns):
            value = row.get(column.key) if column.key else serial if serial is not None else "合计"
            width = self._cell(line, place, value, column.kind)
            if width > self.widths[place]:
                self.widths[place] = width

    def _cell(self, line: int, place: int, value: Any, kind: ValueKind) -> int:
        """Write one value and return the width it needs."""
        sheet = self.sheet
        if value is None:
            sheet.write_blank(line, place, None, self.text)
            return 0
        if isinstance(value, str) or kind in (ValueKind.TEXT, ValueKind.CODE):
            text = safe_text(value)
            sheet.write_string(line, place, text, self.text)
            return display_width(text) + 2 if self.measuring else 0
        style = self.formats[kind]
        if kind is ValueKind.RATE:
            numerator, denominator = value
            if not denominator:
                sheet.write_string(line, place, "—", style)
            else:
                sheet.write_number(line, place, numerator / denominator, style)
            return 8
        if kind is ValueKind.DATE:
            if isinstance(value, datetime):
                sheet.write_datetime(line, place, value.astimezone(SHANGHAI).replace(tzinfo=None), self.moment)
                return 18
            sheet.write_datetime(line, place, value, style)
            return 12
        sheet.write_number(line, place, value / 100 if kind is ValueKind.MONEY else value, style)
        return len(str(value)) + (5 if kind is ValueKind.MONEY else 2)


def _sheet_name(title: str) -> str:
    kept = "".join(c for c in title if c not in "[]:*?/\\'")
    return kept[:31] or "台账"


def plain_value(value: Any, kind: ValueKind) -> str:
    """Write a value as text for csv: money 12345.00, dates 2026-12-06, rates 66.7%."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if kind is ValueKind.MONEY:
        sign = "-" if value < 0 else ""
        return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"
    if kind is ValueKind.RATE:
        numerator, denominator = value
        return f"{numerator / denominator:.1%}" if denominator else "—"
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
