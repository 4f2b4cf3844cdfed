"""The figures as text for people: the same lines on the screen and in docs/bench.md."""

from collections.abc import Sequence

from tests.load.harness import Row


def table(rows: Sequence[Row]) -> str:
    """Write rows of one group as a markdown table; columns are the figures that any of them has."""
    columns = list(dict.fromkeys(name for row in rows for name in row.figures))
    judged = any(row.target for row in rows)
    head = ["what", *columns, *(["target", "met"] if judged else [])]
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * len(columns) + (" --- | --- |" if judged else "")]
    for row in rows:
        cells = [row.name, *(row.figures.get(name, "") for name in columns)]
        if judged:
            cells += [row.target, "" if row.met is None else "yes" if row.met else "**no**"]
        lines.append("| " + " | ".join(cells) + " |")
    notes = [f"- {row.name}: {row.note}" for row in rows if row.note]
    return "\n".join([*lines, *([""] if notes else []), *notes])
