"""A register on screen and in its file: the same rows, and numbers that re-add."""

import io
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import expect

from tests.support.clerk_hands import ClerkHands

Row = dict[str, Any]


def on_screen(officer: ClerkHands, path: str, heading: str, api: str, name: str) -> Row:
    """Open a register and return what the screen was given."""
    with officer.page.expect_response(lambda got: f"/api/registers/{api}" in got.url) as answer:
        officer.go(path, heading)
    expect(officer.page.get_by_role("table")).to_be_visible()
    officer.show(name)
    register: Row = answer.value.json()
    return register


def in_file(officer: ClerkHands, register: Row) -> tuple[list[Row], Row]:
    """Export the open register as xlsx; return its rows and its sum row, by the titles of the columns."""
    officer.button("导出").click()
    dialog = officer.page.get_by_role("dialog")
    dialog.get_by_role("button", name="导出", exact=True).click()
    expect(dialog).to_be_hidden()
    first, *more = [column["label"] for column in register["columns"] if column["kind"] != "rate"]
    rows = table_of(officer.download(), [first, *more])
    return [row for row in rows if row[first] != "合计"], next(row for row in rows if row[first] == "合计")


def table_of(path: Path, titles: list[str]) -> list[Row]:
    """Find the header in a sheet and return the rows below it up to the first empty line."""
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]  # a download has no suffix
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    top = next(place for place, line in enumerate(lines) if titles[0] in line and titles[-1] in line)
    header = lines[top]
    found: list[Row] = []
    for line in lines[top + 1 :]:
        if all(cell is None for cell in line):
            break
        found.append({str(title): cell for title, cell in zip(header, line, strict=True) if title})
    return found


def sums(register: Row) -> dict[str, int]:
    """Add the counts of the rows on screen."""
    counted = [column["key"] for column in register["columns"] if column["kind"] == "count"]
    return {key: sum(row[key] or 0 for row in register["items"]) for key in counted}
