"""Write a register as a file: xlsx, csv, or csv in GB18030; lines pass through in constant memory."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import NotFound
from grid.reads.registers import delivery, monthly, monthly_lines
from grid.reads.registers.table import Heading, spread
from grid.tools.csvfile import CsvExport, Encoding, ready_csv
from grid.tools.kit import Kit
from grid.tools.spreadsheet import ReportColumn, write_xlsx

PROGRESS_EVERY = 5_000
MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "csv-gb18030": "text/csv; charset=gb18030",
}
LABELS = {"delivery": delivery.TITLE, "monthly": "月度考核表"}
REGISTERS = frozenset(LABELS)
WITH_PERSONAL = frozenset({"delivery"})
"""Registers that can carry full personal data, with reason and approval."""


Lines = Iterable[Sequence[Sequence[Any]]]
"""Lines in pieces; each line in the order of its columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file is made of; totals are whole only once the lines have passed; ready: cells need no more writing."""

    heading: Heading
    columns: tuple[ReportColumn, ...]
    pieces: Lines
    totals: dict[str, Any]
    ready: bool


def table_of(
    register: str, actor: Actor, args: dict[str, Any], unit_label: str, kit: Kit, now: datetime, *, full: bool = False
) -> Table:
    """Return the lines of a register and what stands around them; raises NotFound for an unknown one."""
    if register == "delivery":
        totals: dict[str, Any] = {"visits": 0, "copies": 0}
        columns = spread(delivery.file_columns(full=full))
        pieces = _summed(delivery.stream(actor, args, kit, now, full=full), columns, totals)
        return Table(delivery.heading(args, unit_label), columns, pieces, totals, ready=True)
    if register == "monthly":
        rows = monthly_lines.table_lines(actor, args, now)
        columns = spread(monthly.columns(args["by"]))
        lines = [tuple(line[column.key] for column in columns) for line in map(monthly.file_line, rows)]
        sums = monthly.file_figures(monthly_lines.total_of(row.tally for row in rows))
        return Table(monthly.heading(args, unit_label), columns, [lines], sums, ready=False)
    raise NotFound


def count_lines(register: str, actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> int:
    """Return how many lines a file would have."""
    if register == "delivery":
        return delivery.count(actor, args, kit, now)
    return len(monthly_lines.table_lines(actor, args, now))


def _summed(pieces: Lines, columns: Sequence[ReportColumn], totals: dict[str, Any]) -> Lines:
    places = [(key, next(n for n, column in enumerate(columns) if column.key == key)) for key in totals]
    for piece in pieces:
        for key, place in places:
            totals[key] += sum(line[place] for line in piece)
        yield piece


def write_file(
    path: Path, form: str, table: Table, made_by: str, now: datetime, *, watermark: str = "",
    progress: Callable[[int], None] = lambda _: None,
) -> int:  # fmt: skip
    """Write a table to a path and return how many lines; progress is told the number so far, now and then."""
    report = table.heading.report(table.columns, made_by, now, watermark)
    pieces = _told(table.pieces, progress)
    keys = [column.key for column in table.columns]
    rows = (dict(zip(keys, line, strict=True)) for piece in pieces for line in piece)
    if form == "xlsx":
        return write_xlsx(path, report, rows, table.totals)
    encoding: Encoding = "gb18030" if form == "csv-gb18030" else "utf-8"
    count = 0

    def counted() -> Lines:
        nonlocal count
        for piece in pieces:
            count += len(piece)
            yield piece

    plain = ready_csv(report, counted(), encoding) if table.ready else CsvExport(report, rows, encoding)
    with path.open("wb") as file:
        for data in plain:
            file.write(data)
    return plain.count if isinstance(plain, CsvExport) else count


def _told(pieces: Lines, progress: Callable[[int], None]) -> Lines:
    done = told = 0
    for piece in pieces:
        yield piece
        done += len(piece)
        if done - told >= PROGRESS_EVERY:
            told = done
            progress(done)


def file_name(register: str, args: dict[str, Any], form: str, now: datetime, *, full: bool) -> str:
    """Return what the file is called: register, period, day."""
    ending = "xlsx" if form == "xlsx" else "csv"
    period = args.get("month") or "_".join(str(args[key]) for key in ("from", "to") if args.get(key))
    parts = [LABELS[register], period, "含个人信息" if full else "", f"{local_date(now):%Y%m%d}"]
    return "_".join(part for part in parts if part) + f".{ending}"
