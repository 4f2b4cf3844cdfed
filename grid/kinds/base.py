"""What a kind of task is: data and pure functions, no base class to inherit from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from grid.core.words.tasks import KIND_LABELS, TaskKind


@dataclass(frozen=True, slots=True)
class Sample:
    """A golden example: the brief, one visit, the evidence it demands and the fields it must be refused for."""

    name: str
    brief: Mapping[str, Any]
    visit: Mapping[str, Any]
    demands: frozenset[str]
    refused_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of task.

    brief_schema and visit_schema are strict marshmallow classes; outcomes maps each code to its Chinese label;
    demands lists the evidence items an outcome cannot do without; descriptor is the JSON the phone caches.
    """

    code: TaskKind
    brief_schema: type[Any]
    visit_schema: type[Any]
    outcomes: Mapping[str, str]
    demands: Callable[[str], frozenset[str]]
    descriptor: Callable[..., dict[str, Any]]
    samples: tuple[Sample, ...]

    @property
    def label(self) -> str:
        """The kind's Chinese name."""
        return KIND_LABELS[self.code]
