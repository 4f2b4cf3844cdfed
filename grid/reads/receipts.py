"""A receipt for an officer: what it stands for, where it lies in the ledger, and what was asked about it."""

from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.models import LedgerCheckpoint, LedgerLeaf, Person, Receipt, ReceiptCorrection, Task, db
from grid.reads.ledger import proof
from grid.reads.ownership import task_facts
from grid.rules import permissions
from grid.rules.permissions import Action, ObjectFacts
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


def receipt_page(actor: Actor, receipt: Receipt, task: Task, kit: Kit) -> dict[str, Any]:
    """Describe one receipt with manifest, ledger proof and position, and what this person may do about it."""
    previous = next((item["name"] for item in receipt.manifest if item["kind"] == "correction"), None)
    whose = task_facts(task)
    corrections = _corrections(actor, receipt, whose)
    waits = any(one["state"] == "waiting" for one in corrections)
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
        "may_ask": receipt.state == "valid" and not waits and permissions.can(actor, Action.RECEIPT_CORRECT, whose),
        "corrections": corrections,
    }


def _corrections(actor: Actor, receipt: Receipt, whose: ObjectFacts) -> list[dict[str, Any]]:
    """List what was asked about a receipt, oldest first; a wish that came to nothing has lapsed."""
    rows = db.session.execute(
        select(ReceiptCorrection, Person.name)
        .join(Person, Person.id == ReceiptCorrection.asked_by)
        .where(ReceiptCorrection.cti == receipt.cti)
        .order_by(ReceiptCorrection.asked_at)
    )
    decides = permissions.can(actor, Action.RECEIPT_APPROVE, whose)
    found = []
    for wish, asked_by in rows:
        state = "lapsed" if wish.state == "waiting" and receipt.state != "valid" else wish.state
        found.append(
            {
                "id": wish.id,
                "kind": wish.kind,
                "reason": wish.reason,
                "state": state,
                "may_decide": decides and state == "waiting" and wish.asked_by != actor.id,
                "asked_by": asked_by,
                "asked_at": wish.asked_at,
            }
        )
    return found
