"""Whoever silences a tool says why on the same line; no test is skipped."""

import re
from typing import Final

from tests.house.tree import python_sources, texts

# `
NOQA: Final = re.compile(r"#\s*noqa\b(?!:\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*\s*(?:-|#|–|\()\s*\w)")
TYPE_IGNORE: Final = re.compile(r"#\s*type:\s*ignore\b(?!\[[a-z, -]+\]\s*#\s*\w)")
TS_IGNORE: Final = re.compile(r"@ts-(?:ignore|expect-error|nocheck)\b(?!\s*(?:-|:|–)?\s*\w)")
SKIP: Final = re.compile(
    r"pytest\.(?:skip|mark\.(?:skip|skipif|xfail)|importorskip)\b|\b(?:it|test|describe)\.(?:skip|todo)\b"
)
OWN: Final = "tests/house/test_reasons.py"  # this file has to spell out what it looks for


def _found(pattern: re.Pattern[str], sources: dict[str, str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in sources.items()
        if path != OWN
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_a_silenced_lint_has_its_reason_beside_it() -> None:
    assert not (found := _found(NOQA, python_sources())), "\n".join(found)


def test_a_silenced_type_check_has_its_reason_beside_it() -> None:
    assert not (found := _found(TYPE_IGNORE, python_sources())), "\n".join(found)
    scripts = {path: text for path, text in texts().items() if path.endswith((".ts", ".vue"))}
    assert not (found := _found(TS_IGNORE, scripts)), "\n".join(found)


def test_nothing_is_skipped() -> None:
    tests = {path: text for path, text in texts().items() if "test" in path and path.endswith((".py", ".ts"))}
    assert not (found := _found(SKIP, tests)), "\n".join(found)
