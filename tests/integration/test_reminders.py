"""Reminders on real tasks: each point once, to those concerned, through silences and moves."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.flows import hold, reminders
from grid.flows.unit import transaction
from grid.models import Feed, LedgerLeaf, Message, Task, db
from tests.support.counting import counted
from tests.support.reported import at, put_task

START = at("2026-11-23 09:00")
HELD = {
    "dispatched_at": START, "routed_at": START, "changed_at": START, "take_due_at": START + timedelta(hours=24),
    "taken_at": None, "first_visit_due_at": START + timedelta(hours=72), "due_at": START + timedelta(hours=100),
    "worker_id": None,
}  # fmt: skip


@pytest.fixture
def names(district):
    return {person.id: person.staff_no for person in district.people.values()}


def look(district, now: datetime) -> int:
    count = 0
    while True:
        with transaction():
            found = reminders.remind(district.kit, now)
        count += found
        if found < reminders.BATCH:
            return count


def told(names) -> Counter:
    """Count messages by title and reader."""
    rows = db.session.execute(select(Message.title, Message.person_id)).all()
    db.session.rollback()
    return Counter((row.title, names[row.person_id]) for row in rows)


def routed(district, **facts) -> str:
    with transaction():
        task = put_task(district, state=TaskState.ROUTED, **HELD | facts)
    return task.id


def test_the_ladder_climbs_from_worker_to_district_each_point_once(app, district, names) -> None:
    with app.app_context():
        routed(district, due_at=None)
        climbs = [
            (1, set()), (13, {"WG010101"}), (20, {"WG010101", "WZ0101"}), (25, {"WG010101", "WZ0101", "JD01"}),
            (49, {"WG010101", "WZ0101", "JD01", "QZ001"}),
            (97, {"WG010101", "WZ0101", "JD01", "QZ001", "FG001", "ZH001"}),
        ]  # fmt: skip
        before: Counter = Counter()
        for hours, readers in climbs:
            for _ in range(2):
                look(district, START + timedelta(hours=hours))
            now = told(names)
            assert {reader for _, reader in now - before} == readers, hours
            assert max(now.values(), default=1) == 1, "nobody is told twice"
            before = now
        assert look(district, START + timedelta(days=60)) == 0, "after the last point nobody looks again"
        task = db.session.scalars(select(Task)).one()
        assert task.flags == ["supervised"]
        actions = db.session.scalars(select(LedgerLeaf.action).where(LedgerLeaf.task_id == task.id)).all()
        assert Counter(actions) == {"task.reminded": 4, "task.supervised": 1}


def test_a_silence_is_not_made_up_in_a_row(app, district, names) -> None:
    with app.app_context():
        routed(district, due_at=None)
        look(district, START + timedelta(days=10))
        found = told(names)
        assert {title for title, _ in found} == {"网格员接单已逾期一天", "督办：网格员接单已逾期三天"}


def test_a_clock_set_back_reminds_nobody_twice(app, district, names) -> None:
    with app.app_context():
        routed(district, due_at=None)
        look(district, START + timedelta(hours=25))
        before = told(names)
        look(district, START + timedelta(hours=1))
        look(district, START + timedelta(hours=25))
        assert told(names) == before


def test_a_moved_task_is_looked_at_anew_and_a_done_one_left_alone(app, district, names) -> None:
    with app.app_context():
        task_id = routed(district)
        look(district, START)
        with transaction():
            task = db.session.get_one(Task, task_id)
            assert task.remind_at == START + timedelta(hours=12)
            hold.move(task, Verb.RECALL, None, START)
            assert task.remind_at is None
        assert look(district, START + timedelta(days=30)) == 1
        assert told(names) == Counter()


def test_a_task_nobody_routed_alarms_the_centres(app, district, names) -> None:
    with app.app_context():
        with transaction():
            put_task(district, state=TaskState.DISPATCHED, **HELD | {"routed_at": None, "take_due_at": None})
        look(district, at("2026-11-23 15:01"))
        assert told(names) == Counter({("综治中心分派已经到期", reader): 1 for reader in ("JD01", "QZ001", "ZH001")})


def test_a_report_waiting_for_the_officer_presses_the_officer(app, district, names) -> None:
    with app.app_context():
        with transaction():
            put_task(district, state=TaskState.REPORTED, reported_at=START)
        look(district, at("2026-11-26 23:59") + timedelta(minutes=1))
        assert told(names) == Counter({("执行法官核实已经到期", reader): 1 for reader in ("FG001", "ZH001")})


def test_the_phone_hears_of_it(app, district) -> None:
    with app.app_context():
        routed(district, due_at=None)
        look(district, START + timedelta(hours=13))
        rows = db.session.execute(select(Feed.person_id, Feed.kind)).all()
        assert (district.worker.id, "message") in [tuple(row) for row in rows]


def test_messages_name_nobody(app, district) -> None:
    with app.app_context():
        routed(district)
        look(district, START + timedelta(days=20))
        text = " ".join(f"{row.title}{row.text}" for row in db.session.scalars(select(Message)))
        assert "王某测" not in text
        assert "王*" not in text


def test_looking_at_quiet_tasks_is_cheap(app, district) -> None:
    with app.app_context():

        def cost(count: int) -> int:
            for _ in range(count):
                routed(district)
            with counted() as statements:
                assert look(district, START) == count
            return len(statements)

        assert cost(2) == cost(20)
