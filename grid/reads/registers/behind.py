"""What stands behind a number of the 考核表: the tasks, visits, returns and recalls it counts, page by page.

The conditions are those the table was summed by (measures.py), the people those of its line (monthly_lines.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true

from grid.core.actor import Actor
from grid.core.clock import local_text
from grid.core.errors import InvalidInput, NotFound
from grid.core.words import reasons
from grid.kinds.delivery.outcomes import BY_CODE
from grid.models import Task, Visit, db
from grid.reads.names import people_names
from grid.reads.registers import delivery, monthly
from grid.reads.registers.measures import (
    EVENT_MEASURES,
    Event,
    Key,
    Measure,
    Month,
    counted_tasks,
    events,
    task_measures,
    visit_measures,
)
from grid.reads.registers.monthly_lines import Line, month_seen, table_lines
from grid.reads.registers.table import Column, Heading
from grid.reads.scope import task_scope
from grid.rules.permissions import Action, Scope, scope_of
from grid.rules.scorecard import RATES
from grid.tools.spreadsheet import ValueKind as K

ALL = "合计"
_OF_TASK = (
    "case_no", "addressee", "documents", "street", "community", "cell", "worker", "due_on", "reported_at", "outcome",
    "verdict", "overdue", "state",
)  # fmt: skip
_TASK_COLUMNS = tuple(column for column in delivery.COLUMNS if column.key in _OF_TASK)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the table: the measures added and those taken off again, and what it is called."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]
    label: str
    formula: str = ""


@dataclass(frozen=True, slots=True)
class _Thing:
    """One thing counted; who is whose deed it was, '' where the line of the task says so."""

    id: str
    task_id: str
    at: datetime | None
    note: str = ""
    who: str | None = None


def number_of(measure: str, part: str) -> Number:
    """Return a number by its column and, for a rate, n or d; raises InvalidInput for what is no number of a task."""
    column = next((one for one in monthly.FIGURES if one.key == measure and one.opens), None)
    if column is None or (column.kind is K.RATE) != (part in ("n", "d")):
        raise InvalidInput(fields={"measure": ["考核表里没有这个数"]})
    if column.kind is not K.RATE:
        return Number((measure,), (), column.label)
    rate = next(one for one in RATES if one.code == measure)
    if part == "n":
        return Number(rate.numerator, rate.minus_numerator, f"{column.label}·分子", rate.formula)
    return Number(rate.denominator, rate.minus_denominator, f"{column.label}·分母", rate.formula)


def page(actor: Actor, args: dict[str, Any], unit_label: str, now: datetime) -> dict[str, Any]:
    """Return one page of what a number counts, masked as in the register; raises InvalidInput, NotFound for a line."""
    number = number_of(args["measure"], args["part"])
    month = month_seen(args, now)
    subject, keys = _subject(actor, args, now)
    sources = [source for source in _sources(actor, month, number, keys) if source.total]
    start, left = (args["page"] - 1) * args["size"], args["size"]
    things: list[_Thing] = []
    for source in sources:
        if left > 0 and start < source.total:
            found = source.page(start, left)
            things += found
            left -= len(found)
        start = max(start - source.total, 0)
    columns = _columns(month, number)
    frame = monthly.heading(args, unit_label)
    notes = (f"{number.label.split('·')[0]}＝{number.formula}。",) if number.formula else ()
    title = f"{month_name(args['month'])} {subject['label']}：{number.label}"
    head = Heading(title, frame.period_from, frame.period_to, frame.period_label, unit_label, notes)
    return head.for_screen(columns) | {
        "subject": subject,
        "measure": {"key": args["measure"], "part": args["part"], "label": number.label, "formula": number.formula},
        "opens_tasks": scope_of(Action.TASK_READ, actor.role) is not Scope.NONE,
        "items": _shown(things, now),
        "page": args["page"],
        "size": args["size"],
        "total": sum(source.total for source in sources),
    }


def month_name(month: str) -> str:
    """Write 2026-11 for people: 2026年11月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def _subject(actor: Actor, args: dict[str, Any], now: datetime) -> tuple[dict[str, str], list[Key] | None]:
    """Return whose number it is and the keys of their work; None where it is everybody's."""
    lines = table_lines(actor, args, now)
    if not args["line"]:
        keys = [key for line in lines for key in line.keys]
        return {"line": "", "label": _street_label(lines, args)}, keys if args["street"] else None
    line = next((one for one in lines if one.id == args["line"]), None)
    if line is None:
        raise NotFound
    words = [line.words["street"], line.words.get("name", ""), line.words.get("staff_no", "")]
    return {"line": line.id, "label": " ".join(word for word in words if word)}, list(line.keys)


def _street_label(lines: Iterable[Line], args: dict[str, Any]) -> str:
    names = {line.words["street"] for line in lines} if args["street"] else set()
    return names.pop() if len(names) == 1 else ALL


def _columns(month: Month, number: Number) -> tuple[Column, ...]:
    labels = {name: measure.at_label for name, measure in (task_measures(month) | visit_measures(month)).items()}
    label = next(iter((labels | EVENT_MEASURES)[name] for name in number.plus), "时间")
    own: tuple[Column, ...] = (Column("no", "任务编号", K.CODE), Column("at", label, K.DATE))
    if number.plus[0] == "visits":
        own += (Column("note", "走访结果"), Column("who", "走访人"))
    elif number.plus[0] in EVENT_MEASURES:
        own += (Column("note", "原因"), Column("who", "办理人"))
    return own + _TASK_COLUMNS


def _shown(things: Sequence[_Thing], now: datetime) -> list[dict[str, Any]]:
    lines = delivery.lines({thing.task_id for thing in things}, now)
    people = people_names(thing.who for thing in things)
    return [
        {
            **lines[thing.task_id],
            "id": thing.id,
            "at": local_text(thing.at) if thing.at else "",
            "note": thing.note,
            "who": people[thing.who].name if thing.who in people else "",
        }
        for thing in things
        if thing.task_id in lines
    ]


class _Rows:
    """Things the database counts and pages."""

    def __init__(self, statement: Select[*tuple[Any, ...]], order: tuple[Any, ...]) -> None:
        self.statement, self.order = statement, order
        self.total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0

    def page(self, start: int, size: int) -> list[_Thing]:
        """Return some of them, the earliest first."""
        rows = db.session.execute(self.statement.order_by(*self.order).offset(start).limit(size))
        return [
            _Thing(row.id, row.task_id, row.at, BY_CODE[row.note].label if row.note in BY_CODE else row.note, row.who)
            for row in rows
        ]


class _Events:
    """Recalls and returns, told apart in Python as they are for the table."""

    def __init__(self, found: list[Event]) -> None:
        self.found, self.total = found, len(found)

    def page(self, start: int, size: int) -> list[_Thing]:
        """Return some of them, the earliest first."""
        return [
            _Thing(one.id, one.task_id, one.at, reasons.RETURN.get(one.reason, ""), one.actor_id)
            for one in self.found[start : start + size]
        ]


def _sources(actor: Actor, month: Month, number: Number, keys: list[Key] | None) -> list[_Rows | _Events]:
    """Return the three places things are counted in, each narrowed to this number, these people and this reader."""
    # Whoever may see the number but not the register's lines gets none of them.
    seen = and_(counted_tasks(actor), task_scope(actor, Action.REGISTER_READ))
    of_tasks, of_visits = task_measures(month), visit_measures(month)
    found: list[_Rows | _Events] = []
    if any(name in of_tasks for name in number.plus):
        at = _first(of_tasks, number).at
        tasks = select(Task.id, Task.id.label("task_id"), at.label("at"), literal("").label("note"), _NOBODY)
        found.append(_Rows(tasks.where(seen, _work(keys), _counts(of_tasks, number)), (at, Task.id)))
    if any(name in of_visits for name in number.plus):
        visits = (
            select(
                Visit.id, Visit.task_id, Visit.happened_at.label("at"), Visit.outcome.label("note"),
                Visit.worker_id.label("who"),
            )
            .join(Task, Task.id == Visit.task_id)
            .where(seen, _visitors(keys), _counts(of_visits, number))
        )  # fmt: skip
        found.append(_Rows(visits, (Visit.happened_at, Visit.id)))
    wanted, unwanted = set(number.plus), set(number.minus)
    whose = None if keys is None else set(keys)
    found.append(
        _Events(
            [
                event
                for event in events(seen, month)
                if wanted & {*event.measures}
                and not unwanted & {*event.measures}
                and (whose is None or event.key in whose)
            ]
        )
    )
    return found


_NOBODY = literal("").label("who")


def _first(known: dict[str, Measure], number: Number) -> Measure:
    return next(known[name] for name in number.plus if name in known)


def _counts(known: dict[str, Measure], number: Number) -> ColumnElement[bool]:
    plus = or_(*(known[name].test for name in number.plus if name in known))
    minus = [known[name].test for name in number.minus if name in known]
    # Not NOT: a condition over an empty column is neither true nor false, and such a row was not taken off either.
    return and_(plus, case((or_(*minus), 0), else_=1) == 1) if minus else plus


def _work(keys: list[Key] | None) -> ColumnElement[bool]:
    if keys is None:
        return true()
    workers = [worker for worker, _ in keys if worker is not None]
    streets = [street for worker, street in keys if worker is None and street is not None]
    untaken: list[ColumnElement[bool]] = [Task.street_id.in_(streets)]
    if (None, None) in keys:
        untaken.append(Task.street_id.is_(None))
    return or_(Task.worker_id.in_(workers), and_(Task.worker_id.is_(None), or_(*untaken)))


def _visitors(keys: list[Key] | None) -> ColumnElement[bool]:
    return true() if keys is None else Visit.worker_id.in_([worker for worker, _ in keys if worker is not None])
