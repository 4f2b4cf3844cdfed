"""Has the worker tried hard enough to report 未送达: by default 3 visits on 2 days, one in the evening or at a weekend.

The numbers follow the postal rule of three attempts (rule 16); they are a proposal and a setting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from grid.core.clock import SHANGHAI

AT_THE_PLACE = frozenset({"door", "workplace"})
"""Contacts that count as a visit; a call or a message does not."""


@dataclass(frozen=True, slots=True)
class DiligenceRule:
    """How many visits, on how many days, how many of them after evening_from or at a weekend (Shanghai time)."""

    visits: int = 3
    days: int = 2
    off_hours: int = 1
    evening_from: time = time(18)


@dataclass(frozen=True, slots=True)
class VisitTime:
    """When a visit began (the corrected instant, never the phone's raw clock) and how contact was made."""

    at: datetime
    contact: str = "door"


@dataclass(frozen=True, slots=True)
class Diligence:
    """What the visits add up to; missing_text says in Chinese what is left to do."""

    count: int
    days: int
    off_hours: int
    satisfied: bool
    missing_text: str


DEFAULT_RULE = DiligenceRule()


def diligence(visits: Iterable[VisitTime], rule: DiligenceRule = DEFAULT_RULE) -> Diligence:
    """Count visits at the place, their days and those out of office hours against the rule."""
    times = [visit.at.astimezone(SHANGHAI) for visit in visits if visit.contact in AT_THE_PLACE]
    days = len({at.date() for at in times})
    off_hours = sum(at.time() >= rule.evening_from or at.weekday() >= 5 for at in times)
    todo: list[str] = []
    if len(times) < rule.visits:
        todo.append(f"再走访 {rule.visits - len(times)} 次")
    if days < rule.days:
        todo.append(f"至少在 {rule.days} 个不同的日子")
    if off_hours < rule.off_hours:
        todo.append(f"其中 {rule.off_hours - off_hours} 次在 {rule.evening_from:%H:%M} 以后或周末")
    text = f"还需：{'，'.join(todo)}" if todo else "走访次数已够，可以报“未能送达”"
    return Diligence(len(times), days, off_hours, not todo, text)
