"""A receipt for an officer: what it stands for, where it lies in the ledger, and what was asked about it."""

from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.models import LedgerCheckpoint, LedgerLeaf, Person, Receipt, ReceiptCorrection, Task, db
from grid.reads.ledger import proof
from grid.reads.ownership import task_facts
from grid.rules import permissions
from grid.rules.permissions import Action
from grid.rules.qrtext import receipt_url
from grid.tools.kit import Kit


def find_task(actor: Actor, task_id: str) -> Task:
    """Return a task whose receipts the actor may read; raises NotFound or NotAllowed."""
    task = db.session.get(Task, task_id)
    if task is None:
        raise NotFound
    permissions.check(actor, Action.RECEIPT_READ, task_facts(task))
    return task


def find_receipt(actor: Actor, cti: str) -> tuple[Receipt, Task]:
    """Return a receipt the actor may read, with its task; raises NotFound or NotAllowed."""
    receipt = db.session.get(Receipt, cti)
    if receipt is None:
        raise NotFound
    return receipt, find_task(actor, receipt.task_id)


def receipt_page(receipt: Receipt, task: Task, kit: Kit) -> dict[str, Any]:
    """Describe one receipt with manifest, ledger proof and position."""
    previous = db.session.scalar(select(Receipt.cti).where(Receipt.corrected_by == receipt.cti))
    leaf = db.session.scalar(
        select(LedgerLeaf.idx)
        .where(LedgerLeaf.object_id == receipt.visit_id, LedgerLeaf.action == "receipt.issued")
        .order_by(LedgerLeaf.idx)
        .offset(receipt.seq)
        .limit(1)
    )
    shown = proof(leaf) if leaf is not None else None
    checkpoint = db.session.scalars(
        select(LedgerCheckpoint).where(LedgerCheckpoint.size > (leaf or 0)).order_by(LedgerCheckpoint.size).limit(1)
    ).first()
    return {
        "cti": receipt.cti,
        "short_code": receipt.short_code,
        "url": receipt_url(kit.settings.public_origin, receipt.token),
        "token": receipt.token,
        "state": receipt.state,
        "seq": receipt.seq,
        "previous_cti": previous,
        "corrected_by": receipt.corrected_by,
        "reason": receipt.reason,
        "task": {"id": task.id, "no": task.no},
        "issued_at": receipt.issued_at,
        "confirmed": receipt.confirmed_at is not None,
        "manifest": {
            "root": receipt.root,
            "items": [
                {"n": n, "kind": item["kind"], "label": item["name"], "sha256": item["sha256"]}
                for n, item in enumerate(receipt.manifest, 1)
            ],
        },
        "position": {"index": shown["index"], "size": shown["size"], "root": shown["root"]} if shown else None,
        "proof": {"hashes": shown["path"], "leaf_hash": shown["leaf_hash"]} if shown else None,
        "checkpoint": {"text": checkpoint.note, "at": checkpoint.at, "size": checkpoint.size} if checkpoint else None,
        "corrections": corrections_of(receipt.cti),
    }


def corrections_of(cti: str) -> list[dict[str, Any]]:
    """List what was asked about a receipt, oldest first."""
    rows = db.session.execute(
        select(ReceiptCorrection, Person.name)
        .join(Person, Person.id == ReceiptCorrection.asked_by)
        .where(ReceiptCorrection.cti == cti)
        .order_by(ReceiptCorrection.asked_at)
    )
    return [
        {
            "id": row.ReceiptCorrection.id,
            "kind": row.ReceiptCorrection.kind,
            "reason": row.ReceiptCorrection.reason,
            "state": row.ReceiptCorrection.state,
            "asked_by": row.name,
            "asked_at": row.ReceiptCorrection.asked_at,
        }
        for row in rows
    ]
