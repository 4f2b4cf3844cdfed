"""A file that nobody can take in at one sitting is split; the exceptions say why they are not."""

from typing import Final

from tests.house.tree import texts

MOST_LINES: Final = 300
CODE: Final = (".py", ".ts", ".vue", ".js", ".mjs", ".css", ".typ", ".sh", "Makefile", ".md", ".html")
# path → why it is one piece
LONGER: Final[dict[str, str]] = {
    "migrations/versions/0001_found_tables.py": "one migration founds every table; a split would order nothing",
}


def _lengths() -> dict[str, int]:
    return {path: text.count("\n") for path, text in texts().items() if path.endswith(CODE)}


def test_no_file_is_longer_than_one_sitting() -> None:
    long = {path: lines for path, lines in _lengths().items() if lines > MOST_LINES and path not in LONGER}
    assert not long, f"split these, or give the reason in LONGER: {long}"


def test_exceptions_are_still_needed() -> None:
    assert all(LONGER.values())
    short = [path for path in LONGER if _lengths().get(path, 0) <= MOST_LINES]
    assert not short, f"short again, take them off the list: {short}"
