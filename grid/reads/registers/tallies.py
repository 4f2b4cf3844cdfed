"""Count a month's work from the tables: one grouped query over tasks, three small ones beside it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, case, func, or_, select

from grid.core.actor import Actor
from grid.core.words.review import SERVED_VERDICTS, Verdict
from grid.core.words.tasks import TaskState
from grid.kinds import DELIVERY
from grid.models import LedgerLeaf, Review, Task, Visit, db
from grid.reads.scope import task_scope
from grid.rules.permissions import Action
from grid.rules.scorecard import Counts

Key = tuple[str | None, str | None]
"""Worker and, for tasks nobody has taken, their street."""
WRONG_GRID = frozenset({"not_my_grid", "outside_district"})


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


_FIRST_REPORT = func.coalesce(Task.first_reported_at, Task.reported_at)
_EXCUSED = Task.state.in_([TaskState.CANCELLED.value, TaskState.SUSPENDED.value])


def tallies(actor: Actor, start: datetime, end: datetime, now: datetime) -> dict[Key, Tally]:
    """Return the month's tallies within the actor's reach, by worker."""
    found: dict[Key, Tally] = defaultdict(Tally)
    scope = task_scope(actor, Action.ASSESSMENT_READ)
    for key, tally in _of_tasks(scope, start, end, now):
        found[key] += tally
    for key, tally in _of_visits(scope, start, end):
        found[key] += tally
    for key, tally in _of_events(scope, start, end):
        found[key] += tally
    return dict(found)


def _of_tasks(scope: ColumnElement[bool], start: datetime, end: datetime, now: datetime) -> Iterator[tuple[Key, Tally]]:
    def within(column: Any) -> ColumnElement[bool]:
        return and_(column >= start, column < end)

    def due(deadline: Any, done: Any) -> ColumnElement[bool]:
        # A deadline still to come counts once the step is done, not before: nobody is late yet.
        return and_(~_EXCUSED, within(deadline), or_(deadline <= now, done.is_not(None)))

    first_report = _FIRST_REPORT
    closed = within(Task.closed_at)
    due_report = due(Task.due_at, first_report)
    wrong = select(Review.task_id).where(Review.reason_code == "outcome_wrong")
    tests: Mapping[str, ColumnElement[bool]] = {
        "due_take": due(Task.take_due_at, Task.taken_at),
        "taken_in_time": and_(due(Task.take_due_at, Task.taken_at), Task.taken_at <= Task.take_due_at),
        "due_first_visit": due(Task.first_visit_due_at, Task.first_visit_at),
        "visited_in_time": and_(
            due(Task.first_visit_due_at, Task.first_visit_at), Task.first_visit_at <= Task.first_visit_due_at
        ),
        "due_report": due_report,
        "reported_of_due": and_(due_report, first_report.is_not(None)),
        "reported_in_time": and_(due_report, first_report <= Task.due_at),
        "reported": within(first_report),
        "sent_back": and_(within(first_report), Task.rounds > 0),
        "verified": closed,
        "verified_true": and_(closed, Task.id.not_in(wrong)),
        "ended": closed,
        "served_confirmed": and_(closed, Task.verdict.in_([verdict.value for verdict in SERVED_VERDICTS])),
        "assigned": within(Task.routed_at),
        "taken": within(Task.taken_at),
        "closed": closed,
        "assisted": and_(closed, Task.verdict == Verdict.ASSISTED.value),
        "not_served": and_(closed, Task.verdict == Verdict.NOT_SERVED.value),
        "late_open": and_(due_report, first_report.is_(None)),
    }
    columns = [func.coalesce(func.sum(case((test, 1), else_=0)), 0).label(name) for name, test in tests.items()]
    moments = (
        Task.routed_at, Task.taken_at, Task.take_due_at, Task.first_visit_due_at, Task.due_at, first_report,
        Task.closed_at,
    )  # fmt: skip
    street = case((Task.worker_id.is_(None), Task.street_id)).label("street_id")
    rows = db.session.execute(
        select(Task.worker_id, street, *columns)
        .where(scope, Task.kind == DELIVERY.code, or_(*(within(moment) for moment in moments)))
        .group_by(Task.worker_id, street)
    )
    names = {one.name for one in fields(Counts)}
    for row in rows:
        values = {name: int(getattr(row, name)) for name in tests}
        counts = Counts(**{name: value for name, value in values.items() if name in names})
        yield (
            (row.worker_id, row.street_id),
            Tally(counts, **{name: value for name, value in values.items() if name not in names}),
        )


def _of_visits(scope: ColumnElement[bool], start: datetime, end: datetime) -> Iterator[tuple[Key, Tally]]:
    rows = db.session.execute(
        select(Visit.worker_id, func.count())
        .join(Task, Task.id == Visit.task_id)
        .where(scope, Visit.supplementary.is_(False), Visit.happened_at >= start, Visit.happened_at < end)
        .group_by(Visit.worker_id)
    )
    for worker_id, visits in rows:
        yield (worker_id, None), Tally(visits=int(visits))


def _of_events(scope: ColumnElement[bool], start: datetime, end: datetime) -> Iterator[tuple[Key, Tally]]:
    """Recalls count with the task's worker, returns with whoever returned: both are ended and neither held against."""
    rows = db.session.execute(
        select(LedgerLeaf.action, LedgerLeaf.actor_id, LedgerLeaf.body, Task.worker_id, Task.street_id)
        .join(Task, Task.id == LedgerLeaf.task_id)
        .where(
            scope,
            LedgerLeaf.action.in_(["task.recalled", "task.returned"]),
            LedgerLeaf.at >= start,
            LedgerLeaf.at < end,
        )
    )
    for row in rows:
        if row.action == "task.recalled":
            street = None if row.worker_id else row.street_id
            yield (row.worker_id, street), Tally(Counts(ended=1, cancelled=1))
        elif _reason(row.body) in WRONG_GRID:
            yield (row.actor_id, None), Tally(Counts(ended=1, wrong_unit=1), returned=1)
        else:
            yield (row.actor_id, None), Tally(returned=1)


def _reason(body: str | None) -> str:
    return str(orjson.loads(body).get("detail", {}).get("reason", "")) if body else ""
