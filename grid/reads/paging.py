"""Pages of long lists: ids through an index, from the nearest remembered place, and a count that does not dominate.

Up to EXACT rows everything is asked anew each time. Beyond, the count and the first and last row of pages seen
lately are remembered for a moment in this process, so that page 1,500 is read from page 1,499, not from page 1.
"""

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Select, Tuple, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from grid.models import db

EXACT = 2_000
FRESH_S = 30.0
MAX_LISTS = 500

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: columns that end in the id.

    nullable when the first may be empty (those rows come last), unique when the first alone tells every row apart.
    """

    columns: tuple[Column, ...]
    descending: bool = False
    nullable: bool = False
    unique: bool = False

    @property
    def sorting(self) -> tuple[Column, ...]:
        """Return the columns the database sorts by: no more than its index holds."""
        return self.columns[:1] if self.unique else self.columns


@dataclass
class _Seen:
    total: int
    until: float
    marks: dict[int, tuple[Any, ...]] = field(default_factory=dict)


_seen: OrderedDict[Any, _Seen] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Forget every remembered count and place (tests)."""
    with _lock:
        _seen.clear()


def page_of_ids(
    where: Sequence[ColumnElement[bool]], order: Order, page: int, size: int, key: Any
) -> tuple[list[str], int]:
    """Return the ids of one page and the number of rows in all.

    `key` names whose list with which filters this is; equal keys must mean equal conditions.
    """
    offset = (page - 1) * size
    if not order.nullable:
        total = _count(where, (key, "all"))
        return _segment(where, order, offset, size, total, (key, "all")), total
    first = order.columns[0]
    filled, empty = [*where, first.is_not(None)], [*where, first.is_(None)]
    filled_total, empty_total = _count(filled, (key, "filled")), _count(empty, (key, "empty"))
    ids = _segment(filled, order, offset, size, filled_total, (key, "filled")) if offset < filled_total else []
    if len(ids) < size:
        tail = Order(order.columns[-1:], descending=True)
        rest = max(offset - filled_total, 0)
        ids += _segment(empty, tail, rest, size - len(ids), empty_total, (key, "empty"))
    return ids, filled_total + empty_total


def _count(where: Sequence[ColumnElement[bool]], key: Any) -> int:
    with _lock:
        seen = _seen.get(key)
    if seen is not None and seen.until > time.monotonic():
        return seen.total
    some = select(literal(1)).where(*where).limit(EXACT + 1).subquery()
    total = db.session.scalar(select(func.count()).select_from(some)) or 0
    if total <= EXACT:
        return total
    total = db.session.scalar(select(func.count()).where(*where)) or 0
    with _lock:
        _seen[key] = _Seen(total, time.monotonic() + FRESH_S)
        while len(_seen) > MAX_LISTS:
            _seen.popitem(last=False)
    return total


def _segment(
    where: Sequence[ColumnElement[bool]], order: Order, offset: int, size: int, total: int, key: Any
) -> list[str]:
    if size <= 0 or offset >= total:
        return []
    base = select(*order.columns).where(*where)
    with _lock:
        seen = _seen.get(key)
        marks = dict(seen.marks) if seen is not None else {}
    rows = _read(base, order, offset, size, total, marks)
    if seen is not None and rows:
        with _lock:
            seen.marks[offset] = tuple(rows[0])
            seen.marks[offset + len(rows) - 1] = tuple(rows[-1])
    return [row[-1] for row in rows]


def _read(
    base: Select[Any], order: Order, offset: int, size: int, total: int, marks: dict[int, tuple[Any, ...]]
) -> list[Any]:
    before = max((place for place in marks if place < offset), default=-1)
    after = min((place for place in marks if place >= offset + size), default=total)
    forward, backward = offset - before - 1, after - (offset + size)
    columns = tuple_(*order.sorting)
    if forward <= backward or offset + size > total:
        if before >= 0:
            mark = _mark(order, marks[before])
            base = base.where(columns < mark if order.descending else columns > mark)
        return list(db.session.execute(_sorted(base, order, order.descending).limit(size).offset(forward)))
    if after < total:
        mark = _mark(order, marks[after])
        base = base.where(columns > mark if order.descending else columns < mark)
    rows = db.session.execute(_sorted(base, order, not order.descending).limit(size).offset(backward))
    return list(rows)[::-1]


def _mark(order: Order, values: tuple[Any, ...]) -> Tuple:
    return tuple_(*(literal(value, column.type) for value, column in zip(values, order.sorting, strict=False)))


def _sorted(base: Select[Any], order: Order, descending: bool) -> Select[Any]:
    return base.order_by(*(column.desc() if descending else column.asc() for column in order.sorting))
