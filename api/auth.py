"""Who is asking: the session cookie becomes an Actor; every route names the permission it needs."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from sqlalchemy import bindparam, select

from grid.core import clock
from grid.core.actor import Actor
from grid.core.errors import NotAllowed
from grid.core.errors.auth import CsrfFailed, PasswordChangeRequired, Unauthenticated
from grid.core.settings import Settings
from grid.core.words.roles import Role
from grid.flows.sessions import touch_session
from grid.flows.unit import transaction
from grid.models import Person, SignedSession, Unit, glance
from grid.rules.permissions import Action, Scope, scope_of

COOKIE = "grid_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SEEN_EVERY = timedelta(minutes=5)
F = TypeVar("F", bound=Callable[..., Any])
OPEN_BEFORE_PASSWORD_CHANGE = frozenset({Action.SESSION_SELF, Action.ACCOUNT_SELF})


def permit(action: Action) -> Callable[[F], F]:
    """Declare the one permission a route needs; a route without it refuses to start."""

    def mark(view: F) -> F:
        view.grid_action = action  # type: ignore[attr-defined]  # read back by guard() and the matrix test
        return view

    return mark


def action_of(view: Callable[..., Any]) -> Action | None:
    """Return the declared permission of a view function, looking through decorators."""
    while view is not None:
        if hasattr(view, "grid_action"):
            found: Action = view.grid_action
            return found
        view = getattr(view, "__wrapped__", None)  # type: ignore[assignment]  # end of the chain of decorators
    return None


def settings() -> Settings:
    """Return the frozen settings of this process."""
    found: Settings = current_app.config["GRID"]
    return found


def token_hash(token: str) -> str:
    """Return what is stored instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


_SESSION_OF_TOKEN = (
    select(
        SignedSession.id,
        SignedSession.csrf,
        SignedSession.device_id,
        SignedSession.last_seen_at,
        SignedSession.expires_at,
        Person.id.label("person_id"),
        Person.role,
        Person.court_id,
        Person.unit_id,
        Person.name,
        Person.must_change_password,
        Unit.path,
    )
    .join(Person, Person.id == SignedSession.person_id)
    .join(Unit, Unit.id == Person.unit_id)
    .where(
        SignedSession.token_hash == bindparam("token_hash"),
        SignedSession.revoked_at.is_(None),
        Person.deactivated_at.is_(None),
    )
)


def _read_session(now: datetime) -> Actor | None:
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    with glance() as connection:
        row = connection.execute(_SESSION_OF_TOKEN, {"token_hash": token_hash(token)}).one_or_none()
    if row is None or row.expires_at <= now:
        return None
    g.csrf = row.csrf
    g.touch = row.id if now - row.last_seen_at > SEEN_EVERY else None
    return Actor(
        id=row.person_id,
        role=Role(row.role),
        court_id=row.court_id,
        unit_id=row.unit_id,
        unit_path=row.path,
        name=row.name,
        session_id=row.id,
        device_id=row.device_id,
        must_change_password=row.must_change_password,
    )


def actor() -> Actor:
    """Return who is asking; raises Unauthenticated."""
    found: Actor | None = g.get("actor")
    if found is None:
        raise Unauthenticated
    return found


def guard() -> None:
    """Before each request: read the session, check the role's permission and the CSRF token."""
    if request.endpoint is None:
        return
    action = action_of(current_app.view_functions[request.endpoint])
    if action is None:
        return
    if scope_of(action, None) is not Scope.NONE:
        g.actor = None
        return
    now = clock.now()
    found = _read_session(now)
    if found is None:
        raise Unauthenticated
    g.actor = found
    if g.touch:
        with transaction():
            touch_session(found, settings(), now)
    if request.method not in SAFE and not hmac.compare_digest(request.headers.get("X-CSRF-Token", ""), g.csrf):
        raise CsrfFailed
    if found.must_change_password and action not in OPEN_BEFORE_PASSWORD_CHANGE:
        raise PasswordChangeRequired
    if scope_of(action, found.role) is Scope.NONE:
        raise NotAllowed


def register(app: Flask) -> None:
    """Install the guard."""
    app.before_request(guard)
