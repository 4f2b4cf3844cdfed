"""Print envelopes for a selection of tasks."""

from typing import Any

from flask import Response
from marshmallow import fields, validate

from api.auth import actor, permit
from api.wire import Blueprint, IdField, Strict, json_response
from grid.core import clock
from grid.flows import prints
from grid.flows.job_table import label_of
from grid.flows.unit import transaction
from grid.reads.jobs import job_view
from grid.rules.permissions import Action

bp = Blueprint("prints", __name__, url_prefix="/api", description="打印")


class PrintIn(Strict):
    """Which tasks."""

    task_ids = fields.List(
        IdField(), required=True, validate=validate.Length(1, prints.MOST, error=f"一次选 1 至 {prints.MOST} 件任务")
    )


@bp.post("/prints")
@permit(Action.PRINT_PACKET)
@bp.arguments(PrintIn)
@bp.alt_response(202)
def ask_print(data: dict[str, Any]) -> Response:
    """Ask for one PDF with label and 送达回证 of each task."""
    with transaction():
        job = prints.ask_print(actor(), data["task_ids"], clock.now())
    return json_response(job_view(job, label_of(job.kind)), 202)
