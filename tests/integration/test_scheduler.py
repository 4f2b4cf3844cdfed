"""The scheduler process: one works, others wait; nothing is missed, nothing done twice."""

import os
import signal
import subprocess
import sys
import threading
import time as clocks
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
from sqlalchemy import text

from api import routines, scheduler
from api.routines import Routine
from api.singleton import AdvisoryLock, scheduler_lock
from grid.core import clock
from grid.flows import expiry, jobs
from grid.flows.job_kinds import JobKind
from grid.flows.job_table import HANDLERS
from grid.flows.unit import transaction
from grid.models import Counter, Job, Upload, db
from tests.support.reported import put_task, put_visit

PATIENCE_S = 120  # a process starts in two seconds, in many more beside other work


def until(condition) -> bool:
    """Wait for something another thread or process does."""
    end = clocks.monotonic() + PATIENCE_S
    while clocks.monotonic() < end:
        if condition():
            return True
        clocks.sleep(0.05)
    return False


@contextmanager
def running(app, count=1):
    """Let schedulers run in threads, each with a lock of its own."""
    stop = threading.Event()
    with app.app_context():
        locks = [scheduler_lock(db.engine, app.config["GRID"].data_dir) for _ in range(count)]
    threads = [threading.Thread(target=scheduler.serve, args=(app, lock, stop)) for lock in locks]
    for thread in threads:
        thread.start()
    try:
        yield locks
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE_S)
        assert not any(thread.is_alive() for thread in threads)


def test_only_one_holds_the_lock_and_the_next_takes_over(app) -> None:
    with app.app_context():
        first, second = (scheduler_lock(db.engine, app.config["GRID"].data_dir) for _ in range(2))
        assert first.take()
        assert first.take(), "taking what one has is fine"
        assert not second.take()
        first.release()
        assert not first.held()
        assert second.take()
        second.release()


@pytest.mark.only_database("postgresql", reason="a file lock cannot be lost while its process lives")
def test_a_broken_database_session_loses_the_lock(app) -> None:
    with app.app_context():
        lock = AdvisoryLock(db.engine)
        assert lock.take()
        db.session.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        )
        db.session.rollback()
        assert not lock.held()
        assert lock.take()
        lock.release()


def test_two_schedulers_do_each_job_once(app, district, monkeypatch) -> None:
    done = []
    monkeypatch.setitem(HANDLERS, "probe", JobKind("测试", lambda job: done.append(job.claimed.id)))
    with app.app_context():
        wanted = []
        for _ in range(8):
            with transaction():
                wanted.append(jobs.enqueue(district.actor(district.officer), "probe", {}, clock.now()).id)
        db.session.remove()
    with running(app, count=2) as locks:
        assert until(lambda: len(done) >= len(wanted))
        clocks.sleep(1.5)
        assert [lock.held() for lock in locks].count(True) == 1
    assert sorted(done) == sorted(wanted)


def test_a_missed_day_is_made_up_and_a_done_one_is_not_repeated(app, district) -> None:
    ran = []
    routine = Routine("probe", lambda kit: ran.append(1), daily_at=time(3, 30))
    with app.app_context():
        now = clock.now()
        assert routines.is_missed(routine, now), "never run"
        routines.run(routine, district.kit)
        assert not routines.is_missed(routine, now)
        assert routines.is_missed(routine, now + timedelta(days=1))
        with transaction():
            db.session.get(Counter, "routine.probe").value -= 90_000
        assert routines.is_missed(routine, now), "off for a day"
        assert ran == [1]


def test_a_failing_routine_does_not_count_as_done(app, district) -> None:
    def broken(kit) -> None:
        raise RuntimeError("disk")

    routine = Routine("probe", broken, daily_at=time(3, 30))
    with app.app_context():
        with pytest.raises(RuntimeError):
            routines.run(routine, district.kit)
        assert routines.is_missed(routine, clock.now())


def test_after_a_jump_of_the_clock_frequent_routines_run_at_once(app, district) -> None:
    routine = Routine("probe", lambda kit: None, every=timedelta(hours=1))
    with app.app_context():
        built = scheduler.build(app, [routine])
        built.start(paused=True)
        # The clock was a day ahead when this time was set, then somebody put it right.
        built.modify_job("probe", next_run_time=clock.now() + timedelta(days=1))
        scheduler.wake(app, built, [routine])
        assert built.get_job("probe").next_run_time <= clock.now()
        built.shutdown()


def test_unfinished_uploads_end_with_their_bytes(app, district) -> None:
    parts = district.kit.parts
    with app.app_context():
        now = clock.now()
        with transaction():
            task = put_task(district)
            visit = put_visit(district, task)
            evidence_id = db.session.scalar(text("SELECT id FROM evidence LIMIT 1"))
            for name, expires in (("a" * 32, now - timedelta(seconds=1)), ("b" * 32, now + timedelta(days=1))):
                parts.create(name)
                db.session.add(
                    Upload(
                        id=name, person_id=visit.worker_id, evidence_id=evidence_id, role="display", sha256="0" * 64,
                        length=9, created_at=now, expires_at=expires,
                    )
                )  # fmt: skip
        with transaction():
            assert expiry.expire_uploads(district.kit, now) == 1
        assert [part.id for part in parts.list()] == ["b" * 32]
        assert [row.id for row in db.session.scalars(db.select(Upload))] == ["b" * 32]


def test_parts_nobody_knows_are_swept_only_when_old(app, district) -> None:
    parts = district.kit.parts
    parts.create("c" * 32)
    with app.app_context():
        assert expiry.drop_orphan_parts(district.kit, clock.now()) == 0
        os.utime(parts.root / ("c" * 32 + ".part"), (1, 1))
        assert expiry.drop_orphan_parts(district.kit, clock.now()) == 1
    assert list(parts.list()) == []


@contextmanager
def process(settings):
    """Start the real process; it does not outlive the test."""
    environ = os.environ | {
        "GRID_DATA_DIR": str(settings.data_dir),
        "GRID_DATABASE_URL": settings.database_url,
        "GRID_LOG_LEVEL": "ERROR",
    }
    started = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "schedule"], env=environ)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def test_a_killed_process_frees_its_lock_and_a_told_one_stops(app, settings, district) -> None:
    with app.app_context():
        with transaction():
            job_id = jobs.enqueue(district.actor(district.officer), "no_such_kind", {}, clock.now()).id
            db.session.flush()
            db.session.get(Job, job_id).attempts = jobs.ATTEMPTS
        probe = scheduler_lock(db.engine, settings.data_dir)

    def job_is_closed() -> bool:
        with app.app_context():
            found = db.session.get(Job, job_id).state
            db.session.remove()
        return found == "failed"

    with process(settings) as first:
        assert until(job_is_closed)
        assert not probe.take()
        first.kill()
        first.wait()
        assert until(probe.take), "the lock ends with the process"
        probe.release()
    with process(settings) as second:
        assert until(lambda: not probe.take() or probe.release())
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE_S) == 0
