"""The parts of a task card, and the batched reads behind them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.words.tasks import TaskState
from grid.kinds import verdict_label
from grid.kinds.delivery.diligence import VisitTime, diligence
from grid.models import Address, DocumentLine, Packet, Party, Receipt, Slip, Unit, Visit, db
from grid.reads.among import among
from grid.reads.sent_back import sent_back_notes
from grid.rules.service import opposing_roles
from grid.tools.kit import Kit

Group = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a set of tasks, grouped by task, party or case; `held` are the tasks the actor has taken."""

    held: frozenset[str]
    papers: Group
    addresses: Group
    visits: Group
    packets: Group
    slips: Group
    receipts: Group
    parties: Group
    notes: dict[str, dict[str, Any]]
    units: dict[str, str]
    officers: dict[str, dict[str, Any]]
    duty_phone: str

    def places(self, party_id: str, full: bool, kit: Kit) -> dict[str, dict[str, Any]]:
        """Return a party's addresses by id, whole or down to the community."""
        return {row.id: address_part(row, full, kit) for row in self.addresses[party_id]}


def grouped(statement: Any, key: str) -> Group:
    """Run one query and group its rows."""
    found: Group = defaultdict(list)
    for row in db.session.connection().execute(statement).all():
        found[getattr(row, key)].append(row)
    return found


def read_around(actor: Actor, rows: Sequence[Any], kit: Kit) -> Around:
    """Read everything the cards of these tasks need, at most one query a table; what no task can have is not asked."""
    ids = [row.id for row in rows]
    held = [row for row in rows if row.worker_id == actor.id and row.taken_at is not None]
    visited = [row.id for row in rows if row.visit_count]
    lines = grouped(
        select(DocumentLine.__table__).where(among(DocumentLine.task_id, ids)).order_by(DocumentLine.position),
        "task_id",
    )
    papers: Group = defaultdict(list)
    for task_id, found in lines.items():
        papers[task_id] = [{"id": d.id, "type": d.type, "name": d.name, "no": d.no, "copies": d.copies} for d in found]
    mending = [row for row in rows if row.state == TaskState.WORKING and row.rounds]
    units = _units(actor, rows)
    return Around(
        held=frozenset(row.id for row in held),
        papers=papers,
        addresses=grouped(
            select(Address.__table__)
            .where(among(Address.party_id, {row.party_id for row in rows}))
            .order_by(Address.created_at),
            "party_id",
        ),
        visits=_visits(visited),
        packets=grouped(
            select(Packet.task_id, Packet.cti, Packet.digest, Packet.used_at, Packet.revoked_at)
            .where(among(Packet.task_id, ids))
            .order_by(Packet.issued_at),
            "task_id",
        ),
        slips=_slips(actor, [row.id for row in held]),
        receipts=_receipts(visited),
        parties=_parties({row.case_id for row in held}),
        notes=sent_back_notes(mending, kit),
        units={unit_id: row.name for unit_id, row in units.items()},
        officers=_officers(rows, kit),
        duty_phone=units[actor.court_id].facts.get("duty_phone", ""),
    )


def _visits(visited: list[str]) -> Group:
    if not visited:
        return defaultdict(list)
    wanted = select(
        Visit.id,
        Visit.task_id,
        Visit.ordinal,
        Visit.outcome,
        Visit.happened_at,
        Visit.contact,
        Visit.revision,
        Visit.supplementary,
    )
    return grouped(wanted.where(among(Visit.task_id, visited)).order_by(Visit.ordinal), "task_id")


def _slips(actor: Actor, held: list[str]) -> Group:
    if not held:
        return defaultdict(list)
    wanted = select(Slip.task_id, Slip.token, Slip.expires_at)
    mine = wanted.where(among(Slip.task_id, held), Slip.worker_id == actor.id, Slip.revoked_at.is_(None))
    return grouped(mine.order_by(Slip.issued_at), "task_id")


def _receipts(visited: list[str]) -> Group:
    if not visited:
        return defaultdict(list)
    wanted = select(Receipt.task_id, Receipt.short_code, Receipt.cti, Receipt.state)
    return grouped(wanted.where(among(Receipt.task_id, visited)).order_by(Receipt.issued_at), "task_id")


def _parties(cases: set[str]) -> Group:
    if not cases:
        return defaultdict(list)
    wanted = select(Party.id, Party.case_id, Party.role, Party.name_sealed)
    return grouped(wanted.where(among(Party.case_id, cases)), "case_id")


def _units(actor: Actor, rows: Sequence[Any]) -> dict[str, Any]:
    """Read the cells' names, and the court with its public facts."""
    wanted = {row.cell_id for row in rows if row.cell_id} | {actor.court_id}
    found = db.session.connection().execute(select(Unit.id, Unit.name, Unit.facts).where(among(Unit.id, wanted)))
    return {row.id: row for row in found}


def _officers(rows: Sequence[Any], kit: Kit) -> dict[str, dict[str, Any]]:
    """Open each officer's phone number once, however many tasks are theirs."""
    sealed = {row.officer_id: (row.officer_name, row.officer_phone) for row in rows}
    return {
        officer_id: {"name": name, "phone": open_sealed(kit, phone, f"person.phone:{officer_id}")}
        for officer_id, (name, phone) in sealed.items()
    }


def open_sealed(kit: Kit, sealed: str | None, aad: str) -> str | None:
    """Open a sealed field that may be empty."""
    return kit.vault.open_sealed(sealed, aad) if sealed else None


def address_part(row: Any, full: bool, kit: Kit) -> dict[str, Any]:
    """Describe one address; only its holder sees more than the community."""
    return {
        "text": kit.vault.open_sealed(row.text_sealed, f"address.text:{row.id}")
        if full
        else row.street + row.community,
        "source": row.source,
        "confirmed_on": row.confirmed_on,
        "lng": row.lng if full else None,
        "lat": row.lat if full else None,
        "datum": row.datum,
        "street": row.street,
        "community": row.community,
    }


def addressee_part(row: Any, full: bool, kit: Kit) -> dict[str, Any]:
    """Describe the addressee; masked until the task is taken."""
    agents = open_sealed(kit, row.agents_sealed, f"party.agents:{row.party_id}") if full else None
    return {
        "name": kit.vault.open_sealed(row.name_sealed, f"party.name:{row.party_id}") if full else row.name_masked,
        "masked": not full,
        "kind": row.party_kind,
        "phone": open_sealed(kit, row.phone_sealed, f"party.phone:{row.party_id}") if full else None,
        "legal_rep": open_sealed(kit, row.legal_rep_sealed, f"party.legal_rep:{row.party_id}") if full else None,
        "minor": row.minor,
        "incapacitated": row.incapacitated,
        "agents": orjson.loads(agents) if agents else [],
    }


def adverse_part(row: Any, parties: Iterable[Any], kit: Kit) -> list[str]:
    """Name the opposing parties, who may never sign for the addressee (法院专递规定第7条)."""
    opposing = opposing_roles(row.party_role)
    return [
        kit.vault.open_sealed(p.name_sealed, f"party.name:{p.id}")
        for p in parties
        if p.role in opposing and p.id != row.party_id
    ]


def diligence_part(visits: list[Any]) -> dict[str, Any]:
    """Count the visits for the worker and say what is still missing."""
    found = diligence(VisitTime(v.happened_at, v.contact) for v in visits if not v.supplementary)
    return {
        "visits": found.count,
        "days": found.days,
        "off_hours": found.off_hours,
        "satisfied": found.satisfied,
        "text": found.missing_text,
    }


def visit_part(row: Any) -> dict[str, Any]:
    """Describe one earlier visit."""
    return {
        "id": row.id,
        "ordinal": row.ordinal,
        "outcome": row.outcome,
        "at": row.happened_at,
        "revision": row.revision,
        "supplementary": row.supplementary,
    }


def result_part(task: Any) -> dict[str, Any] | None:
    """Tell how the court closed the task."""
    if task.state not in (TaskState.CLOSED, TaskState.ARCHIVED):
        return None
    return {
        "verdict": task.verdict,
        "verdict_label": verdict_label(task.kind, task.verdict),
        "effective_on": task.effective_on,
        "outcome": task.outcome,
    }
