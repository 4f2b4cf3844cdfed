"""The demo's tasks stand in every open state, told by the real flows in the order of time."""

from collections import Counter

import pytest
from sqlalchemy import select, update

from grid.core import clock
from grid.flows.demo_tasks import AGE, STORIES, make_tasks
from grid.flows.unit import transaction
from grid.models import CourtSetting, Evidence, LedgerLeaf, Task, Visit, db
from tests.support.signed_in import Browser


@pytest.mark.only_database("sqlite", reason="the flows it uses have their own tests on both")
def test_the_demo_is_a_living_district(app, district) -> None:
    with app.app_context():
        with transaction():
            # The test's court was founded today, the demo's some days ago.
            db.session.execute(update(CourtSetting).values(effective_on=clock.local_date(clock.now() - AGE)))
            assert make_tasks(district.kit, clock.now()) == len(STORIES)
        states = Counter(db.session.scalars(select(Task.state)))
        times = db.session.scalars(
            select(LedgerLeaf.at).where(LedgerLeaf.task_id.is_not(None)).order_by(LedgerLeaf.idx)
        ).all()
        assert times == sorted(times)
        waiting = db.session.scalars(select(Evidence.id).where(Evidence.original_at.is_(None))).all()
        assert len(waiting) == 5
        for evidence in db.session.scalars(select(Evidence).where(Evidence.original_at.is_not(None))):
            district.kit.blobs.verify(evidence.sha256)
        outcomes = set(db.session.scalars(select(Visit.outcome)))
    assert sum(states.values()) == len(STORIES)
    for state in ("draft", "dispatched", "routed", "taken", "working", "reported", "closed", "suspended", "cancelled"):
        assert states[state], state
    assert {"signed_self", "signed_cohabiting_adult", "signed_mail_room", "absent", "refused", "moved"} == outcomes
    cards = Browser(app, district, "WG010101").get("/changes", cursor=0).json["tasks"]
    assert len(cards) >= 6
    assert any(card["sent_back"] for card in cards)
    assert any(len(card["address"]["text"]) >= 60 for card in cards if card["state"] != "routed")
    officer = Browser(app, district, "FG001").get("/tasks", size=200).json
    assert any(row["overdue"] for row in officer["items"])
    assert [row["state"] for row in Browser(app, district, "GL001").get("/tasks", approval="1").json["items"]] == [
        "draft"
    ]
