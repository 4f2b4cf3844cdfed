"""The filled 送达回证 of a task: what the report says, the court's dates, and the receipt's QR."""

from dataclasses import replace
from datetime import date
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.errors import NotFound
from grid.core.words.service import RELATION_LABELS, SignerRelation
from grid.core.words.tokens import METHOD_LABELS, ReceiptMethod
from grid.kinds.delivery import reasons
from grid.models import Address, Case, DocumentLine, Party, Person, Receipt, Task, Unit, Visit, db
from grid.rules.qrtext import receipt_url
from grid.tools import pdf
from grid.tools.kit import Kit
from grid.tools.qr import qr_svg
from grid.tools.shortcode import spaced


def chinese_date(day: date | str | None) -> str:
    """Write 2026年11月24日; empty for none."""
    if not day:
        return ""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.year}年{day.month}月{day.day}日"


def filled_receipt(task: Task, kit: Kit) -> pdf.ServiceReceiptData:
    """Return the paper of the task's latest receipt; raises NotFound before there is one."""
    receipt = db.session.scalars(
        select(Receipt)
        .where(Receipt.task_id == task.id)
        .order_by(Receipt.issued_at.desc(), Receipt.seq.desc())
        .limit(1)
    ).first()
    if receipt is None:
        raise NotFound
    visit = db.session.get_one(Visit, receipt.visit_id)
    body = orjson.loads(kit.vault.open_sealed(visit.body_sealed, f"visit.body:{visit.id}:{visit.revision}"))
    case = db.session.get_one(Case, task.case_id)
    party = db.session.get_one(Party, task.addressee_id)
    address = db.session.get_one(Address, task.address_id)
    worker = db.session.get_one(Person, visit.worker_id)
    lines = db.session.scalars(
        select(DocumentLine).where(DocumentLine.task_id == task.id).order_by(DocumentLine.position)
    )
    paper = pdf.ServiceReceiptData(
        court=db.session.get_one(Unit, task.court_id).name,
        case_no=case.case_no,
        cause=case.cause,
        documents=tuple(pdf.DocumentLine(row.name, row.no, str(row.copies)) for row in lines),
        addressee=kit.vault.open_sealed(party.name_sealed, f"party.name:{party.id}"),
        address=kit.vault.open_sealed(address.text_sealed, f"address.text:{address.id}"),
        method=METHOD_LABELS[ReceiptMethod(receipt.method)],
        assistant=f"{worker.name}（网格员 {worker.worker_no}）",
        serving_officer=db.session.get_one(Person, task.officer_id).name,
        issuer=db.session.get_one(Person, task.officer_id).name,
        qr_svg=qr_svg(receipt_url(kit.settings.public_origin, receipt.token)),
        qr_lines=(spaced(receipt.short_code), "扫码核验 / 手输核验", "法院、网格员不会通过本码收费"),
        filled=True,
        remarks=remarks(task, visit, body),
    )
    columns: dict[str, Any] = signed(visit, body, task.receipt_on)
    return replace(paper, **columns)


def signed(visit: Visit, body: dict[str, Any], receipt_on: date | None) -> dict[str, str]:
    """Return the signature columns: the addressee's, or the 代收 column with relation and reason (rule 7)."""
    answers = body["answers"]
    on = chinese_date(receipt_on or answers.get("receipt_date"))
    signer = answers.get("signer")
    if visit.outcome == "refused":
        label = reasons.REFUSAL.get(answers.get("refusal_reason") or "", "")
        note = answers.get("refusal_note") or ""
        return {
            "refusal": "；".join(part for part in (label, note) if part),
            "refused_at": chinese_date(body["made_at"][:10]),
        }
    if not signer:
        return {}
    relation = SignerRelation(signer["relation"])
    mark = "（捺印见证据）" if answers.get("signature_kind") == "thumbprint" else "（签名见证据）"
    if relation is SignerRelation.SELF:
        return {"signature": signer["name"] + mark, "signed_at": on}
    why = f"，{signer['reason']}" if signer.get("reason") else ""
    return {"receiver": f"{signer['name']}（{RELATION_LABELS[relation]}{why}）{mark}", "received_at": on}


def remarks(task: Task, visit: Visit, body: dict[str, Any]) -> str:
    """Return the notes line: task number, visit, papers that were not handed over, the legal date once fixed."""
    kept = [line for line in body["answers"].get("lines", []) if not line["handed"]]
    parts = [f"任务 {task.no}，第 {visit.ordinal} 次走访"]
    if kept:
        parts.append(f"{len(kept)} 份文书未交付")
    if task.effective_on:
        parts.append(f"法院核定送达日期 {chinese_date(task.effective_on)}")
    return "；".join(parts)
