"""What a desk does to a task before its report: dispatch, route, transfer, recall, suspend, resume."""

from typing import Any

from flask import Response

from api.auth import actor, permit
from api.context import kit
from api.schemas.tasks import ReasonIn, RouteIn, TransferIn, VersionIn
from api.wire import Blueprint, json_response
from grid.core import clock
from grid.flows import dispatch, routing, task_moves
from grid.flows.unit import transaction
from grid.reads.task_file import task_row
from grid.rules.permissions import Action

bp = Blueprint("task_verbs", __name__, url_prefix="/api/tasks/<task_id>", description="任务流转")


def _answer(task_id: str) -> Response:
    return json_response(task_row(actor(), task_id, clock.now()))


@bp.post("/dispatch")
@permit(Action.TASK_DISPATCH)
@bp.arguments(VersionIn)
@bp.alt_response(200)
def send_out(data: dict[str, Any], task_id: str) -> Response:
    """Send a draft into the grid."""
    with transaction():
        dispatch.dispatch(actor(), task_id, data["version"], kit(), clock.now())
    return _answer(task_id)


@bp.post("/approve_sensitive")
@permit(Action.TASK_APPROVE_SENSITIVE)
@bp.arguments(VersionIn)
@bp.alt_response(200)
def approve_sensitive(data: dict[str, Any], task_id: str) -> Response:
    """Approve a sensitive draft, which then goes out."""
    with transaction():
        dispatch.approve_sensitive(actor(), task_id, data["version"], kit(), clock.now())
    return _answer(task_id)


@bp.post("/route")
@permit(Action.TASK_ROUTE)
@bp.arguments(RouteIn)
@bp.alt_response(200)
def route(data: dict[str, Any], task_id: str) -> Response:
    """Bring a waiting task to a cell by hand."""
    with transaction():
        routing.route(actor(), task_id, data["version"], data["cell_id"], kit(), clock.now())
    return _answer(task_id)


@bp.post("/transfer")
@permit(Action.TASK_TRANSFER)
@bp.arguments(TransferIn)
@bp.alt_response(200)
def transfer(data: dict[str, Any], task_id: str) -> Response:
    """Give a task to another cell, worker or unit."""
    with transaction():
        task_moves.transfer(
            actor(), task_id, data["version"], data["reason"], kit(), clock.now(), cell_id=data["cell_id"] or "",
            worker_id=data["worker_id"] or "", unit_id=data["unit_id"] or "",
        )  # fmt: skip
    return _answer(task_id)


@bp.post("/recall")
@permit(Action.TASK_RECALL)
@bp.arguments(ReasonIn)
@bp.alt_response(200)
def recall(data: dict[str, Any], task_id: str) -> Response:
    """Take a task back for good."""
    with transaction():
        task_moves.recall(actor(), task_id, data["version"], data["reason"], clock.now())
    return _answer(task_id)


@bp.post("/suspend")
@permit(Action.TASK_RECALL)
@bp.arguments(ReasonIn)
@bp.alt_response(200)
def suspend(data: dict[str, Any], task_id: str) -> Response:
    """Hold a task still."""
    with transaction():
        task_moves.suspend(actor(), task_id, data["version"], data["reason"], clock.now())
    return _answer(task_id)


@bp.post("/resume")
@permit(Action.TASK_RECALL)
@bp.arguments(VersionIn)
@bp.alt_response(200)
def resume(data: dict[str, Any], task_id: str) -> Response:
    """Let a suspended task go on."""
    with transaction():
        task_moves.resume(actor(), task_id, data["version"], clock.now())
    return _answer(task_id)
