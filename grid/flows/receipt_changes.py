"""Correct or annul a receipt: one person asks, another decides, the old receipt stays as it was signed."""

from datetime import datetime

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.core.errors.receipts import CorrectionWaiting, ReceiptSettled, SecondPersonNeeded
from grid.core.ids import new_id
from grid.flows import hold, ledger
from grid.flows.receipts import issue_receipt
from grid.flows.visit_context import court_context
from grid.models import Evidence, Receipt, ReceiptCorrection, Task, Visit, db
from grid.reads.ownership import task_facts
from grid.rules import permissions
from grid.rules.permissions import Action
from grid.tools.kit import Kit


def _lock(actor: Actor, cti: str, action: Action) -> tuple[Receipt, Task]:
    receipt = db.session.scalars(select(Receipt).where(Receipt.cti == cti).with_for_update()).one_or_none()
    if receipt is None:
        raise NotFound
    task = db.session.get_one(Task, receipt.task_id)
    permissions.check(actor, action, task_facts(task))
    return receipt, task


def ask(actor: Actor, cti: str, kind: str, reason: str, now: datetime) -> ReceiptCorrection:
    """Ask for a correction ('correct') or an annulment ('annul') of a valid receipt."""
    receipt, task = _lock(actor, cti, Action.RECEIPT_CORRECT)
    if receipt.state != "valid":
        raise ReceiptSettled
    waiting = select(ReceiptCorrection.id).where(ReceiptCorrection.cti == cti, ReceiptCorrection.state == "waiting")
    if db.session.scalar(waiting):
        raise CorrectionWaiting
    wish = ReceiptCorrection(id=new_id(), cti=cti, kind=kind, reason=reason, asked_by=actor.id, asked_at=now)
    db.session.add(wish)
    ledger.record("receipt.change_asked", actor, now, object_id=wish.id, task_id=task.id, cti=cti, kind=kind)
    return wish


def decide(actor: Actor, cti: str, wish_id: str, kit: Kit, now: datetime) -> Receipt:
    """Agree to a wish as the second person; a correction issues the next receipt of the visit."""
    receipt, task = _lock(actor, cti, Action.RECEIPT_APPROVE)
    wish = db.session.get(ReceiptCorrection, wish_id)
    if wish is None or wish.cti != cti:
        raise NotFound
    if wish.asked_by == actor.id:
        raise SecondPersonNeeded
    if wish.state != "waiting" or receipt.state != "valid":
        raise ReceiptSettled
    wish.state = "done"
    wish.decided_by = actor.id
    wish.decided_at = now
    receipt.reason = wish.reason
    if wish.kind == "annul":
        receipt.state = "annulled"
        receipt.annulled_at = now
        receipt.annulled_by = actor.id
        latest = receipt
    else:
        latest = _reissue(actor, receipt, task, wish, kit, now)
    ledger.record(
        f"receipt.{receipt.state}", actor, now, object_id=wish.id, task_id=task.id, cti=cti, latest=latest.cti
    )
    hold.tell(task, now)
    return latest


def _reissue(actor: Actor, receipt: Receipt, task: Task, wish: ReceiptCorrection, kit: Kit, now: datetime) -> Receipt:
    visit = db.session.get_one(Visit, receipt.visit_id)
    evidence = list(
        db.session.scalars(select(Evidence).where(Evidence.visit_id == visit.id).order_by(Evidence.position))
    )
    latest = issue_receipt(
        actor,
        court_context(task, visit.worker_id, kit),
        visit,
        evidence,
        kit,
        now,
        seq=receipt.seq + 1,
        previous=receipt.cti,
        reason=wish.reason,
    )
    latest.confirmed_at = receipt.confirmed_at
    receipt.state = "corrected"
    receipt.corrected_by = latest.cti
    return latest
