"""The lines of the 考核表: whose work each count is, per worker and per street."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from grid.core.actor import Actor
from grid.core.words.roles import Role
from grid.models import Person, Unit, db
from grid.reads.registers.measures import Key, Month
from grid.reads.registers.period import begins, ends, month_of
from grid.reads.registers.tallies import Tally, tallies
from grid.reads.scope import below
from grid.rules.permissions import Action, Scope, scope_of

UNTAKEN = "（未接单）"
NOWHERE = "未分派"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who or where, what was done, and by whose work it was counted."""

    id: str
    words: dict[str, Any]
    tally: Tally
    keys: tuple[Key, ...]


def month_seen(args: dict[str, Any], now: datetime) -> Month:
    """Return the month asked for, looked at now."""
    first, last = month_of(args["month"])
    return Month(begins(first), ends(last), now)


def table_lines(actor: Actor, args: dict[str, Any], now: datetime) -> list[Line]:
    """Return every line in order of street and staff number; each piece of work belongs to exactly one."""
    found = tallies(actor, month_seen(args, now))
    only = args.get("street") or ""
    people = _people(actor, found, only)
    streets = _streets(actor.court_id)
    grouped: dict[str, list[Key]] = defaultdict(list)
    by_worker = args["by"] == "worker"
    for key in found:
        street = key[1]
        if key[0] is not None:
            if key[0] not in people:
                continue
            street = _street_id(people[key[0]].path, streets)
        elif only and street != only:
            continue
        grouped[(key[0] or f"untaken:{street or ''}") if by_worker else (street or "none")].append(key)
    words = _workers(grouped, people, streets) if by_worker else _units(grouped, people, streets, only)
    lines = [
        Line(name, said, total_of(found[key] for key in grouped.get(name, ())), tuple(grouped.get(name, ())))
        for name, said in words.items()
    ]
    return sorted(lines, key=lambda line: (line.words["street"], str(line.words.get("staff_no", ""))))


def _workers(
    grouped: dict[str, list[Key]], people: dict[str, Any], streets: dict[str, str]
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {
        person.id: {
            "street": streets.get(_street_id(person.path, streets) or "", ""),
            "unit": person.unit_name,
            "name": person.name,
            "staff_no": person.staff_no,
        }
        for person in people.values()
    }
    for name in grouped.keys() - found.keys():
        street = streets.get(name.removeprefix("untaken:"), NOWHERE)
        found[name] = {"street": street, "unit": "", "name": UNTAKEN, "staff_no": ""}
    return found


def _units(
    grouped: dict[str, list[Key]], people: dict[str, Any], streets: dict[str, str], only: str
) -> dict[str, dict[str, Any]]:
    heads: dict[str, int] = {street: 0 for street in streets if not only or street == only}
    for person in people.values():
        street = _street_id(person.path, streets) or "none"
        heads[street] = heads.get(street, 0) + (person.deactivated_at is None)
    for name in grouped:
        heads.setdefault(name, 0)
    return {name: {"street": streets.get(name, NOWHERE), "workers": count} for name, count in heads.items()}


def _people(actor: Actor, found: Iterable[Key], street: str) -> dict[str, Any]:
    """Return the grid workers within reach who are in office, and those who worked in the month."""
    worked = [worker_id for worker_id, _ in found if worker_id is not None]
    scope = scope_of(Action.ASSESSMENT_READ, actor.role)
    reach: ColumnElement[bool] = Person.id == actor.id
    if scope == Scope.COURT:
        reach = Person.court_id == actor.court_id
    elif scope == Scope.UNIT:
        reach = and_(Person.court_id == actor.court_id, below(Unit.path, actor.unit_path))
    in_office = and_(reach, Person.deactivated_at.is_(None), Person.role == Role.GRID_WORKER.value)
    query = (
        select(Person.id, Person.name, Person.staff_no, Person.deactivated_at, Unit.name.label("unit_name"), Unit.path)
        .join(Unit, Unit.id == Person.unit_id)
        .where(or_(in_office, Person.id.in_(worked)))
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


def total_of(found: Iterable[Tally]) -> Tally:
    """Return tallies together."""
    return reduce(add, found, Tally())
