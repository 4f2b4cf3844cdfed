"""A task's timeline: its ledger leaves in order, in the words of the screen."""

from typing import Any

import orjson
from sqlalchemy import select

from grid.core.words import reasons
from grid.core.words.events import TIMELINE_LABELS
from grid.core.words.parties import PERSONAL_FIELD_LABELS, PersonalField
from grid.core.words.roles import ROLE_LABELS, Role
from grid.models import LedgerLeaf, Person, db

_REASONS = {
    "task.returned": reasons.RETURN,
    "task.recalled": reasons.RECALL,
    "task.suspended": reasons.RECALL,
    "task.transferred": reasons.TRANSFER,
    "task.sent_back": reasons.SEND_BACK,
}


def timeline(task_id: str) -> list[dict[str, Any]]:
    """Return every event of a task, oldest first; an erased event keeps its place and its name."""
    rows = db.session.execute(
        select(LedgerLeaf.idx, LedgerLeaf.at, LedgerLeaf.action, LedgerLeaf.body, Person.name)
        .outerjoin(Person, Person.id == LedgerLeaf.actor_id)
        .where(LedgerLeaf.task_id == task_id)
        .order_by(LedgerLeaf.idx)
        .limit(1000)
    )
    return [_entry(row) for row in rows]


def _entry(row: Any) -> dict[str, Any]:
    body = orjson.loads(row.body) if row.body else {}
    detail = body.get("detail", {})
    role = body.get("role", "")
    return {
        "at": row.at,
        "actor": row.name or ("系统" if role == "system" else None),
        "role": ROLE_LABELS[Role(role)] if role in set(Role) else None,
        "action": row.action,
        "label": TIMELINE_LABELS.get(row.action, row.action),
        "from": detail.get("from"),
        "to": detail.get("to"),
        "reason": _reason(row.action, detail),
        "ledger_index": row.idx,
    }


def _reason(action: str, detail: dict[str, Any]) -> str | None:
    code = detail.get("reason") or detail.get("reason_code")
    if action == "personal.revealed":
        field = detail.get("field", "")
        label = PERSONAL_FIELD_LABELS[PersonalField(field)] if field in set(PersonalField) else ""
        return f"{label}：{code}" if code else label
    return reasons.label_of(_REASONS.get(action, {}), code) if code else None
