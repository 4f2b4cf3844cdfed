"""One line of the report: what was measured, what it should be, and whether it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# Keeps 0.1 + 0.2 from missing 0.3; far below what any clock here can tell.
ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Target:
    """One demand on a measured amount: at most `limit`, or at least that much."""

    words: str
    amount: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def reached(self) -> bool:
        """Tell whether the amount keeps to the limit."""
        gap = self.limit - self.amount
        return (-gap if self.at_least else gap) >= -ROUNDING

    def __str__(self) -> str:
        unit = self.unit if self.unit.startswith("/") or not self.unit else f" {self.unit}"
        return f"{self.words} {'≥' if self.at_least else '≤'} {self.limit:,g}{unit}".strip()


def most(words: str, amount: float, limit: float, unit: str = "") -> Target:
    """Demand at most so much."""
    return Target(words, amount, limit, unit)


def least(words: str, amount: float, limit: float, unit: str = "") -> Target:
    """Demand at least so much."""
    return Target(words, amount, limit, unit, at_least=True)


@dataclass(frozen=True)
class Row:
    """One line; no targets for denominators, `note` says how it was measured, `dominant` what a miss is made of."""

    name: str
    figures: Mapping[str, str]
    targets: Sequence[Target] = ()
    note: str = ""
    dominant: str = ""

    @property
    def reached(self) -> bool | None:
        """Tell whether every target is reached; None without one."""
        return all(target.reached for target in self.targets) if self.targets else None
