"""Bulk imports: a template, a dry run with every bad cell, and the creation of the good rows."""

import io

from flask import Response, request, send_file
from marshmallow import fields, validate

from api.auth import actor, permit
from api.context import kit
from api.wire import Blueprint, Strict, body_args, json_response
from grid.core import clock
from grid.core.errors import InvalidInput
from grid.flows.imports.batch import KINDS, begin_commit, check_file, keep_batch, own_batch
from grid.flows.imports.commit import commit_at_once
from grid.flows.unit import back_out, transaction
from grid.reads.imports import import_view
from grid.rules.permissions import Action
from grid.tools.tabular import MAX_BYTES
from grid.tools.templates import make_template

bp = Blueprint("imports", __name__, url_prefix="/api/imports", description="批量导入")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM_ROOM = 64 * 1024


class CommitIn(Strict):
    """Which rows: only the good ones can be asked for."""

    rows = fields.String(load_default="good", validate=validate.OneOf(["good"]))


def _template(code: str) -> Response:
    kind = KINDS[code]
    made = make_template(kind.columns, kind.samples, kind.notes)
    return send_file(io.BytesIO(made), XLSX, as_attachment=True, download_name=f"{kind.label}导入模板.xlsx", max_age=0)


def _check(code: str) -> Response:
    # Only this route takes a whole table; everything else keeps the small limit.
    request.max_content_length = MAX_BYTES + FORM_ROOM
    file = request.files.get("file")
    if file is None:
        raise InvalidInput(fields={"file": ["请选择要导入的文件"]})
    now = clock.now()
    read = check_file(actor(), code, file.filename or "", file.read(), kit(), now)
    back_out()
    with transaction():
        batch = keep_batch(actor(), read, kit(), now)
    return json_response(import_view(batch), 201)


@bp.get("/tasks/template.xlsx")
@permit(Action.IMPORT_DISPATCH)
@bp.alt_response(200)
def tasks_template() -> Response:
    """Give the table to fill in for tasks."""
    return _template("tasks")


@bp.post("/tasks")
@permit(Action.IMPORT_DISPATCH)
@bp.alt_response(201)
def check_tasks() -> Response:
    """Check a table of tasks; nothing is created yet."""
    return _check("tasks")


@bp.get("/people/template.xlsx")
@permit(Action.PERSON_IMPORT)
@bp.alt_response(200)
def people_template() -> Response:
    """Give the table to fill in for people."""
    return _template("people")


@bp.post("/people")
@permit(Action.PERSON_IMPORT)
@bp.alt_response(201)
def check_people() -> Response:
    """Check a table of people; nothing is created yet."""
    return _check("people")


@bp.get("/units/template.xlsx")
@permit(Action.UNIT_WRITE)
@bp.alt_response(200)
def units_template() -> Response:
    """Give the table to fill in for units."""
    return _template("units")


@bp.post("/units")
@permit(Action.UNIT_WRITE)
@bp.alt_response(201)
def check_units() -> Response:
    """Check a table of units; nothing is created yet."""
    return _check("units")


@bp.get("/<import_id>")
@permit(Action.JOB_READ)
@bp.alt_response(200)
def read_import(import_id: str) -> Response:
    """Tell how one of one's imports stands."""
    return json_response(import_view(own_batch(actor(), import_id)))


@bp.post("/<import_id>/commit")
@permit(Action.JOB_READ)
@bp.alt_response(200)
def commit(import_id: str) -> Response:
    """Create the good rows; a large table becomes a job."""
    body_args(CommitIn)
    now = clock.now()
    with transaction():
        batch = begin_commit(actor(), import_id, now)
        if batch.job_id is None:
            commit_at_once(actor(), batch, kit(), now)
    return json_response(import_view(batch))
