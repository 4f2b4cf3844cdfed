"""Long work off the request path: asked once, claimed under a lease, finished, failed, or tried again.

A worker that dies leaves a lease that runs out; the job is then claimed again, at most ATTEMPTS times in all.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from grid.core.actor import Actor
from grid.core.errors.jobs import TooManyJobs
from grid.core.ids import new_id
from grid.core.words.jobs import Approval, JobState
from grid.flows import ledger
from grid.models import Job, db
from grid.tools.jobfiles import JobFiles

LEASE = timedelta(minutes=5)
ATTEMPTS = 3
PAUSES = (timedelta(seconds=10), timedelta(minutes=1))
KEEP_FILES = timedelta(days=7)
OPEN_JOBS = 20
GAVE_UP = "处理失败，已自动重试；请稍后重新提交，仍不行请联系系统管理员"


class LeaseLost(RuntimeError):
    """Another worker has the job now: stop without a trace."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in the hands of one worker; attempt tells it from an earlier claim."""

    id: str
    kind: str
    args: dict[str, Any]
    attempt: int
    court_id: str
    person_id: str | None
    reason: str


def enqueue(
    actor: Actor | None,
    kind: str,
    args: dict[str, Any],
    now: datetime,
    *,
    total: int = 0,
    reason: str = "",
    approval: Approval = Approval.NONE,
    court_id: str | None = None,
) -> Job:
    """Ask for a job; args hold ids and filters, never personal data. Raises TooManyJobs."""
    court = actor.court_id if actor else court_id
    if court is None:
        raise ValueError("a job belongs to a court")
    if actor is not None:
        busy = db.session.scalar(
            select(func.count())
            .select_from(Job)
            .where(Job.person_id == actor.id, Job.state.in_([JobState.WAITING.value, JobState.RUNNING.value]))
        )
        if busy is not None and busy >= OPEN_JOBS:
            raise TooManyJobs(limit=OPEN_JOBS)
    job = Job(
        id=new_id(), court_id=court, person_id=actor.id if actor else None, kind=kind, state=JobState.WAITING.value,
        args=args, done=0, total=total, attempts=0, reason=reason[:200], approval=approval.value, created_at=now,
        file_name="", file_path="", mime="", problem="",
    )  # fmt: skip
    db.session.add(job)
    if actor is not None:
        ledger.record("job.asked", actor, now, object_id=job.id, kind=kind, args=args, reason=job.reason)
    return job


def _due(now: datetime) -> Any:
    may_start = and_(
        Job.state == JobState.WAITING.value,
        Job.approval.in_([Approval.NONE.value, Approval.APPROVED.value]),
        or_(Job.lease_until.is_(None), Job.lease_until <= now),
    )
    abandoned = and_(Job.state == JobState.RUNNING.value, Job.lease_until <= now)
    return or_(may_start, abandoned)


def waits(now: datetime) -> bool:
    """Tell whether any job could be claimed, without taking a lock."""
    return db.session.scalar(select(Job.id).where(_due(now)).limit(1)) is not None


def claim(now: datetime, kinds: Collection[str] | None = None) -> Claimed | None:
    """Take the oldest due job under a lease; two workers never take the same one."""
    query = select(Job).where(_due(now)).order_by(Job.created_at, Job.id).limit(1)
    if kinds is not None:
        query = query.where(Job.kind.in_(kinds))
    while True:
        job = db.session.scalars(query.with_for_update(skip_locked=True)).first()
        if job is None:
            return None
        if job.attempts < ATTEMPTS:
            break
        _close(job, GAVE_UP, now)
        db.session.flush()
    job.state = JobState.RUNNING.value
    job.attempts += 1
    job.lease_until = now + LEASE
    return Claimed(job.id, job.kind, job.args, job.attempts, job.court_id, job.person_id, job.reason)


def keep(session: Session, claimed: Claimed, done: int, total: int, now: datetime) -> None:
    """Note progress and prolong the lease; raises LeaseLost. The session is the caller's own, apart from the work's."""
    found = session.execute(
        update(Job)
        .where(Job.id == claimed.id, Job.state == JobState.RUNNING.value, Job.attempts == claimed.attempt)
        .values(done=done, total=total, lease_until=now + LEASE)
        .execution_options(synchronize_session=False)
    )
    if found.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE answers with a CursorResult
        raise LeaseLost


def _held(claimed: Claimed) -> Job:
    job = db.session.scalars(select(Job).where(Job.id == claimed.id).with_for_update()).one()
    if job.state != JobState.RUNNING.value or job.attempts != claimed.attempt:
        raise LeaseLost
    return job


def finish(
    claimed: Claimed, now: datetime, actor: Actor | None = None, *, file_name: str = "", mime: str = "", size: int = 0,
    total: int | None = None, **facts: Any,
) -> None:  # fmt: skip
    """Close a job as done, with its file when it made one; raises LeaseLost."""
    job = _held(claimed)
    job.state = JobState.DONE.value
    job.done = job.total = job.total if total is None else total
    job.lease_until = None
    job.finished_at = now
    job.file_name = file_name[:200]
    job.file_path = job.id if file_name else ""
    job.mime = mime
    job.expires_at = now + KEEP_FILES
    if job.person_id is not None:
        ledger.record("job.done", actor, now, object_id=job.id, kind=job.kind, rows=job.total, size=size, **facts)


def fail(claimed: Claimed, problem: str, now: datetime, *, final: bool) -> None:
    """Give a job up for good, or let it wait for another attempt."""
    job = _held(claimed)
    if final or job.attempts >= ATTEMPTS:
        _close(job, problem, now)
        return
    job.state = JobState.WAITING.value
    job.lease_until = now + PAUSES[min(job.attempts, len(PAUSES)) - 1]
    job.problem = problem[:300]


def _close(job: Job, problem: str, now: datetime) -> None:
    job.state = JobState.FAILED.value
    job.problem = problem[:300]
    job.lease_until = None
    job.finished_at = now
    if job.person_id is not None:
        ledger.record("job.failed", None, now, object_id=job.id, kind=job.kind)


def expire(files: JobFiles, now: datetime) -> int:
    """Forget files whose time is over; returns how many jobs lost theirs."""
    jobs = db.session.scalars(select(Job).where(Job.expires_at <= now, Job.file_path != "").limit(500)).all()
    for job in jobs:
        files.remove(job.id)
        job.file_path = ""
    return len(jobs)


def note_download(actor: Actor, job: Job, now: datetime) -> None:
    """Write down that a file with full personal data was fetched."""
    ledger.record("job.downloaded", actor, now, object_id=job.id, kind=job.kind, rows=job.total)
