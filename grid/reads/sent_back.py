"""What the phone needs to mend a report: the officer's words beside the answers and photos it already has."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.words.reasons import SEND_BACK, label_of
from grid.core.words.review import Decision
from grid.models import Review, Visit, db
from grid.tools.kit import Kit


def sent_back_notes(tasks: Sequence[Any], kit: Kit) -> dict[str, dict[str, Any]]:
    """Return task id → the newest send-back of a report its present worker made; two queries for any number of tasks.

    A report of an earlier worker is not handed to the one who took over: only its author may mend it.
    """
    if not tasks:
        return {}
    ids = [task.id for task in tasks]
    rows = db.session.scalars(
        select(Review)
        .where(Review.task_id.in_(ids), Review.decision == Decision.SENT_BACK.value, Review.visit_id.is_not(None))
        .order_by(Review.at, Review.id)
    )
    newest = {row.task_id: row for row in rows}
    wanted = {row.visit_id for row in newest.values()}
    visits = {row.id: row for row in db.session.scalars(select(Visit).where(Visit.id.in_(wanted)))} if wanted else {}
    notes = {}
    for task in tasks:
        review = newest.get(task.id)
        visit = visits.get(review.visit_id or "") if review else None
        if review is not None and visit is not None and visit.worker_id == task.worker_id:
            notes[task.id] = _note(review, visit, kit)
    return notes


def _note(review: Review, visit: Visit, kit: Kit) -> dict[str, Any]:
    body = orjson.loads(kit.vault.open_sealed(visit.body_sealed, f"visit.body:{visit.id}:{visit.revision}"))
    return {
        "round": review.round,
        "visit_id": visit.id,
        "revision": visit.revision,
        "reason_code": review.reason_code,
        "reason_label": label_of(SEND_BACK, review.reason_code),
        "text": review.text,
        "comments": review.comments,
        "at": review.at,
        "outcome": body.get("outcome"),
        "contact": body.get("contact"),
        "met_name": body.get("met_name"),
        "narrative": body.get("narrative"),
        "answers": body.get("answers", {}),
        "evidence": [_evidence(item) for item in body.get("evidence", [])],
    }


def _evidence(item: dict[str, Any]) -> dict[str, Any]:
    display = item.get("display") or {}
    return {
        "id": item["id"],
        "item": item["item"],
        "name": item.get("name", ""),
        "sha256": item["sha256"],
        "size": item["size"],
        "mime": item.get("mime"),
        "display_sha256": display.get("sha256"),
        "display_size": display.get("size"),
        "grade": item.get("grade"),
        "made_at": item.get("made_at"),
    }
