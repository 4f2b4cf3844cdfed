"""Everything a visit is judged by, read in four queries: task and people, papers, opposing parties."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import NotFound
from grid.core.words.service import AddresseeKind
from grid.core.words.tasks import DeliveryMode
from grid.kinds.delivery.rules import Line, TaskFacts
from grid.models import Address, DocumentLine, LedgerLeaf, Party, Person, Task, Unit, db
from grid.rules.service import Addressee, opposing_roles
from grid.tools.geo import to_wgs84
from grid.tools.kit import Kit


@dataclass(slots=True)
class VisitContext:
    """A locked task with what its rules and its receipt need."""

    task: Task
    documents: list[DocumentLine]
    facts: TaskFacts
    name_masked: str
    cell_code: str
    worker_no: int
    home: tuple[float, float] | None
    holds: bool


def read_context(actor: Actor, task_id: str, kit: Kit) -> VisitContext:
    """Lock a task for a report of this worker; raises NotFound unless it is or once was theirs."""
    row = db.session.execute(
        _around(actor.id).where(Task.id == task_id, Task.court_id == actor.court_id).with_for_update(of=Task)
    ).one_or_none()
    if row is None:
        raise NotFound
    holds = row.Task.worker_id == actor.id and row.Task.taken_at is not None
    if not holds and not was_taken_by(row.Task.id, actor.id):
        raise NotFound
    return _context(row, holds, kit)


def court_context(task: Task, worker_id: str, kit: Kit) -> VisitContext:
    """Read the same facts for the court, about the worker who made the visit."""
    return _context(db.session.execute(_around(worker_id).where(Task.id == task.id)).one(), True, kit)


def _around(worker_id: str) -> Any:
    return (
        select(Task, Party, Unit.code, Person.worker_no, Address.lng, Address.lat, Address.datum)
        .join(Address, Address.id == Task.address_id)
        .join(Party, Party.id == Task.addressee_id)
        .join(Person, Person.id == worker_id)
        .join(Unit, Unit.id == Task.unit_id)
    )


def _context(row: Any, holds: bool, kit: Kit) -> VisitContext:
    task, party = row.Task, row.Party
    documents = list(
        db.session.scalars(select(DocumentLine).where(DocumentLine.task_id == task.id).order_by(DocumentLine.position))
    )
    parties = db.session.execute(
        select(Party.id, Party.role, Party.name_sealed).where(Party.case_id == task.case_id, Party.id != party.id)
    ).all()
    return VisitContext(
        task=task,
        documents=documents,
        facts=TaskFacts(
            mode=DeliveryMode(task.mode),
            addressee=addressee_of(party, kit),
            lines=tuple(Line(d.id, d.type, d.name) for d in documents),
            adverse=adverse_names(party.role, parties, kit),
            dispatched_on=dispatched_on(task),
        ),
        name_masked=party.name_masked,
        cell_code=row.code,
        worker_no=row.worker_no,
        home=None if row.lng is None or row.lat is None else to_wgs84(row.lng, row.lat, row.datum),
        holds=holds,
    )


def was_taken_by(task_id: str, person_id: str) -> bool:
    """Tell whether the task was this person's once: their late report must never be lost."""
    statement = (
        select(LedgerLeaf.idx)
        .where(LedgerLeaf.task_id == task_id, LedgerLeaf.actor_id == person_id, LedgerLeaf.action == "task.taken")
        .limit(1)
    )
    return db.session.scalar(statement) is not None


def addressee_of(party: Party, kit: Kit) -> Addressee:
    """Return the addressee as the service rules see them."""
    agents: list[dict[str, str]] = []
    if party.agents_sealed:
        agents = orjson.loads(kit.vault.open_sealed(party.agents_sealed, f"party.agents:{party.id}"))
    legal_rep = ""
    if party.legal_rep_sealed:
        legal_rep = kit.vault.open_sealed(party.legal_rep_sealed, f"party.legal_rep:{party.id}")
    return Addressee(
        name=kit.vault.open_sealed(party.name_sealed, f"party.name:{party.id}"),
        kind=AddresseeKind(party.kind),
        minor=party.minor,
        incapacitated=party.incapacitated,
        legal_rep=legal_rep,
        agents=frozenset(a["name"] for a in agents if a["relation"] == "litigation_agent"),
        designated=frozenset(a["name"] for a in agents if a["relation"] == "designated_receiver"),
    )


def adverse_names(role: str, parties: Any, kit: Kit) -> frozenset[str]:
    """Name the opposing parties, who may never sign for the addressee (法院专递规定第7条)."""
    opposing = opposing_roles(role)
    return frozenset(
        kit.vault.open_sealed(row.name_sealed, f"party.name:{row.id}") for row in parties if row.role in opposing
    )


def dispatched_on(task: Task) -> date:
    """Return the day the task was dispatched."""
    return local_date(task.dispatched_at or task.created_at)
