"""The ledger: what it holds now, and the proof of one entry."""

from flask import Response

from api.auth import permit
from api.wire import Blueprint, json_response
from grid.reads import ledger
from grid.rules.permissions import Action

bp = Blueprint("ledger", __name__, url_prefix="/api/ledger", description="账本")


@bp.get("")
@permit(Action.LEDGER_READ)
@bp.alt_response(200)
def overview() -> Response:
    """Tell size, root, the newest checkpoint and the newest check."""
    return json_response(ledger.overview())


@bp.get("/<int:index>/proof")
@permit(Action.LEDGER_READ)
@bp.alt_response(200)
def proof(index: int) -> Response:
    """Give one entry with its inclusion proof."""
    return json_response(ledger.proof(min(index, 2**62)))
