"""The phone's two lines: push numbered mutations, pull changes behind a cursor."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import Response, request
from marshmallow import ValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError

from api.auth import actor, permit, settings
from api.context import kit
from api.limits import throttle
from api.problems import database_problem, invalid_from, problem_body
from api.schemas.mutations import MUTATIONS, PUSH
from api.wire import Blueprint, json_body, json_response
from grid.core import clock
from grid.core.actor import Actor
from grid.core.errors import Conflict, Problem, ProblemKind
from grid.core.errors.sync import ContentConflict, SequenceGap, UnknownMutation, UnknownProtocol
from grid.flows import sync
from grid.flows.unit import transaction
from grid.reads import phone
from grid.rules.permissions import Action

PROTOCOL = 1
RACES = 3
TEMPORARY = frozenset({ProblemKind.UNAVAILABLE, ProblemKind.THROTTLED})

bp = Blueprint("sync", __name__, url_prefix="/api", description="手机同步")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


@bp.get("/changes")
@permit(Action.SYNC_PULL)
@bp.alt_response(200)
@bp.alt_response(204)
def pull() -> Response:
    """Give what changed for this phone since its cursor; 204 when nothing did."""
    cursor = query_args_number("cursor")
    found = phone.changes(actor(), cursor, kit(), clock.now())
    if found is None:
        return Response(status=204)
    return json_response(found)


@bp.post("/sync")
@permit(Action.SYNC_PUSH)
@bp.alt_response(200)
@bp.alt_response(409)
def push() -> Response:
    """Take in mutations one transaction each; a refusal moves on, temporary trouble stops the batch."""
    throttle("sync", settings().sync_per_minute, actor().session_id)
    body = json_body()
    data: dict[str, Any] = dict(PUSH.load(body))
    if data["protocol"] != PROTOCOL:
        raise UnknownProtocol(protocol=PROTOCOL)
    now = clock.now()
    results: list[dict[str, Any]] = []
    last: int | None = None
    for raw, loaded in zip(body["mutations"], data["mutations"], strict=True):
        answer, last = _take_one(actor(), data["device_id"], raw, loaded, now)
        results.append(answer)
        if answer["status"] == "later":
            break
    if data["facts"] is not None:
        with transaction():
            last = sync.note_contact(actor(), data["device_id"], data["facts"], now)
    status = 200
    if len(data["mutations"]) == 1 and results[0]["status"] == "conflict":
        status = 409
    if last is None:
        last = phone.last_seq(data["device_id"])
    return json_response(
        {"device_id": data["device_id"], "last_seq": last, "server_time": now, "results": results}, status
    )


def _take_one(who: Actor, device_id: str, raw: dict[str, Any], loaded: dict[str, Any], now: datetime) -> sync.Taken:
    incoming = sync.Incoming(
        id=loaded["id"],
        seq=loaded["seq"],
        name=loaded["name"],
        args={},
        made_at=loaded["made_at"],
        content={"name": raw["name"], "args": raw["args"], "made_at": raw["made_at"]},
    )
    try:
        for _ in range(RACES):
            with suppress(IntegrityError):
                return _carry_out(who, device_id, incoming, loaded["args"], now)
        # Not a race: the content collides with something stored. It must not block the phone's queue.
        with transaction():
            return sync.refuse(who, device_id, incoming, problem_body(Conflict()), kit(), now)
    except DBAPIError as error:
        return _later(incoming, database_problem(error))


def _later(incoming: sync.Incoming, problem: Problem) -> sync.Taken:
    answer = {"id": incoming.id, "seq": incoming.seq, "status": "later", "problem": problem_body(problem)}
    return sync.Taken(answer, None)


def _carry_out(who: Actor, device_id: str, incoming: sync.Incoming, args: dict[str, Any], now: datetime) -> sync.Taken:
    try:
        kind = MUTATIONS.get(incoming.name)
        if kind is None:
            raise UnknownMutation(name=incoming.name)
        try:
            ready = sync.with_args(incoming, dict(kind.schema.load(args)))
        except ValidationError as error:
            raise invalid_from(error) from None
        with transaction():
            taken = sync.take_in(who, device_id, ready, kind.handler, kit(), now)
    except SequenceGap:
        raise
    except Problem as problem:
        if problem.kind in TEMPORARY:
            return _later(incoming, problem)
        with transaction():
            taken = sync.refuse(who, device_id, incoming, problem_body(problem), kit(), now)
    if taken.answer["status"] == "conflict":
        return taken._replace(answer=taken.answer | {"problem": problem_body(ContentConflict())})
    return taken


def query_args_number(name: str) -> int:
    """Read one whole number of the query string; anything else counts as 0, which means everything."""
    return max(_number(request.args.get(name, "0")), 0)
