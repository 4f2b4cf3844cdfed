"""A month whose every figure can be counted by hand."""

from datetime import timedelta
from typing import Any

from flask import Flask

from grid.core import clock
from grid.core.ids import new_id
from grid.core.words.tasks import TaskState
from grid.flows import ledger
from grid.flows.unit import transaction
from grid.models import Review, db
from tests.support.district import District
from tests.support.reported import at, put_task, put_visit, visit_body

MONTH = "2026-10"
CLOSED = TaskState.CLOSED
D = "2026-10-12 10:00"
PLAIN: dict[str, Any] = {
    "dispatched_at": at("2026-10-12 09:00"), "routed_at": at("2026-10-12 09:30"), "taken_at": at("2026-10-12 15:00"),
    "take_due_at": at("2026-10-13 09:30"), "first_visit_at": at("2026-10-13 10:00"),
    "first_visit_due_at": at("2026-10-15 23:59"), "reported_at": at("2026-10-14 11:00"),
    "due_at": at("2026-10-19 23:59"), "closed_at": at("2026-10-20 10:00"), "verdict": "served",
}  # fmt: skip


def put_month(app: Flask, district: District) -> None:
    """Add October: seven plain tasks of one worker, and one of each trouble."""
    worker, other = district.person("WG010101"), district.person("WG020101")
    with app.app_context(), transaction():
        for _ in range(7):
            put_task(district, state=CLOSED, worker=worker, **PLAIN)
        put_task(district, state=CLOSED, worker=worker, **PLAIN | {
            "taken_at": at("2026-10-14 09:00"), "first_visit_at": at("2026-10-16 09:00"), "rounds": 2,
            "first_reported_at": at("2026-10-21 09:00"), "reported_at": at("2026-10-25 09:00"),
            "closed_at": at("2026-10-26 09:00"), "verdict": "not_served",
        })  # fmt: skip
        wrong = put_task(district, state=CLOSED, worker=other, **PLAIN | {"verdict": "assisted", "rounds": 1})
        db.session.add(
            Review(
                id=new_id(), task_id=wrong.id, officer_id=district.officer.id, decision="sent_back", round=1,
                reason_code="outcome_wrong", at=clock.now(),
            )
        )  # fmt: skip
        nothing = {"reported_at": None, "closed_at": None, "verdict": None, "first_visit_at": None}
        put_task(district, state=TaskState.WORKING, worker=other, **PLAIN | nothing)
        held = PLAIN | nothing | {"worker_id": other.id}
        cancelled = put_task(district, state=TaskState.CANCELLED, worker=other, **held)
        put_task(district, state=TaskState.SUSPENDED, worker=other, **held)
        put_task(district, state=TaskState.ROUTED, worker=worker, **PLAIN | nothing | {"taken_at": None})
        november = {key: value + timedelta(days=31) for key, value in PLAIN.items() if key != "verdict"}
        put_task(district, state=CLOSED, worker=worker, **november, verdict="served")
        visited = put_task(district, state=TaskState.WORKING, worker=other, **PLAIN | nothing)
        put_visit(district, visited, visit_body(visited, outcome="absent", answers={}), happened_at=at(D))
        put_visit(district, visited, visit_body(visited, outcome="absent", answers={}), happened_at=at(D))
        put_visit(
            district, visited, visit_body(visited, outcome="absent", answers={}), happened_at=at("2026-11-01 00:00")
        )
        officer = district.actor(district.officer)
        ledger.record("task.recalled", officer, at("2026-10-31 23:59"), task_id=cancelled.id, reason="settled")
        for reason in ("not_my_grid", "no_contact"):
            ledger.record("task.returned", district.actor(other), at(D), task_id=visited.id, reason=reason)
