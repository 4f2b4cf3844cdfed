"""Remind and escalate: look at each task when its next point comes, tell each person once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from grid.core.clock import local_date
from grid.core.words.deadlines import ReminderPoint, Step
from grid.core.words.roles import Role
from grid.core.words.tasks import TaskState
from grid.flows import ledger, messages
from grid.kinds import BY_CODE
from grid.models import Person, Task, db
from grid.reads.court_settings import court_values, sla_of
from grid.rules import sla
from grid.rules.nagging import WATCHED, Running, TaskTimes, audience, next_point, running, words
from grid.rules.sla import LADDER, Reminder, Sla
from grid.tools.kit import Kit

BATCH = 200
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When nothing will ever press again; any move of the task makes it looked at anew."""
SUPERVISED = "supervised"
OWES: dict[Step, Role] = {Step.ROUTE: Role.STREET_CENTRE, Step.REVIEW: Role.CASE_OFFICER}


def remind(kit: Kit, now: datetime) -> int:
    """Look at one batch of tasks whose time has come; returns how many, so that the caller goes on while it is full."""
    tasks = _waiting(Task.remind_at <= now, BATCH)
    tasks += _waiting(Task.remind_at.is_(None), BATCH - len(tasks))
    if not tasks:
        return 0
    people = Readers.of([task for task in tasks if task.state in WATCHED])
    tables = {
        court_id: sla_of(court_values(court_id, local_date(now))) for court_id in {task.court_id for task in tasks}
    }
    for task in tasks:
        _look(task, people, tables[task.court_id], kit, now)
    return len(tasks)


def _waiting(condition: ColumnElement[bool], limit: int) -> list[Task]:
    """One condition a query: each of them alone is a range of the index, an OR of both would sort every row."""
    if limit <= 0:
        return []
    return list(db.session.scalars(select(Task).where(condition).limit(limit).with_for_update(skip_locked=True)))


def _look(task: Task, people: "Readers", table: dict[Step, Sla], kit: Kit, now: datetime) -> None:
    deadlines = running(times_of(task), kit.calendar, table) if task.state in WATCHED else []
    kept: dict[str, list[str]] = {}
    following: list[datetime] = []
    for deadline in deadlines:
        sent = _reached_before(task.reminded.get(deadline.key, []))
        for reminder in sla.reminders_due(deadline.started_at, deadline.due_at, now, sent):
            _send(task, deadline, reminder, people, now)
            sent |= set(reminder.covers)
        kept[deadline.key] = sorted(point.value for point in sent)
        at = next_point(deadline, sent)
        if at is not None:
            following.append(at)
    task.reminded = kept
    task.remind_at = min(following, default=NEVER)


def _reached_before(points: Iterable[str]) -> set[ReminderPoint]:
    """Return the points that are settled; a later one settles those before it."""
    order = [one.point for one in LADDER]
    last = max((order.index(ReminderPoint(point)) for point in points), default=-1)
    return set(order[: last + 1])


def times_of(task: Task) -> TaskTimes:
    """Return a task as the rules of deadlines see it."""
    return TaskTimes(
        state=TaskState(task.state),
        report_step=BY_CODE[task.kind].step,
        urgent=task.urgent,
        dispatched_at=task.dispatched_at or task.created_at,
        changed_at=task.changed_at,
        routed_at=task.routed_at,
        take_due_at=task.take_due_at,
        taken_at=task.taken_at,
        first_visit_at=task.first_visit_at,
        first_visit_due_at=task.first_visit_due_at,
        due_at=task.due_at,
        reported_at=task.reported_at,
        rounds=task.rounds,
    )


def _send(task: Task, deadline: Running, reminder: Reminder, people: "Readers", now: datetime) -> None:
    point, step = reminder.point, deadline.step
    kind = "reminder" if point in (ReminderPoint.HALF, ReminderPoint.MOST) else "escalation"
    if point == ReminderPoint.SUPERVISION:
        kind = "supervision"
        task.flags = [*task.flags, SUPERVISED] if SUPERVISED not in task.flags else task.flags
    told = 0
    for role in sorted(audience(step, point, reminder.audience)):
        own = role == OWES.get(step, Role.GRID_WORKER)
        title, text = words(step, point, task.no, sla.due_text(deadline.due_at, now), own=own)
        for person_id in people.holding(role, task):
            key = f"sla:{task.id}:{deadline.key}:{point.value}:{person_id}"
            told += messages.send(person_id, kind, title, now, text=text, task_id=task.id, dedupe_key=key) is not None
    event = "task.supervised" if point == ReminderPoint.SUPERVISION else "task.reminded"
    ledger.record(
        event, None, now, object_id=task.id, task_id=task.id, step=step.value, point=point.value, told=told,
        due_at=f"{deadline.due_at:%Y-%m-%dT%H:%MZ}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Readers:
    """Who could be told about a batch of tasks, read at once: unit → role → people, court → command centre."""

    by_unit: dict[tuple[str, str], list[str]]
    command: dict[str, list[str]]

    @classmethod
    def of(cls, tasks: Iterable[Task]) -> "Readers":
        """Read them for these tasks."""
        listed = list(tasks)
        units = {part for task in listed for part in task.unit_path.split("/") if part}
        courts = {task.court_id for task in listed}
        by_unit: dict[tuple[str, str], list[str]] = {}
        command: dict[str, list[str]] = {}
        if listed:
            rows: Iterable[Any] = db.session.execute(
                select(Person.id, Person.role, Person.unit_id, Person.court_id)
                .where(
                    Person.deactivated_at.is_(None),
                    or_(
                        Person.unit_id.in_(units),
                        (Person.role == Role.COMMAND_CENTRE.value) & Person.court_id.in_(courts),
                    ),
                )
                .order_by(Person.id)
            )
            for row in rows:
                by_unit.setdefault((row.unit_id, row.role), []).append(row.id)
                if row.role == Role.COMMAND_CENTRE:
                    command.setdefault(row.court_id, []).append(row.id)
        return cls(by_unit, command)

    def holding(self, role: Role, task: Task) -> list[str]:
        """Return who holds a role towards a task."""
        if role == Role.CASE_OFFICER:
            return [task.officer_id]
        if role == Role.COMMAND_CENTRE:
            return self.command.get(task.court_id, [])
        if role == Role.GRID_WORKER:
            if task.worker_id is not None:
                return [task.worker_id]
            return self.by_unit.get((task.cell_id or "", role.value), [])
        units = [part for part in task.unit_path.split("/") if part]
        return [person for unit in units for person in self.by_unit.get((unit, role.value), [])]
