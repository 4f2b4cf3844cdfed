"""Accounts of people."""

from typing import Any

from flask import Response
from marshmallow import fields, missing

from api.auth import actor, permit
from api.context import kit
from api.schemas.cases import choice
from api.wire import Blueprint, IdField, PageQuery, Strict, json_response, query_args, text
from grid.core import clock
from grid.core.words.roles import Role
from grid.flows import accounts
from grid.flows.unit import transaction
from grid.reads import people as reads
from grid.rules.permissions import Action

bp = Blueprint("people", __name__, url_prefix="/api", description="人员账号")
EMPLOYMENT = ("full_time", "part_time")


class PeopleQuery(PageQuery):
    """Filters of the list of people."""

    unit = text(36)
    role = choice((*Role, ""), load_default="")
    active = fields.Boolean(load_default=None)


class PersonIn(Strict):
    """A new account."""

    id = IdField(required=True)
    staff_no = text(40, required=True, min_length=2)
    name = text(60, required=True, min_length=2)
    phone = text(40, required=True, min_length=1)
    role = choice(Role, required=True)
    unit_id = IdField(required=True)
    employment = choice(EMPLOYMENT, load_default="full_time")
    is_committee_staff = fields.Boolean(load_default=False)
    is_mediator = fields.Boolean(load_default=False)


class PersonChange(Strict):
    """What may change in an account; only what is given changes."""

    name = text(60, min_length=2, load_default=missing)
    phone = text(40, load_default=missing)
    role = choice(Role)
    unit_id = IdField()
    employment = choice(EMPLOYMENT)
    is_committee_staff = fields.Boolean()
    is_mediator = fields.Boolean()


class Closing(Strict):
    """Why an account is closed."""

    reason = text(200, required=True, min_length=2)


@bp.get("/people")
@permit(Action.PERSON_READ)
@bp.alt_response(200)
def list_people() -> Response:
    """List accounts within reach."""
    return json_response(reads.list_people(actor(), query_args(PeopleQuery), kit()))


@bp.post("/people")
@permit(Action.PERSON_WRITE)
@bp.arguments(PersonIn)
@bp.alt_response(201)
def open_account(data: dict[str, Any]) -> Response:
    """Open an account; the initial password is in this answer and nowhere else."""
    with transaction():
        person, password = accounts.open_account(actor(), data, kit(), clock.now())
    return json_response(reads.person_rows([person.id])[0] | {"initial_password": password}, 201)


@bp.patch("/people/<person_id>")
@permit(Action.PERSON_WRITE)
@bp.arguments(PersonChange)
@bp.alt_response(200)
def change_account(data: dict[str, Any], person_id: str) -> Response:
    """Change an account."""
    with transaction():
        accounts.change_account(actor(), person_id, data, kit(), clock.now())
    return json_response(reads.person_rows([person_id])[0])


@bp.post("/people/<person_id>/reset_password")
@permit(Action.PERSON_WRITE)
@bp.alt_response(200)
def reset_password(person_id: str) -> Response:
    """Give an account a new initial password."""
    with transaction():
        password = accounts.reset_password(actor(), person_id, kit(), clock.now())
    return json_response({"initial_password": password})


@bp.post("/people/<person_id>/deactivate")
@permit(Action.PERSON_WRITE)
@bp.arguments(Closing)
@bp.alt_response(200)
def deactivate(data: dict[str, Any], person_id: str) -> Response:
    """Close an account; its sessions end at once."""
    with transaction():
        accounts.deactivate(actor(), person_id, data["reason"], clock.now())
    return json_response(reads.person_rows([person_id])[0])
