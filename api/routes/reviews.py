"""The reviewer's verbs on a report; every answer is the task as it now stands."""

from typing import Any

from flask import Response

from api.auth import actor, permit
from api.context import kit
from api.schemas.reviews import (
    ApproveIn,
    ConcludeIn,
    GroundsIn,
    LateDecisionIn,
    LeftIn,
    OriginalIn,
    ReviewQuery,
    SendBackIn,
)
from api.schemas.tasks import VersionIn
from api.wire import Blueprint, json_response, query_args
from grid.core import clock
from grid.flows import approve as approving
from grid.flows import conclude as concluding
from grid.flows import late, left, review, settle
from grid.flows.unit import transaction
from grid.reads import reviews as reads
from grid.reads.task_file import task_row
from grid.rules.permissions import Action

bp = Blueprint("reviews", __name__, url_prefix="/api", description="核实与归卷")


def answer(task_id: str, **more: Any) -> Response:
    """Return the task's row as it stands now."""
    return json_response(task_row(actor(), task_id, clock.now()) | more)


@bp.get("/reviews")
@permit(Action.TASK_REVIEW)
@bp.alt_response(200)
def list_reviews() -> Response:
    """List the reports that wait for a decision."""
    return json_response(reads.list_reviews(actor(), query_args(ReviewQuery), kit(), clock.now()))


@bp.post("/tasks/<task_id>/verify")
@permit(Action.TASK_REVIEW)
@bp.arguments(VersionIn)
@bp.alt_response(200)
def verify(data: dict[str, Any], task_id: str) -> Response:
    """Mark a report as being verified."""
    with transaction():
        review.verify(actor(), task_id, data["version"], clock.now())
    return answer(task_id)


@bp.post("/tasks/<task_id>/send_back")
@permit(Action.TASK_REVIEW)
@bp.arguments(SendBackIn)
@bp.alt_response(200)
def send_back(data: dict[str, Any], task_id: str) -> Response:
    """Send a report back with comments on single fields."""
    version = data.pop("version")
    with transaction():
        review.send_back(actor(), task_id, version, clock.now(), **data)
    return answer(task_id)


@bp.post("/tasks/<task_id>/approve")
@permit(Action.TASK_REVIEW)
@bp.arguments(ApproveIn)
@bp.alt_response(200)
def approve(data: dict[str, Any], task_id: str) -> Response:
    """ApproveIn a report and fix the legal date of service."""
    version = data.pop("version")
    with transaction():
        task = approving.approve(actor(), task_id, version, kit(), clock.now(), **data)
    return answer(task_id, verdict=task.verdict, effective_on=task.effective_on, receipt_date=task.receipt_on)


@bp.post("/tasks/<task_id>/conclude")
@permit(Action.TASK_REVIEW)
@bp.arguments(ConcludeIn)
@bp.alt_response(200)
def conclude(data: dict[str, Any], task_id: str) -> Response:
    """Close a report of a kind without papers with the court's result."""
    version = data.pop("version")
    with transaction():
        task = concluding.conclude(actor(), task_id, version, kit(), clock.now(), **data)
    return answer(task_id, verdict=task.verdict)


@bp.post("/tasks/<task_id>/record_left")
@permit(Action.LEFT_SERVICE_RECORD)
@bp.arguments(LeftIn)
@bp.alt_response(200)
def record_left(data: dict[str, Any], task_id: str) -> Response:
    """Record that the court left the papers after a refusal."""
    version = data.pop("version")
    with transaction():
        _, findings = left.record_left(actor(), task_id, version, data, kit(), clock.now())
    warnings = [{"rule": one.rule_no, "text": one.message, "article": one.article} for one in findings]
    return answer(task_id, warnings=warnings)


@bp.post("/tasks/<task_id>/original")
@permit(Action.ORIGINAL_RECEIVE)
@bp.arguments(OriginalIn)
@bp.alt_response(200)
def original(data: dict[str, Any], task_id: str) -> Response:
    """Note that the paper receipt came back."""
    with transaction():
        task = settle.original_received(actor(), task_id, data["version"], data["received_on"], clock.now())
    return answer(task_id, original_received_on=task.original_received_on)


@bp.post("/tasks/<task_id>/archive")
@permit(Action.TASK_ARCHIVE)
@bp.arguments(VersionIn)
@bp.alt_response(200)
def archive(data: dict[str, Any], task_id: str) -> Response:
    """Put a closed task into the case file."""
    with transaction():
        settle.archive(actor(), task_id, data["version"], clock.now())
    return answer(task_id)


@bp.post("/tasks/<task_id>/reopen")
@permit(Action.TASK_REOPEN)
@bp.arguments(GroundsIn)
@bp.alt_response(200)
def reopen(data: dict[str, Any], task_id: str) -> Response:
    """Take an approval up again."""
    with transaction():
        settle.reopen(actor(), task_id, data["version"], data["reason"], clock.now())
    return answer(task_id)


@bp.post("/tasks/<task_id>/visits/<visit_id>/accept")
@permit(Action.TASK_REVIEW)
@bp.arguments(LateDecisionIn)
@bp.alt_response(200)
def accept(data: dict[str, Any], task_id: str, visit_id: str) -> Response:
    """Take late material into the file as evidence."""
    with transaction():
        late.accept(actor(), task_id, visit_id, data["version"], data["reason"], clock.now())
    return answer(task_id)


@bp.post("/tasks/<task_id>/visits/<visit_id>/set_aside")
@permit(Action.TASK_REVIEW)
@bp.arguments(GroundsIn)
@bp.alt_response(200)
def set_aside(data: dict[str, Any], task_id: str, visit_id: str) -> Response:
    """Leave late material out of account; it is kept whole."""
    with transaction():
        late.set_aside(actor(), task_id, visit_id, data["version"], data["reason"], clock.now())
    return answer(task_id)
