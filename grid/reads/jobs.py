"""What people see of their jobs."""

from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.core.words.jobs import JobState
from grid.models import Job, db
from grid.rules import permissions
from grid.rules.permissions import Action, ObjectFacts


def own_job(actor: Actor, job_id: str) -> Job:
    """Return one of the actor's own jobs; raises NotFound."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotFound
    permissions.check(actor, Action.JOB_READ, ObjectFacts(job.court_id, "", frozenset({job.person_id or ""})))
    return job


def list_own(actor: Actor, limit: int = 50) -> list[Job]:
    """List the actor's newest jobs."""
    return list(
        db.session.scalars(
            select(Job).where(Job.person_id == actor.id).order_by(Job.created_at.desc(), Job.id.desc()).limit(limit)
        )
    )


def job_view(job: Job, label: str) -> dict[str, Any]:
    """Describe a job to its asker."""
    ready = job.state == JobState.DONE.value and job.file_path != ""
    expired = job.state == JobState.DONE.value and job.file_name != "" and job.file_path == ""
    problem = "文件已过期清除，请重新生成" if expired else job.problem if job.state == JobState.FAILED.value else ""
    return {
        "id": job.id,
        "kind": job.kind,
        "label": label,
        "state": job.state,
        "approval": job.approval,
        "done": job.done,
        "total": job.total,
        "file_name": job.file_name or None,
        "file_url": f"/api/jobs/{job.id}/file" if ready else None,
        "problem": problem or None,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "expires_at": job.expires_at,
    }
