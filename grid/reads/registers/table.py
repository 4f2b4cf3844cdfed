"""What a register is made of: columns with their kinds, for the screen and for the file."""

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar

from grid.rules.scorecard import Rate
from grid.tools.spreadsheet import Report, ReportColumn, ValueKind

T = TypeVar("T")
SCREEN_KINDS: dict[ValueKind, str] = {
    ValueKind.TEXT: "text",
    ValueKind.CODE: "text",
    ValueKind.COUNT: "count",
    ValueKind.DATE: "date",
    ValueKind.RATE: "rate",
    ValueKind.MONEY: "count",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key on the wire, its title, how its values are written, whether a list sorts by it.

    opens: each of its numbers leads to the list of what it counts.
    """

    key: str
    label: str
    kind: ValueKind = ValueKind.TEXT
    sortable: bool = False
    opens: bool = False

    def for_screen(self) -> dict[str, Any]:
        """Describe the column to the desk."""
        return {
            "key": self.key,
            "label": self.label,
            "kind": SCREEN_KINDS[self.kind],
            "sortable": self.sortable,
            "opens": self.opens,
        }


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands around the rows: title, 统计区间, 单位, 口径说明, signature boxes, watermark."""

    title: str
    period_from: date | None
    period_to: date | None
    period_label: str
    unit_label: str
    notes: tuple[str, ...]
    signatures: tuple[str, ...] = ("制表人", "审核人", "日期")

    def report(self, columns: tuple[ReportColumn, ...], made_by: str, made_at: datetime, watermark: str) -> Report:
        """Return the frame of a file."""
        notes = (*((watermark,) if watermark else ()), *self.notes)
        return Report(
            title=self.title,
            columns=columns,
            period=self.period_label,
            unit=self.unit_label,
            made_by=made_by,
            made_at=made_at,
            notes=notes,
            signatures=self.signatures,
        )

    def for_screen(self, columns: Sequence[Column]) -> dict[str, Any]:
        """Return what the desk shows around the rows."""
        return {
            "title": self.title,
            "period": {"from": self.period_from, "to": self.period_to, "label": self.period_label},
            "unit_label": self.unit_label,
            "columns": [column.for_screen() for column in columns],
            "notes": list(self.notes),
        }


def spread(columns: Sequence[Column]) -> tuple[ReportColumn, ...]:
    """Return the columns of a file; a rate of the screen takes three there, so that it re-adds."""
    found: list[ReportColumn] = []
    for column in columns:
        found.append(ReportColumn(column.key, column.label, column.kind))
        if column.kind is ValueKind.RATE:
            found.append(ReportColumn(f"{column.key}_n", f"{column.label}·分子", ValueKind.COUNT))
            found.append(ReportColumn(f"{column.key}_d", f"{column.label}·分母", ValueKind.COUNT))
    return tuple(found)


def rate_cell(rate: Rate) -> dict[str, Any]:
    """Return a rate as the screen shows it; rate is null when too few."""
    return {"n": rate.numerator, "d": rate.denominator, "rate": rate.number}


def rate_values(key: str, rate: Rate) -> dict[str, Any]:
    """Return a rate as a file carries it; a hidden one is a dash beside its numbers."""
    shown = "—" if rate.value is None else (rate.numerator, rate.denominator)
    return {key: shown, f"{key}_n": rate.numerator, f"{key}_d": rate.denominator}


_kept: dict[Hashable, tuple[float, Any]] = {}
_lock = Lock()
FRESH_S = 30.0
MAX_KEPT = 500


def kept_for_a_moment(key: Hashable, compute: Callable[[], T], *, when: Callable[[T], bool]) -> T:
    """Return a sum over many rows, remembered for half a minute in this process when it was dear to compute."""
    with _lock:
        found = _kept.get(key)
    if found is not None and found[0] > time.monotonic():
        value: T = found[1]
        return value
    value = compute()
    if when(value):
        with _lock:
            if len(_kept) >= MAX_KEPT:
                _kept.clear()
            _kept[key] = (time.monotonic() + FRESH_S, value)
    return value


def forget() -> None:
    """Forget remembered sums (tests)."""
    with _lock:
        _kept.clear()
