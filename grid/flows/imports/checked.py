"""What the dry run of any kind of import comes to."""

import re
from dataclasses import dataclass, field
from typing import Any

from grid.core.errors import Problem
from grid.tools.tabular import CellProblem, Column, Row, Table

_REMARK = re.compile(r"(?:备?注|说明|合计|填表|制表|审核|填报|单位负责人)")
MOST_PROBLEMS = 5_000
PREVIEW = 20


@dataclass
class Checked:
    """Good rows ready to create, bad cells by row and column, rows that exist already."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    preview: list[dict[str, Any]] = field(default_factory=list)
    total: int = 0
    bad: int = 0
    duplicates: int = 0


class RowFaults:
    """Gathers the bad cells of one row."""

    def __init__(self, row: Row, titles: dict[str, str]) -> None:
        self.row, self.titles = row, titles
        self.found: list[dict[str, Any]] = []

    def add(self, key: str, reason: str) -> None:
        """Note why a cell does not fit."""
        self.found.append({"row": self.row.number, "column": self.titles.get(key, key), "reason": reason})

    def check(self, key: str, rule: Any, *args: Any) -> Any:
        """Return what a rule answers; None, with its reason noted, when it refuses."""
        try:
            return rule(*args)
        except Problem as problem:
            self.add(key, problem.detail or problem.title)
            return None


def is_remark(row: Row) -> bool:
    """Tell whether a row is what people write below a table: one cell that begins like a note or a signature line."""
    filled = [value for value in row.cells.values() if value is not None]
    return len(filled) == 1 and isinstance(filled[0], str) and _REMARK.match(filled[0]) is not None


def by_row(problems: list[CellProblem]) -> dict[int, list[dict[str, Any]]]:
    """Group what the reader found by row."""
    found: dict[int, list[dict[str, Any]]] = {}
    for problem in problems:
        entry = {"row": problem.row, "column": problem.column_title, "reason": problem.reason}
        found.setdefault(problem.row, []).append(entry)
    return found


def titles_of(columns: tuple[Column, ...]) -> dict[str, str]:
    """Return what each column is called."""
    return {column.key: column.title for column in columns}


class Gatherer:
    """Sorts rows into good, bad and known while a kind's own check goes through the table."""

    def __init__(self, table: Table, columns: tuple[Column, ...]) -> None:
        self.rows = [row for row in table.rows if not is_remark(row)]
        self.checked = Checked(total=len(self.rows))
        self.titles = titles_of(columns)
        self.read = by_row(table.problems)

    def faults(self, row: Row) -> RowFaults:
        """Start a row with what the reader already found in it."""
        faults = RowFaults(row, self.titles)
        faults.found += self.read.get(row.number, [])
        return faults

    def bad(self, faults: RowFaults) -> None:
        """Keep a row's bad cells."""
        self.checked.bad += 1
        if len(self.checked.problems) < MOST_PROBLEMS:
            self.checked.problems += faults.found

    def good(self, prepared: dict[str, Any]) -> None:
        """Keep a row ready to create."""
        self.checked.rows.append(prepared)

    def known(self) -> None:
        """Count a row that exists already, here or in an earlier file."""
        self.checked.duplicates += 1
