"""One's messages in the app."""

from typing import Any

from flask import Response
from marshmallow import fields, validate

from api.auth import actor, permit
from api.context import kit
from api.wire import Blueprint, IdField, PageQuery, Strict, json_response, query_args
from grid.core import clock
from grid.flows.messages import mark_read
from grid.flows.unit import transaction
from grid.reads.messages import list_messages
from grid.rules.permissions import Action

bp = Blueprint("messages", __name__, url_prefix="/api/messages", description="消息")


class MessageQuery(PageQuery):
    """Which messages to show."""

    unread = fields.Boolean(load_default=False)


class MessagesRead(Strict):
    """Which messages were read."""

    ids = fields.List(IdField(), required=True, validate=validate.Length(1, 200))


@bp.get("")
@permit(Action.MESSAGE_READ)
@bp.alt_response(200)
def index() -> Response:
    """List one's messages, newest first."""
    args = query_args(MessageQuery)
    return json_response(list_messages(actor(), unread=args["unread"], page=args["page"], size=args["size"]))


@bp.post("/read")
@permit(Action.MESSAGE_READ)
@bp.arguments(MessagesRead)
@bp.alt_response(204)
def read(data: dict[str, Any]) -> Response:
    """Mark one's messages read; others' ids are passed over."""
    with transaction():
        mark_read(actor(), data, kit(), clock.now())
    return Response(status=204)
