"""Tables as offices send them, made with another library than ours."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl


def xlsx(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """Return a workbook with these rows; `change` may merge cells or set formulas."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns_of(content: bytes) -> list[str]:
    """Return the titles of a template's first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [str(cell.value) for cell in book.worksheets[0][1]]
