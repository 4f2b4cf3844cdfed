"""Names of units and people for lists, kept in this process for half a minute: lists show few of them, often."""

import time
from collections.abc import Iterable
from threading import Lock
from typing import Any

from sqlalchemy import select

from grid.models import Person, Unit, db

FRESH_S = 30.0
MOST = 20_000
_UNITS = select(Unit.id, Unit.name)
_PEOPLE = select(Person.id, Person.name, Person.staff_no)


class _Kept:
    """Rows by id with the moment each was read; the whole of it is dropped when it grows too large."""

    def __init__(self, statement: Any, key: Any) -> None:
        self.statement, self.key = statement, key
        self.rows: dict[str, tuple[float, Any]] = {}
        self.lock = Lock()

    def of(self, ids: Iterable[str | None]) -> dict[str, Any]:
        """Return the rows of these ids; those unknown or old are read in one query."""
        wanted, now = {key for key in ids if key}, time.monotonic()
        with self.lock:
            found = {key: kept[1] for key in wanted if (kept := self.rows.get(key)) and kept[0] > now}
        missing = wanted - found.keys()
        if missing:
            fresh = {row.id: row for row in db.session.execute(self.statement.where(self.key.in_(missing)))}
            found |= fresh
            with self.lock:
                if len(self.rows) > MOST:
                    self.rows.clear()
                self.rows |= {key: (now + FRESH_S, row) for key, row in fresh.items()}
        return found


_units, _people = _Kept(_UNITS, Unit.id), _Kept(_PEOPLE, Person.id)


def unit_names(ids: Iterable[str | None]) -> dict[str, Any]:
    """Return rows with id and name."""
    return _units.of(ids)


def people_names(ids: Iterable[str | None]) -> dict[str, Any]:
    """Return rows with id, name and staff_no."""
    return _people.of(ids)
