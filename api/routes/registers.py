"""Registers on screen: the delivery register and the monthly 考核表."""

from flask import Response

from api.auth import actor, permit
from api.context import kit
from api.schemas.registers import DeliveryQuery, MonthlyQuery
from api.wire import Blueprint, json_response, query_args
from grid.core import clock
from grid.reads.accounts import unit_name
from grid.reads.registers import delivery, monthly
from grid.rules.permissions import Action

bp = Blueprint("registers", __name__, url_prefix="/api/registers", description="台账与考核表")


@bp.get("/delivery")
@permit(Action.REGISTER_READ)
@bp.alt_response(200)
def read_delivery() -> Response:
    """Give one page of the 协助送达台账."""
    who = actor()
    return json_response(delivery.page(who, query_args(DeliveryQuery), unit_name(who), kit(), clock.now()))


@bp.get("/monthly")
@permit(Action.ASSESSMENT_READ)
@bp.alt_response(200)
def read_monthly() -> Response:
    """Give one page of the monthly 考核表."""
    who = actor()
    return json_response(monthly.page(who, query_args(MonthlyQuery), unit_name(who), clock.now()))
