"""Write events into the ledger: each becomes a leaf of the RFC 6962 tree in the same transaction."""

import secrets
from datetime import datetime
from typing import Any

from grid.core.actor import Actor
from grid.core.clock import iso
from grid.core.content import content_bytes
from grid.flows.append import pending
from grid.models import db


def record(
    action: str,
    actor: Actor | None,
    now: datetime,
    *,
    object_id: str | None = None,
    task_id: str | None = None,
    before: str | None = None,
    after: str | None = None,
    **detail: Any,
) -> None:
    """Add one event; before and after are content digests, detail holds no personal data."""
    body = {
        "v": 1,
        "salt": secrets.token_hex(16),
        "at": iso(now),
        "action": action,
        "actor": actor.id if actor else None,
        "role": actor.role if actor else "system",
        "device": actor.device_id if actor else None,
        "object": object_id,
        "task": task_id,
        "before": before,
        "after": after,
        "detail": detail,
    }
    pending(db.session()).leaves.append(
        {
            "body": content_bytes(body).decode(),
            "action": action,
            "actor_id": actor.id if actor else None,
            "task_id": task_id,
            "object_id": object_id,
            "at": now,
        }
    )
