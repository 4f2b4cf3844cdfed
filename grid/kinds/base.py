"""What a kind of task is: data and pure functions, no base class to inherit from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from grid.core.errors.delivery import VisitIncomplete
from grid.core.words.deadlines import Step
from grid.kinds.form import Outcome, Question, wire_question
from grid.rules.law import Finding, errors_of
from grid.rules.service import Addressee


@dataclass(frozen=True, slots=True)
class Sample:
    """A golden example: the brief, one visit, the evidence it demands and the fields it must be refused for."""

    name: str
    brief: Mapping[str, Any]
    visit: Mapping[str, Any]
    demands: frozenset[str]
    refused_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One paper of the task: its id, its type code and the name printed on the receipt."""

    document_id: str
    doc_type: str
    name: str


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What the court knows of the task when a visit comes in."""

    mode: str
    addressee: Addressee
    lines: tuple[Line, ...]
    adverse: frozenset[str]
    dispatched_on: date
    brief: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CourtResult:
    """What the court may find a report to be, and what it then has to write down."""

    code: str
    label: str
    hint: str
    outcomes: frozenset[str]
    """Outcomes it may follow; empty means any."""
    asks: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Court:
    """The court's side of a kind: results, and the questions they ask."""

    results: Mapping[str, CourtResult]
    questions: Mapping[str, Question]
    schema: type[Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of task.

    brief_schema and visit_schema are strict marshmallow classes; brief holds the questions the desk draws, outcomes
    each end of a visit; check answers with findings; demands lists the evidence an outcome cannot do without; mask
    hides residents in a report's answers; descriptor is the JSON the phone caches; mark is the character its task
    numbers begin with. court is None where the result follows from the outcome alone; papers tells that the task
    carries court papers: packet, receipt, 送达回证.
    """

    code: str
    label: str
    mark: str
    step: Step
    brief_schema: type[Any]
    visit_schema: type[Any]
    brief: Mapping[str, Question]
    outcomes: Mapping[str, Outcome]
    items: Mapping[str, tuple[str, str]]
    check: Callable[[TaskFacts, Mapping[str, Any], date, date], list[Finding]]
    demands: Callable[[str], frozenset[str]]
    missing_items: Callable[[str, Iterable[str]], list[str]]
    mask: Callable[[Mapping[str, Any]], dict[str, Any]]
    descriptor: Callable[..., dict[str, Any]]
    samples: tuple[Sample, ...]
    brief_required: tuple[str, ...] = ()
    court: Court | None = None
    papers: bool = False
    handover: frozenset[str] = frozenset()
    """Outcomes at which papers change hands: the packet is used up."""


def wire_court(court: Court) -> dict[str, Any]:
    """Return the court's side as JSON for the desk."""
    return {
        "results": [
            {
                "code": result.code,
                "label": result.label,
                "hint": result.hint,
                "outcomes": sorted(result.outcomes),
                "asks": list(result.asks),
                "required": list(result.required),
            }
            for result in court.results.values()
        ],
        "questions": {key: wire_question(question) for key, question in court.questions.items()},
    }


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Raise VisitIncomplete naming every field with an error; warnings pass."""
    fields: dict[str, list[str]] = {}
    for finding in errors_of(list(findings)):
        fields.setdefault(finding.field, []).append(finding.message)
    if fields:
        raise VisitIncomplete("；".join(message for messages in fields.values() for message in messages), fields=fields)
