"""The figures as text for people: the same lines on the screen and in docs/bench.md."""

from collections.abc import Sequence

from tests.load.rows import Row

HEAD = "| figure | value | target | reached | note |\n| --- | --- | --- | --- | --- |"
WORDS = {None: "", True: "yes", False: "**no**"}


def table(rows: Sequence[Row]) -> str:
    """Write rows of one group as a markdown table; a missed target is followed by what dominates it."""
    return "\n".join([HEAD, *(_line(row) for row in rows)])


def summary(rows: Sequence[Row]) -> str:
    """Say in one line how many of the judged figures are reached, and name the others."""
    judged = [row for row in rows if row.targets]
    missed = [row.name for row in judged if not row.reached]
    said = f"{len(judged) - len(missed)} of {len(judged)} figures with a target reach it"
    return f"{said}; not: {'; '.join(missed)}." if missed else f"{said}."


def _line(row: Row) -> str:
    missed = [f"missed: {target}" for target in row.targets if not target.reached] if len(row.targets) > 1 else []
    why = [row.dominant] if row.reached is False and row.dominant else []
    cells = [
        row.name,
        " · ".join(f"{name} {value}" for name, value in row.figures.items()),
        ", ".join(str(target) for target in row.targets),
        WORDS[row.reached],
        "; ".join(part for part in [row.note, *missed, *why] if part),
    ]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
