"""Task cards as phones hold them: a handful of queries for any number of tasks."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.words.tasks import TaskState
from grid.models import Case, Party, Person, Task, Unit, db
from grid.reads.briefs import open_brief
from grid.reads.card_parts import (
    addressee_part,
    adverse_part,
    diligence_part,
    open_sealed,
    read_around,
    result_part,
    visit_part,
)
from grid.tools.kit import Kit

_MAIN = (
    select(
        Task,
        Case.case_no,
        Case.cause,
        Party.id.label("party_id"),
        Party.kind.label("party_kind"),
        Party.role.label("party_role"),
        Party.name_sealed,
        Party.name_masked,
        Party.phone_sealed,
        Party.legal_rep_sealed,
        Party.agents_sealed,
        Party.minor,
        Party.incapacitated,
        Person.name.label("officer_name"),
        Person.phone_sealed.label("officer_phone"),
    )
    .join(Case, Case.id == Task.case_id)
    .join(Party, Party.id == Task.addressee_id)
    .join(Person, Person.id == Task.officer_id)
)


def task_cards(actor: Actor, where: Any, kit: Kit, now: datetime) -> list[dict[str, Any]]:
    """Return the cards of the tasks that meet a condition, in due order; names stay masked until taken."""
    rows: list[Any] = list(db.session.execute(_MAIN.where(where).order_by(Task.due_at)))
    if not rows:
        return []
    around = read_around(actor, rows, kit)
    court = court_facts(actor.court_id)
    return [_card(actor, row, around, court, kit) for row in rows]


def _card(actor: Actor, row: Any, around: Any, court: dict[str, Any], kit: Kit) -> dict[str, Any]:
    task: Task = row.Task
    full = task.worker_id == actor.id and task.taken_at is not None
    packets = around.packets[task.id]
    slips = around.slips[task.id] if full else []
    places = around.places(row.party_id, full, kit)
    visits = around.visits[task.id]
    return {
        "id": task.id,
        "no": task.no,
        "kind": task.kind,
        "state": TaskState(task.state).value,
        "version": task.version,
        "mode": task.mode,
        "urgent": task.urgent,
        "flags": task.flags,
        "case_no": row.case_no,
        "cause": row.cause,
        "addressee": addressee_part(row, full, kit),
        "adverse": adverse_part(row, around.parties[task.case_id], kit) if full else [],
        "address": places.pop(task.address_id, None),
        "addresses": list(places.values()) if full else [],
        "documents": around.papers[task.id],
        "brief": open_brief(task.id, task.brief, kit) if full else {},
        "dispatched_at": task.dispatched_at,
        "take_due_at": task.take_due_at,
        "first_visit_due_at": task.first_visit_due_at,
        "due_at": task.due_at,
        "due_on": task.due_on,
        "instruction": task.instruction,
        "notes": open_sealed(kit, task.notes_sealed, f"task.notes:{task.id}") if full else None,
        "officer": {
            "name": row.officer_name,
            "phone": open_sealed(kit, row.officer_phone, f"person.phone:{task.officer_id}"),
        },
        "duty_phone": court.get("duty_phone", ""),
        "cell": {"id": task.cell_id, "name": around.units.get(task.cell_id, "")},
        "packet": {"cti": packets[-1].cti, "digest": packets[-1].digest, "used": packets[-1].used_at is not None}
        if packets
        else None,
        "packet_revoked": bool(packets) and packets[-1].revoked_at is not None,
        "slip": slips[-1].token if slips else None,
        "slip_expires_at": slips[-1].expires_at if slips else None,
        "diligence": diligence_part(visits),
        "visits": [visit_part(v) for v in visits],
        "sent_back": around.notes.get(task.id),
        "result": result_part(task),
        "receipts": [{"short_code": r.short_code, "cti": r.cti, "state": r.state} for r in around.receipts[task.id]],
    }


def court_facts(court_id: str) -> dict[str, Any]:
    """Return the court's public facts: duty phone, hotline."""
    return dict(db.session.scalars(select(Unit.facts).where(Unit.id == court_id)).one())
