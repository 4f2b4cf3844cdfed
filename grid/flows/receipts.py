"""Issue the signed receipt of a visit, once; corrections are new receipts, never edits."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.words.tokens import AssistRole, KeyPurpose, ReceiptMethod
from grid.flows import ledger, task_order
from grid.flows.visit_context import VisitContext
from grid.models import Evidence, Receipt, Visit, db
from grid.rules.canonical import digest
from grid.rules.manifest import manifest_root
from grid.rules.tokens import CTI_SIZE, ReceiptFacts
from grid.rules.tokenwords import token_grid, token_name
from grid.tools import base32
from grid.tools.kit import Kit
from grid.tools.shortcode import short_code
from grid.tools.tokens import issue_token

RELATION_METHODS = {"cohabiting_adult": ReceiptMethod.COHABITING_ADULT}


def method_of(visit: Visit) -> ReceiptMethod:
    """Return how the papers were served according to the visit; anything unsigned is a visit record."""
    if not visit.outcome.startswith("signed_"):
        return ReceiptMethod.UNSERVED
    return RELATION_METHODS.get(visit.signer_relation, ReceiptMethod.DIRECT)


def manifest_of(
    visit: Visit, evidence: list[Evidence], documents: list[dict[str, Any]], previous: str, reason: str
) -> list[dict[str, Any]]:
    """List what the receipt stands for: the report, the papers, each photo and signature, by hash.

    A correction also names the receipt it replaces and why.
    """
    items: list[dict[str, Any]] = [
        {"kind": "report", "name": f"走访记录 第{visit.ordinal}次 第{visit.revision}版", "sha256": visit.digest},
        {"kind": "documents", "name": "送达文书清单", "sha256": task_order.documents_sha256(documents).hex()},
    ]
    items += [
        {"kind": "evidence", "name": row.item, "sha256": row.sha256, "size": row.size, "grade": row.grade}
        for row in evidence
    ]
    if previous:
        change = {"previous": previous, "reason": reason}
        items.append({"kind": "correction", "name": previous, "reason": reason, "sha256": digest(change)})
    return items


def issue_receipt(
    actor: Actor,
    context: VisitContext,
    visit: Visit,
    evidence: list[Evidence],
    kit: Kit,
    now: datetime,
    *,
    seq: int = 0,
    previous: str = "",
    reason: str = "",
) -> Receipt:
    """Sign the receipt of a visit; the database allows one for each seq."""
    task = context.task
    documents = [{"type": d.type, "name": d.name, "no": d.no, "copies": d.copies} for d in context.documents]
    manifest = manifest_of(visit, evidence, documents, previous, reason)
    root = manifest_root(manifest)
    cti = secrets.token_bytes(CTI_SIZE)
    signer = kit.keys.signer(KeyPurpose.RECEIPT)
    method = method_of(visit)
    facts = ReceiptFacts(
        issued_at=now,
        cti=cti,
        root=root,
        name=token_name(context.name_masked),
        method=method,
        grid=token_grid(context.cell_code),
        worker=context.worker_no,
        seq=seq,
        documents=task_order.documents_digest(documents),
        served_at=visit.happened_at,
        role=AssistRole.ASSISTANT,
    )
    receipt = Receipt(
        cti=base32.encode(cti),
        short_code=short_code(cti),
        task_id=task.id,
        visit_id=visit.id,
        revision=visit.revision,
        seq=seq,
        kid=signer.kid.hex(),
        token=issue_token(facts, signer),
        manifest=manifest,
        root=root.hex(),
        method=int(method),
        reason=reason,
        issued_at=now,
    )
    db.session.add(receipt)
    ledger.record(
        "receipt.issued", actor, now, object_id=visit.id, task_id=task.id, after=root.hex(), cti=receipt.cti, seq=seq
    )
    return receipt


def correct_receipt(
    actor: Actor, context: VisitContext, visit: Visit, evidence: list[Evidence], kit: Kit, now: datetime
) -> Receipt:
    """Issue the receipt of a mended report; the earlier one stays and points to it, unless two people annulled it."""
    earlier = db.session.scalars(
        select(Receipt).where(Receipt.visit_id == visit.id).order_by(Receipt.seq.desc()).limit(1)
    ).one_or_none()
    seq = earlier.seq + 1 if earlier else 0
    reason = "退回后补正" if earlier else ""
    previous = earlier.cti if earlier else ""
    receipt = issue_receipt(actor, context, visit, evidence, kit, now, seq=seq, previous=previous, reason=reason)
    if earlier is not None and earlier.state == "valid":
        earlier.state = "corrected"
        earlier.corrected_by = receipt.cti
    return receipt
