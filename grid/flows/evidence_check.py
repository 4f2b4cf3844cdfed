"""Look at arrived photos off the request path: do they open, what do they claim, were they seen before."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.clock import iso
from grid.core.errors import Problem
from grid.flows import ledger
from grid.models import Evidence, Visit, db
from grid.tools.image_facts import hash_distance
from grid.tools.kit import Kit

SIMILAR_BITS = 6
LOOK_BACK = 500
BATCH = 20


def unchecked(limit: int = BATCH) -> list[str]:
    """List arrived originals nobody looked at yet, oldest first."""
    statement = (
        select(Evidence.id)
        .where(Evidence.original_at.is_not(None), Evidence.checked_at.is_(None))
        .order_by(Evidence.original_at)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def check_one(evidence_id: str, kit: Kit, now: datetime) -> None:
    """Check one photo in a child process, store what was found and flag its visit; flags only point."""
    row = db.session.scalars(select(Evidence).where(Evidence.id == evidence_id).with_for_update()).one()
    if row.checked_at is not None:
        return
    row.checked_at = now
    codes: list[str] = []
    with kit.blobs.open_range(row.sha256) as file:
        data = file.read()
    try:
        facts = kit.images.check(data)
    except Problem as problem:
        row.checks = {"problem": problem.code}
        codes.append("photo_broken")
    else:
        row.dhash = facts.dhash
        row.checks = _plain(asdict(facts))
        if facts.mime != row.mime or facts.lurking:
            codes.append("photo_broken")
        codes += _seen_before(row)
    if codes:
        visit = db.session.scalars(select(Visit).where(Visit.id == row.visit_id).with_for_update()).one()
        known = {flag["code"] for flag in visit.flags}
        visit.flags = visit.flags + [{"code": code} for code in codes if code not in known]
    ledger.record("evidence.checked", None, now, object_id=row.id, task_id=row.task_id, after=row.sha256, flags=codes)


def _seen_before(row: Evidence) -> list[str]:
    """Tell whether the same or nearly the same photo came with another task of the same worker or anybody's."""
    same = select(Evidence.id).where(Evidence.sha256 == row.sha256, Evidence.task_id != row.task_id).limit(1)
    if db.session.scalar(same):
        return ["photo_reused"]
    worker = select(Visit.worker_id).where(Visit.id == row.visit_id).scalar_subquery()
    recent = (
        select(Evidence.dhash)
        .join(Visit, Visit.id == Evidence.visit_id)
        .where(Visit.worker_id == worker, Evidence.task_id != row.task_id, Evidence.dhash.is_not(None))
        .order_by(Evidence.checked_at.desc())
        .limit(LOOK_BACK)
    )
    mine = row.dhash or ""
    if any(other and hash_distance(mine, other) <= SIMILAR_BITS for other in db.session.scalars(recent)):
        return ["photo_similar"]
    return []


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: iso(value) if isinstance(value, datetime) else value for key, value in facts.items()}
