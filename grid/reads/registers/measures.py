"""What the 考核表 counts, each measure defined once: the table sums it, the list behind a number selects by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, func, or_, select

from grid.core.actor import Actor
from grid.core.words.review import SERVED_VERDICTS, Verdict
from grid.core.words.tasks import TaskState
from grid.kinds import DELIVERY
from grid.models import LedgerLeaf, Review, Task, Visit, db
from grid.reads.scope import task_scope
from grid.rules.permissions import Action

Key = tuple[str | None, str | None]
"""Whose work it is: a worker and, for tasks nobody has taken, their street."""
WRONG_GRID = frozenset({"not_my_grid", "outside_district"})


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a half-open range of instants, and the moment it is looked at."""

    start: datetime
    end: datetime
    now: datetime

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Return the condition that an instant lies within the month."""
        return and_(column >= self.start, column < self.end)


@dataclass(frozen=True, slots=True)
class Measure:
    """One count: the condition under which a row counts, and the instant that puts it into the month."""

    test: ColumnElement[bool]
    at: Any
    at_label: str


@dataclass(frozen=True, slots=True)
class Event:
    """A recall or a return; `measures` names what it counts for."""

    key: Key
    measures: tuple[str, ...]
    id: str
    task_id: str
    at: datetime
    actor_id: str | None
    reason: str


_FIRST_REPORT = func.coalesce(Task.first_reported_at, Task.reported_at)
_EXCUSED = Task.state.in_([TaskState.CANCELLED.value, TaskState.SUSPENDED.value])


def counted_tasks(actor: Actor) -> ColumnElement[bool]:
    """Return which tasks the table counts for this person."""
    return and_(task_scope(actor, Action.ASSESSMENT_READ), Task.kind == DELIVERY.code)


def moments() -> tuple[Any, ...]:
    """Return the instants by which a task belongs to a month."""
    return (
        Task.routed_at, Task.taken_at, Task.take_due_at, Task.first_visit_due_at, Task.due_at, _FIRST_REPORT,
        Task.closed_at,
    )  # fmt: skip


def task_measures(month: Month) -> dict[str, Measure]:
    """Return every measure that counts tasks."""

    def due(deadline: Any, done: Any) -> ColumnElement[bool]:
        # A deadline still to come counts once the step is done, not before: nobody is late yet.
        return and_(~_EXCUSED, month.holds(deadline), or_(deadline <= month.now, done.is_not(None)))

    due_take = due(Task.take_due_at, Task.taken_at)
    due_first_visit = due(Task.first_visit_due_at, Task.first_visit_at)
    due_report = due(Task.due_at, _FIRST_REPORT)
    reported, closed = month.holds(_FIRST_REPORT), month.holds(Task.closed_at)
    wrong = select(Review.task_id).where(Review.reason_code == "outcome_wrong")
    served = Task.verdict.in_([verdict.value for verdict in SERVED_VERDICTS])

    def group(at: Any, label: str, **tests: ColumnElement[bool]) -> dict[str, Measure]:
        return {name: Measure(test, at, label) for name, test in tests.items()}

    return {
        **group(
            Task.take_due_at, "接单期限",
            due_take=due_take, taken_in_time=and_(due_take, Task.taken_at <= Task.take_due_at),
        ),
        **group(
            Task.first_visit_due_at, "首次走访期限",
            due_first_visit=due_first_visit,
            visited_in_time=and_(due_first_visit, Task.first_visit_at <= Task.first_visit_due_at),
        ),
        **group(
            Task.due_at, "反馈期限",
            due_report=due_report, reported_of_due=and_(due_report, _FIRST_REPORT.is_not(None)),
            reported_in_time=and_(due_report, Task.due_at >= _FIRST_REPORT),
            late_open=and_(due_report, _FIRST_REPORT.is_(None)),
        ),
        **group(_FIRST_REPORT, "首次反馈时间", reported=reported, sent_back=and_(reported, Task.rounds > 0)),
        **group(
            Task.closed_at, "办结时间",
            verified=closed, ended=closed, closed=closed, verified_true=and_(closed, Task.id.not_in(wrong)),
            served_confirmed=and_(closed, served), assisted=and_(closed, Task.verdict == Verdict.ASSISTED.value),
            not_served=and_(closed, Task.verdict == Verdict.NOT_SERVED.value),
        ),
        **group(Task.routed_at, "分派时间", assigned=month.holds(Task.routed_at)),
        **group(Task.taken_at, "接单时间", taken=month.holds(Task.taken_at)),
    }  # fmt: skip


def visit_measures(month: Month) -> dict[str, Measure]:
    """Return every measure that counts visits."""
    test = and_(Visit.supplementary.is_(False), month.holds(Visit.happened_at))
    return {"visits": Measure(test, Visit.happened_at, "走访时间")}


EVENT_MEASURES = {"cancelled": "撤回时间", "returned": "退回时间", "wrong_unit": "退回时间"}
"""Measures that count what happened to tasks, with the word for when; recalls and wrong-grid returns end them too."""


def events(scope: ColumnElement[bool], month: Month) -> Iterator[Event]:
    """Yield the month's recalls of the tasks in scope, counted with the task's worker, and returns, with who returned.

    Both end a task and neither is held against anybody.
    """
    rows = db.session.execute(
        select(
            LedgerLeaf.idx, LedgerLeaf.action, LedgerLeaf.actor_id, LedgerLeaf.body, LedgerLeaf.at, LedgerLeaf.task_id,
            Task.worker_id, Task.street_id,
        )
        .join(Task, Task.id == LedgerLeaf.task_id)
        .where(
            scope,
            LedgerLeaf.action.in_(["task.recalled", "task.returned"]),
            month.holds(LedgerLeaf.at),
        )
        .order_by(LedgerLeaf.at, LedgerLeaf.idx)
    )  # fmt: skip
    for row in rows:
        reason = ""
        key: Key = (row.actor_id, None)
        if row.action == "task.recalled":
            key = (row.worker_id, None if row.worker_id else row.street_id)
            measures: tuple[str, ...] = ("ended", "cancelled")
        else:
            reason = _reason(row.body)
            measures = ("ended", "wrong_unit", "returned") if reason in WRONG_GRID else ("returned",)
        yield Event(key, measures, str(row.idx), row.task_id, row.at, row.actor_id, reason)


def _reason(body: str | None) -> str:
    return str(orjson.loads(body).get("detail", {}).get("reason", "")) if body else ""
