"""Accounts at the desk: open, change, reset the password, close; within the units of whoever does it."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from grid.core.actor import Actor
from grid.core.errors import Conflict, InvalidInput, NotFound
from grid.core.words.roles import Role
from grid.flows import ledger
from grid.flows.faults import Faults
from grid.flows.people import UNIT_KINDS, create_person
from grid.models import Device, Person, SignedSession, Unit, db
from grid.rules import identity, permissions
from grid.rules.permissions import Action, ObjectFacts
from grid.tools.kit import Kit

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
MAY_APPOINT: dict[Role, frozenset[Role]] = {
    Role.SYSADMIN: frozenset(Role),
    Role.DISTRICT_CENTRE: frozenset({Role.STREET_CENTRE, Role.GRID_LEADER, Role.GRID_WORKER}),
    Role.STREET_CENTRE: frozenset({Role.GRID_LEADER, Role.GRID_WORKER}),
}
"""Which accounts a role may open and change: a centre its own grid, the system administrator everybody."""


def initial_password() -> str:
    """Make a readable random password of 14 characters, to be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def person_for(actor: Actor, person_id: str, action: Action) -> Person:
    """Return an account the actor may deal with so; raises NotFound out of reach."""
    row = db.session.execute(
        select(Person, Unit.path).join(Unit, Unit.id == Person.unit_id).where(Person.id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    permissions.check(actor, action, ObjectFacts(row.Person.court_id, row.path, frozenset({row.Person.id})))
    found: Person = row.Person
    return found


def check_appoint(actor: Actor, role: Role) -> None:
    """Raise InvalidInput when the actor may not open or change accounts of this role."""
    if role not in MAY_APPOINT.get(actor.role, frozenset()):
        raise InvalidInput(fields={"role": ["您只能管理本单位网格人员的账号；法院账号请联系系统管理员"]})


def unit_for(actor: Actor, unit_id: str) -> Unit:
    """Return a unit the actor may put people into; raises InvalidInput."""
    unit = db.session.get(Unit, unit_id)
    facts = ObjectFacts(unit.court_id, unit.path) if unit is not None else None
    if unit is None or unit.closed_at is not None or not permissions.can(actor, Action.PERSON_WRITE, facts):
        raise InvalidInput(fields={"unit_id": ["请选择本单位或下级单位"]})
    return unit


def open_account(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> tuple[Person, str]:
    """Open an account; returns it with its initial password, which is shown once."""
    role = Role(args["role"])
    check_appoint(actor, role)
    unit = unit_for(actor, args["unit_id"])
    faults = Faults()
    phone = faults.check("phone", identity.check_mobile, args["phone"])
    name = identity.normalise_name(args["name"])
    if len(name) < 2:
        faults.add("name", "请填写姓名")
    faults.refuse()
    password = initial_password()
    person = create_person(
        actor, now, unit=unit, role=role, name=name, staff_no=identity.normalise_text(args["staff_no"]),
        phone=phone.value if phone else "", password=password, vault=kit.vault, passwords=kit.passwords,
        person_id=args["id"], employment=args["employment"], is_committee_staff=args["is_committee_staff"],
        is_mediator=args["is_mediator"],
    )  # fmt: skip
    return person, password


def change_account(actor: Actor, person_id: str, change: dict[str, Any], kit: Kit, now: datetime) -> Person:
    """Change an account's facts; role and unit only of others, and only within what the actor may appoint."""
    person = person_for(actor, person_id, Action.PERSON_WRITE)
    check_appoint(actor, Role(person.role))
    role = Role(change.get("role") or person.role)
    if role != person.role or change.get("unit_id", person.unit_id) != person.unit_id:
        _move(actor, person, role, change.get("unit_id") or person.unit_id)
    if change.get("name"):
        person.name = identity.normalise_name(change["name"])
    if change.get("phone"):
        _set_phone(person, change["phone"], kit)
    for name in ("is_committee_staff", "is_mediator", "employment"):
        if name in change:
            setattr(person, name, change[name])
    ledger.record("person.changed", actor, now, object_id=person.id, columns=sorted(change))
    return person


def _move(actor: Actor, person: Person, role: Role, unit_id: str) -> None:
    if person.id == actor.id:
        raise InvalidInput(fields={"role": ["不能修改自己的岗位和单位"]})
    check_appoint(actor, role)
    unit = unit_for(actor, unit_id)
    if unit.kind not in UNIT_KINDS[role]:
        raise InvalidInput(fields={"unit_id": ["这个岗位不能设在所选单位"]})
    person.role, person.unit_id, person.court_id = role.value, unit.id, unit.court_id


def _set_phone(person: Person, text: str, kit: Kit) -> None:
    faults = Faults()
    checked = faults.check("phone", identity.check_mobile, text)
    faults.refuse()
    phone = checked.value if checked else ""
    index = kit.vault.blind_index(phone, "person.phone")
    if db.session.scalar(select(Person.id).where(Person.phone_index == index, Person.id != person.id)):
        raise Conflict(fields={"phone": ["手机号已被使用"]})
    person.phone_index = index
    person.phone_sealed = kit.vault.seal(phone, f"person.phone:{person.id}")
    person.phone_masked = identity.mask_phone(phone)


def reset_password(actor: Actor, person_id: str, kit: Kit, now: datetime) -> str:
    """Give an account a new initial password and close its sessions; what a phone has not sent stays on it."""
    person = person_for(actor, person_id, Action.PERSON_WRITE)
    check_appoint(actor, Role(person.role))
    if person.id == actor.id:
        raise InvalidInput(fields={"_": ["自己的密码请用“修改密码”更换"]})
    if person.deactivated_at is not None:
        raise InvalidInput(fields={"_": ["账号已停用，请先恢复"]})
    password = initial_password()
    person.password_hash = kit.passwords.hash(password)
    person.must_change_password = True
    person.failures, person.locked_until = 0, None
    _close_sessions(person.id, now)
    ledger.record("person.password_reset", actor, now, object_id=person.id)
    return password


def deactivate(actor: Actor, person_id: str, reason: str, now: datetime) -> Person:
    """Close an account: sessions and phones end at once, history and points stay."""
    person = person_for(actor, person_id, Action.PERSON_WRITE)
    check_appoint(actor, Role(person.role))
    if person.id == actor.id:
        raise InvalidInput(fields={"_": ["不能停用自己的账号"]})
    if person.deactivated_at is None:
        person.deactivated_at = now
        _close_sessions(person.id, now)
        db.session.execute(
            update(Device).where(Device.person_id == person.id, Device.revoked_at.is_(None)).values(revoked_at=now)
        )
        ledger.record("person.deactivated", actor, now, object_id=person.id, reason=reason)
    return person


def _close_sessions(person_id: str, now: datetime) -> None:
    db.session.execute(
        update(SignedSession)
        .where(SignedSession.person_id == person_id, SignedSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )
