"""The unit of work: the edge opens it, flows fill it, ledger and feed are written last under one lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from grid.flows import append
from grid.models import db


@contextmanager
def transaction() -> Iterator[None]:
    """Commit everything a flow did together with its ledger leaves and feed rows, or nothing at all."""
    session = db.session()
    if session.in_transaction():
        if session.dirty or session.new or session.deleted:
            raise RuntimeError("unsaved changes outside a transaction")
        session.commit()
    append.begin(session)
    session.connection(execution_options={"grid_writing": True})
    try:
        yield
        session.flush()
        append.write(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        append.begin(session)


@contextmanager
def apart() -> Iterator[Session]:
    """Open a short write over a connection of its own, beside whatever the session is reading; no ledger, no feed."""
    connection = db.engine.connect().execution_options(grid_writing=True)
    with connection, Session(connection) as session, session.begin():
        yield session


def back_out() -> None:
    """Forget what was read or begun, and give the connection back."""
    db.session.rollback()


def let_go() -> None:
    """Forget the session altogether: between two pieces of work of one process."""
    db.session.remove()
