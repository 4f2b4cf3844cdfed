"""What a monitor wants to know, read from the database: true for every process at once."""

from collections.abc import Iterator

import orjson
from sqlalchemy import func, select

from grid.models import Device, Evidence, Job, LedgerHead, LedgerLeaf, Task, db


def vitals() -> Iterator[tuple[str, dict[str, str], float]]:
    """Yield (name, labels, value) of each gauge."""
    size, feed_seq = db.session.execute(select(LedgerHead.size, LedgerHead.feed_seq)).one()
    yield "grid_ledger_leaves", {}, size
    yield "grid_feed_number", {}, feed_seq
    for state, count in db.session.execute(select(Task.state, func.count()).group_by(Task.state)):
        yield "grid_tasks", {"state": state}, count
    for state, count in db.session.execute(select(Job.state, func.count()).group_by(Job.state)):
        yield "grid_jobs", {"state": state}, count
    waiting = select(func.count()).select_from(Evidence).where(Evidence.original_at.is_not(None))
    yield "grid_photos_unchecked", {}, db.session.scalar(waiting.where(Evidence.checked_at.is_(None))) or 0
    yield "grid_devices", {}, db.session.scalar(select(func.count()).select_from(Device)) or 0
    checked = db.session.execute(
        select(LedgerLeaf.at, LedgerLeaf.body)
        .where(LedgerLeaf.action == "ledger.checked")
        .order_by(LedgerLeaf.idx.desc())
        .limit(1)
    ).first()
    if checked is not None and checked.body:
        yield "grid_ledger_checked_at_seconds", {}, checked.at.timestamp()
        yield "grid_ledger_findings", {}, orjson.loads(checked.body)["detail"]["findings"]
