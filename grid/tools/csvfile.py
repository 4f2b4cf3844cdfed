"""Write registers as csv, a stream of bytes in constant memory; UTF-8 with BOM, or GB18030 for older programs."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from grid.tools.spreadsheet import Report, ValueKind, plain_value, safe_text

Encoding = Literal["utf-8", "gb18030"]
_PIECE_CHARS = 64 * 1024
_NUMERIC = frozenset({ValueKind.MONEY, ValueKind.COUNT, ValueKind.RATE})


class CsvExport:
    """One csv file; iterate once for its bytes, then ask `count` and `rare`."""

    def __init__(self, report: Report, rows: Iterable[Mapping[str, Any]], encoding: Encoding = "utf-8") -> None:
        self._report = report
        self._rows = rows
        self._encoding = encoding
        self.count = 0
        # Characters a program that knows only GBK shows wrong in a GB18030 file (rare characters in names, mostly).
        self.rare: set[str] = set()

    def __iter__(self) -> Iterator[bytes]:
        """Yield the file in pieces: header, rows, then 口径说明 as lines that start with #."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\r\n")
        if self._encoding == "utf-8":
            yield b"\xef\xbb\xbf"
        columns = self._report.columns
        writer.writerow([safe_text(column.title) for column in columns])
        for row in self._rows:
            self.count += 1
            writer.writerow([_cell(row.get(column.key), column.kind) for column in columns])
            if buffer.tell() > _PIECE_CHARS:
                yield self._take(buffer)
        notes = (self._report.title, self._report.subtitle(), *self._report.notes)
        for note in notes:
            if note:
                writer.writerow([f"# {note}"])
        yield self._take(buffer)

    def _take(self, buffer: io.StringIO) -> bytes:
        text = _emptied(buffer)
        if self._encoding == "gb18030":
            try:
                text.encode("gbk")
            except UnicodeEncodeError:
                self.rare.update(c for c in set(text) if not _in_gbk(c))
        return text.encode(self._encoding)


def ready_csv(
    report: Report, pieces: Iterable[Sequence[Sequence[Any]]], encoding: Encoding = "utf-8"
) -> Iterator[bytes]:
    """Yield a csv of lines that are ready, at the speed of C; pieces are lists of lines in the report's columns.

    The caller promises that every cell is a whole number or text that went through safe_text.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    if encoding == "utf-8":
        yield b"\xef\xbb\xbf"
    writer.writerow([safe_text(column.title) for column in report.columns])
    for piece in pieces:
        writer.writerows(piece)
        yield _emptied(buffer).encode(encoding)
    for note in (report.title, report.subtitle(), *report.notes):
        if note:
            writer.writerow([f"# {note}"])
    yield _emptied(buffer).encode(encoding)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cell(value: Any, kind: ValueKind) -> str:
    text = plain_value(value, kind)
    # A negative amount of ours starts with a minus and is a number, not somebody's formula.
    return text if kind in _NUMERIC and not isinstance(value, str) else safe_text(text)


def _in_gbk(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
