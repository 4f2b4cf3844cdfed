"""What every review decision stands on: the held task, who made the work, the visit in question, a row that stays."""

from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors.review import NothingToReview
from grid.core.ids import new_id
from grid.core.words.review import Decision
from grid.flows.hold import lock_task
from grid.models import Review, Task, Visit, db
from grid.rules import permissions
from grid.rules.permissions import Action
from grid.tools.kit import Kit


def hold_for_review(actor: Actor, task_id: str, version: int | None, action: Action = Action.TASK_REVIEW) -> Task:
    """Lock a task for a decision; raises NotFound, StaleVersion, OwnWork."""
    task = lock_task(actor, task_id, action, version)
    permissions.check_can_review(actor, makers(task.id))
    return task


def makers(task_id: str) -> frozenset[str]:
    """Return who made the work under review: authors of its visits, and the officer who recorded left service."""
    visited = db.session.scalars(select(Visit.worker_id).where(Visit.task_id == task_id))
    left = db.session.scalars(
        select(Review.officer_id).where(Review.task_id == task_id, Review.decision == Decision.LEFT_RECORDED.value)
    )
    return frozenset(visited) | frozenset(left)


def visit_in_question(task: Task, visit_id: str | None = None) -> Visit | None:
    """Return the visit a decision is about: the named one, else the newest report that is no late material."""
    query = select(Visit).where(Visit.task_id == task.id, Visit.supplementary.is_(False))
    if visit_id is not None:
        found = db.session.scalars(query.where(Visit.id == visit_id)).one_or_none()
        if found is None:
            raise NothingToReview
        return found
    return db.session.scalars(query.order_by(Visit.ordinal.desc()).limit(1)).first()


def open_body(visit: Visit, kit: Kit) -> dict[str, Any]:
    """Return the whole report of a visit's present revision."""
    return dict(orjson.loads(kit.vault.open_sealed(visit.body_sealed, f"visit.body:{visit.id}:{visit.revision}")))


def decide(
    actor: Actor,
    task: Task,
    visit: Visit | None,
    decision: Decision,
    now: datetime,
    *,
    reason_code: str = "",
    text: str = "",
    comments: dict[str, str] | None = None,
    receipt_on: date | None = None,
    effective_on: date | None = None,
) -> Review:
    """Add the row of a decision; none is ever overwritten."""
    review = Review(
        id=new_id(), task_id=task.id, visit_id=visit.id if visit else None, revision=visit.revision if visit else None,
        officer_id=actor.id, decision=decision.value, round=task.rounds, reason_code=reason_code, text=text,
        comments=comments or {}, receipt_on=receipt_on, effective_on=effective_on, at=now,
    )  # fmt: skip
    db.session.add(review)
    return review
