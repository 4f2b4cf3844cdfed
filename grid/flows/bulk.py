"""Insert many rows at once: COPY on PostgreSQL, one prepared statement for all on SQLite."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Table, insert

from grid.models import db

FEW = 100
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_CHUNK_CHARS = 1 << 18


def _text(value: str) -> str:
    return value.translate(_ESCAPES) if not value.isalnum() else value


def _json(value: Any) -> str:
    return orjson.dumps(value).decode().translate(_ESCAPES)


_WRITE: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    datetime: datetime.isoformat,
    date: date.isoformat,
    bytes: lambda value: f"\\\\x{value.hex()}",
    dict: _json,
    list: _json,
    type(None): lambda value: "\\N",
}


def insert_rows(table: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows given as tuples in the order of columns; columns left out take their default or NULL."""
    if not rows:
        return
    target: Table = table.__table__
    connection = db.session.connection()
    if connection.dialect.name != "postgresql" or len(rows) < FEW:
        connection.execute(insert(target), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    rest = _defaults(target, columns)
    names = ", ".join(f'"{name}"' for name in (*columns, *rest))
    tail = "".join(f"\t{_WRITE[type(value)](value)}" for value in rest.values())
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise RuntimeError("the connection is gone")
    with raw.cursor().copy(f'COPY "{target.name}" ({names}) FROM STDIN') as copy:
        for block in _blocks(rows, tail):
            copy.write(block)


def _defaults(target: Table, columns: Sequence[str]) -> dict[str, Any]:
    """Return the values the models give to columns nobody named: COPY knows nothing of them."""
    found: dict[str, Any] = {}
    for column in target.columns:
        default: Any = column.default
        if column.name not in columns and default is not None:
            found[column.name] = default.arg if default.is_scalar else default.arg(None)
    return found


def _blocks(rows: Iterable[Sequence[Any]], tail: str) -> Iterable[str]:
    lines: list[str] = []
    size = 0
    for row in rows:
        line = "\t".join([_WRITE[type(value)](value) for value in row]) + tail
        lines.append(line)
        size += len(line)
        if size > _CHUNK_CHARS:
            lines.append("")
            yield "\n".join(lines)
            lines, size = [], 0
    if lines:
        lines.append("")
        yield "\n".join(lines)
