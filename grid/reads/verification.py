"""What anybody may learn about a slip, receipt or packet: no names, no amounts, the case number masked."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from grid.core.words.tokens import METHOD_LABELS, ReceiptMethod, TokenKind
from grid.models import Case, DocumentLine, Packet, Person, Receipt, Slip, Task, Unit, db
from grid.rules.masking import mask_case_no
from grid.tools.statuslist import Entry

PUBLIC_STATES = {"valid": "valid", "corrected": "corrected", "annulled": "annulled"}


def by_cti(cti: str, now: datetime) -> dict[str, Any] | None:
    """Describe the token with this cti, or None."""
    receipt = db.session.get(Receipt, cti)
    if receipt is not None:
        return _receipt(receipt, now)
    slip = db.session.get(Slip, cti)
    if slip is not None:
        ended = slip.revoked_at is not None or slip.expires_at <= now
        return _about(TokenKind.SLIP, slip.task_id, slip.worker_id, slip.issued_at, now) | {
            "state": "expired" if ended else "valid"
        }
    packet = db.session.get(Packet, cti)
    if packet is not None:
        ended = packet.revoked_at is not None or packet.expires_at <= now
        return _about(TokenKind.PACKET, packet.task_id, None, packet.issued_at, now) | {
            "state": "expired" if ended else "valid"
        }
    return None


def by_short_code(code: str, now: datetime) -> dict[str, Any] | None:
    """Describe a receipt by its short code, with the token for the page's own check, or None."""
    receipt = db.session.scalars(select(Receipt).where(Receipt.short_code == code)).one_or_none()
    return None if receipt is None else _receipt(receipt, now) | {"token": receipt.token, "cti": receipt.cti}


def _receipt(receipt: Receipt, now: datetime) -> dict[str, Any]:
    worker_id = db.session.scalar(select(Task.worker_id).where(Task.id == receipt.task_id))
    successor = None
    if receipt.corrected_by:
        successor = db.session.scalar(select(Receipt.short_code).where(Receipt.cti == receipt.corrected_by))
    return _about(TokenKind.RECEIPT, receipt.task_id, worker_id, receipt.issued_at, now) | {
        "state": PUBLIC_STATES[receipt.state],
        "corrected_by": successor,
        "confirmed": receipt.confirmed_at is not None,
        "method_label": METHOD_LABELS[ReceiptMethod(receipt.method)],
        "short_code": receipt.short_code,
        "seq": receipt.seq,
    }


def _about(kind: TokenKind, task_id: str, worker_id: str | None, issued_at: datetime, now: datetime) -> dict[str, Any]:
    row = db.session.execute(
        select(Case.case_no, Unit.name, Unit.facts)
        .join(Task, Task.case_id == Case.id)
        .join(Unit, Unit.id == Task.court_id)
        .where(Task.id == task_id)
    ).one()
    worker_no = db.session.scalar(select(Person.worker_no).where(Person.id == worker_id)) if worker_id else None
    names = db.session.scalars(
        select(DocumentLine.name).where(DocumentLine.task_id == task_id).order_by(DocumentLine.position)
    )
    return {
        "kind": kind.value,
        "court": row.name,
        "hotline": row.facts.get("hotline", ""),
        "duty_phone": row.facts.get("duty_phone", ""),
        "case_no_masked": mask_case_no(row.case_no),
        "documents": list(names),
        "worker_no": worker_no,
        "issued_at": issued_at,
        "server_time": now,
    }


def court_card() -> dict[str, Any]:
    """Return the court's public name and phones."""
    row = db.session.execute(select(Unit.name, Unit.facts).where(Unit.kind == "court").limit(1)).one()
    return {"name": row.name, "hotline": row.facts.get("hotline", ""), "duty_phone": row.facts.get("duty_phone", "")}


def status_counter() -> int:
    """Count every change of state a receipt went through: it grows with each change of the list, and never shrinks.

    Being corrected and being annulled each leave a mark that is never taken off, whichever came first.
    """
    changes = func.count(Receipt.corrected_by) + func.count(Receipt.annulled_at)
    return db.session.scalar(select(changes).where(Receipt.state != "valid")) or 0


def status_entries() -> dict[str, Entry]:
    """Return cti → what became of it, for every receipt that was corrected or annulled; an annulled one has no heir."""
    successor = select(Receipt.cti, Receipt.short_code).subquery()
    rows = db.session.execute(
        select(Receipt.cti, Receipt.state, successor.c.short_code)
        .outerjoin(successor, and_(successor.c.cti == Receipt.corrected_by, Receipt.state == "corrected"))
        .where(Receipt.state != "valid")
    )
    return {row.cti: Entry(row.state, row.short_code) for row in rows}
