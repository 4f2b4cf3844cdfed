"""What a task's signed tokens speak about: its papers, its order, its addressee's masked name, its cell."""

import hashlib
from typing import Any

from sqlalchemy import select

from grid.models import DocumentLine, Party, Task, Unit, db
from grid.rules.canonical import canonical_bytes
from grid.rules.tokenwords import token_grid, token_name


def document_set(task_id: str) -> list[dict[str, Any]]:
    """Return the papers of a task in their order, as they are signed."""
    rows = db.session.execute(
        select(DocumentLine.type, DocumentLine.name, DocumentLine.no, DocumentLine.copies)
        .where(DocumentLine.task_id == task_id)
        .order_by(DocumentLine.position)
    )
    return [{"type": r.type, "name": r.name, "no": r.no, "copies": r.copies} for r in rows]


def documents_sha256(documents: list[dict[str, Any]]) -> bytes:
    """Return the SHA-256 of the paper list."""
    return hashlib.sha256(canonical_bytes(documents)).digest()


def documents_digest(documents: list[dict[str, Any]]) -> bytes:
    """Return the first 16 bytes of the SHA-256 of the paper list, as tokens carry it."""
    return documents_sha256(documents)[:16]


def order_digest(task: Task, documents: list[dict[str, Any]]) -> bytes:
    """Return the SHA-256 of the task order: number, case, mode and papers."""
    return hashlib.sha256(
        canonical_bytes(
            {"task": task.id, "no": task.no, "case": task.case_id, "mode": task.mode, "documents": documents}
        )
    ).digest()


def masked_addressee(task: Task) -> str:
    """Return the masked addressee, short enough for a token."""
    return token_name(db.session.scalars(select(Party.name_masked).where(Party.id == task.addressee_id)).one())


def cell_code(task: Task) -> str:
    """Return the code of the cell, or of the unit that holds the task, as tokens carry it."""
    return token_grid(db.session.scalars(select(Unit.code).where(Unit.id == (task.cell_id or task.unit_id))).one())
