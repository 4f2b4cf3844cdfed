"""Look at evidence: a stamped copy, a thumbnail, the untouched original for a reason."""

from typing import Any

from flask import Response

from api.auth import actor, permit
from api.context import kit
from api.wire import Blueprint, Strict, text
from grid.core import clock
from grid.core.errors.storage import BlobMissing
from grid.flows import ledger
from grid.flows.unit import transaction
from grid.models import db
from grid.reads import evidence
from grid.rules.permissions import Action

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}

bp = Blueprint("evidence", __name__, url_prefix="/api/evidence", description="证据")


class OriginalReason(Strict):
    """Why the original is needed."""

    reason = text(200, required=True, min_length=4)


def _image(data: bytes) -> Response:
    response = Response(data, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@bp.get("/<evidence_id>/copy")
@permit(Action.EVIDENCE_READ)
@bp.alt_response(200)
def copy(evidence_id: str) -> Response:
    """Show a copy with task, time, place and viewer on it; each look is logged."""
    shown = evidence.find(actor(), evidence_id, Action.EVIDENCE_READ)
    data, stamp = evidence.bytes_to_show(shown, kit()), evidence.stamp_for(actor(), shown)
    task_id, now = shown.task.id, clock.now()
    db.session.commit()  # no connection is held while the picture is made
    made = kit().images.stamp(data, stamp)
    with transaction():
        ledger.record("evidence.viewed", actor(), now, object_id=evidence_id, task_id=task_id)
    return _image(made)


@bp.get("/<evidence_id>/thumb")
@permit(Action.EVIDENCE_READ)
@bp.alt_response(200)
def thumb(evidence_id: str) -> Response:
    """Show a small picture for lists."""
    data = evidence.bytes_to_show(evidence.find(actor(), evidence_id, Action.EVIDENCE_READ), kit())
    db.session.commit()
    return _image(kit().images.thumbnail(data))


@bp.post("/<evidence_id>/original")
@permit(Action.EVIDENCE_ORIGINAL)
@bp.arguments(OriginalReason)
@bp.alt_response(200)
def original(data: dict[str, Any], evidence_id: str) -> Response:
    """Give the camera's own bytes as an attachment; the reason goes into the ledger first."""
    shown = evidence.find(actor(), evidence_id, Action.EVIDENCE_ORIGINAL)
    row, now = shown.evidence, clock.now()
    if row.original_at is None:
        raise BlobMissing
    name = f"{shown.task.no}-{row.position:02d}-{row.sha256[:8]}.{SUFFIXES.get(row.mime, 'bin')}"
    digest, task_id = row.sha256, shown.task.id
    with transaction():
        ledger.record(
            "evidence.original_taken", actor(), now, object_id=evidence_id, task_id=task_id, after=digest,
            reason=data["reason"],
        )  # fmt: skip
    response = Response(kit().blobs.open_range(digest), mimetype="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
