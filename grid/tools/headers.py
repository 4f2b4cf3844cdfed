"""Find the row that names the columns, below titles and notes, in one line or in two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grid.core.errors.tables import ColumnTwice, HeaderNotFound
from grid.tools.cellvalues import Column, plain

SEARCHED_ROWS = 30
_NOTE = re.compile(r"\(.*?\)|【.*?】|\[.*?\]")


@dataclass(frozen=True)
class Header:
    """Where the columns are: `places` maps column key to place (0-based), `first_row` is the first row below it."""

    first_row: int
    places: dict[str, int]
    titles: dict[str, str]
    ignored: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


def find_header(rows: Sequence[Sequence[Any]], spread: Sequence[Sequence[Any]], columns: Sequence[Column]) -> Header:
    """Return the best header among the first rows; raises HeaderNotFound or ColumnTwice.

    Titles match whole, without their bracketed note (金额（元）), or as upper and lower line joined (受送达人 / 姓名);
    `spread` is `rows` with merged cells repeated, for that upper line.
    """
    names = {plain(name): column.key for column in columns for name in (column.title, *column.aliases)}
    best: Header | None = None
    for index in range(min(len(rows), SEARCHED_ROWS)):
        candidates = [_match([rows[index]], index + 1, names)]
        if index + 1 < len(rows):
            candidates.append(_match([spread[index], rows[index + 1]], index + 2, names))
        for found in candidates:
            if found.places and (best is None or len(found.places) > len(best.places)):
                best = found
    missing = [column.title for column in columns if column.required and (not best or column.key not in best.places)]
    if best is None or len(best.places) < min(2, len(columns)) or missing:
        titles = list(best.titles.values()) if best else []
        detail = f"缺少这些列：{'、'.join(missing)}" if best and missing else ""
        raise HeaderNotFound(detail, missing=missing, found=titles)
    if best.twice:
        raise ColumnTwice(f"这一项出现了两列：{'、'.join(best.twice)}", columns=list(best.twice))
    return best


def _match(lines: list[Sequence[Any]], first_row: int, names: dict[str, str]) -> Header:
    places: dict[str, int] = {}
    titles: dict[str, str] = {}
    ignored: list[str] = []
    twice: list[str] = []
    for place in range(max(map(len, lines))):
        texts = [_cell(line, place) for line in lines]
        if not any(texts):
            continue
        title = texts[-1] or texts[0]
        key = next((names[label] for label in _labels(texts) if label in names), None)
        if key is None:
            ignored.append(title)
        elif key not in places:
            places[key], titles[key] = place, title
        elif texts[-1]:  # an upper title spread over empty lower cells is no second column
            twice.append(title)
    return Header(first_row, places, titles, tuple(ignored), tuple(twice))


def _labels(lines: list[str]) -> list[str]:
    joined = ["".join(dict.fromkeys(lines)), *reversed(lines)] if len(lines) > 1 else lines
    labels = [plain(text) for text in joined if text]
    return labels + [_NOTE.sub("", label) for label in labels]


def _cell(row: Sequence[Any], place: int) -> str:
    value = row[place] if place < len(row) else ""
    return str(value).strip() if value is not None else ""
