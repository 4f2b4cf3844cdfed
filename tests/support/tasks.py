"""Delivery tasks for tests, dispatched to the first cell, and visits as a phone would send them."""

import hashlib
from datetime import timedelta
from typing import Any

from flask import Flask

from grid.core import clock
from grid.core.clock import iso, local_date
from grid.core.ids import new_id
from grid.core.words.verbs import Verb
from grid.flows import hold
from grid.flows.packets import issue_packet
from grid.flows.unit import transaction
from grid.models import Address, Case, DocumentLine, Party, Task, Unit, db
from grid.rules.masking import mask_name
from tests.support.district import District

_count = 0


def make_task(app: Flask, district: District, *, staff_no: str = "WG010101", debtor: str = "欧阳建国") -> str:
    """Create a case with two parties and a routed delivery of two papers; returns the task's id."""
    global _count
    _count += 1
    kit, worker, officer = district.kit, district.person(staff_no), district.officer
    now = clock.now()
    with app.app_context(), transaction():
        cell = db.session.get_one(Unit, worker.unit_id)
        case_id, task_id, address_id = new_id(), new_id(), new_id()
        db.session.add(
            Case(
                id=case_id, court_id=officer.court_id, officer_id=officer.id, case_no=f"（2026）皖0503执{_count}号",
                cause="民间借贷纠纷", created_at=now,
            )
        )  # fmt: skip
        db.session.flush()
        parties = {}
        for role, name in (("debtor", debtor), ("creditor", "赵秀兰")):
            party_id = parties[role] = new_id()
            db.session.add(
                Party(
                    id=party_id, case_id=case_id, role=role, kind="natural",
                    name_sealed=kit.vault.seal(name, f"party.name:{party_id}"),
                    name_index=kit.vault.blind_index(name, "party.name"), name_masked=mask_name(name),
                    phone_sealed=kit.vault.seal("13900001111", f"party.phone:{party_id}"), created_at=now,
                )
            )  # fmt: skip
        db.session.flush()
        db.session.add(
            Address(
                id=address_id, party_id=parties["debtor"], source="confirmation", created_at=now,
                text_sealed=kit.vault.seal("濮塘社区柳园3栋2单元501室", f"address.text:{address_id}"),
                street="濮塘镇", community="濮塘社区", lng=118.475, lat=31.675,
            )
        )  # fmt: skip
        db.session.flush()
        task = Task(
            id=task_id, no=f"送2026-{_count:06d}", kind="delivery", court_id=officer.court_id, case_id=case_id,
            addressee_id=parties["debtor"], address_id=address_id, mode="entrusted_handover", state="draft",
            officer_id=officer.id, unit_id=cell.id, unit_path=cell.path, cell_id=cell.id,
            street_id=cell.path.split("/")[3], brief={}, flags=[],
            papers_text="执行通知书1份；报告财产令1份", copies=2,
            created_at=now, changed_at=now, dispatched_at=now, due_at=now + timedelta(days=5), due_on=local_date(now),
        )  # fmt: skip
        db.session.add(task)
        db.session.flush()
        papers = (("exec_notice", "执行通知书"), ("asset_report_order", "报告财产令"))
        for position, (code, name) in enumerate(papers, 1):
            db.session.add(DocumentLine(id=new_id(), task_id=task_id, position=position, type=code, name=name))
        db.session.flush()
        issue_packet(task, kit, now)
        hold.move(task, Verb.DISPATCH, None, now)
        hold.move(task, Verb.ROUTE, None, now)
        hold.tell(task, now)
    return task_id


def picture(text: str) -> dict[str, Any]:
    """Return hash and size of some bytes, as a phone declares a file."""
    data = text.encode()
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def evidence(item: str, text: str | None = None) -> dict[str, Any]:
    """Return one declared piece of evidence."""
    return {
        "id": new_id(), "item": item, "name": f"{item}.jpg", "mime": "image/jpeg", "grade": "A",
        "made_at": iso(clock.now()), "display": None, **picture(text or new_id()),
    }  # fmt: skip


def visit(card: dict[str, Any], outcome: str = "signed_self", **changes: Any) -> dict[str, Any]:
    """Return a whole visit that meets the rules for handing everything over to the addressee."""
    now = clock.now()
    handed = outcome.startswith("signed_")
    answers: dict[str, Any] = {}
    if handed:
        answers = {
            "signer": {"name": card["addressee"]["name"], "relation": outcome.removeprefix("signed_")},
            "lines": [{"document_id": d["id"], "handed": True} for d in card["documents"]],
            "receipt_date": local_date(now).isoformat(),
            "signature_kind": "signature",
        }
    items = ("door", "envelope", "receipt_front", "receipt_back", "signature") if handed else ("door", "locked_door")
    return {
        "id": new_id(), "task_id": card["id"], "outcome": outcome, "started_at": iso(now), "ended_at": iso(now),
        "made_at": iso(now), "contact": "door", "met_name": "", "narrative": "按地址上门", "answers": answers,
        "packet": {"token_text": None, "cti": card["packet"]["cti"] if handed else None,
                   "checked": "ok" if handed else "none"},
        "place": {"lng": 118.475, "lat": 31.675, "accuracy_m": 12.0, "age_s": 3.0, "source": "gps"},
        "clock": {"skew_ms": 0, "anchor_at": None, "monotonic_ms": None},
        "evidence": [evidence(item) for item in items],
        **changes,
    }  # fmt: skip
