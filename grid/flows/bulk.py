"""Insert many rows at once: COPY on PostgreSQL, one prepared statement for all on SQLite."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

FEW = 100
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL = "\x1e"  # no text of ours holds it; \N would make every line with an empty cell look as if it had to be escaped
_BLOCK_CHARS = 1 << 18

_SPELL: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    datetime: lru_cache(maxsize=4096)(datetime.isoformat),
    date: lru_cache(maxsize=4096)(date.isoformat),
    bytes: lambda value: f"\\\\x{value.hex()}",  # as it stands in the stream: the backslash is escaped already
    dict: lambda value: orjson.dumps(value).decode(),
    list: lambda value: orjson.dumps(value).decode(),
    type(None): lambda _: _NULL,
}


def insert_rows(
    connection: Connection, target: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:  # fmt: skip
    """Insert rows given as tuples in the order of columns; columns left out take their default or NULL."""
    if not rows:
        return
    if connection.dialect.name != "postgresql" or len(rows) < FEW:
        connection.execute(insert(target), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    rest = _defaults(target, columns)
    names = ", ".join(f'"{name}"' for name in (*columns, *rest))
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise RuntimeError("the connection is gone")
    statement = f"COPY \"{target.name}\" ({names}) FROM STDIN WITH (NULL E'\\x1e')"
    driver = connection.dialect.loaded_dbapi
    try:
        with raw.cursor().copy(statement) as copy:
            for block in _blocks(rows, tuple(rest.values()), len(columns) + len(rest)):
                copy.write(block)
    except driver.Error as error:
        # The driver's own refusal, told in the words of the layer everybody catches.
        raise DBAPIError.instance(statement, None, error, driver.Error, dialect=connection.dialect) from error


def _defaults(target: Table, columns: Sequence[str]) -> dict[str, Any]:
    """Return the values the models give to columns nobody named: COPY knows nothing of them."""
    found: dict[str, Any] = {}
    for column in target.columns:
        default: Any = column.default
        if column.name not in columns and default is not None:
            found[column.name] = default.arg if default.is_scalar else default.arg(None)
    return found


def _blocks(rows: Sequence[Sequence[Any]], rest: tuple[Any, ...], width: int) -> Iterator[str]:
    spell, tail = _SPELL, "".join(f"\t{_line([value])}" for value in rest)
    within, binary = width - len(rest) - 1, [at for at, value in enumerate(rows[0]) if isinstance(value, bytes)]
    lines: list[str] = []
    size = 0
    for row in rows:
        line = "\t".join([spell[type(value)](value) for value in row])
        # One look at the whole line is cheaper than one at every cell; few lines hold anything to escape.
        escaped = 2 * sum(row[at] is not None for at in binary)
        if line.count("\\") != escaped or "\n" in line or "\r" in line or line.count("\t") != within:
            line = _line(row)
        lines.append(line + tail)
        size += len(line)
        if size > _BLOCK_CHARS:
            lines.append("")
            yield "\n".join(lines)
            lines, size = [], 0
    if lines:
        lines.append("")
        yield "\n".join(lines)


def _line(row: Sequence[Any]) -> str:
    return "\t".join(_cell(value) for value in row)


def _cell(value: Any) -> str:
    spelled = _SPELL[type(value)](value)
    if value is None or isinstance(value, bytes):
        return spelled
    return spelled.replace(_NULL, "").translate(_ESCAPES)
