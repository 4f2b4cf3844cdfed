"""One task opened at the desk: its row, papers, addresses and timeline; the report itself is read elsewhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import NotFound
from grid.core.words.roles import Role
from grid.models import Address, DocumentLine, Packet, Party, Task, db
from grid.reads.briefs import open_brief
from grid.reads.cases import address_card
from grid.reads.ownership import task_facts
from grid.reads.task_rows import task_rows
from grid.reads.timeline import timeline
from grid.rules import permissions
from grid.rules.permissions import Action
from grid.tools.kit import Kit

SEES_ADDRESS = frozenset(
    {Role.COMMAND_CENTRE, Role.DISTRICT_CENTRE, Role.STREET_CENTRE, Role.GRID_LEADER, Role.GRID_WORKER}
)
"""Who needs the whole address besides the officer: those who route and those who go there."""


def task_for(actor: Actor, task_id: str, action: Action = Action.TASK_READ) -> Task:
    """Return a task the actor may look at; raises NotFound out of reach."""
    task = db.session.get(Task, task_id)
    if task is None:
        raise NotFound
    permissions.check(actor, action, task_facts(task, actor))
    return task


def task_row(actor: Actor, task_id: str, now: datetime) -> dict[str, Any]:
    """Return the row of one task, as verbs answer with it."""
    return task_rows(actor, [task_id], now)[0]


def task_file(actor: Actor, task: Task, kit: Kit, now: datetime) -> dict[str, Any]:
    """Return the task with papers, addresses, instruction and timeline; names whole for its own officer only."""
    mine = actor.id in (task.officer_id, task.worker_id)
    whole_address = mine or actor.role in SEES_ADDRESS
    party = db.session.get_one(Party, task.addressee_id)
    rows = db.session.scalars(
        select(Address).where(Address.party_id == party.id).order_by(Address.created_at, Address.id)
    )
    places = {row.id: address_card(row, kit, full=whole_address) for row in rows}
    row = task_row(actor, task.id, now)
    if mine:
        row["addressee"]["name"] = kit.vault.open_sealed(party.name_sealed, f"party.name:{party.id}")
    address = places.pop(task.address_id, None)
    if whole_address and address is not None:
        row["address_text"] = address["text"]
    return row | {
        "addressee": row["addressee"] | {
            "role": party.role,
            "phone_masked": party.phone_masked,
            "id_no_masked": party.id_no_masked,
            "minor": party.minor,
            "incapacitated": party.incapacitated,
        },
        "instruction": task.instruction,
        "notes": _notes(task, kit) if mine else None,
        "documents": _documents(task.id),
        "brief": open_brief(task.id, task.brief, kit) if mine else {},
        "address": address,
        "addresses": list(places.values()),
        "take_due_at": task.take_due_at,
        "first_visit_due_at": task.first_visit_due_at,
        "effective_on": task.effective_on,
        "receipt_date": task.receipt_on,
        "original_received_on": task.original_received_on,
        "outcome": task.outcome,
        "verdict": task.verdict,
        "route_note": task.route_note,
        "packets": _packets(task.id),
        "earlier_task": _earlier(task.previous_task_id),
        "timeline": timeline(task.id),
    }  # fmt: skip


def _notes(task: Task, kit: Kit) -> str:
    return kit.vault.open_sealed(task.notes_sealed, f"task.notes:{task.id}") if task.notes_sealed else ""


def _documents(task_id: str) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(DocumentLine).where(DocumentLine.task_id == task_id).order_by(DocumentLine.position)
    )
    return [
        {
            "id": row.id, "type": row.type, "name": row.name, "no": row.no, "copies": row.copies,
            "handed": row.handed, "not_handed_reason": row.not_handed_reason,
        }
        for row in rows
    ]  # fmt: skip


def _packets(task_id: str) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Packet).where(Packet.task_id == task_id).order_by(Packet.issued_at))
    return [
        {
            "cti": row.cti, "issued_at": row.issued_at, "expires_at": row.expires_at, "used_at": row.used_at,
            "revoked_at": row.revoked_at,
        }
        for row in rows
    ]  # fmt: skip


def _earlier(task_id: str | None) -> dict[str, str] | None:
    if task_id is None:
        return None
    row = db.session.execute(select(Task.id, Task.no).where(Task.id == task_id)).one_or_none()
    return {"id": row.id, "no": row.no} if row else None
