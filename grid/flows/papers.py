"""The papers of a task: which may go out, in which way, and how they stand on the service receipt."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from grid.core.errors import InvalidInput, Problem
from grid.core.ids import new_id
from grid.core.words.tasks import DeliveryMode
from grid.models import DocumentLine
from grid.rules import documents as rules
from grid.rules.text import normalise_text

OTHER = "other"
MAX_SUMMARY = 400


def check_line(kind: str, name: str, mode: DeliveryMode, enabled: Mapping[str, Collection[str]]) -> str:
    """Return the name a line gets; raises DocumentNotDispatchable, ModeNotAllowed, UnknownDocument, InvalidInput."""
    paper = rules.document_type(kind)
    written = normalise_text(name)
    if paper.dispatch != rules.Dispatch.NEVER and written:
        rules.check_name(written)
    rules.check_dispatchable(kind, mode, enabled)
    if kind == OTHER and len(written) < 2:
        raise InvalidInput("其他文书请写明名称")
    return written or paper.name


def build_lines(
    task_id: str, lines: Sequence[Mapping[str, Any]], mode: DeliveryMode, enabled: Mapping[str, Collection[str]]
) -> list[DocumentLine]:
    """Return a task's lines in order; a refusal names the line in facts['fields']."""
    found = []
    for position, line in enumerate(lines, 1):
        try:
            name = check_line(line["type"], line.get("name") or "", mode, enabled)
        except Problem as problem:
            problem.facts["fields"] = {f"documents.{position - 1}.type": [problem.detail or problem.title]}
            raise
        found.append(
            DocumentLine(
                id=line.get("id") or new_id(),
                task_id=task_id,
                position=position,
                type=line["type"],
                name=name[:80],
                no=normalise_text(line.get("no") or "")[:80],
                copies=line.get("copies") or 1,
            )
        )
    return found


def papers_summary(papers: Iterable[tuple[str, int]]) -> tuple[str, int]:
    """Return names with copies as registers show them (执行通知书1份；报告财产令1份), and the copies in all."""
    listed = list(papers)
    text = "；".join(f"{name}{copies}份" for name, copies in listed)
    return text if len(text) <= MAX_SUMMARY else f"{text[: MAX_SUMMARY - 1]}…", sum(copies for _, copies in listed)
