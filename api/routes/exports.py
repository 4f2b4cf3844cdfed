"""Registers as files: ask, approve, refuse; the file itself is fetched as a job's."""

from typing import Any

from flask import Response

from api.auth import actor, permit
from api.context import kit
from api.schemas.registers import FILTERS, ExportIn, ExportQuery, ExportRefusal
from api.wire import Blueprint, json_response, query_args
from grid.core import clock
from grid.flows import exports as flow
from grid.flows.job_table import label_of
from grid.flows.unit import transaction
from grid.reads import exports, jobs
from grid.rules.permissions import Action

bp = Blueprint("exports", __name__, url_prefix="/api/exports", description="导出")


@bp.post("")
@permit(Action.REGISTER_EXPORT)
@bp.arguments(ExportIn)
@bp.alt_response(201)
def ask(data: dict[str, Any]) -> Response:
    """Ask for a register as a file."""
    filters = dict(FILTERS[data["register"]]().load(data["filters"]))
    with transaction():
        job = flow.ask_export(
            actor(), data["register"], data["format"], filters, kit(), clock.now(), full=data["full"],
            reason=data["reason"],
        )  # fmt: skip
    return json_response(jobs.job_view(job, label_of(job.kind)), 201)


@bp.get("")
@permit(Action.EXPORT_APPROVE)
@bp.alt_response(200)
def index() -> Response:
    """List requests for full personal data."""
    args = query_args(ExportQuery)
    return json_response(exports.list_exports(actor(), args["state"], args["page"], args["size"]))


@bp.post("/<job_id>/approve")
@permit(Action.EXPORT_APPROVE)
@bp.alt_response(200)
def approve(job_id: str) -> Response:
    """Approve another person's request."""
    with transaction():
        job = flow.decide(actor(), job_id, clock.now(), approve=True)
    return json_response(jobs.job_view(job, label_of(job.kind)))


@bp.post("/<job_id>/refuse")
@permit(Action.EXPORT_APPROVE)
@bp.arguments(ExportRefusal)
@bp.alt_response(200)
def refuse(data: dict[str, Any], job_id: str) -> Response:
    """Refuse another person's request with a reason."""
    with transaction():
        job = flow.decide(actor(), job_id, clock.now(), approve=False, reason=data["reason"])
    return json_response(jobs.job_view(job, label_of(job.kind)))
