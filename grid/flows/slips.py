"""Issue the slip a worker shows at the door, signed ahead so that it works without network."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from grid.core.words.tokens import AssistRole, KeyPurpose
from grid.flows import task_order
from grid.models import Person, Slip, Task, db
from grid.rules.tokens import CTI_SIZE, SlipFacts
from grid.tools import base32
from grid.tools.kit import Kit
from grid.tools.tokens import issue_token

LIFE = timedelta(days=30)


def issue_slip(task: Task, worker_id: str, kit: Kit, now: datetime) -> Slip:
    """Sign a slip for the worker who holds the task; earlier slips of the task end."""
    documents = task_order.document_set(task.id)
    cti = secrets.token_bytes(CTI_SIZE)
    signer = kit.keys.signer(KeyPurpose.SLIP)
    expires_at = now + LIFE
    end_slips(task.id, now)
    facts = SlipFacts(
        issued_at=now,
        cti=cti,
        order=task_order.order_digest(task, documents),
        name=task_order.masked_addressee(task),
        grid=task_order.cell_code(task),
        worker=db.session.scalars(select(Person.worker_no).where(Person.id == worker_id)).one(),
        seq=db.session.scalar(select(func.count()).select_from(Slip).where(Slip.task_id == task.id)) or 0,
        documents=task_order.documents_digest(documents),
        valid_until=expires_at,
        role=AssistRole.ASSISTANT,
    )
    slip = Slip(
        cti=base32.encode(cti),
        task_id=task.id,
        worker_id=worker_id,
        kid=signer.kid.hex(),
        token=issue_token(facts, signer),
        issued_at=now,
        expires_at=expires_at,
    )
    db.session.add(slip)
    return slip


def end_slips(task_id: str, now: datetime) -> None:
    """End every open slip of a task: it was taken away, transferred or re-issued."""
    db.session.execute(update(Slip).where(Slip.task_id == task_id, Slip.revoked_at.is_(None)).values(revoked_at=now))
