"""Create the good rows of a checked table: at once, or chunk by chunk as a job that may be repeated."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.flows.imports.batch import end_commit, open_rows
from grid.flows.imports.people_import import commit_people
from grid.flows.imports.task_commit import announce_batch, commit_tasks
from grid.flows.imports.unit_import import commit_units
from grid.flows.job_kinds import JobKind, RunningJob
from grid.models import ImportBatch, db
from grid.tools.kit import Kit
from grid.tools.spreadsheet import Report, ReportColumn, ValueKind, write_xlsx

CHUNK = 5_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def commit_at_once(actor: Actor, batch: ImportBatch, kit: Kit, now: datetime) -> None:
    """Create the rows of a small table in the caller's transaction."""
    rows = open_rows(batch, kit)
    if batch.kind == "units":
        batch.created_count = commit_units(actor, batch, rows, kit, now)
    else:
        batch.created_count = commit_tasks(actor, batch, rows, kit, now)
        db.session.flush()
        announce_batch(batch, now)
    end_commit(actor, batch, now)


def run_import(job: RunningJob) -> None:
    """Create a large table chunk by chunk; run again after a crash it skips what is there."""
    actor = job.who
    batch = _batch(job)
    if batch.state != "committing":
        return
    rows = open_rows(batch, job.kit)
    if batch.kind == "people":
        _people(job, rows)
        return
    if batch.kind == "units":
        with job.step():
            batch = _batch(job)
            batch.created_count = commit_units(actor, batch, rows, job.kit, job.now)
            end_commit(actor, batch, job.now)
        return
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        try:
            _chunk(job, chunk, sure=job.claimed.attempt == 1)
        except IntegrityError:
            # Somebody imported one of these rows since the dry run: look at each before creating it.
            _chunk(job, chunk, sure=False)
        job.progress(min(start + CHUNK, len(rows)), len(rows))
    with job.step():
        batch = _batch(job)
        announce_batch(batch, job.now)
        end_commit(actor, batch, job.now)


def _chunk(job: RunningJob, rows: list[dict[str, Any]], *, sure: bool) -> None:
    with job.step():
        batch = _batch(job)
        batch.created_count += commit_tasks(job.who, batch, rows, job.kit, job.now, sure=sure)


def _people(job: RunningJob, rows: list[dict[str, Any]]) -> None:
    handed: list[dict[str, str]] = []
    # All accounts in one transaction: a password that is not in the file would be known to nobody.
    with job.step():
        batch = _batch(job)
        handed = commit_people(job.who, batch, rows, job.kit, job.now)
        batch.created_count = len(handed)
        end_commit(job.who, batch, job.now)
        columns = (
            ReportColumn("name", "姓名"), ReportColumn("staff_no", "工号", ValueKind.CODE),
            ReportColumn("unit", "单位"), ReportColumn("password", "初始密码", ValueKind.CODE),
        )  # fmt: skip
        notes = ("请当面交给本人，首次登录必须修改；交付后请删除本表。",)
        report = Report("新账号初始密码", columns, made_by=job.who.name, made_at=job.now, notes=notes, signatures=())
        write_xlsx(job.file(f"初始密码（{len(handed)}人）.xlsx", _XLSX), report, handed)
    job.total = len(handed)


def _batch(job: RunningJob) -> ImportBatch:
    batch = db.session.get(ImportBatch, job.args["import_id"])
    if batch is None:
        raise NotFound
    return batch


IMPORT = JobKind("批量导入", run_import)
