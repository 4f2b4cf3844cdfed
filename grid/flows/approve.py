"""Approve a report: the court fixes the legal date of service from paper, never from a phone's clock."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import InvalidInput, Problem
from grid.core.errors.review import NothingToReview, ReceiptPhotoMissing
from grid.core.errors.tasks import OtherKind
from grid.core.words.review import SERVED_VERDICTS, VERDICT_LABELS, Decision, Verdict
from grid.core.words.service import ServiceBasis
from grid.core.words.verbs import Verb
from grid.flows import hold, messages
from grid.flows.packets import revoke_packets
from grid.flows.review_ground import decide, hold_for_review, open_body, visit_in_question
from grid.flows.slips import end_slips
from grid.kinds import BY_CODE
from grid.models import DocumentLine, Evidence, Receipt, Review, Task, Visit, db
from grid.rules import service_date
from grid.rules.law import errors_of
from grid.rules.service import check_receipt_date
from grid.rules.service_date import ServiceDates
from grid.rules.verdict import is_signed, verdict_of
from grid.tools.kit import Kit

RECEIPT_ITEM = "receipt_front"


@dataclass(frozen=True, slots=True)
class Dated:
    """The dates the court fixes: what stands on the paper, and when service took effect; None when not served."""

    receipt_on: date | None = None
    effective_on: date | None = None


def approve(
    actor: Actor,
    task_id: str,
    version: int | None,
    kit: Kit,
    now: datetime,
    *,
    receipt_date: date | None,
    effective_on: date | None = None,
    note: str = "",
) -> Task:
    """Close a task on its newest report; a signed one needs the date read off the paper receipt by the officer."""
    task = hold_for_review(actor, task_id, version)
    if BY_CODE[task.kind].court is not None:
        raise OtherKind(kind=task.kind)
    visit = visit_in_question(task)
    if visit is None:
        raise NothingToReview
    kept_back = _settle_lines(task, open_body(visit, kit), kit)
    left = left_record(task.id)
    verdict = verdict_of(task.outcome, kept_back, left=left is not None)
    if verdict in (Verdict.SERVED, Verdict.PARTLY_SERVED):
        _check_paper_seen(visit)
    dates = _dates(task, visit, verdict, left, kit, now, receipt_date, effective_on)
    hold.move(
        task, Verb.APPROVE, actor, now, visit=visit.id, revision=visit.revision, verdict=verdict.value,
        receipt_on=_text(dates.receipt_on), effective_on=_text(dates.effective_on), after=visit.digest,
    )  # fmt: skip
    task.verdict = verdict.value
    task.receipt_on, task.effective_on = dates.receipt_on, dates.effective_on
    task.closed_at, task.closed_by = now, actor.id
    decide(
        actor, task, visit, Decision.APPROVED, now, text=note, receipt_on=dates.receipt_on,
        effective_on=dates.effective_on,
    )  # fmt: skip
    confirm_receipts(task, now)
    end_slips(task.id, now)
    revoke_packets(task.id, now)
    if task.worker_id is not None:
        served = f"，送达日期 {dates.effective_on}" if dates.effective_on else ""
        messages.send(
            task.worker_id, "approved", f"任务 {task.no} 核实通过", now,
            text=f"{VERDICT_LABELS[verdict]}{served}。" + ("请把回证原件交回法院。" if dates.receipt_on else ""),
            task_id=task.id,
        )  # fmt: skip
    hold.tell(task, now)
    return task


def left_record(task_id: str) -> Review | None:
    """Return the newest record of papers left by the court after the last send-back or reopening, if any."""
    rows = db.session.scalars(select(Review).where(Review.task_id == task_id).order_by(Review.at, Review.id)).all()
    found = None
    for row in rows:
        if row.decision == Decision.LEFT_RECORDED.value:
            found = row
        elif row.decision == Decision.SENT_BACK.value:
            found = None
    return found


def _settle_lines(task: Task, body: dict[str, Any], kit: Kit) -> list[str]:
    """Write the per-line result where the court reads it; returns the ids of papers that were kept back."""
    if not is_signed(task.outcome):
        return []
    told = {line["document_id"]: line for line in body["answers"].get("lines") or []}
    kept_back = []
    for line in db.session.scalars(select(DocumentLine).where(DocumentLine.task_id == task.id)):
        answer = told.get(line.id)
        line.handed = bool(answer["handed"]) if answer else True
        line.not_handed_reason = "" if line.handed else str((answer or {}).get("reason") or "")[:120]
        if not line.handed:
            kept_back.append(line.id)
    return kept_back


def _check_paper_seen(visit: Visit) -> None:
    """Raise ReceiptPhotoMissing unless an image of the signed paper is here (rule 1)."""
    seen = db.session.scalar(
        select(Evidence.id)
        .where(
            Evidence.visit_id == visit.id,
            Evidence.item == RECEIPT_ITEM,
            Evidence.original_at.is_not(None) | Evidence.display_at.is_not(None),
        )
        .limit(1)
    )
    if seen is None:
        raise ReceiptPhotoMissing(items=[RECEIPT_ITEM])


def _dates(
    task: Task, visit: Visit, verdict: Verdict, left: Review | None, kit: Kit, now: datetime,
    receipt_date: date | None, wished: date | None,
) -> Dated:  # fmt: skip
    if verdict not in SERVED_VERDICTS:
        if receipt_date or wished:
            raise InvalidInput(fields={"receipt_date": ["这次没有送达，不能填写签收日期"]})
        return Dated()
    today = local_date(now)
    if left is not None:
        basis, given = ServiceBasis.LEFT, ServiceDates(noted_on=left.effective_on)
    else:
        basis, given = ServiceBasis.SIGNED, ServiceDates(receipt_on=receipt_date)
        objections = check_receipt_date(
            receipt_date,
            dispatched_on=local_date(task.dispatched_at or task.created_at),
            visited_on=local_date(visit.happened_at),
            today=today,
        )
        if wrong := errors_of(objections):
            raise InvalidInput(fields={"receipt_date": [finding.message for finding in wrong]})
    try:
        day = service_date.effective_on(basis, given, kit.calendar)
        service_date.check_not_future(day, today)
    except Problem as problem:
        raise InvalidInput(fields={"receipt_date": [problem.detail or problem.title]}) from None
    if wished is not None and wished != day:
        raise InvalidInput(fields={"effective_on": [f"送达日期以回证上的日期为准，应为 {day}"]})
    return Dated(day, day)


def confirm_receipts(task: Task, now: datetime) -> None:
    """Let the public page say that the court has confirmed: on the receipts that still stand."""
    db.session.execute(
        update(Receipt)
        .where(Receipt.task_id == task.id, Receipt.state == "valid", Receipt.confirmed_at.is_(None))
        .values(confirmed_at=now)
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
