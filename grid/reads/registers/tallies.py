"""Count a month's work by worker and street, from the one definition of each measure (measures.py)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from grid.core.actor import Actor
from grid.models import Task, Visit, db
from grid.reads.registers.measures import Key, Month, counted_tasks, events, moments, task_measures, visit_measures
from grid.rules.scorecard import Counts


@dataclass
class Tally:
    """What one worker (or one street's untaken tasks) did in a month; `counts` feeds the rates."""

    counts: Counts = field(default_factory=Counts)
    assigned: int = 0
    taken: int = 0
    visits: int = 0
    closed: int = 0
    assisted: int = 0
    not_served: int = 0
    late_open: int = 0
    returned: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)})


_OF_COUNTS = frozenset(one.name for one in fields(Counts))


def tallies(actor: Actor, month: Month) -> dict[Key, Tally]:
    """Return the month's tallies within the actor's reach, by worker."""
    found: dict[Key, Tally] = defaultdict(Tally)
    scope = counted_tasks(actor)
    for key, tally in _of_tasks(scope, month):
        found[key] += tally
    for key, tally in _of_visits(scope, month):
        found[key] += tally
    for event in events(scope, month):
        found[event.key] += _tally(dict.fromkeys(event.measures, 1))
    return dict(found)


def _tally(values: Mapping[str, int]) -> Tally:
    own = {name: value for name, value in values.items() if name not in _OF_COUNTS}
    return Tally(Counts(**{name: value for name, value in values.items() if name in _OF_COUNTS}), **own)


def _sums(tests: Mapping[str, ColumnElement[bool]]) -> list[ColumnElement[Any]]:
    return [func.coalesce(func.sum(case((test, 1), else_=0)), 0).label(name) for name, test in tests.items()]


def _of_tasks(scope: ColumnElement[bool], month: Month) -> Iterator[tuple[Key, Tally]]:
    tests = {name: measure.test for name, measure in task_measures(month).items()}
    street = case((Task.worker_id.is_(None), Task.street_id)).label("street_id")
    rows = db.session.execute(
        select(Task.worker_id, street, *_sums(tests))
        # Every measure asks for one of these moments: the rest of the table need not be looked at.
        .where(scope, or_(*(month.holds(moment) for moment in moments())))
        .group_by(Task.worker_id, street)
    )
    for row in rows:
        yield (row.worker_id, row.street_id), _tally({name: int(getattr(row, name)) for name in tests})


def _of_visits(scope: ColumnElement[bool], month: Month) -> Iterator[tuple[Key, Tally]]:
    tests = {name: measure.test for name, measure in visit_measures(month).items()}
    rows = db.session.execute(
        select(Visit.worker_id, *_sums(tests))
        .join(Task, Task.id == Visit.task_id)
        .where(scope, month.holds(Visit.happened_at))
        .group_by(Visit.worker_id)
    )
    for row in rows:
        yield (row.worker_id, None), _tally({name: int(getattr(row, name)) for name in tests})
