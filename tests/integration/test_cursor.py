"""The cursor cannot skip a change committed late: numbers are given under a lock that lasts until commit."""

import threading
import time

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from grid.core import clock
from grid.core.ids import new_id
from grid.flows import append, feed, ledger
from grid.flows.unit import transaction
from grid.models import Feed, LedgerHead, LedgerLeaf, LedgerNode, db
from grid.rules import merkle

ME = new_id()


def _tell(app: Flask, slow_s: float, started: threading.Event | None = None, n: int = 1) -> None:
    """Write n feed rows; hold the transaction open for a while after the numbers were given."""
    with app.app_context(), transaction():
        now = clock.now()
        for _ in range(n):
            feed.tell_task(ME, new_id(), now)
        ledger.record("test.told", None, now)
        append.write(db.session())
        append.begin(db.session())
        if started:
            started.set()
        time.sleep(slow_s)


def _seen(app: Flask, cursor: int) -> list[int]:
    with app.app_context():
        rows = db.session.scalars(select(Feed.seq).where(Feed.person_id == ME, Feed.seq > cursor).order_by(Feed.seq))
        return list(rows)


def test_a_reader_never_sees_a_number_above_one_not_yet_committed(app: Flask) -> None:
    started = threading.Event()
    slow = threading.Thread(target=_tell, args=(app, 0.6, started))
    slow.start()
    assert started.wait(5)
    fast = threading.Thread(target=_tell, args=(app, 0.0))
    fast.start()
    cursor, seen = 0, []
    deadline = time.monotonic() + 10
    while len(seen) < 2 and time.monotonic() < deadline:
        new = _seen(app, cursor)
        if new:
            cursor = new[-1]
            seen += new
        time.sleep(0.02)
    slow.join()
    fast.join()
    assert seen == [1, 2], "the cursor skipped a change that was committed late"


def test_many_writers_leave_no_gap_and_no_double(app: Flask) -> None:
    threads = [threading.Thread(target=lambda: [_tell(app, 0.0, n=2) for _ in range(5)]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _seen(app, 0) == list(range(1, 61))
    with app.app_context():
        leaves = db.session.execute(select(LedgerLeaf.idx, LedgerLeaf.hash).order_by(LedgerLeaf.idx)).all()
        assert [leaf.idx for leaf in leaves] == list(range(30))
        head = db.session.get_one(LedgerHead, 1)
        size, frontier, nodes = merkle.append(0, [], [leaf.hash for leaf in leaves])
        assert (head.size, head.frontier) == (size, b"".join(frontier))
        stored = {(n.level, n.idx): n.hash for n in db.session.scalars(select(LedgerNode))}
        assert stored == {(level, idx): value for level, idx, value in nodes}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE ledger_leaf SET action = 'x'",
        "UPDATE ledger_leaf SET body = 'x'",
        "UPDATE ledger_node SET idx = idx + 100",
        "DELETE FROM ledger_leaf",
        "DELETE FROM ledger_node",
    ],
)
def test_the_database_refuses_to_change_the_ledger(app: Flask, attack: str) -> None:
    _tell(app, 0.0)
    _tell(app, 0.0)
    with app.app_context():
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(attack))
        db.session.rollback()


def test_a_body_may_be_erased_and_the_leaf_stays(app: Flask) -> None:
    _tell(app, 0.0)
    with app.app_context():
        db.session.execute(text("UPDATE ledger_leaf SET body = NULL"))
        db.session.commit()
        assert db.session.scalars(select(LedgerLeaf.hash)).one()


def test_a_failed_transaction_leaves_nothing(app: Flask) -> None:
    def fail() -> None:
        with transaction():
            ledger.record("test.failed", None, clock.now())
            raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            fail()
        assert db.session.scalar(select(LedgerHead.size)) == 0
        db.session.rollback()
    _tell(app, 0.0)
    with app.app_context():
        assert db.session.scalars(select(LedgerLeaf.action)).all() == ["test.told"]
