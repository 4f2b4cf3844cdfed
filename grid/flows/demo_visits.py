"""Visits of the demo district: reported through the real flow, with drawn photos in the real store."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import iso, local_date
from grid.core.ids import new_id
from grid.flows import uploads, visit
from grid.kinds.delivery.checklists import ITEMS
from grid.kinds.delivery.schema import VisitSchema
from grid.models import Address, DocumentLine, Packet, Party, Task, db
from grid.tools.demo_pictures import draw_photo
from grid.tools.kit import Kit

PHOTOS = {
    "signed": ("door", "envelope", "receipt_front", "receipt_back", "signature"),
    "absent": ("locked_door", "door"),
    "refused": ("door",),
    "moved": ("door", "statement"),
}
WORDS = {
    "signed_self": "本人在家，当面清点文书后签收。",
    "signed_cohabiting_adult": "本人外出，其妻子同住，清点后代收。",
    "signed_mail_room": "收发室工作人员清点后签收并盖收件章。",
    "absent": "敲门无人应答，已把留言条装信封塞入门缝。",
    "refused": "本人在家，听说是法院文书后不肯签收，已电话报告法官。",
    "moved": "邻居和物业说半年前已搬走，物业出具了说明。",
}


def report_visit(
    actor: Actor, task: Task, outcome: str, kit: Kit, now: datetime, *, bring_photos: bool = True
) -> dict[str, Any]:
    """Hand in one visit of a task the actor holds; its photos arrive at once unless told otherwise."""
    party = db.session.get_one(Party, task.addressee_id)
    if outcome == "signed_self" and party.kind != "natural":
        outcome = "signed_mail_room"
    kind = "signed" if outcome.startswith("signed_") else outcome
    began = now - timedelta(minutes=14)
    pictures = {item: _picture(item, task, began) for item in PHOTOS[kind]}
    body: dict[str, Any] = {
        "id": new_id(), "task_id": task.id, "outcome": outcome, "started_at": iso(began),
        "ended_at": iso(now - timedelta(minutes=3)), "made_at": iso(now - timedelta(minutes=2)), "contact": "door",
        "met_name": "", "narrative": WORDS[outcome], "answers": _answers(task, outcome, kit, now),
        "packet": _packet(task, kind), "place": _place(task), "clock": {"skew_ms": 320.0},
        "evidence": [
            {"id": new_id(), "item": item, "name": f"{item}.jpg", "mime": "image/jpeg", "grade": "A", "display": None,
             "made_at": iso(began), "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            for item, data in pictures.items()
        ],
    }  # fmt: skip
    result = visit.record(actor, {"kind": "delivery", "visit": dict(VisitSchema().load(body))}, kit, now)
    if bring_photos:
        for item in body["evidence"]:
            declared = uploads.read_declared(actor, item["id"], "original")
            uploads.store_whole(declared, pictures[item["item"]], None, kit)
            uploads.arrive(actor, declared, now)
    return result


def _picture(item: str, task: Task, at: datetime) -> bytes:
    seed = int.from_bytes(hashlib.sha256(f"{task.id}{item}{at}".encode()).digest()[:6])
    return draw_photo(ITEMS[item][0], f"任务 {task.no}", seed)


def _packet(task: Task, kind: str) -> dict[str, Any]:
    if kind != "signed":
        return {"token_text": None, "cti": None, "checked": "none"}
    cti = db.session.scalars(
        select(Packet.cti).where(Packet.task_id == task.id).order_by(Packet.issued_at.desc())
    ).first()
    return {"token_text": None, "cti": cti, "checked": "ok"}


def _place(task: Task) -> dict[str, Any]:
    home = db.session.execute(select(Address.lng, Address.lat).where(Address.id == task.address_id)).one()
    if home.lng is None:
        return {"none_reason": "no_signal"}
    return {"lng": home.lng + 0.0002, "lat": home.lat - 0.0001, "accuracy_m": 18.0, "age_s": 3.0, "source": "gps"}


def _answers(task: Task, outcome: str, kit: Kit, now: datetime) -> dict[str, Any]:
    if outcome == "refused":
        return {"lines": [], "refusal_reason": "unfair", "refusal_note": "说判得不公平"}
    if outcome == "moved":
        return {"lines": [], "moved_to": "不详", "statement_unit": "物业服务中心"}
    if outcome == "absent":
        return {"lines": [], "next_visit_on": (local_date(now) + timedelta(days=1)).isoformat()}
    party = db.session.get_one(Party, task.addressee_id)
    name = kit.vault.open_sealed(party.name_sealed, f"party.name:{party.id}")
    signer: dict[str, Any] = {"name": name, "relation": "self", "id_last4": "0018"}
    if outcome == "signed_cohabiting_adult":
        signer = {"name": "程演示", "relation": "cohabiting_adult", "adult": True, "cohabiting": True,
                  "adverse": False, "reason": "working"}  # fmt: skip
    if outcome == "signed_mail_room":
        signer = {"name": "康演示", "relation": "mail_room", "seal": "收件专用章", "reason": "post", "adverse": False}
    lines = db.session.scalars(select(DocumentLine.id).where(DocumentLine.task_id == task.id))
    return {
        "signer": signer,
        "lines": [{"document_id": line, "handed": True} for line in lines],
        "receipt_date": local_date(now).isoformat(),
        "signature_kind": "signature",
    }
