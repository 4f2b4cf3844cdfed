"""A court's settings."""

from typing import Any

from flask import Response
from marshmallow import fields

from api.auth import actor, permit
from api.wire import Blueprint, Strict, integer, json_response, text
from grid.core import clock
from grid.flows.court_settings import set_value
from grid.flows.unit import transaction
from grid.reads.court_settings import setting_rows
from grid.rules.permissions import Action

bp = Blueprint("settings", __name__, url_prefix="/api", description="法院设置")


class SettingIn(Strict):
    """A new value with its reason; version is the one on the screen."""

    value = fields.Raw(required=True)
    reason = text(200, required=True, min_length=4)
    version = integer(0, 2**31 - 1, load_default=None, allow_none=True)


@bp.get("/settings")
@permit(Action.SETTING_READ)
@bp.alt_response(200)
def list_settings() -> Response:
    """List every setting with value, default and bounds."""
    return json_response({"items": setting_rows(actor().court_id, clock.local_date(clock.now()))})


@bp.put("/settings/<name>")
@permit(Action.SETTING_WRITE)
@bp.arguments(SettingIn)
@bp.alt_response(200)
def change_setting(data: dict[str, Any], name: str) -> Response:
    """Set one value; it holds from today."""
    now = clock.now()
    with transaction():
        set_value(
            actor(), actor().court_id, name, data["value"], now, reason=data["reason"], version=data["version"]
        )  # fmt: skip
    rows = setting_rows(actor().court_id, clock.local_date(now))
    return json_response(next(row for row in rows if row["name"] == name))
