"""Public verification: keys, the signed status list, and what the court says about one token."""

import re

from flask import Response

from api.auth import permit, settings
from api.context import kit
from api.limits import throttle
from api.wire import Blueprint, json_response
from grid.core import clock
from grid.core.errors import NotFound
from grid.core.words.tokens import KeyPurpose
from grid.reads import verification
from grid.rules.permissions import Action
from grid.tools import base32
from grid.tools.shortcode import read_short_code
from grid.tools.statuslist import sign_status

CTI = re.compile(r"[A-Z2-7]{16}")

bp = Blueprint("verify", __name__, description="公开核验")


def _brake() -> None:
    throttle("verify", settings().verify_per_minute)


@bp.get("/.well-known/jwks.json")
@permit(Action.PUBLIC_VERIFY)
@bp.alt_response(200)
def jwks() -> Response:
    """Publish every public key."""
    return json_response(kit().keys.jwks())


@bp.get("/api/verify/keys")
@permit(Action.PUBLIC_VERIFY)
@bp.alt_response(200)
def keys() -> Response:
    """Give the page what it keeps: public keys and the court's card."""
    return json_response(kit().keys.jwks() | {"court": verification.court_card(), "server_time": clock.now()})


@bp.get("/api/verify/snapshot")
@permit(Action.PUBLIC_VERIFY)
@bp.alt_response(200)
def snapshot() -> Response:
    """Give the signed list of corrected and annulled receipts."""
    _brake()
    entries = {base32.decode(cti): entry for cti, entry in verification.status_entries().items()}
    signer = kit().keys.signer(KeyPurpose.STATUS)
    return json_response(sign_status(verification.status_counter(), clock.now(), entries, signer))


@bp.get("/api/verify/code/<code>")
@permit(Action.PUBLIC_VERIFY)
@bp.alt_response(200)
def by_code(code: str) -> Response:
    """Look a receipt up by the short code typed by hand."""
    _brake()
    found = verification.by_short_code(read_short_code(code), clock.now())
    if found is None:
        raise NotFound
    return json_response(found)


@bp.get("/api/verify/<cti>")
@permit(Action.PUBLIC_VERIFY)
@bp.alt_response(200)
def by_cti(cti: str) -> Response:
    """Say what the court knows about a token; an unknown one is told as such."""
    _brake()
    now = clock.now()
    found = verification.by_cti(cti, now) if CTI.fullmatch(cti) else None
    return json_response(found or {"state": "unknown", "server_time": now})
