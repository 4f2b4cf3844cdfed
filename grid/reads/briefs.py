"""What the court asked for in a task of a kind without papers: the brief, as its kind's questions spell it."""

from typing import Any

import orjson

from grid.tools.kit import Kit


def open_brief(task_id: str, brief: dict[str, Any], kit: Kit) -> dict[str, Any]:
    """Return the answers to the kind's brief; empty where papers say it all."""
    sealed = brief.get("sealed")
    return dict(orjson.loads(kit.vault.open_sealed(sealed, f"task.brief:{task_id}"))) if sealed else {}
