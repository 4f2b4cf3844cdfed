"""Units: the tree of a court, its district, streets, communities and cells."""

from typing import Any

from flask import Response
from marshmallow import fields, missing

from api.auth import actor, permit
from api.schemas.cases import choice
from api.wire import Blueprint, IdField, Strict, json_response, query_args, text
from grid.core import clock
from grid.flows import units
from grid.flows.unit import transaction
from grid.reads import people as reads
from grid.rules.permissions import Action

bp = Blueprint("units", __name__, url_prefix="/api", description="单位与网格")
KINDS = ("department", "district", "street", "community", "cell", "centre")


class UnitQuery(Strict):
    """Which units."""

    kind = text(16)
    parent = text(36)


class UnitIn(Strict):
    """A new unit below another."""

    id = IdField(required=True)
    parent_id = IdField(required=True)
    kind = choice(KINDS, required=True)
    name = text(80, required=True, min_length=2)
    code = text(40, allow_none=True)
    contact_phone = text(40)
    polygon = fields.Dict(load_default=None, allow_none=True)


class UnitChange(Strict):
    """What may change in a unit; only what is given changes."""

    name = text(80, min_length=2, load_default=missing)
    code = text(40, allow_none=True, load_default=missing)
    contact_phone = text(40, load_default=missing)
    polygon = fields.Dict(allow_none=True)
    closed = fields.Boolean()


@bp.get("/units")
@permit(Action.UNIT_READ)
@bp.alt_response(200)
def list_units() -> Response:
    """List the units within reach."""
    args = query_args(UnitQuery)
    return json_response({"items": reads.list_units(actor(), args["kind"], args["parent"])})


@bp.post("/units")
@permit(Action.UNIT_WRITE)
@bp.arguments(UnitIn)
@bp.alt_response(201)
def add_unit(data: dict[str, Any]) -> Response:
    """Create a unit."""
    with transaction():
        unit = units.add_unit(actor(), data, clock.now())
    return json_response(reads.unit_card(unit), 201)


@bp.patch("/units/<unit_id>")
@permit(Action.UNIT_WRITE)
@bp.arguments(UnitChange)
@bp.alt_response(200)
def change_unit(data: dict[str, Any], unit_id: str) -> Response:
    """Change a unit."""
    with transaction():
        unit = units.change_unit(actor(), unit_id, data, clock.now())
    return json_response(reads.unit_card(unit))
