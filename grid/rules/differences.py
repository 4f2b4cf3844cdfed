"""What changed between two versions of a report, field by field, as the form names the fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TECHNICAL = frozenset({"id", "task_id", "started_at", "ended_at", "made_at", "clock", "packet.token_text"})
"""Fields the phone fills in by itself anew with every version."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field with its value before and after; None where it was not there."""

    path: str
    before: Any
    after: Any


def flatten(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return {path: value}; papers and photos go by their ids, so that an order changes nothing."""
    found: dict[str, Any] = {}
    for key, value in report.items():
        if key == "evidence":
            found |= {f"evidence.{item['id']}": item["item"] for item in value}
        elif key == "answers":
            lines = value.get("lines") or []
            found |= {f"answers.lines.{line['document_id']}": _line(line) for line in lines}
            found |= _leaves({name: answer for name, answer in value.items() if name != "lines"}, "answers.")
        else:
            found |= _leaves({key: value}, "")
    return {path: value for path, value in found.items() if not _is_technical(path)}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List the fields that differ, in the order of the newer version, then those that are gone."""
    old, new = flatten(before), flatten(after)
    paths = [*new, *(path for path in old if path not in new)]
    return [Change(path, old.get(path), new.get(path)) for path in paths if _differ(old.get(path), new.get(path))]


def _differ(one: Any, other: Any) -> bool:
    """An empty answer and none are the same to a reader; False and none are not."""
    return ("" if one is None else one) != ("" if other is None else other)


def _line(line: Mapping[str, Any]) -> str:
    return "handed" if line["handed"] else f"kept_back:{line.get('reason') or ''}"


def _leaves(value: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in value.items():
        if isinstance(item, Mapping):
            found |= _leaves(item, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = item
    return found


def _is_technical(path: str) -> bool:
    return path in TECHNICAL or path.split(".", 1)[0] in TECHNICAL
