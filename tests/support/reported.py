"""Cases, tasks and visits put straight into the database, standing where a test wants them."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import orjson

from grid.core import clock
from grid.core.content import content_digest
from grid.core.ids import new_id
from grid.core.words.tasks import TaskState
from grid.models import Address, Case, DocumentLine, Evidence, Party, Person, Task, Visit, db
from grid.rules.calendar import end_of_day
from grid.rules.masking import mask_name, signer_words
from tests.support.district import District

_numbers = count(1)
HOME = (118.4751, 31.6762)
TAKEN = frozenset({"taken", "working", "reported", "verifying", "closed", "archived"})
REPORTED = frozenset({"reported", "verifying", "closed", "archived"})


def put_case(district: District, officer: Person, name: str = "王某测") -> tuple[Case, Party, Address]:
    """Add a case with one debtor and his address."""
    vault, now, n = district.kit.vault, clock.now(), next(_numbers)
    case = Case(
        id=new_id(), court_id=officer.court_id, officer_id=officer.id, case_no=f"（2026）皖0503执{n}号",
        cause="民间借贷纠纷", created_at=now,
    )  # fmt: skip
    party_id, address_id = new_id(), new_id()
    party = Party(
        id=party_id, case_id=case.id, role="debtor", kind="natural",
        name_sealed=vault.seal(name, f"party.name:{party_id}"),
        name_index=vault.blind_index(name, "party.name"), name_masked=mask_name(name), created_at=now,
        id_no_sealed=vault.seal("340503199001010018", f"party.id_no:{party_id}"), id_no_masked="340503********0018",
        phone_sealed=vault.seal("19900009999", f"party.phone:{party_id}"), phone_masked="199****9999",
    )  # fmt: skip
    address = Address(
        id=address_id, party_id=party_id, source="confirmation", street="濮塘镇", community="濮塘社区",
        text_sealed=vault.seal("濮塘社区 1 幢 101 室", f"address.text:{address_id}"), lng=HOME[0], lat=HOME[1],
        datum="wgs84", created_at=now,
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    db.session.add(party)
    db.session.flush()
    db.session.add(address)
    db.session.flush()
    return case, party, address


def put_task(
    district: District, *, state: TaskState = TaskState.REPORTED, worker: Person | None = None,
    officer: Person | None = None, papers: tuple[str, ...] = ("exec_notice", "asset_report_order"), **facts: Any,
) -> Task:  # fmt: skip
    """Add a case and a task of it in a given state, with plausible instants; facts override columns."""
    officer, worker = officer or district.officer, worker or district.worker
    case, party, address = put_case(district, officer)
    now = clock.now()
    dispatched = now - timedelta(days=3)
    due_on = clock.local_date(now + timedelta(days=2))
    held = state.value in TAKEN
    columns: dict[str, Any] = {
        "id": new_id(), "no": f"XZ2026{next(_numbers):06d}", "kind": "delivery", "court_id": officer.court_id,
        "case_id": case.id, "case_no": case.case_no, "addressee_id": party.id, "address_id": address.id,
        "mode": "entrusted_handover",
        "state": state.value, "officer_id": officer.id, "unit_id": worker.unit_id,
        "unit_path": district.paths[worker.unit_id], "cell_id": worker.unit_id,
        "street_id": district.paths[worker.unit_id].split("/")[3],
        "worker_id": worker.id if held else None,
        "papers_text": "；".join(f"{code}1份" for code in papers), "copies": len(papers),
        "created_at": dispatched, "dispatched_at": dispatched, "routed_at": dispatched, "changed_at": now,
        "taken_at": dispatched + timedelta(hours=2) if held else None,
        "take_due_at": dispatched + timedelta(days=1), "due_on": due_on, "due_at": end_of_day(due_on),
        "reported_at": now - timedelta(hours=1) if state.value in REPORTED else None,
    }  # fmt: skip
    task = Task(**columns | facts)
    db.session.add(task)
    db.session.flush()
    for position, code in enumerate(papers, 1):
        db.session.add(DocumentLine(id=new_id(), task_id=task.id, position=position, type=code, name=code, copies=1))
    db.session.flush()
    return task


def visit_body(task: Task, *, outcome: str = "signed_self", photos: int = 2, **facts: Any) -> dict[str, Any]:
    """Return a visit as a phone sends it."""
    now = clock.now() - timedelta(hours=2)
    body: dict[str, Any] = {
        "id": new_id(), "task_id": task.id, "outcome": outcome, "started_at": clock.iso(now - timedelta(minutes=9)),
        "ended_at": clock.iso(now), "made_at": clock.iso(now), "contact": "door", "met_name": "王某测",
        "narrative": "当面交给本人，已核对文书", "companions": "", "safety": "",
        "answers": {
            "signer": {"name": "王某测", "relation": "self", "id_last4": "0018"},
            "lines": [], "receipt_date": clock.local_date(now).isoformat(), "signature_kind": "signature",
        },
        "packet": {"token_text": None, "cti": None, "checked": "ok"},
        "place": {"lng": HOME[0], "lat": HOME[1], "accuracy_m": 12.0, "age_s": 3.0, "source": "gps"},
        "clock": {"skew_ms": 150, "anchor_at": clock.iso(now), "monotonic_ms": 1000},
        "evidence": [
            {"id": new_id(), "item": item, "name": item, "sha256": f"{n:064x}", "size": 1000, "mime": "image/jpeg",
             "display": {"sha256": f"{n + 500:064x}", "size": 100}, "grade": "A", "grade_reason": "",
             "made_at": clock.iso(now)}
            for n, item in zip(range(1, photos + 1), ("receipt_front", "door", "receipt_back"), strict=False)
        ],
    }  # fmt: skip
    return body | facts


def put_visit(district: District, task: Task, body: dict[str, Any] | None = None, **facts: Any) -> Visit:
    """Add a visit with its declared photos, as the server keeps them."""
    body = body or visit_body(task)
    revision = facts.get("revision", 1)
    signer = body["answers"].get("signer") or {}
    place = body["place"]
    columns: dict[str, Any] = {
        "id": body["id"], "task_id": task.id, "worker_id": task.worker_id or district.worker.id,
        "ordinal": task.visit_count + 1, "outcome": body["outcome"], "digest": content_digest(body),
        "body_sealed": district.kit.vault.seal(orjson.dumps(body).decode(), f"visit.body:{body['id']}:{revision}"),
        "signer_masked": mask_name(signer["name"]) if signer else "", "signer_relation": signer.get("relation", ""),
        "lng": place.get("lng"), "lat": place.get("lat"), "accuracy_m": place.get("accuracy_m"),
        "started_at": clock.parse_iso(body["started_at"]), "made_at": clock.parse_iso(body["made_at"]),
        "happened_at": clock.parse_iso(body["made_at"]),
        "received_at": clock.now() - timedelta(hours=1),
    }  # fmt: skip
    visit = Visit(**columns | facts)
    task.visit_count += 1
    task.outcome = visit.outcome
    task.signer_text = signer_words(visit.signer_masked, visit.signer_relation)
    db.session.add(visit)
    db.session.flush()
    for position, item in enumerate(body["evidence"], 1):
        db.session.add(
            Evidence(
                id=item["id"],
                visit_id=visit.id,
                task_id=task.id,
                position=position,
                item=item["item"],
                sha256=item["sha256"],
                size=item["size"],
                mime=item["mime"],
                display_sha256=item["display"]["sha256"],
                display_size=item["display"]["size"],
                grade=item["grade"],
                made_at=clock.parse_iso(item["made_at"]),
            )
        )
    db.session.flush()
    return visit


def at(text: str) -> datetime:
    """Return the UTC instant of a Shanghai wall clock time, like '2026-11-24 21:30'."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI).astimezone(UTC)
