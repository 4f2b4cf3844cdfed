"""Case files, their parties and addresses."""

from typing import Any

from flask import Response

from api.auth import actor, permit
from api.context import kit
from api.schemas.cases import AddressIn, CaseChange, CaseIn, CaseQuery, PartyIn, Reveal
from api.wire import Blueprint, json_response, query_args
from grid.core import clock
from grid.core.words.parties import PersonalField
from grid.flows import cases
from grid.flows.unit import transaction
from grid.reads import cases as reads
from grid.rules.permissions import Action

bp = Blueprint("cases", __name__, url_prefix="/api", description="案件与当事人")


@bp.get("/cases")
@permit(Action.CASE_READ)
@bp.alt_response(200)
def list_cases() -> Response:
    """List cases within reach, parties masked."""
    return json_response(reads.list_cases(actor(), query_args(CaseQuery), kit()))


@bp.post("/cases")
@permit(Action.CASE_WRITE)
@bp.arguments(CaseIn)
@bp.alt_response(201)
def create_case(data: dict[str, Any]) -> Response:
    """Found a case with its parties."""
    with transaction():
        found = cases.create_case(actor(), data, kit(), clock.now())
    return json_response(reads.case_file(actor(), found, kit()), 201)


@bp.get("/cases/<case_id>")
@permit(Action.CASE_READ)
@bp.alt_response(200)
def read_case(case_id: str) -> Response:
    """Open one case file."""
    return json_response(reads.case_file(actor(), cases.case_for(actor(), case_id, Action.CASE_READ), kit()))


@bp.patch("/cases/<case_id>")
@permit(Action.CASE_WRITE)
@bp.arguments(CaseChange)
@bp.alt_response(200)
def change_case(data: dict[str, Any], case_id: str) -> Response:
    """Mend a case's facts."""
    with transaction():
        found = cases.change_case(actor(), case_id, data, clock.now())
    return json_response(reads.case_file(actor(), found, kit()))


@bp.post("/cases/<case_id>/parties")
@permit(Action.CASE_WRITE)
@bp.arguments(PartyIn)
@bp.alt_response(201)
def add_party(data: dict[str, Any], case_id: str) -> Response:
    """Add a party to a case."""
    with transaction():
        party = cases.add_party(actor(), case_id, data, kit(), clock.now())
    return json_response(reads.party_card(actor(), party, kit()), 201)


@bp.post("/parties/<party_id>/addresses")
@permit(Action.CASE_WRITE)
@bp.arguments(AddressIn)
@bp.alt_response(201)
def add_address(data: dict[str, Any], party_id: str) -> Response:
    """Add an address to a party."""
    with transaction():
        party = cases.add_address(actor(), party_id, data, kit(), clock.now())
    return json_response(reads.party_card(actor(), party, kit()), 201)


@bp.post("/parties/<party_id>/reveal")
@permit(Action.PARTY_REVEAL)
@bp.arguments(Reveal)
@bp.alt_response(200)
def reveal(data: dict[str, Any], party_id: str) -> Response:
    """Show one personal field; the look is written into the ledger."""
    with transaction():
        value = cases.reveal(actor(), party_id, PersonalField(data["field"]), data["reason"], kit(), clock.now())
    return json_response({"value": value})
