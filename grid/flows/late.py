"""Decide about 补充材料: reports that came after the task was recalled, transferred or closed."""

from datetime import datetime

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.core.errors.review import AlreadyDecided
from grid.core.words.review import Decision
from grid.flows import ledger, messages
from grid.flows.review_ground import decide, hold_for_review
from grid.models import Task, Visit, db


def accept(actor: Actor, task_id: str, visit_id: str, version: int | None, reason: str, now: datetime) -> Task:
    """Take late material into the file as evidence; the task stays where it is."""
    return _decide(actor, task_id, visit_id, version, Decision.ACCEPTED, reason, now)


def set_aside(actor: Actor, task_id: str, visit_id: str, version: int | None, reason: str, now: datetime) -> Task:
    """Leave late material out of account; it is kept whole."""
    return _decide(actor, task_id, visit_id, version, Decision.SET_ASIDE, reason, now)


def _decide(
    actor: Actor, task_id: str, visit_id: str, version: int | None, decision: Decision, reason: str, now: datetime
) -> Task:
    task = hold_for_review(actor, task_id, version)
    visit = db.session.scalars(
        select(Visit).where(Visit.id == visit_id, Visit.task_id == task.id, Visit.supplementary.is_(True))
    ).one_or_none()
    if visit is None:
        raise NotFound
    if visit.decided_at is not None:
        raise AlreadyDecided
    visit.decision = decision.value
    visit.decided_at = now
    task.version += 1
    task.changed_at = now
    decide(actor, task, visit, decision, now, text=reason)
    ledger.record(
        f"visit.{decision.value}", actor, now, object_id=visit.id, task_id=task.id, after=visit.digest, reason=reason
    )
    words = "已采用为证据材料" if decision is Decision.ACCEPTED else "没有采用"
    messages.send(
        visit.worker_id, f"late_{decision.value}", f"任务 {task.no} 的补充材料{words}", now,
        text=reason or "不影响您的考核。", task_id=task.id,
    )  # fmt: skip
    return task
