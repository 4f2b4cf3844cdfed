"""One's own jobs and the files they made."""

from flask import Response, send_file

from api.auth import actor, permit
from api.context import kit
from api.wire import Blueprint, json_response
from grid.core import clock
from grid.core.errors.jobs import JobFileGone, JobNotReady
from grid.core.words.jobs import JobState
from grid.flows import jobs as flow
from grid.flows.job_table import label_of
from grid.flows.unit import back_out, transaction
from grid.reads import jobs
from grid.rules.permissions import Action

bp = Blueprint("jobs", __name__, url_prefix="/api", description="后台任务")


@bp.get("/jobs")
@permit(Action.JOB_READ)
@bp.alt_response(200)
def list_jobs() -> Response:
    """List one's newest jobs."""
    return json_response({"items": [jobs.job_view(job, label_of(job.kind)) for job in jobs.list_own(actor())]})


@bp.get("/jobs/<job_id>")
@permit(Action.JOB_READ)
@bp.alt_response(200)
def read_job(job_id: str) -> Response:
    """Tell how far one of one's jobs is."""
    job = jobs.own_job(actor(), job_id)
    return json_response(jobs.job_view(job, label_of(job.kind)))


@bp.get("/jobs/<job_id>/file")
@permit(Action.JOB_READ)
@bp.alt_response(200)
@bp.alt_response(409)
@bp.alt_response(410)
def download(job_id: str) -> Response:
    """Give the file of one of one's jobs, always as an attachment; files with full personal data are logged."""
    job = jobs.own_job(actor(), job_id)
    if job.state != JobState.DONE.value or not job.file_name:
        raise JobNotReady(state=job.state)
    path = kit().files.find(job.id) if job.file_path else None
    if path is None:
        raise JobFileGone
    if job.approval:
        with transaction():
            flow.note_download(actor(), job, clock.now())
    back_out()  # no connection is held while the bytes go out
    response = send_file(path, mimetype=job.mime, as_attachment=True, download_name=job.file_name, max_age=0)
    response.headers["Cache-Control"] = "no-store"
    return response
