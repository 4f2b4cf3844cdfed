"""Accounts of people: open with an initial password, change, reset, close."""

from datetime import datetime

from sqlalchemy import func, select

from grid.core.actor import Actor
from grid.core.errors import Conflict, InvalidInput
from grid.core.ids import new_id
from grid.core.words.roles import COURT_ROLES, GRID_ROLES, Role
from grid.flows import ledger
from grid.flows.numbers import next_number
from grid.models import Person, Unit, db
from grid.rules.identity import mask_phone
from grid.tools.passwords import Passwords
from grid.tools.vault import Vault

WORKER_NO, WORKER_NO_BASE = "worker_no", 1000

UNIT_KINDS: dict[Role, frozenset[str]] = {
    **dict.fromkeys(COURT_ROLES, frozenset({"court", "department"})),
    Role.AUDITOR: frozenset({"court", "department"}),
    Role.SYSADMIN: frozenset({"court", "department"}),
    Role.ASSESSOR: frozenset({"court", "department", "district"}),
    Role.DISTRICT_CENTRE: frozenset({"district"}),
    Role.STREET_CENTRE: frozenset({"street"}),
    Role.GRID_LEADER: frozenset({"community", "street"}),
    Role.GRID_WORKER: frozenset({"cell", "community"}),
}


def create_person(
    actor: Actor | None,
    now: datetime,
    *,
    unit: Unit,
    role: Role,
    name: str,
    staff_no: str,
    phone: str,
    password: str,
    vault: Vault,
    passwords: Passwords,
    must_change_password: bool = True,
    person_id: str | None = None,
    **facts: object,
) -> Person:
    """Create one account; raises InvalidInput for a role that does not fit the unit, Conflict for a used number."""
    if unit.kind not in UNIT_KINDS[role]:
        raise InvalidInput(fields={"unit_id": ["这个岗位不能设在所选单位"]})
    if db.session.scalar(select(Person.id).where(func.lower(Person.staff_no) == staff_no.lower())):
        raise Conflict(fields={"staff_no": ["工号已被使用"]})
    index = vault.blind_index(phone, "person.phone") if phone else None
    if index and db.session.scalar(select(Person.id).where(Person.phone_index == index)):
        raise Conflict(fields={"phone": ["手机号已被使用"]})
    person_id = person_id or new_id()
    person = Person(
        id=person_id,
        court_id=unit.court_id,
        unit_id=unit.id,
        role=role.value,
        name=name,
        staff_no=staff_no,
        worker_no=WORKER_NO_BASE + next_number(WORKER_NO),
        phone_sealed=vault.seal(phone, f"person.phone:{person_id}") if phone else None,
        phone_index=index,
        phone_masked=mask_phone(phone) if phone else "",
        password_hash=passwords.hash(password),
        must_change_password=must_change_password,
        confidentiality_signed_at=now if role in GRID_ROLES else None,
        created_at=now,
        **facts,
    )
    db.session.add(person)
    db.session.flush()
    ledger.record("person.created", actor, now, object_id=person_id, role=role.value)
    return person
