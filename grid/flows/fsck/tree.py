"""Leaves, nodes, head and checkpoints: the tree is computed anew from the stored bodies."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import select

from grid.flows.checkpoint import origin_of
from grid.flows.fsck.finding import Report
from grid.models import LedgerCheckpoint, LedgerHead, LedgerLeaf, LedgerNode, db
from grid.rules import merkle
from grid.tools.checkpoint import CheckpointRefused, verify_checkpoint
from grid.tools.kit import Kit

BATCH = 5000


@dataclass(slots=True)
class LedgerFacts:
    """What the leaves say: every digest they vouch for, and each task's last state."""

    digests: set[str] = field(default_factory=set)
    states: dict[str, str] = field(default_factory=dict)
    erased: int = 0


def _leaves() -> Iterator[Any]:
    last = -1
    while True:
        rows = db.session.execute(
            select(LedgerLeaf.idx, LedgerLeaf.hash, LedgerLeaf.body, LedgerLeaf.action, LedgerLeaf.task_id)
            .where(LedgerLeaf.idx > last)
            .order_by(LedgerLeaf.idx)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].idx


def check_tree(kit: Kit, report: Report) -> LedgerFacts:
    """Check every leaf's hash and place, every node, the head and the signed checkpoints."""
    facts = LedgerFacts()
    checkpoints = {row.size: row for row in db.session.scalars(select(LedgerCheckpoint))}
    size, frontier = 0, list[bytes]()
    pending: list[bytes] = []
    nodes = _NodeCheck(report)

    def grow() -> None:
        nonlocal size, frontier, pending
        size, frontier, made = merkle.append(size, frontier, pending)
        nodes.expect(made)
        pending = []

    for row in _leaves():
        expected = report.leaves
        if row.idx != expected:
            report.add("leaf", expected, f"账本缺少第 {expected} 条")
            break
        _check_leaf(row, facts, report)
        pending.append(row.hash)
        report.leaves += 1
        if report.leaves in checkpoints or len(pending) == BATCH:
            grow()
            if report.leaves in checkpoints:
                _check_checkpoint(checkpoints.pop(report.leaves), merkle.root(frontier), kit, report)
    grow()
    nodes.close()
    head = db.session.execute(select(LedgerHead.size, LedgerHead.frontier)).one()
    if (head.size, bytes(head.frontier)) != (size, b"".join(frontier)):
        report.add("head", head.size, "账本头与重新计算的结果不一致")
    for left in checkpoints.values():
        report.add("checkpoint", left.size, "检查点之后的账本被截断")
    report.root = merkle.root(frontier).hex()
    return facts


def _check_leaf(row: Any, facts: LedgerFacts, report: Report) -> None:
    if row.body is None:
        facts.erased += 1
        return
    if merkle.leaf_hash(row.body.encode()) != bytes(row.hash):
        report.add("leaf", row.idx, "账本条目内容与其哈希不一致")
        return
    body = orjson.loads(row.body)
    if body["action"] != row.action or body["task"] != row.task_id:
        report.add("leaf", row.idx, "账本条目的索引列被改动")
    if body["after"]:
        facts.digests.add(body["after"])
    moved_to = body["detail"].get("to")
    if moved_to and row.task_id and body["object"] == row.task_id:
        facts.states[row.task_id] = moved_to


def _check_checkpoint(row: Any, root: bytes, kit: Kit, report: Report) -> None:
    if bytes(row.root) != root:
        report.add("checkpoint", row.size, "检查点的根与重新计算的结果不一致")
        return
    try:
        signed = verify_checkpoint(row.note, origin_of(kit), kit.keys.public_keys())
    except CheckpointRefused:
        report.add("checkpoint", row.size, "检查点签名无效")
        return
    if (signed.size, signed.root) != (row.size, root):
        report.add("checkpoint", row.size, "检查点签名与内容不一致")


class _NodeCheck:
    """Compares stored nodes with computed ones, a batch at a time."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._expected = 0

    def expect(self, made: list[tuple[int, int, bytes]]) -> None:
        """Look the computed nodes up among the stored ones."""
        self._expected += len(made)
        by_level: dict[int, dict[int, bytes]] = {}
        for level, idx, value in made:
            by_level.setdefault(level, {})[idx] = value
        for level, wanted in by_level.items():
            stored = {
                row.idx: bytes(row.hash)
                for row in db.session.execute(
                    select(LedgerNode.idx, LedgerNode.hash).where(
                        LedgerNode.level == level, LedgerNode.idx.between(min(wanted), max(wanted))
                    )
                )
            }
            for idx, value in wanted.items():
                if stored.get(idx) != value:
                    self._report.add("node", f"{level}/{idx}", "账本节点缺失或被改动")

    def close(self) -> None:
        """Tell of nodes nobody computed."""
        found = db.session.scalar(db.select(db.func.count()).select_from(LedgerNode)) or 0
        if found > self._expected:
            self._report.add("node", found - self._expected, "账本中有多余的节点")
