"""The monthly 考核表 per worker and per street: counts, and rates with numerator and denominator."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from grid.core.actor import Actor
from grid.core.words.roles import GRID_ROLES
from grid.models import Person, Unit, db
from grid.reads.registers.period import begins, ends, month_of, period_text
from grid.reads.registers.table import Column, Heading, rate_cell, rate_values
from grid.reads.registers.tallies import Key, Tally, tallies
from grid.reads.scope import below
from grid.rules.permissions import Action, Scope, scope_of
from grid.rules.scorecard import HIDDEN_BELOW, RATES, Rate, rate_of
from grid.tools.spreadsheet import ValueKind as K

UNTAKEN = "（未接单）"
OF_DELIVERY = ("take_in_time", "first_visit_in_time", "report", "in_time", "first_pass", "accuracy", "served")
_RATES = tuple(definition for definition in RATES if definition.code in OF_DELIVERY)
_COUNTED = ("reported", "sent_back", "served_confirmed", "cancelled")
_OWN = ("assigned", "taken", "visits", "closed", "assisted", "not_served", "late_open", "returned")

WHO: tuple[Column, ...] = (
    Column("street", "镇街", sortable=True),
    Column("unit", "所在网格"),
    Column("name", "姓名", sortable=True),
    Column("staff_no", "工号", K.CODE, sortable=True),
)
WHERE: tuple[Column, ...] = (
    Column("street", "镇街", sortable=True),
    Column("workers", "网格员人数", K.COUNT, sortable=True),
)
FIGURES: tuple[Column, ...] = (
    Column("assigned", "分派任务", K.COUNT, sortable=True),
    Column("taken", "接单", K.COUNT, sortable=True),
    Column("visits", "走访次数", K.COUNT, sortable=True),
    Column("reported", "反馈", K.COUNT, sortable=True),
    Column("sent_back", "退回修改", K.COUNT, sortable=True),
    Column("closed", "法院办结", K.COUNT, sortable=True),
    Column("served_confirmed", "确认送达", K.COUNT, sortable=True),
    Column("assisted", "完成协助", K.COUNT, sortable=True),
    Column("not_served", "未送达", K.COUNT, sortable=True),
    Column("late_open", "超期未反馈", K.COUNT, sortable=True),
    Column("returned", "退回单位", K.COUNT, sortable=True),
    Column("cancelled", "法院撤回", K.COUNT, sortable=True),
    *(Column(definition.code, definition.label, K.RATE, sortable=True) for definition in _RATES),
)
NOTES = (
    *(f"{definition.label}＝{definition.formula}。" for definition in _RATES),
    f"分母小于 {HIDDEN_BELOW} 的比率不显示（记“—”），分子、分母照列。",
    "法院撤回、中止和派错单位的任务不计入网格员和镇街。",
    "应接单、应首访、应反馈：期限在本月之内且已到期或已办的任务；反馈以首次反馈时间为准。",
    "核查准确：法院办结的任务中，走访结果没有因“结果选错”被退回的。",
    "各网格员之和加“（未接单）”等于本镇街数；走访次数按走访时间，其余按各环节时间统计。积分另行计算。",
)
SIGNATURES = ("制表人", "网格长", "镇街综治中心", "区综治中心", "日期")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who or where, and what was done."""

    id: str
    words: dict[str, Any]
    tally: Tally


def columns(by: str) -> tuple[Column, ...]:
    """Return the columns of the table per worker or per unit."""
    return ((*WHO, *FIGURES)) if by == "worker" else (*WHERE, *FIGURES)


def heading(args: dict[str, Any], unit_label: str) -> Heading:
    """Return what stands around the rows."""
    first, last = month_of(args["month"])
    title = f"{first.year}年{first.month}月网格员协助执行考核表（{'按网格员' if args['by'] == 'worker' else '按镇街'}）"
    return Heading(title, first, last, period_text(first, last), unit_label, NOTES, SIGNATURES)


def page(actor: Actor, args: dict[str, Any], unit_label: str, now: datetime) -> dict[str, Any]:
    """Return one page of the table with its frame and the totals of all lines."""
    lines = list(table_lines(actor, args, now))
    key = args["sort"].lstrip("-") or "street"
    sortable = {column.key for column in columns(args["by"]) if column.sortable}
    if args["sort"] and key in sortable:
        lines.sort(key=lambda line: _rank(line, key), reverse=args["sort"].startswith("-"))
    start = (args["page"] - 1) * args["size"]
    shown = lines[start : start + args["size"]]
    body = heading(args, unit_label).for_screen(columns(args["by"]))
    return body | {
        "items": [{"id": line.id, **line.words, **figures(line.tally)} for line in shown],
        "totals": figures(total_of(lines)),
        "page": args["page"],
        "size": args["size"],
        "total": len(lines),
    }


def table_lines(actor: Actor, args: dict[str, Any], now: datetime) -> Iterator[Line]:
    """Yield every line in order of street and staff number."""
    first, last = month_of(args["month"])
    found = tallies(actor, begins(first), ends(last), now)
    people = _people(actor, found, args.get("street") or "")
    streets = _streets(actor.court_id)
    by_worker = args["by"] == "worker"
    lines = _workers(found, people, streets) if by_worker else _units(found, people, streets, args.get("street") or "")
    yield from sorted(lines, key=lambda line: (line.words["street"], str(line.words.get("staff_no", ""))))


def _workers(found: dict[Key, Tally], people: dict[str, Any], streets: dict[str, str]) -> Iterator[Line]:
    tally_of: dict[str, Tally] = {}
    for (worker_id, _), tally in found.items():
        if worker_id is not None:
            tally_of[worker_id] = tally_of.get(worker_id, Tally()) + tally
    for person in people.values():
        words = {
            "street": streets.get(_street_id(person.path, streets) or "", ""),
            "unit": person.unit_name,
            "name": person.name,
            "staff_no": person.staff_no,
        }
        yield Line(person.id, words, tally_of.get(person.id, Tally()))
    for street_id, tally in _untaken(found, {_street_id(p.path, streets) for p in people.values()}):
        words = {"street": streets.get(street_id or "", "未分派"), "unit": "", "name": UNTAKEN, "staff_no": ""}
        yield Line(f"untaken:{street_id or ''}", words, tally)


def _units(found: dict[Key, Tally], people: dict[str, Any], streets: dict[str, str], only: str) -> Iterator[Line]:
    sums: dict[str | None, Tally] = {street: Tally() for street in streets if not only or street == only}
    heads: dict[str | None, int] = {}
    for person in people.values():
        street = _street_id(person.path, streets)
        heads[street] = heads.get(street, 0) + (person.deactivated_at is None)
        sums.setdefault(street, Tally())
    for (worker_id, street_id), tally in found.items():
        if worker_id is None:
            where = street_id
        elif worker_id in people:
            where = _street_id(people[worker_id].path, streets)
        else:
            continue
        if not only or where == only:
            sums[where] = sums.get(where, Tally()) + tally
    for where, tally in sums.items():
        words = {"street": streets.get(where or "", "未分派"), "workers": heads.get(where, 0)}
        yield Line(where or "none", words, tally)


def _untaken(found: dict[Key, Tally], shown: set[str | None]) -> Iterator[tuple[str | None, Tally]]:
    for (worker_id, street_id), tally in found.items():
        if worker_id is None and (street_id in shown or street_id is None):
            yield street_id, tally


def _people(actor: Actor, found: dict[Key, Tally], street: str) -> dict[str, Any]:
    """Return the grid workers within reach who are in office, and those who worked in the month."""
    worked = [worker_id for worker_id, _ in found if worker_id is not None]
    scope = scope_of(Action.ASSESSMENT_READ, actor.role)
    reach: ColumnElement[bool] = Person.id == actor.id
    if scope == Scope.COURT:
        reach = Person.court_id == actor.court_id
    elif scope == Scope.UNIT:
        reach = and_(Person.court_id == actor.court_id, below(Unit.path, actor.unit_path))
    query = (
        select(Person.id, Person.name, Person.staff_no, Person.deactivated_at, Unit.name.label("unit_name"), Unit.path)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Person.role.in_([role.value for role in GRID_ROLES]),
            or_(and_(reach, Person.deactivated_at.is_(None), Person.role == "grid_worker"), Person.id.in_(worked)),
        )
    )
    if street:
        path = db.session.scalar(select(Unit.path).where(Unit.id == street, Unit.court_id == actor.court_id))
        query = query.where(below(Unit.path, path or "//"))
    return {row.id: row for row in db.session.execute(query)}


def _streets(court_id: str) -> dict[str, str]:
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.court_id == court_id, Unit.kind == "street"))
    return {row.id: row.name for row in rows}


def _street_id(path: str, streets: dict[str, str]) -> str | None:
    return next((part for part in path.split("/") if part in streets), None)


def total_of(lines: Iterable[Line]) -> Tally:
    """Return the tallies of all lines together."""
    return reduce(add, (line.tally for line in lines), Tally())


def numbers(tally: Tally) -> dict[str, int]:
    """Return the counts of a line by column."""
    own = {name: int(getattr(tally, name)) for name in _OWN}
    return own | {name: int(getattr(tally.counts, name)) for name in _COUNTED}


def rates(tally: Tally) -> dict[str, Rate]:
    """Return the rates of a line by column."""
    return {definition.code: rate_of(definition, tally.counts) for definition in _RATES}


def figures(tally: Tally) -> dict[str, Any]:
    """Return a line's figures as the screen shows them."""
    return numbers(tally) | {code: rate_cell(rate) for code, rate in rates(tally).items()}


def file_line(line: Line) -> dict[str, Any]:
    """Return a line as a file carries it."""
    return line.words | file_figures(line.tally)


def file_figures(tally: Tally) -> dict[str, Any]:
    """Return figures as a file carries them: each rate with its numerator and denominator."""
    found: dict[str, Any] = dict(numbers(tally))
    for code, rate in rates(tally).items():
        found |= rate_values(code, rate)
    return found


def _rank(line: Line, key: str) -> Any:
    if key in line.words:
        return (0, 0.0, str(line.words[key])) if isinstance(line.words[key], str) else (0, float(line.words[key]), "")
    found = numbers(line.tally)
    if key in found:
        return (0, float(found[key]), "")
    rate = rates(line.tally)[key].number
    return (0 if rate is None else 1, rate or 0.0, "")
