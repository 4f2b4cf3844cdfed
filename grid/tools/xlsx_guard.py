"""Look into an xlsx before a parser does: bombs and macros are refused, formulas and error cells are located.

The parser builds a dense grid in memory, so what counts is the far corner of the filled cells, the number of cells and
the length of shared texts; all three are bounded here by reading the zip as a stream.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from grid.core.errors.tables import TableDamaged, TableTooLarge, TableUnsupported

_PIECE = 1024 * 1024
_FORMULA = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>\s*<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt=[\"']e[\"'][^>]*)>")
_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'](?:\s[^>]*)?(?<!/)>")
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_ITEM = re.compile(rb"<(?:\w+:)?si[\s>](.*?)</(?:\w+:)?si>", re.DOTALL)


@dataclass(frozen=True)
class XlsxLimits:
    """How much one workbook may hold; the defaults fit 100,000 rows of a wide table."""

    max_entries: int = 2_000
    max_unpacked_bytes: int = 300_000_000
    max_ratio: int = 200
    max_rows: int = 120_000
    max_columns: int = 256
    max_cells: int = 4_000_000
    max_area: int = 8_000_000  # last filled row x last filled column: what the parser allocates
    max_merged: int = 50_000
    max_text_bytes: int = 400_000_000


@dataclass
class SheetFacts:
    """What stands in one sheet's XML: references such as B7 of formula and error cells, and how much is filled."""

    formulas: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)
    cells: int = 0
    rows: int = 0
    columns: int = 0


def inspect_xlsx(file: BinaryIO, limits: XlsxLimits | None = None) -> dict[str, SheetFacts]:
    """Return the facts of every worksheet by its path in the zip.

    Raises TableTooLarge for bombs and oversize, TableUnsupported for macros, TableDamaged for what is no workbook.
    """
    limits = limits or XlsxLimits()
    try:
        with zipfile.ZipFile(file) as archive:
            _check_directory(archive, limits)
            return _read_all(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as error:
        raise TableDamaged(why=type(error).__name__) from None


def _check_directory(archive: zipfile.ZipFile, limits: XlsxLimits) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if any(name.lower().endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name.lower() for name in names):
        raise TableUnsupported("文件带有宏，不能导入；请另存为不带宏的 .xlsx")
    if len(entries) > limits.max_entries or len(set(names)) != len(names):
        raise TableTooLarge("压缩包内文件过多")
    if sum(entry.file_size for entry in entries) > limits.max_unpacked_bytes:
        raise TableTooLarge("展开后过大，请分成几个文件导入")
    for entry in entries:
        if entry.file_size > _PIECE and entry.file_size > limits.max_ratio * max(entry.compress_size, 1):
            raise TableTooLarge("压缩比异常，请另存为新的 .xlsx 后再导入")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise TableUnsupported("压缩包里不是 Excel 工作簿，请另存为 .xlsx 后再导入")


def _read_all(archive: zipfile.ZipFile, limits: XlsxLimits) -> dict[str, SheetFacts]:
    facts: dict[str, SheetFacts] = {}
    longest_text = 0
    for entry in archive.infolist():
        # Any part may be a sheet, whatever its name: the relations decide. Reading to the end also checks the size and
        # the CRC that the directory claims, a liar is a BadZipFile.
        found = _scan_sheet(_pieces(archive, entry), limits)
        if found.cells or entry.filename.startswith("xl/worksheets/"):
            facts[entry.filename] = found
        if entry.filename.lower() == "xl/sharedstrings.xml":
            longest_text = max(longest_text, _longest_item(_pieces(archive, entry)))
    if sum(sheet.cells for sheet in facts.values()) * longest_text > limits.max_text_bytes:
        raise TableTooLarge("单元格文字过长过多，请分成几个文件导入")
    return facts


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    text = entry.filename.lower().endswith((".xml", ".rels"))
    first = True
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            if first and text and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or b"\0" in piece[:4096]):
                raise TableUnsupported("文件结构异常，请用 Excel 或 WPS 另存为 .xlsx 后再导入")
            if b"macroEnabled" in piece and entry.filename == "[Content_Types].xml":
                raise TableUnsupported("文件带有宏，不能导入；请另存为不带宏的 .xlsx")
            first = False
            yield piece


def _scan_sheet(pieces: Iterator[bytes], limits: XlsxLimits) -> SheetFacts:
    facts = SheetFacts()
    columns: set[bytes] = set()
    merged = 0
    for text in _whole_elements(pieces, (b"</c>", b"/>", b">")):
        filled = _FILLED.findall(text)
        if text.count(b"</c>") + text.count(b":c>") > len(filled):
            # Cells that leave their place out are counted on by the parser; we could not bound where they end.
            raise TableUnsupported("文件结构少见，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入")
        if filled:
            facts.cells += len(filled)
            columns.update({column for column, _ in filled})
            facts.rows = max(facts.rows, max(int(row) for row in {row for _, row in filled}))
        # The patterns walk the whole text; most files have neither, and looking for a word is twenty times cheaper.
        if b"<f" in text or b":f" in text:
            facts.formulas.update(_references(_FORMULA, text))
        if b't="e"' in text or b"t='e'" in text:
            facts.errors.update(_references(_ERROR, text))
        merged += text.count(b"mergeCell ")
        if facts.rows > limits.max_rows:
            raise TableTooLarge(f"超过 {limits.max_rows} 行，请分成几个文件导入")
        if facts.cells > limits.max_cells or merged > limits.max_merged:
            raise TableTooLarge("单元格过多，请分成几个文件导入")
    facts.columns = max((column_number(column.decode()) for column in columns), default=0)
    if facts.columns > limits.max_columns:
        raise TableTooLarge(f"超过 {limits.max_columns} 列，请删去多余的列")
    if facts.rows * facts.columns > limits.max_area:
        raise TableTooLarge("表格太大，请删去空白区域的内容或分成几个文件导入")
    return facts


def _whole_elements(pieces: Iterator[bytes], ends: tuple[bytes, ...]) -> Iterator[bytes]:
    """Yield the text cut after an end of a cell, so that no cell is torn in two."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        cut = -1
        for end in ends:
            cut = text.rfind(end)
            if cut >= 0:
                cut += len(end)
                break
        if cut < 0:
            if len(text) > 4 * _PIECE:
                raise TableTooLarge("文件结构异常，请另存为新的 .xlsx 后再导入")
            rest = text
            continue
        yield text[:cut]
        rest = text[cut:]
    if rest:
        yield rest


def _references(pattern: re.Pattern[bytes], text: bytes) -> Iterator[str]:
    for match in pattern.finditer(text):
        found = _REFERENCE.search(match[1])
        if found:
            yield found[1].decode()


def _longest_item(pieces: Iterator[bytes]) -> int:
    longest, rest = 0, b""
    for piece in pieces:
        rest += piece
        end = 0
        for match in _ITEM.finditer(rest):
            longest = max(longest, len(match[1]))
            end = match.end()
        rest = rest[end:]
        if len(rest) > 4 * _PIECE:
            raise TableTooLarge("单元格文字过长，请另存为新的 .xlsx 后再导入")
    return longest


def column_number(letters: str) -> int:
    """Turn a column name into its number, A = 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Turn a column number into its name, 1 = A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
