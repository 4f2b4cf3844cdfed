"""The last step of every transaction: number and store its ledger leaves and feed rows.

The head row is locked here and stays locked until commit. So commit order is number order:
whoever can see number n can see every number below it, and a cursor never skips a late commit.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Insert, insert, select, update
from sqlalchemy.orm import Session

from grid.flows.bulk import FEW, insert_rows
from grid.models import Feed, LedgerHead, LedgerLeaf, LedgerNode
from grid.rules import merkle

KEY = "grid.pending"

_LOCKED_HEAD = (
    select(LedgerHead.size, LedgerHead.frontier, LedgerHead.feed_seq).where(LedgerHead.id == 1).with_for_update()
)
_ADD_LEAVES = insert(LedgerLeaf)
_ADD_NODES = insert(LedgerNode)
_ADD_FEED = insert(Feed)
_MOVE_HEAD = update(LedgerHead).where(LedgerHead.id == 1)


@dataclass(slots=True)
class Pending:
    """What a transaction still has to append."""

    leaves: list[dict[str, Any]] = field(default_factory=list)
    feed: list[tuple[str, str, str, datetime]] = field(default_factory=list)


def begin(session: Session) -> None:
    """Forget whatever an earlier, failed transaction wanted to append."""
    session.info[KEY] = Pending()


def pending(session: Session) -> Pending:
    """Return the list that grows until commit."""
    return session.info.setdefault(KEY, Pending())


def write(session: Session) -> None:
    """Append pending leaves and feed rows behind the locked head."""
    todo = pending(session)
    if not todo.leaves and not todo.feed:
        return
    connection = session.connection()
    size, frontier, feed_seq = connection.execute(_LOCKED_HEAD).one()
    values: dict[str, Any] = {}
    if todo.leaves:
        hashes = [merkle.leaf_hash(leaf["body"].encode()) for leaf in todo.leaves]
        for offset, leaf in enumerate(todo.leaves):
            leaf["idx"] = size + offset
            leaf["hash"] = hashes[offset]
        peaks = [frontier[i : i + 32] for i in range(0, len(frontier), 32)]
        new_size, new_frontier, nodes = merkle.append(size, peaks, hashes)
        _add(connection, _ADD_LEAVES, todo.leaves)
        _add(connection, _ADD_NODES, [{"level": n[0], "idx": n[1], "hash": n[2]} for n in nodes])
        values |= {"size": new_size, "frontier": b"".join(new_frontier)}
    if todo.feed:
        rows = list(dict.fromkeys((person, kind, obj) for person, kind, obj, _ in todo.feed))
        at = todo.feed[-1][3]
        _add(
            connection,
            _ADD_FEED,
            [
                {"seq": feed_seq + n, "person_id": person, "kind": kind, "object_id": obj, "at": at}
                for n, (person, kind, obj) in enumerate(rows, start=1)
            ],
        )
        values["feed_seq"] = feed_seq + len(rows)
    connection.execute(_MOVE_HEAD, values)


def _add(connection: Connection, statement: Insert, rows: list[dict[str, Any]]) -> None:
    if len(rows) >= FEW:
        columns = tuple(rows[0])
        insert_rows(connection, statement.table, columns, [tuple([row[name] for name in columns]) for row in rows])
    elif rows:
        # One row goes as itself: the driver's way of many costs a round trip more.
        connection.execute(statement, rows if len(rows) > 1 else rows[0])
