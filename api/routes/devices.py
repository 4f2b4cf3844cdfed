"""The fleet console: phones within reach, and locking a lost one out."""

from typing import Any

from flask import Response
from marshmallow import fields, validate

from api.auth import actor, permit
from api.wire import Blueprint, PageQuery, Strict, json_response, query_args, text
from grid.core import clock
from grid.flows.devices import revoke_device
from grid.flows.unit import transaction
from grid.reads.devices import list_devices
from grid.rules.permissions import Action

bp = Blueprint("devices", __name__, url_prefix="/api/devices", description="设备")


class DeviceQuery(PageQuery):
    """Which phones to show; a whole district fits on one page."""

    size = fields.Integer(load_default=200, validate=validate.Range(1, 200))
    state = fields.String(load_default="", validate=validate.OneOf(["", "active", "silent", "revoked"]))


class DeviceRevoke(Strict):
    """Why a phone is locked out."""

    reason = text(200, required=True, min_length=2)


@bp.get("")
@permit(Action.DEVICE_READ)
@bp.alt_response(200)
def index() -> Response:
    """List phones within reach, the longest silent first."""
    return json_response(list_devices(actor(), query_args(DeviceQuery), clock.now()))


@bp.post("/<device_id>/revoke")
@permit(Action.PERSON_WRITE)
@bp.arguments(DeviceRevoke)
@bp.alt_response(204)
def revoke(data: dict[str, Any], device_id: str) -> Response:
    """Lock a lost phone out."""
    with transaction():
        revoke_device(actor(), device_id, data["reason"], clock.now())
    return Response(status=204)
