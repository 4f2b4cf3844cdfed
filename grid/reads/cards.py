"""Task cards as phones hold them: a handful of queries for any number of tasks."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.words.tasks import TaskState
from grid.models import Case, Party, Person, Task, db
from grid.reads.briefs import open_brief
from grid.reads.card_parts import (
    Around,
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
        Task.id,
        Task.no,
        Task.kind,
        Task.state,
        Task.version,
        Task.mode,
        Task.urgent,
        Task.flags,
        Task.brief,
        Task.instruction,
        Task.notes_sealed,
        Task.dispatched_at,
        Task.take_due_at,
        Task.taken_at,
        Task.first_visit_due_at,
        Task.due_at,
        Task.due_on,
        Task.case_id,
        Task.address_id,
        Task.officer_id,
        Task.worker_id,
        Task.cell_id,
        Task.rounds,
        Task.visit_count,
        Task.outcome,
        Task.verdict,
        Task.effective_on,
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
    rows = db.session.connection().execute(_MAIN.where(where).order_by(Task.due_at)).all()
    if not rows:
        return []
    around = read_around(actor, rows, kit)
    return [_card(row, around, kit) for row in rows]


def _card(row: Any, around: Around, kit: Kit) -> dict[str, Any]:
    full = row.id in around.held
    packets = around.packets[row.id]
    slips = around.slips[row.id]
    places = around.places(row.party_id, full, kit)
    visits = around.visits[row.id]
    return {
        "id": row.id,
        "no": row.no,
        "kind": row.kind,
        "state": TaskState(row.state).value,
        "version": row.version,
        "mode": row.mode,
        "urgent": row.urgent,
        "flags": row.flags,
        "case_no": row.case_no,
        "cause": row.cause,
        "addressee": addressee_part(row, full, kit),
        "adverse": adverse_part(row, around.parties[row.case_id], kit) if full else [],
        "address": places.pop(row.address_id, None),
        "addresses": list(places.values()) if full else [],
        "documents": around.papers[row.id],
        "brief": open_brief(row.id, row.brief, kit) if full else {},
        "dispatched_at": row.dispatched_at,
        "take_due_at": row.take_due_at,
        "first_visit_due_at": row.first_visit_due_at,
        "due_at": row.due_at,
        "due_on": row.due_on,
        "instruction": row.instruction,
        "notes": open_sealed(kit, row.notes_sealed, f"task.notes:{row.id}") if full else None,
        "officer": around.officers[row.officer_id],
        "duty_phone": around.duty_phone,
        "cell": {"id": row.cell_id, "name": around.units.get(row.cell_id, "")},
        "packet": {"cti": packets[-1].cti, "digest": packets[-1].digest, "used": packets[-1].used_at is not None}
        if packets
        else None,
        "packet_revoked": bool(packets) and packets[-1].revoked_at is not None,
        "slip": slips[-1].token if slips else None,
        "slip_expires_at": slips[-1].expires_at if slips else None,
        "diligence": diligence_part(visits),
        "visits": [visit_part(v) for v in visits],
        "sent_back": around.notes.get(row.id),
        "result": result_part(row),
        "receipts": [{"short_code": r.short_code, "cti": r.cti, "state": r.state} for r in around.receipts[row.id]],
    }
