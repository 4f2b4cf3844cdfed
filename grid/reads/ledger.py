"""The ledger for people: size, root, last checkpoint, last check, and the proof of one entry."""

from typing import Any

import orjson
from sqlalchemy import select, tuple_

from grid.core.errors import NotFound
from grid.models import LedgerCheckpoint, LedgerHead, LedgerLeaf, LedgerNode, db
from grid.rules import merkle


def overview() -> dict[str, Any]:
    """Return size, root, the newest checkpoint and the newest check."""
    size, frontier = db.session.execute(select(LedgerHead.size, LedgerHead.frontier)).one()
    checkpoint = db.session.scalars(select(LedgerCheckpoint).order_by(LedgerCheckpoint.size.desc()).limit(1)).first()
    checked = db.session.execute(
        select(LedgerLeaf.idx, LedgerLeaf.at, LedgerLeaf.body)
        .where(LedgerLeaf.action == "ledger.checked")
        .order_by(LedgerLeaf.idx.desc())
        .limit(1)
    ).first()
    return {
        "size": size,
        "root": merkle.root([frontier[i : i + 32] for i in range(0, len(frontier), 32)]).hex(),
        "checkpoint": {"size": checkpoint.size, "note": checkpoint.note, "at": checkpoint.at} if checkpoint else None,
        "last_fsck": {"at": checked.at, "index": checked.idx} | orjson.loads(checked.body or "{}").get("detail", {})
        if checked
        else None,
    }


def proof(index: int) -> dict[str, Any]:
    """Return one leaf with its inclusion proof at the present size; raises NotFound."""
    leaf = db.session.get(LedgerLeaf, index)
    if leaf is None:
        raise NotFound
    size, frontier = db.session.execute(select(LedgerHead.size, LedgerHead.frontier)).one()
    groups = merkle.inclusion_path(index, size)
    nodes = _nodes({(level, idx) for group in groups for level, idx in group})
    path = merkle.inclusion_proof(index, size, lambda level, idx: nodes[(level, idx)])
    return {
        "index": index,
        "size": size,
        "action": leaf.action,
        "at": leaf.at,
        "body": leaf.body,
        "leaf_hash": leaf.hash.hex(),
        "root": merkle.root([frontier[i : i + 32] for i in range(0, len(frontier), 32)]).hex(),
        "path": [value.hex() for value in path],
    }


def _nodes(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    found: dict[tuple[int, int], bytes] = {}
    leaves = [idx for level, idx in wanted if level == 0]
    inner = [(level, idx) for level, idx in wanted if level > 0]
    if leaves:
        for row in db.session.execute(select(LedgerLeaf.idx, LedgerLeaf.hash).where(LedgerLeaf.idx.in_(leaves))):
            found[(0, row.idx)] = bytes(row.hash)
    if inner:
        statement = select(LedgerNode.level, LedgerNode.idx, LedgerNode.hash)
        for node in db.session.execute(statement.where(tuple_(LedgerNode.level, LedgerNode.idx).in_(inner))):
            found[(node.level, node.idx)] = bytes(node.hash)
    return found
