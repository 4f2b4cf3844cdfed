"""Carry out waiting jobs: the edge that claims, commits each step and closes; used by the scheduler and the command."""

import structlog
from sqlalchemy.exc import DBAPIError

from api.problems import database_problem
from grid.core import clock
from grid.core.errors import Problem, ProblemKind
from grid.flows import jobs
from grid.flows.job_kinds import RunningJob
from grid.flows.job_table import HANDLERS
from grid.flows.jobs import Claimed, LeaseLost
from grid.flows.unit import apart, back_out, let_go, transaction
from grid.reads.actors import actor_of
from grid.tools.kit import Kit

log = structlog.get_logger()
TEMPORARY = frozenset({ProblemKind.UNAVAILABLE, ProblemKind.THROTTLED})


def work_off(kit: Kit, limit: int = 1000) -> int:
    """Carry out due jobs until none waits; returns how many were claimed."""
    for count in range(limit):
        try:
            if not jobs.waits(clock.now()) or not work_once(kit):
                return count
        finally:
            let_go()
    return limit


def work_once(kit: Kit) -> bool:
    """Claim and carry out one job; False when none could be claimed."""
    now = clock.now()
    with transaction():
        claimed = jobs.claim(now)
    if claimed is None:
        return False
    try:
        _run(claimed, kit)
    except LeaseLost:
        back_out()
        log.warning("another worker has the job", job=claimed.id)
    return True


def _keep(claimed: Claimed, done: int, total: int) -> None:
    """Progress goes through a connection of its own: the work's session may be in the middle of a long read."""
    with apart() as session:
        jobs.keep(session, claimed, done, total, clock.now())


def _run(claimed: Claimed, kit: Kit) -> None:
    actor = actor_of(claimed.person_id) if claimed.person_id else None
    job = RunningJob(
        claimed, actor, kit, clock.now(), step=transaction, keep=lambda done, total: _keep(claimed, done, total)
    )
    size = 0
    try:
        if claimed.person_id and actor is None:
            _close(claimed, "申请人的账号已停用，任务不再办理", final=True)
            return
        HANDLERS[claimed.kind].run(job)
        if job.file_name:
            size = kit.files.publish(claimed.id, claimed.attempt)
    except LeaseLost:
        raise
    except Problem as problem:
        _close(claimed, problem.detail or problem.title, final=problem.kind not in TEMPORARY)
    except DBAPIError as error:
        log.warning("database refused a job", job=claimed.id, error=type(error).__name__)
        _close(claimed, database_problem(error).title, final=False)
    except Exception:
        log.exception("job failed", job=claimed.id, kind=claimed.kind)
        _close(claimed, jobs.GAVE_UP, final=False)
    else:
        back_out()
        with transaction():
            jobs.finish(
                claimed, clock.now(), actor, file_name=job.file_name, mime=job.mime, size=size, total=job.total,
                **job.facts,
            )  # fmt: skip


def _close(claimed: Claimed, problem: str, *, final: bool) -> None:
    back_out()
    with transaction():
        jobs.fail(claimed, problem, clock.now(), final=final)
