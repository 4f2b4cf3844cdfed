"""Count what a piece of code asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from grid.models import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements sent inside the block."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
