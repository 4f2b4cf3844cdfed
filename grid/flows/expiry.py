"""Clear away what nobody will come back for: unfinished uploads and files past their time."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from grid.core.errors.storage import PartBusy
from grid.flows import jobs
from grid.models import Upload, db
from grid.tools.kit import Kit

BATCH = 500
DRAFT_AGE = timedelta(hours=6)


def expire_uploads(kit: Kit, now: datetime) -> int:
    """Drop unfinished uploads whose time is over, bytes first; one that is being written is left for the next round."""
    ids = db.session.scalars(
        select(Upload.id).where(Upload.expires_at <= now, Upload.finished_at.is_(None)).limit(BATCH)
    ).all()
    gone = []
    for upload_id in ids:
        try:
            kit.parts.drop(upload_id)
        except PartBusy:
            continue
        gone.append(upload_id)
    if gone:
        db.session.execute(delete(Upload).where(Upload.id.in_(gone), Upload.finished_at.is_(None)))
    return len(gone)


def drop_orphan_parts(kit: Kit, now: datetime) -> int:
    """Drop parts that no upload row speaks of and nobody has written to for the whole time an upload may take."""
    count = 0
    limit = now - timedelta(days=kit.settings.upload_expiry_days)
    for part in kit.parts.list(before=limit):
        if db.session.get(Upload, part.id) is not None:
            continue
        try:
            count += kit.parts.drop(part.id)
        except PartBusy:
            continue
    return count


def expire_files(kit: Kit, now: datetime) -> int:
    """Remove files of jobs past their time and drafts of workers that died; returns how many."""
    return jobs.expire(kit.files, now) + kit.files.sweep((now - DRAFT_AGE).timestamp())
