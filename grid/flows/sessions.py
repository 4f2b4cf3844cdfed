"""Sign in, stay signed in, sign out; failures lock the account in the database."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update

from grid.core.actor import Actor
from grid.core.clock import iso
from grid.core.errors import InvalidInput, NotFound
from grid.core.errors.auth import AccountLocked, SignInFailed
from grid.core.ids import new_id
from grid.core.settings import Settings
from grid.core.words.roles import GRID_ROLES, Role
from grid.flows import ledger
from grid.models import Device, Person, SignedSession, Unit, db
from grid.tools.passwords import Passwords
from grid.tools.vault import Vault


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session: the token goes into the cookie and nowhere else."""

    token: str
    csrf: str
    expires_at: datetime
    person: Person


def lifetime(role: Role, conf: Settings) -> timedelta:
    """Return how long a session lives without use: days on a phone, hours at a desk."""
    return timedelta(days=conf.worker_session_days) if role in GRID_ROLES else timedelta(hours=conf.desk_session_hours)


def find_account(identifier: str, vault: Vault) -> Person | None:
    """Find an account by staff number or phone number."""
    identifier = identifier.strip()
    return db.session.scalars(
        select(Person).where(
            or_(
                func.lower(Person.staff_no) == identifier.lower(),
                Person.phone_index == vault.blind_index(identifier, "person.phone"),
            )
        )
    ).first()


def check_password(
    person: Person | None, password: str, passwords: Passwords, conf: Settings, now: datetime
) -> str | None:
    """Return None when the password is right, else the problem's code; counts failures and locks."""
    if person is None or person.deactivated_at is not None:
        passwords.verify(None, password)
        return SignInFailed.code
    if person.locked_until is not None and person.locked_until > now:
        return AccountLocked.code
    if passwords.verify(person.password_hash, password):
        person.failures = 0
        person.locked_until = None
        return None
    person.failures += 1
    if person.failures >= conf.sign_in_failures:
        person.locked_until = now + timedelta(minutes=conf.sign_in_lock_minutes)
        person.failures = 0
        ledger.record("account.locked", None, now, object_id=person.id)
    ledger.record("session.refused", None, now, object_id=person.id)
    return SignInFailed.code


def refused(code: str, person: Person | None) -> SignInFailed | AccountLocked:
    """Return the problem to raise after the failure was committed."""
    if code == AccountLocked.code and person is not None and person.locked_until is not None:
        return AccountLocked(retry_at=iso(person.locked_until))
    return SignInFailed()


def open_session(
    person: Person, conf: Settings, now: datetime, *, device_id: str | None, device_label: str, ip: str
) -> SignedIn:
    """Open a session for an account whose password was checked; a phone is bound to its account."""
    token = secrets.token_urlsafe(32)
    role = Role(person.role)
    session = SignedSession(
        id=new_id(),
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        csrf=secrets.token_urlsafe(24),
        person_id=person.id,
        device_id=device_id,
        device_label=device_label[:120],
        ip=ip[:64],
        created_at=now,
        last_seen_at=now,
        expires_at=now + lifetime(role, conf),
    )
    db.session.add(session)
    if device_id is not None:
        bind_device(device_id, person.id, device_label, now)
    actor = Actor(
        person.id, role, person.court_id, person.unit_id, unit_path(person), person.name, session.id, device_id
    )
    ledger.record("session.opened", actor, now, object_id=session.id)
    return SignedIn(token, session.csrf, session.expires_at, person)


def unit_path(person: Person) -> str:
    """Return the path of a person's unit."""
    return db.session.scalars(select(Unit.path).where(Unit.id == person.unit_id)).one()


def bind_device(device_id: str, person_id: str, label: str, now: datetime) -> None:
    """Register a phone at its first sign-in; raises NotFound when it is another person's."""
    device = db.session.get(Device, device_id)
    if device is None:
        db.session.add(
            Device(id=device_id, person_id=person_id, label=label[:120], last_contact_at=now, created_at=now, facts={})
        )
    elif device.person_id != person_id or device.revoked_at is not None:
        raise NotFound
    else:
        device.last_contact_at = now


def touch_session(actor: Actor, conf: Settings, now: datetime) -> None:
    """Prolong a session in use."""
    db.session.execute(
        update(SignedSession)
        .where(SignedSession.id == actor.session_id)
        .values(last_seen_at=now, expires_at=now + lifetime(actor.role, conf))
    )


def revoke(actor: Actor, session_id: str, now: datetime) -> None:
    """Close one of the actor's own sessions; closing it twice is fine."""
    session = db.session.get(SignedSession, session_id)
    if session is None or session.person_id != actor.id:
        raise NotFound
    if session.revoked_at is None:
        session.revoked_at = now
        ledger.record("session.closed", actor, now, object_id=session_id)


def change_password(actor: Actor, old: str, new: str, passwords: Passwords, now: datetime) -> None:
    """Set a new password and close every other session of the account."""
    person = db.session.get_one(Person, actor.id)
    if not passwords.verify(person.password_hash, old):
        raise InvalidInput(fields={"old_password": ["原密码不正确"]})
    if old == new:
        raise InvalidInput(fields={"new_password": ["新密码不能与原密码相同"]})
    passwords.check_new(new, personal=[person.staff_no, person.name])
    person.password_hash = passwords.hash(new)
    person.must_change_password = False
    person.password_changed_at = now
    db.session.execute(
        update(SignedSession)
        .where(
            SignedSession.person_id == actor.id,
            SignedSession.id != actor.session_id,
            SignedSession.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    ledger.record("account.password_changed", actor, now, object_id=actor.id)
