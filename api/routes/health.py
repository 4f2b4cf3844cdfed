"""Is the server alive and does its database answer."""

from flask import Response
from sqlalchemy import text

from api.auth import permit
from api.wire import Blueprint, json_response
from grid.models import db
from grid.rules.permissions import Action

bp = Blueprint("health", __name__, description="运行状况")


@bp.get("/healthz")
@permit(Action.PUBLIC_REFERENCE)
@bp.alt_response(200)
def health() -> Response:
    """Answer when the database answers."""
    db.session.execute(text("SELECT 1"))
    return json_response({"ok": True})
