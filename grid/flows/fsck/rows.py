"""Business rows against the ledger: reports, task states and receipts must be what their leaves vouch for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.content import content_digest
from grid.core.errors.vault import SealBroken
from grid.core.words.tokens import TokenKind, Verdict
from grid.flows.fsck.finding import Report
from grid.flows.fsck.tree import LedgerFacts
from grid.models import Receipt, Task, Visit, VisitRevision, db
from grid.rules.manifest import manifest_root
from grid.rules.tokens import ReceiptFacts
from grid.tools import base32
from grid.tools.kit import Kit
from grid.tools.tokens import check_token

BATCH = 1000
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # a receipt does not expire, so any moment will do
KEY_VERDICTS = frozenset({Verdict.OK, Verdict.KEY_REVOKED})


def check_rows(kit: Kit, facts: LedgerFacts, report: Report) -> None:
    """Check visits, their earlier revisions, task states and receipts."""
    for visit in _batched(select(Visit.id, Visit.revision, Visit.body_sealed, Visit.digest, Visit.outcome), Visit.id):
        report.rows += 1
        _check_body(kit, facts, report, visit.id, visit.revision, visit)
    for row in db.session.execute(select(VisitRevision.__table__)):
        report.rows += 1
        _check_body(kit, facts, report, row.visit_id, row.revision, row)
    for task in _batched(select(Task.id, Task.state), Task.id):
        report.rows += 1
        known = facts.states.get(task.id)
        if known is None and task.state != "draft":
            report.add("task", task.id, "任务状态在账本中没有依据")
        elif known is not None and known != task.state:
            report.add("task", task.id, f"任务状态为 {task.state}，账本记载为 {known}")
    for receipt in _batched(
        select(Receipt.cti, Receipt.token, Receipt.root, Receipt.manifest, Receipt.seq, Receipt.visit_id), Receipt.cti
    ):
        report.rows += 1
        _check_receipt(kit, facts, report, receipt)


def _batched(statement: Any, key: Any) -> Iterator[Any]:
    last = ""
    while True:
        rows = db.session.execute(statement.where(key > last).order_by(key).limit(BATCH)).all()
        if not rows:
            return
        yield from rows
        last = getattr(rows[-1], key.key)


def _check_body(kit: Kit, facts: LedgerFacts, report: Report, visit_id: str, revision: int, row: Any) -> None:
    try:
        body = orjson.loads(kit.vault.open_sealed(row.body_sealed, f"visit.body:{visit_id}:{revision}"))
    except SealBroken:
        report.add("visit", visit_id, f"第 {revision} 版走访记录无法解封")
        return
    if content_digest(body) != row.digest:
        report.add("visit", visit_id, f"第 {revision} 版走访记录与其摘要不一致")
    elif row.digest not in facts.digests:
        report.add("visit", visit_id, f"第 {revision} 版走访记录在账本中没有依据")
    if getattr(row, "outcome", body["outcome"]) != body["outcome"]:
        report.add("visit", visit_id, "走访结果与记录内容不一致")


def _check_receipt(kit: Kit, facts: LedgerFacts, report: Report, row: Any) -> None:
    checked = check_token(row.token, kit.keys.public_keys(), TokenKind.RECEIPT, EPOCH)
    if checked.verdict not in KEY_VERDICTS or not isinstance(checked.facts, ReceiptFacts):
        report.add("receipt", row.cti, f"回证签名不成立（{checked.verdict.value}）")
        return
    same = (base32.encode(checked.facts.cti), checked.facts.root.hex(), checked.facts.seq)
    if same != (row.cti, row.root, row.seq):
        report.add("receipt", row.cti, "回证内容与登记不一致")
    elif manifest_root(row.manifest).hex() != row.root:
        report.add("receipt", row.cti, "证据清单与回证的根不一致")
    elif row.root not in facts.digests:
        report.add("receipt", row.cti, "回证在账本中没有依据")
