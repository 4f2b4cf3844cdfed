"""A hundred thousand closed deliveries in a database, put there in bulk; their sealed fields cannot be opened."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import insert, select, text

from grid.core import clock
from grid.core.ids import new_id
from grid.models import Address, Case, DocumentLine, Party, Task, Unit, Visit, db
from tests.support.district import District

CHUNK = 5_000
PAPERS = (("exec_notice", "执行通知书"), ("asset_report_order", "报告财产令"))
NAMES = ("赵*", "欧阳*", "阿*·*", "孙*")


def put_many_tasks(app: Flask, district: District, count: int, *, older_than_days: int = 0) -> None:
    """Add `count` closed deliveries spread over cells and half a year, then let the planner count them."""
    newest = clock.now() - timedelta(days=older_than_days)
    with app.app_context():
        cells = db.session.execute(select(Unit.id, Unit.path).where(Unit.kind == "cell")).all()
        workers = {person.unit_id: person.id for person in district.people.values() if person.role == "grid_worker"}
        for first in range(0, count, CHUNK):
            _put(district, cells, workers, range(first, min(first + CHUNK, count)), newest)
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("ANALYZE"))
        db.session.commit()
        db.session.remove()


def _put(district: District, cells: list, workers: dict[str, str], numbers: range, newest: datetime) -> None:
    officer = district.officer
    rows: dict[type, list[dict]] = {Case: [], Party: [], Address: [], Task: [], DocumentLine: [], Visit: []}
    for n in numbers:
        case_id, party_id, address_id, task_id = new_id(), new_id(), new_id(), new_id()
        unit_id, path = cells[n % len(cells)]
        at = newest - timedelta(minutes=2 * n)
        rows[Case].append(
            {"id": case_id, "court_id": officer.court_id, "officer_id": officer.id, "created_at": at,
             "case_no": f"（2026）皖0503执{n + 1_000_000}号", "cause": "民间借贷纠纷"}
        )  # fmt: skip
        rows[Party].append(
            {"id": party_id, "case_id": case_id, "role": "debtor", "kind": "natural", "name_sealed": "-",
             "name_index": f"{n:064x}", "name_masked": NAMES[n % 4], "created_at": at}
        )  # fmt: skip
        rows[Address].append(
            {"id": address_id, "party_id": party_id, "text_sealed": "-", "community": "濮塘社区", "created_at": at,
             "source": "confirmation"}
        )  # fmt: skip
        rows[Task].append(
            {"id": task_id, "no": f"送2025-{n:06d}", "kind": "delivery", "court_id": officer.court_id,
             "case_id": case_id, "case_no": f"（2026）皖0503执{n + 1_000_000}号", "addressee_id": party_id,
             "address_id": address_id, "mode": "entrusted_handover", "state": "closed", "officer_id": officer.id,
             "unit_id": unit_id, "unit_path": path, "street_id": path.strip("/").split("/")[2], "cell_id": unit_id,
             "worker_id": workers[unit_id], "visit_count": 1, "created_at": at, "dispatched_at": at, "routed_at": at,
             "taken_at": at + timedelta(hours=1), "take_due_at": at + timedelta(days=1),
             "first_visit_at": at + timedelta(hours=20), "first_visit_due_at": at + timedelta(days=3),
             "due_at": at + timedelta(days=5), "due_on": (at + timedelta(days=5)).date(),
             "reported_at": at + timedelta(days=1 + n % 7), "closed_at": at + timedelta(days=9),
             "papers_text": "执行通知书1份；报告财产令1份", "copies": 2,
             "signer_text": f"{NAMES[n % 4]}（本人）", "outcome": "signed_self", "verdict": "served",
             "receipt_on": (at + timedelta(days=1)).date(),
             "effective_on": (at + timedelta(days=1)).date(), "changed_at": at}
        )  # fmt: skip
        rows[DocumentLine] += [
            {"id": new_id(), "task_id": task_id, "position": place, "type": code, "name": name, "copies": 1}
            for place, (code, name) in enumerate(PAPERS, 1)
        ]
        rows[Visit].append(
            {"id": new_id(), "task_id": task_id, "worker_id": workers[unit_id], "ordinal": 1, "outcome": "signed_self",
             "signer_masked": NAMES[n % 4], "signer_relation": "self", "body_sealed": "-", "digest": "0" * 64,
             "started_at": at, "made_at": at, "happened_at": at, "received_at": at}
        )  # fmt: skip
    for model, values in rows.items():
        db.session.execute(insert(model), values)
    db.session.commit()
