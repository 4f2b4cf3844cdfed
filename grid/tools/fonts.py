"""The faces papers are set in, and which characters they can show.

Noto Serif SC comes with a package, so every machine prints the same bytes. A court may put its own faces first.
Only when a text has a character neither can show are the machine's CJK faces looked at, because a name must print.
"""

import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from grid.tools.fontfiles import SANS, SERIF

_SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_SYSTEM_NAMES = (
    "notoserifcjk",
    "notosanscjk",
    "sourcehanserif",
    "sourcehansans",
    "hanamin",
    "simsunextb",
    "plangothic",
)
_COLLECTIONS = (".ttc", ".otc")
_SUFFIXES = (".ttf", ".otf", *_COLLECTIONS)
# What takes no ink and no glyph: spaces and the marks that only guide line breaks.
_INKLESS = frozenset(" \t\r\n\u200b\u200c\u200d\u2060\ufeff\u3000\u00a0")


@dataclass(frozen=True)
class Face:
    """One family: the name Typst knows it by, its file and the code points it has."""

    family: str
    path: Path
    code_points: frozenset[int]


@dataclass(frozen=True)
class Typeface:
    """The families to set a text in, best first, and the characters none of them has."""

    families: tuple[str, ...]
    directories: tuple[Path, ...]
    missing: tuple[str, ...]


@lru_cache
def faces_in(path: Path) -> tuple[Face, ...]:
    """Return the faces of a font file; empty when the file is no font."""
    if path.suffix.lower() not in _SUFFIXES:
        return ()
    found: dict[str, Face] = {}
    try:
        with TTCollection(path) if path.suffix.lower() in _COLLECTIONS else _single(path) as fonts:
            members = list(fonts)
            for font in members:
                # Name 16 is the family across all weights; name 1 splits them.
                family = font["name"].getDebugName(16) or font["name"].getDebugName(1)
                if len(members) == 1 or "SC" in family.split():  # a collection repeats itself for five regions
                    found.setdefault(family, Face(family, path, frozenset(font.getBestCmap() or {})))
    except (OSError, TTLibError, KeyError, AttributeError, ValueError, struct.error):
        return ()
    return tuple(found.values())


@contextmanager
def _single(path: Path) -> Iterator[list[TTFont]]:
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        yield [font]


@lru_cache
def system_faces() -> tuple[Face, ...]:
    """Return the CJK faces installed on this machine, in a stable order."""
    files = sorted(
        path
        for root in _SYSTEM
        if root.is_dir()
        for path in root.rglob("*")
        if path.suffix.lower() in _SUFFIXES and path.stem.lower().startswith(_SYSTEM_NAMES)
    )
    regular = [path for path in files if path.stem.lower().endswith(("regular", "a", "b", "1", "2", "extb"))]

    def rank(path: Path) -> int:
        return next(n for n, name in enumerate(_SYSTEM_NAMES) if path.stem.lower().startswith(name))

    return tuple(face for path in sorted(regular, key=rank) for face in faces_in(path))


def choose(text: Iterable[str], own_directory: Path | None = None) -> Typeface:
    """Return the families for a text: the court's own, Noto Serif SC, then whatever shows the rest."""
    wanted = {ord(char) for part in text for char in part if char not in _INKLESS}
    own = [f for path in sorted(own_directory.iterdir()) for f in faces_in(path)] if own_directory else []
    base = [*own, *faces_in(SERIF)]
    rest = wanted.difference(*(face.code_points for face in base))
    used = list(base)
    for face in (*faces_in(SANS), *system_faces()) if rest else ():
        if rest & face.code_points:
            used.append(face)
            rest -= face.code_points
    directories = dict.fromkeys(face.path.parent for face in used)
    families = dict.fromkeys(face.family for face in used)
    return Typeface(tuple(families), tuple(directories), tuple(sorted(map(chr, rest))))
