"""What the scheduler does and when: a line each, and the flow it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import structlog

from api.announce import announce
from api.work import work_off
from grid.core import clock
from grid.core.clock import SHANGHAI
from grid.flows import evidence_check, expiry, reminders, rounds
from grid.flows.checkpoint import make_checkpoint
from grid.flows.fsck import fsck
from grid.flows.unit import back_out, let_go, transaction
from grid.tools.kit import Kit

log = structlog.get_logger()
PHOTO_BATCHES = 50


@dataclass(frozen=True, slots=True)
class Routine:
    """One recurring duty: every so often, or once a day at a time of day in Shanghai (then a missed day is made up)."""

    name: str
    run: Callable[[Kit], object]
    every: timedelta | None = None
    daily_at: time | None = None
    parallel: int = 1


def _jobs(kit: Kit) -> None:
    work_off(kit)


def _expire_uploads(kit: Kit) -> None:
    with transaction():
        expiry.expire_uploads(kit, clock.now())


def _expire_files(kit: Kit) -> None:
    with transaction():
        expiry.expire_files(kit, clock.now())


def _sweep_parts(kit: Kit) -> None:
    expiry.drop_orphan_parts(kit, clock.now())


def _check_photos(kit: Kit) -> None:
    # One batch a round would be ten photos a second however many wait.
    for _ in range(PHOTO_BATCHES):
        waiting = evidence_check.unchecked()
        back_out()
        for evidence_id in waiting:
            with transaction():
                evidence_check.check_one(evidence_id, kit, clock.now())
        if len(waiting) < evidence_check.BATCH:
            return


def _remind(kit: Kit) -> None:
    for _ in range(500):
        with transaction():
            full = reminders.remind(kit, clock.now()) == reminders.BATCH
        if not full:
            return


def _checkpoint(kit: Kit) -> None:
    with transaction():
        make_checkpoint(kit, clock.now())


def _check_ledger(kit: Kit) -> None:
    with transaction():
        report = fsck(kit, clock.now())
    if not report.clean:
        log.error("the ledger does not fit", findings=len(report.findings), first=report.findings[0].text)


ROUTINES: tuple[Routine, ...] = (
    Routine("jobs", _jobs, every=timedelta(seconds=1), parallel=2),
    Routine("expire_uploads", _expire_uploads, every=timedelta(minutes=10)),
    Routine("expire_files", _expire_files, every=timedelta(minutes=10)),
    Routine("check_photos", _check_photos, every=timedelta(seconds=2)),
    Routine("remind", _remind, every=timedelta(seconds=30)),
    Routine("announce", announce, every=timedelta(seconds=10)),
    Routine("checkpoint", _checkpoint, every=timedelta(minutes=5)),
    Routine("check_ledger", _check_ledger, daily_at=time(2, 0)),
    Routine("sweep_parts", _sweep_parts, daily_at=time(3, 30)),
)


def run(routine: Routine, kit: Kit) -> None:
    """Carry out a routine in a session of its own; a daily one notes that this day is done."""
    started = clock.now()
    try:
        routine.run(kit)
        if routine.daily_at is not None:
            with transaction():
                rounds.note_round(routine.name, started)
    finally:
        let_go()


def is_missed(routine: Routine, now: datetime) -> bool:
    """Tell whether a daily routine's latest time has passed without a run (the machine was off, the clock jumped)."""
    if routine.daily_at is None:
        return False
    last = rounds.last_round(routine.name)
    back_out()
    return last is None or last < latest_due(routine.daily_at, now).timestamp()


def latest_due(at: time, now: datetime) -> datetime:
    """Return the last instant not after now at which the clock in Shanghai showed this time."""
    local = now.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), at, SHANGHAI)
    return today if today <= local else today - timedelta(days=1)
