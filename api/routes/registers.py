"""Registers on screen: the delivery register and the monthly 考核表."""

from flask import Response

from api.auth import actor, permit
from api.context import kit
from api.schemas.registers import BehindQuery, DeliveryQuery, MonthlyQuery
from api.wire import Blueprint, json_response, query_args
from grid.core import clock
from grid.flows.exports import exports_of
from grid.reads.accounts import unit_name
from grid.reads.registers import behind, delivery, monthly
from grid.rules.permissions import Action

bp = Blueprint("registers", __name__, url_prefix="/api/registers", description="台账与考核表")


@bp.get("/delivery")
@permit(Action.REGISTER_READ)
@bp.alt_response(200)
def read_delivery() -> Response:
    """Give one page of the 协助送达台账."""
    who = actor()
    page = delivery.page(who, query_args(DeliveryQuery), unit_name(who), kit(), clock.now())
    return json_response(page | {"exports": exports_of(who, "delivery")})


@bp.get("/monthly")
@permit(Action.ASSESSMENT_READ)
@bp.alt_response(200)
def read_monthly() -> Response:
    """Give one page of the monthly 考核表."""
    who = actor()
    page = monthly.page(who, query_args(MonthlyQuery), unit_name(who), clock.now())
    return json_response(page | {"exports": exports_of(who, "monthly")})


@bp.get("/monthly/behind")
@permit(Action.ASSESSMENT_READ)
@bp.alt_response(200)
def read_behind() -> Response:
    """Give one page of what a number of the monthly 考核表 counts."""
    who = actor()
    return json_response(behind.page(who, query_args(BehindQuery), unit_name(who), clock.now()))
