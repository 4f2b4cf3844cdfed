"""What people see of their imports."""

from typing import Any

from grid.models import ImportBatch, Job, db


def import_view(batch: ImportBatch) -> dict[str, Any]:
    """Describe an import to whoever uploaded it."""
    job = db.session.get(Job, batch.job_id) if batch.job_id else None
    return {
        "id": batch.id,
        "kind": batch.kind,
        "state": batch.state,
        "file_name": batch.file_name,
        "rows_total": batch.rows_total,
        "rows_good": batch.rows_good,
        "rows_bad": batch.rows_bad,
        "duplicates": batch.duplicates,
        "problems": batch.problems,
        "created": batch.created_count,
        "preview": batch.preview,
        "job_id": batch.job_id,
        "progress": {"done": job.done, "total": job.total, "state": job.state, "problem": job.problem} if job else None,
        "created_at": batch.created_at,
        "committed_at": batch.committed_at,
    }
