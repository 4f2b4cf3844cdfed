"""Tasks at the desk: list, create, open, and what a new one is filled in with."""

from typing import Any

from flask import Response

from api.auth import actor, permit
from api.context import kit
from api.schemas.tasks import DefaultsQuery, TaskIn, TaskQuery
from api.wire import Blueprint, json_response, query_args
from grid.core import clock
from grid.flows import dispatch
from grid.flows.seen import note_seen
from grid.flows.unit import transaction
from grid.reads import tasks as reads
from grid.reads.dossier import awaits_review, dossier
from grid.reads.task_defaults import task_defaults
from grid.reads.task_file import task_for, task_row
from grid.rules.permissions import Action

bp = Blueprint("tasks", __name__, url_prefix="/api", description="任务")


@bp.get("/tasks")
@permit(Action.TASK_READ)
@bp.alt_response(200)
def list_tasks() -> Response:
    """List tasks within reach."""
    return json_response(reads.list_tasks(actor(), query_args(TaskQuery), kit(), clock.now()))


@bp.post("/tasks")
@permit(Action.TASK_CREATE)
@bp.arguments(TaskIn)
@bp.alt_response(201)
def create_task(data: dict[str, Any]) -> Response:
    """Create a task and send it into the grid."""
    now = clock.now()
    with transaction():
        task = dispatch.create_task(actor(), data, kit(), now)
    return json_response(task_row(actor(), task.id, now), 201)


@bp.get("/tasks/defaults")
@permit(Action.TASK_CREATE)
@bp.alt_response(200)
def read_defaults() -> Response:
    """Tell deadline, modes and warnings for papers not yet sent."""
    args = query_args(DefaultsQuery)
    codes = [code for code in args["documents"].split(",") if code]
    return json_response(task_defaults(actor(), args["kind"], args["urgent"], codes, kit(), clock.now()))


@bp.get("/tasks/<task_id>")
@permit(Action.TASK_READ)
@bp.alt_response(200)
def read_task(task_id: str) -> Response:
    """Open one task with all that was reported and decided; a reviewer's look is remembered."""
    who, now = actor(), clock.now()
    task = task_for(who, task_id)
    body = dossier(who, task, kit(), now)
    if awaits_review(who, task):
        with transaction():
            note_seen(who, task, now)
    return json_response(body)
