"""The court's reference for phones and desks; unchanged content is answered with 304."""

from flask import Response, request

from api.auth import actor, permit
from api.context import kit
from api.wire import Blueprint, json_response
from grid.core import clock
from grid.reads.reference import reference
from grid.rules.permissions import Action

bp = Blueprint("reference", __name__, url_prefix="/api", description="参考资料")


@bp.get("/reference")
@permit(Action.REFERENCE_READ)
@bp.alt_response(200)
@bp.alt_response(304)
def read_reference() -> Response:
    """Give court, keys, descriptor and words."""
    now = clock.now()
    found = reference(actor(), kit(), now)
    response = json_response(found | {"server_time": now})
    response.set_etag(found["version"])
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
