"""Read the tables offices send (xlsx, csv) into typed rows, and say cell by cell what does not fit."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from grid.core.errors.tables import HeaderNotFound, TableDamaged, TableTooLarge, TableUnsupported
from grid.tools.cellvalues import CellKind, CellRefused, Column, convert
from grid.tools.csvtext import csv_rows
from grid.tools.headers import SEARCHED_ROWS, Header, find_header
from grid.tools.sheetpaths import sheet_paths
from grid.tools.xlsx_guard import SheetFacts, XlsxLimits, column_letters, inspect_xlsx

__all__ = ["CellKind", "CellProblem", "Column", "Row", "Table", "read_table"]

MAX_BYTES = 30_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Row:
    """One row of data; `number` is the row as the program shows it, `cells` has every column, None where empty."""

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class CellProblem:
    """Why one cell (or the lack of it) does not fit; ready to show."""

    row: int
    column_title: str
    reason: str


@dataclass(frozen=True)
class Table:
    """What was read: rows in order (a bad cell is None there), problems, and titles nobody asked for."""

    rows: list[Row]
    problems: list[CellProblem]
    ignored_titles: tuple[str, ...] = ()


def read_table(source: Path | bytes, filename: str, columns: Sequence[Column], *, max_rows: int = 100_000) -> Table:
    """Read the first sheet that has the columns; empty rows and full-width notes are left out.

    Raises TableUnsupported, TableDamaged, TableTooLarge, HeaderNotFound, ColumnTwice. `filename` tells csv
    from other text.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        raise TableTooLarge(f"文件超过 {MAX_BYTES // 1_000_000} MB，请分成几个文件导入")
    content = source if isinstance(source, bytes) else source.read_bytes()
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content, columns, max_rows)
    _refuse_others(content, filename)
    rows = csv_rows(content, max_rows + SEARCHED_ROWS)
    top = [row for _, row in zip(range(SEARCHED_ROWS + 1), rows, strict=False)]
    header = find_header(top, top, columns)
    body = enumerate(chain(top[header.first_row :], rows), header.first_row + 1)
    kept = ((number, row) for number, row in body if not (row and row[0].startswith("# ") and not any(row[1:])))
    return _collect(kept, header, columns, SheetFacts(), max_rows)


def _refuse_others(content: bytes, filename: str) -> None:
    head = content[:512].lstrip().lower()
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise TableUnsupported("文件设有打开密码，请取消密码后另存为 .xlsx 再导入")
        raise TableUnsupported("这是旧版 .xls 或 .et 文件，请另存为 .xlsx 后再导入")
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"\xef\xbb\xbf<")):
        raise TableUnsupported("这是网页格式的表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入")
    if not content.strip():
        raise TableUnsupported("文件是空的")
    if not filename.lower().endswith((".csv", ".txt", ".tsv")):
        raise TableUnsupported


def _read_xlsx(content: bytes, columns: Sequence[Column], max_rows: int) -> Table:
    limits = XlsxLimits(max_rows=max_rows + SEARCHED_ROWS)
    facts = inspect_xlsx(io.BytesIO(content), limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            paths = sheet_paths(archive)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            refusal: HeaderNotFound | None = None
            for meta in book.sheets_metadata:
                if meta.visible is not SheetVisibleEnum.Visible or meta.typ is not SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                try:
                    return _read_sheet(sheet, facts.get(paths.get(meta.name, ""), SheetFacts()), columns, max_rows)
                except HeaderNotFound as problem:
                    refusal = problem if refusal is None or problem.facts["found"] else refusal
            raise refusal or HeaderNotFound(missing=[], found=[])
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise TableDamaged(why=type(error).__name__) from error


def _read_sheet(sheet: CalamineSheet, facts: SheetFacts, columns: Sequence[Column], max_rows: int) -> Table:
    merges: list[Merge] = sheet.merged_cell_ranges or []
    rows = sheet.iter_rows()
    if sheet.start is None:
        raise HeaderNotFound(missing=[], found=[])
    left = sheet.start[1]  # the parser gives rows from the first of the sheet, but columns from the first filled one
    top = [row for _, row in zip(range(SEARCHED_ROWS + 1), rows, strict=False)]
    header = find_header(top, _spread(top, merges, left), columns)
    first = header.first_row
    notes = {line for (line, west), (_, east) in merges if line >= first and east - west >= 2}
    body = enumerate(chain(top[header.first_row :], rows), first + 1)
    filled = _fill_down(body, merges, first, left)
    kept = ((number, row) for number, row in filled if number - 1 not in notes or _is_full(row, header))
    return _collect(kept, header, columns, facts, max_rows, left=left)


def _spread(rows: list[list[Any]], merges: list[Merge], left: int) -> list[list[Any]]:
    """Copy merged titles over their range, so that a two-line header can be joined."""
    copied = [list(row) for row in rows]
    for (north, west), (south, east) in merges:
        place, end = west - left, east - left + 1
        if north < len(copied) and 0 <= place < len(copied[north]):
            for row in copied[north : south + 1]:
                row[place:end] = [copied[north][place]] * len(row[place:end])
    return copied


def _fill_down(
    body: Iterable[tuple[int, list[Any]]], merges: list[Merge], first: int, left: int
) -> Iterator[tuple[int, list[Any]]]:
    """Give every row of a cell merged downwards its value; sideways a merge says nothing about the other columns."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, place), (bottom, _) in merges:
        if bottom > top and bottom >= first:
            starts.setdefault(max(top, first), []).append((place - left, bottom))
    open_merges: dict[int, tuple[int, Any]] = {}
    for number, row in body:
        line = number - 1
        for place, bottom in starts.get(line, ()):
            if 0 <= place < len(row):
                open_merges[place] = (bottom, row[place])
        for place, (bottom, value) in list(open_merges.items()):
            if line <= bottom:
                row[place] = value
            else:
                del open_merges[place]
        yield number, row


def _is_full(row: list[Any], header: Header) -> bool:
    return sum(1 for place in header.places.values() if place < len(row) and row[place] not in ("", None)) > 1


def _collect(
    body: Iterable[tuple[int, list[Any]]],
    header: Header,
    columns: Sequence[Column],
    facts: SheetFacts,
    max_rows: int,
    left: int = 0,
) -> Table:
    places, titles = header.places, header.titles
    used = [(column, column.key, places[column.key]) for column in columns if column.key in places]
    required = [key for column, key, _ in used if column.required]
    empty: dict[str, Any] = dict.fromkeys(column.key for column in columns)
    marks = facts if facts.formulas or facts.errors else None
    rows: list[Row] = []
    problems: list[CellProblem] = []
    for number, row in body:
        cells = empty.copy()
        refused: dict[str, str] = {}
        width = len(row)
        for column, key, place in used:
            value = row[place] if place < width else None
            try:
                if marks:
                    _check_marks(marks, f"{column_letters(left + place + 1)}{number}")
                if value is not None and value != "":
                    cells[key] = convert(value, column)
            except CellRefused as reason:
                refused[key] = str(reason)
        if not refused and not any(value is not None for value in cells.values()):
            continue
        if len(rows) >= max_rows:
            raise TableTooLarge(f"超过 {max_rows} 行，请分成几个文件导入")
        rows.append(Row(number, cells))
        for key in required:
            if cells[key] is None:
                refused.setdefault(key, "必须填写")
        problems += [CellProblem(number, titles[key], reason) for key, reason in refused.items()]
    return Table(rows, problems, header.ignored)


def _check_marks(facts: SheetFacts, reference: str) -> None:
    if reference in facts.formulas:
        raise CellRefused("这一格是公式，请改为填写结果")
    if reference in facts.errors:
        raise CellRefused("这一格显示为错误值（如 #N/A），请改为填写内容")
