"""Sign in and out, see one's sessions, change one's password."""

from typing import Any

from flask import Response, g, request
from marshmallow import fields

from api.auth import COOKIE, actor, permit, settings
from api.context import kit
from api.limits import throttle
from api.wire import Blueprint, IdField, Strict, json_response, text
from grid.core import clock
from grid.core.words.roles import Role
from grid.flows import sessions
from grid.flows.accounts import MAY_APPOINT
from grid.flows.unit import transaction
from grid.models import Person, db
from grid.reads import accounts
from grid.rules.permissions import Action, Scope, scope_of

bp = Blueprint("session", __name__, url_prefix="/api", description="登录与会话")


class SignIn(Strict):
    """Credentials and, on a phone, the id of the installation."""

    identifier = text(60, required=True, min_length=1)
    password = text(200, required=True, min_length=1)
    device_id = IdField(load_default=None, allow_none=True)
    device_label = text(120)


class PasswordChange(Strict):
    """Old and new password."""

    old_password = text(200, required=True, min_length=1)
    new_password = text(200, required=True, min_length=1)


class SessionOut(Strict):
    """Who is signed in."""

    person = fields.Dict()
    may = fields.List(fields.String())
    appoints = fields.List(fields.String())
    csrf = fields.String()
    must_change_password = fields.Boolean()
    server_time = fields.String()


def _self(person: Person, csrf: str) -> dict[str, Any]:
    role = Role(person.role)
    return {
        "person": accounts.person_card(person),
        # What the screens offer; each request is asked again.
        "may": sorted(action.value for action in Action if scope_of(action, role) is not Scope.NONE),
        "appoints": sorted(MAY_APPOINT.get(role, ())),
        "csrf": csrf,
        "must_change_password": person.must_change_password,
        "server_time": clock.now(),
    }


@bp.post("/session")
@permit(Action.SIGN_IN)
@bp.arguments(SignIn)
@bp.alt_response(200, schema=SessionOut)
def sign_in(data: dict[str, Any]) -> Response:
    """Open a session."""
    throttle("sign_in", settings().sign_in_per_minute)
    now = clock.now()
    opened = None
    with transaction():
        person = sessions.find_account(data["identifier"], kit().vault)
        code = sessions.check_password(person, data["password"], kit().passwords, settings(), now)
        if code is None and person is not None:
            opened = sessions.open_session(
                person,
                settings(),
                now,
                device_id=data["device_id"],
                device_label=data["device_label"] or (request.user_agent.string or ""),
                ip=request.remote_addr or "",
            )
    if opened is None or person is None:
        raise sessions.refused(code or "", person)
    response = json_response(_self(person, opened.csrf))
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=int((opened.expires_at - now).total_seconds()) + 86400 * 60,
        secure=settings().public_origin.startswith("https://"),
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


@bp.get("/session")
@permit(Action.SESSION_SELF)
@bp.alt_response(200, schema=SessionOut)
def read_session() -> Response:
    """Tell who is signed in."""
    return json_response(_self(db.session.get_one(Person, actor().id), g.csrf))


@bp.delete("/session")
@permit(Action.SESSION_SELF)
@bp.alt_response(204)
def sign_out() -> Response:
    """Close the present session."""
    with transaction():
        sessions.revoke(actor(), actor().session_id, clock.now())
    response = Response(status=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@bp.get("/sessions")
@permit(Action.SESSION_SELF)
@bp.alt_response(200)
def list_sessions() -> Response:
    """List one's open sessions."""
    return json_response({"items": accounts.list_sessions(actor(), clock.now())})


@bp.delete("/sessions/<session_id>")
@permit(Action.SESSION_SELF)
@bp.alt_response(204)
def close_session(session_id: str) -> Response:
    """Close one of one's sessions."""
    with transaction():
        sessions.revoke(actor(), session_id, clock.now())
    return Response(status=204)


@bp.post("/password")
@permit(Action.ACCOUNT_SELF)
@bp.arguments(PasswordChange)
@bp.alt_response(204)
def change_password(data: dict[str, Any]) -> Response:
    """Change one's password; other sessions are closed."""
    with transaction():
        sessions.change_password(actor(), data["old_password"], data["new_password"], kit().passwords, clock.now())
    return Response(status=204)
