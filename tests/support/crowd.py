"""Thousands of tasks in a moment: one case and one party, rows written in bulk, spread over cells and states."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from grid.core import clock
from grid.core.ids import new_id
from grid.flows.bulk import insert_rows
from grid.flows.unit import transaction
from grid.models import DocumentLine, Task, Unit, db
from tests.support.district import District
from tests.support.reported import put_case

STATES = ("routed", "closed", "dispatched", "working", "closed", "archived", "reported", "cancelled")


def put_crowd(app: Flask, district: District, count: int) -> None:
    """Add `count` tasks of FG001 and FG002; every eighth of each state, a third without a report."""
    now = clock.now()
    with app.app_context(), transaction():
        case, party, address = put_case(district, district.officer)
        other = district.person("FG002")
        cells = db.session.execute(select(Unit.id, Unit.path, Unit.parent_id).where(Unit.kind == "cell")).all()
        streets = dict(db.session.execute(select(Unit.id, Unit.parent_id).where(Unit.kind == "community")).all())
        columns = (
            "id", "no", "kind", "court_id", "case_id", "case_no", "addressee_id", "address_id", "mode", "state",
            "officer_id", "unit_id", "unit_path", "street_id", "cell_id", "urgent", "instruction", "created_at",
            "dispatched_at", "reported_at", "due_on", "due_at", "changed_at",
            "papers_text", "copies",
        )  # fmt: skip
        rows, lines = [], []
        for n in range(count):
            cell = cells[n % len(cells)]
            state = STATES[n % len(STATES)]
            due = now + timedelta(hours=(n * 7919) % 4000 - 2000)
            reported = now - timedelta(minutes=(n * 104729) % 50_000) if n % 3 else None
            task_id = new_id()
            rows.append(
                (task_id, f"送2026-{n + 1:06d}", "delivery", case.court_id, case.id,
                 f"（2026）皖0503执{(n * 31) % count + 1}号", party.id, address.id, "entrusted_handover", state,
                 district.officer.id if n % 4 else other.id, cell.id, cell.path, streets[cell.parent_id], cell.id,
                 n % 10 == 0, "", now, None if n % 9 == 0 else now - timedelta(minutes=(n * 15485863) % 90_000),
                 reported, clock.local_date(due), due, now, "执行通知书1份", 1)
            )  # fmt: skip
            lines.append((new_id(), task_id, 1, "exec_notice", "执行通知书"))
        connection = db.session.connection()
        insert_rows(connection, Task.__table__, columns, rows)
        insert_rows(connection, DocumentLine.__table__, ("id", "task_id", "position", "type", "name"), lines)
    with app.app_context():
        # What autovacuum does on its own after a while: tell the planner how many rows there are.
        db.session.execute(db.text("ANALYZE"))
        db.session.commit()
