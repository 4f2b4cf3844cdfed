"""Read how offices write papers in one cell: 执行通知书、报告财产令各1份；传票2份."""

import re
from dataclasses import dataclass

from grid.rules.documents import type_of_name
from grid.rules.text import normalise_text

OTHER = "other"
MOST_COPIES = 99
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十])"
_TIMES = rf"[×xX*]\s*{_COUNT}(?:\s*[份件张本])?"
_PLAIN = rf"\(?\s*{_COUNT.replace('count', 'count2')}\s*[份件张本]\s*\)?"
_COPIES = re.compile(rf"^(?P<name>.+?)\s*(?P<each>各)?\s*(?:{_TIMES}|{_PLAIN})$")
_STRONG, _WEAK = re.compile(r"[;\n|]+"), re.compile(r"[、,，+和及]")


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """One paper as written: its catalogue code ('other' when the catalogue has none), name and copies."""

    code: str
    name: str
    copies: int


def read_papers(text: str) -> list[WrittenPaper]:
    """Return the papers a cell names, in order; a copies count of 0 or above 99 is kept for the caller to refuse."""
    found: list[WrittenPaper] = []
    for part in _STRONG.split(normalise_text(text.replace("\n", ";"))):
        if part.strip():
            found += _read_part(part.strip())
    return found


def _read_part(part: str) -> list[WrittenPaper]:
    name, copies, each = _split_copies(part)
    whole = type_of_name(name)
    if whole is not None:
        return [WrittenPaper(whole.code, name, copies)]
    pieces = [piece.strip() for piece in _WEAK.split(name) if piece.strip()]
    if len(pieces) < 2 or not _names_papers(pieces):
        return [WrittenPaper(OTHER, name, copies)]
    found = []
    for place, piece in enumerate(pieces):
        bare, own, _ = _split_copies(piece)
        last = place == len(pieces) - 1
        paper = type_of_name(bare)
        found.append(WrittenPaper(paper.code if paper else OTHER, bare, copies if each or last else own))
    return found


def _names_papers(pieces: list[str]) -> bool:
    """A sign inside a single name is no list: at least one piece must be a paper we know."""
    return any(type_of_name(_split_copies(piece)[0]) is not None for piece in pieces)


def _split_copies(part: str) -> tuple[str, int, bool]:
    found = _COPIES.match(part)
    if not found:
        return part, 1, False
    digits = found["count"] or found["count2"]
    return found["name"].strip(), _NUMERALS.get(digits) or int(digits), bool(found["each"])
