"""A register on screen and in its file: the same rows, and numbers that re-add."""

import io
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


def in_file(officer: ClerkHands) -> tuple[list[Row], Row]:
    """Export the open register as xlsx; return its rows and its sum row, by the titles of the columns."""
    officer.button("导出").click()
    dialog = officer.page.get_by_role("dialog")
    dialog.get_by_role("button", name="导出", exact=True).click()
    expect(dialog).to_be_hidden()
    sheet = openpyxl.load_workbook(io.BytesIO(officer.download().read_bytes())).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    top = next(place for place, line in enumerate(lines) if line[0] == "序号")
    titles = [str(title) for title in lines[top]]
    found = [dict(zip(titles, line, strict=True)) for line in lines[top + 1 :]]
    return [row for row in found if isinstance(row["序号"], int)], next(row for row in found if row["序号"] == "合计")


def counts(register: Row, row: Row) -> Row:
    """Return a row's counts by title; a rate gives its numerator and its denominator, as in the file."""
    found: Row = {}
    for column in register["columns"]:
        value, label = row.get(column["key"]), column["label"]
        if column["kind"] == "count" and value is not None:
            found[label] = value
        elif column["kind"] == "rate" and value is not None:
            found |= {f"{label}·分子": value["n"], f"{label}·分母": value["d"]}
    return found


def readds(register: Row, lines: list[Row], last: Row) -> None:
    """Check that the screen's rows, its sums, the file's rows and the file's sums are the same numbers."""
    sums = counts(register, register["totals"])
    assert sums
    for title, total in sums.items():
        assert total == sum(counts(register, row)[title] for row in register["items"]), title
        assert total == sum(line[title] for line in lines) == last[title], title
