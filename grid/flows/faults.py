"""Gather what is wrong with a form, field by field, and refuse it once."""

from collections.abc import Callable
from typing import Any, TypeVar

from grid.core.errors import InvalidInput, Problem

T = TypeVar("T")


class Faults:
    """Field paths with their Chinese reasons."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}

    def add(self, path: str, reason: str) -> None:
        """Note one reason."""
        self.fields.setdefault(path, []).append(reason)

    def check(self, path: str, rule: Callable[..., T], *args: Any) -> T | None:
        """Return what the rule answers; None, with its reason noted, when the rule refuses."""
        try:
            return rule(*args)
        except Problem as problem:
            self.add(path, problem.detail or problem.title)
            return None

    def refuse(self) -> None:
        """Raise InvalidInput when anything is wrong."""
        if self.fields:
            raise InvalidInput(fields=self.fields)
