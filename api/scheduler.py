"""The scheduler process: APScheduler over the table of routines, behind a lock, awake to jumps of the clock."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from api.routines import ROUTINES, Routine, is_missed, run
from api.singleton import Lock
from grid.core import clock
from grid.core.clock import SHANGHAI
from grid.tools.kit import Kit

log = structlog.get_logger()
LOOK_S = 2.0
JUMP_S = 5.0


class Beat:
    """Compares the wall clock with one that cannot be set; APScheduler itself sleeps until a wall clock time."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._steady = wall, steady
        self._offset = wall() - steady()

    def jumped(self) -> float:
        """Return by how many seconds the wall clock was moved since the last call; 0 for less than JUMP_S."""
        offset = self._wall() - self._steady()
        moved = offset - self._offset
        if abs(moved) < JUMP_S:
            return 0.0
        self._offset = offset
        return moved


def build(app: Flask, routines: Iterable[Routine] = ROUTINES) -> BackgroundScheduler:
    """Return a scheduler that is not started; a late run is still made, several missed ones count as one."""
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(4)},
        job_defaults={"coalesce": True, "misfire_grace_time": None},
        timezone=SHANGHAI,
    )
    for routine in routines:
        if routine.every is not None:
            trigger: IntervalTrigger | CronTrigger = IntervalTrigger(seconds=routine.every.total_seconds())
        elif routine.daily_at is not None:
            trigger = CronTrigger(hour=routine.daily_at.hour, minute=routine.daily_at.minute, timezone=SHANGHAI)
        else:
            raise ValueError(f"{routine.name} has no time")
        scheduler.add_job(
            partial(_guarded, app, routine), trigger, id=routine.name, max_instances=routine.parallel,
            **_first(app, routine),
        )  # fmt: skip
    return scheduler


def _first(app: Flask, routine: Routine) -> dict[str, datetime]:
    with app.app_context():
        soon = routine.every is not None or is_missed(routine, clock.now())
    return {"next_run_time": clock.now()} if soon else {}


def _guarded(app: Flask, routine: Routine) -> None:
    kit: Kit = app.extensions["grid_kit"]
    with app.app_context():
        try:
            run(routine, kit)
        except Exception:
            log.exception("routine failed", routine=routine.name)


def wake(app: Flask, scheduler: BackgroundScheduler, routines: Iterable[Routine] = ROUTINES) -> None:
    """After a jump of the clock: run the frequent routines now, and daily ones whose time has passed unseen."""
    for routine in routines:
        with app.app_context():
            due = routine.every is not None or is_missed(routine, clock.now())
        job = scheduler.get_job(routine.name)
        if job is None:
            continue
        following = job.trigger.get_next_fire_time(None, datetime.now(UTC))
        scheduler.modify_job(routine.name, next_run_time=clock.now() if due else following)


def serve(app: Flask, lock: Lock, stop: threading.Event, still_wanted: Callable[[], bool] = lambda: True) -> None:
    """Run until told to stop: wait for the lock, work while it is ours, hand over cleanly."""
    while not stop.is_set() and still_wanted():
        if not lock.take():
            stop.wait(LOOK_S)
            continue
        log.info("scheduler works")
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a long job skips its next seconds: no news
        scheduler = build(app)
        scheduler.start()
        beat = Beat()
        while not stop.wait(LOOK_S) and still_wanted() and lock.held():
            moved = beat.jumped()
            if moved:
                log.warning("the clock was moved", seconds=round(moved))
                wake(app, scheduler)
        scheduler.shutdown(wait=True)
        lock.release()
        log.info("scheduler rests")
