"""Everything a visit is judged by, read in two queries: task and people, papers and parties."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import bindparam, false, literal, select, true, union_all

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import NotFound
from grid.core.words.service import AddresseeKind
from grid.kinds import BY_CODE
from grid.kinds.base import Kind, Line, TaskFacts
from grid.models import Address, DocumentLine, LedgerLeaf, Party, Person, Task, Unit, db
from grid.reads.briefs import open_brief
from grid.rules.service import Addressee, opposing_roles
from grid.tools.geo import to_wgs84
from grid.tools.kit import Kit


class Paper(NamedTuple):
    """One document line of the task."""

    id: str
    type: str
    name: str
    no: str
    copies: int


@dataclass(slots=True)
class VisitContext:
    """A locked task with what its rules and its receipt need."""

    task: Task
    kind: Kind
    documents: list[Paper]
    facts: TaskFacts
    name_masked: str
    cell_code: str
    worker_no: int
    home: tuple[float, float] | None
    holds: bool


_TASK_AND_PEOPLE = (
    select(
        Task,
        Party.id.label("party_id"),
        Party.kind.label("party_kind"),
        Party.role.label("party_role"),
        Party.name_sealed,
        Party.name_masked,
        Party.legal_rep_sealed,
        Party.agents_sealed,
        Party.minor,
        Party.incapacitated,
        Unit.code,
        Person.worker_no,
        Address.lng,
        Address.lat,
        Address.datum,
    )
    .join(Address, Address.id == Task.address_id)
    .join(Party, Party.id == Task.addressee_id)
    .join(Person, Person.id == bindparam("worker_id"))
    .join(Unit, Unit.id == Task.unit_id)
    .where(Task.id == bindparam("task_id"))
)
_LOCKED_TASK_AND_PEOPLE = _TASK_AND_PEOPLE.where(Task.court_id == bindparam("court_id")).with_for_update(of=Task)
_PAPERS_AND_PARTIES = union_all(
    select(
        true().label("paper"),
        DocumentLine.id,
        DocumentLine.type,
        DocumentLine.name,
        DocumentLine.no,
        DocumentLine.copies,
        DocumentLine.position,
    ).where(DocumentLine.task_id == bindparam("task_id")),
    select(false(), Party.id, Party.role, Party.name_sealed, literal(""), literal(0), literal(0)).where(
        Party.case_id == bindparam("case_id"), Party.id != bindparam("party_id")
    ),
)
_TAKEN_BY = (
    select(LedgerLeaf.idx)
    .where(
        LedgerLeaf.task_id == bindparam("task_id"),
        LedgerLeaf.actor_id == bindparam("person_id"),
        LedgerLeaf.action == "task.taken",
    )
    .limit(1)
)


def read_context(actor: Actor, task_id: str, kit: Kit) -> VisitContext:
    """Lock a task for a report of this worker; raises NotFound unless it is or once was theirs."""
    row = db.session.execute(
        _LOCKED_TASK_AND_PEOPLE, {"worker_id": actor.id, "task_id": task_id, "court_id": actor.court_id}
    ).one_or_none()
    if row is None:
        raise NotFound
    holds = row.Task.worker_id == actor.id and row.Task.taken_at is not None
    if not holds and not was_taken_by(row.Task.id, actor.id):
        raise NotFound
    return _context(row, holds, kit)


def court_context(task: Task, worker_id: str, kit: Kit) -> VisitContext:
    """Read the same facts for the court, about the worker who made the visit."""
    row = db.session.execute(_TASK_AND_PEOPLE, {"worker_id": worker_id, "task_id": task.id}).one()
    return _context(row, True, kit)


def _context(row: Any, holds: bool, kit: Kit) -> VisitContext:
    task = row.Task
    rows = (
        db.session.connection()
        .execute(_PAPERS_AND_PARTIES, {"task_id": task.id, "case_id": task.case_id, "party_id": row.party_id})
        .all()
    )
    papers = sorted((found for found in rows if found.paper), key=lambda found: found.position)
    return VisitContext(
        task=task,
        kind=BY_CODE[task.kind],
        documents=[Paper(*found[1:6]) for found in papers],
        facts=TaskFacts(
            mode=task.mode,
            addressee=_addressee_of(row, kit),
            lines=tuple(Line(found.id, found.type, found.name) for found in papers),
            adverse=_adverse_names(row.party_role, [found for found in rows if not found.paper], kit),
            dispatched_on=dispatched_on(task),
            brief=open_brief(task.id, task.brief, kit),
        ),
        name_masked=row.name_masked,
        cell_code=row.code,
        worker_no=row.worker_no,
        home=None if row.lng is None or row.lat is None else to_wgs84(row.lng, row.lat, row.datum),
        holds=holds,
    )


def was_taken_by(task_id: str, person_id: str) -> bool:
    """Tell whether the task was this person's once: their late report must never be lost."""
    taken = db.session.connection().execute(_TAKEN_BY, {"task_id": task_id, "person_id": person_id})
    return taken.scalar() is not None


def _addressee_of(row: Any, kit: Kit) -> Addressee:
    """Return the addressee of a row of _TASK_AND_PEOPLE as the service rules see them."""
    agents: list[dict[str, str]] = []
    if row.agents_sealed:
        agents = orjson.loads(kit.vault.open_sealed(row.agents_sealed, f"party.agents:{row.party_id}"))
    legal_rep = ""
    if row.legal_rep_sealed:
        legal_rep = kit.vault.open_sealed(row.legal_rep_sealed, f"party.legal_rep:{row.party_id}")
    return Addressee(
        name=kit.vault.open_sealed(row.name_sealed, f"party.name:{row.party_id}"),
        kind=AddresseeKind(row.party_kind),
        minor=row.minor,
        incapacitated=row.incapacitated,
        legal_rep=legal_rep,
        agents=frozenset(a["name"] for a in agents if a["relation"] == "litigation_agent"),
        designated=frozenset(a["name"] for a in agents if a["relation"] == "designated_receiver"),
    )


def _adverse_names(role: str, parties: Any, kit: Kit) -> frozenset[str]:
    """Name the opposing parties, who may never sign for the addressee (法院专递规定第7条)."""
    opposing = opposing_roles(role)
    return frozenset(kit.vault.open_sealed(row.name, f"party.name:{row.id}") for row in parties if row.type in opposing)


def dispatched_on(task: Task) -> date:
    """Return the day the task was dispatched."""
    return local_date(task.dispatched_at or task.created_at)
