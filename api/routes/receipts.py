"""Receipts for the court: the officer's page, corrections by two people, the paper."""

from typing import Any

from flask import Response
from marshmallow import fields

from api.auth import actor, permit
from api.context import kit
from api.wire import Blueprint, Strict, json_response, text
from grid.core import clock
from grid.core.errors import NotFound
from grid.flows import ledger, receipt_changes
from grid.flows.unit import transaction
from grid.kinds import BY_CODE
from grid.reads import receipts
from grid.reads.service_receipt import filled_receipt
from grid.rules.permissions import Action

bp = Blueprint("receipts", __name__, url_prefix="/api", description="凭证与送达回证")


class ReceiptReason(Strict):
    """Why a receipt should change."""

    reason = text(200, required=True, min_length=4)


class ReceiptOut(Strict):
    """One receipt with manifest, proof and position."""

    cti = fields.String()


def _page(cti: str) -> Response:
    receipt, task = receipts.find_receipt(actor(), cti)
    return json_response(receipts.receipt_page(actor(), receipt, task, kit()))


@bp.get("/receipts/<cti>")
@permit(Action.RECEIPT_READ)
@bp.alt_response(200, schema=ReceiptOut)
def read_receipt(cti: str) -> Response:
    """Show a receipt's manifest, ledger proof and position."""
    return _page(cti)


@bp.post("/receipts/<cti>/<any(correct, annul):kind>")
@permit(Action.RECEIPT_CORRECT)
@bp.arguments(ReceiptReason)
@bp.alt_response(200, schema=ReceiptOut)
def ask_change(data: dict[str, Any], cti: str, kind: str) -> Response:
    """Ask for a correction or an annulment."""
    with transaction():
        receipt_changes.ask(actor(), cti, kind, data["reason"], clock.now())
    return _page(cti)


@bp.post("/receipts/<cti>/corrections/<wish_id>/approve")
@permit(Action.RECEIPT_APPROVE)
@bp.alt_response(200, schema=ReceiptOut)
def approve_change(cti: str, wish_id: str) -> Response:
    """Agree to a wish as the second person."""
    with transaction():
        receipt_changes.decide(actor(), cti, wish_id, kit(), clock.now())
    return _page(cti)


@bp.get("/tasks/<task_id>/service-receipt.pdf")
@permit(Action.RECEIPT_READ)
@bp.alt_response(200)
def service_receipt(task_id: str) -> Response:
    """Give the filled 送达回证 with the receipt's QR; it names people, so each reading is logged."""
    task = receipts.find_task(actor(), task_id)
    if not BY_CODE[task.kind].papers:
        raise NotFound
    now = clock.now()
    made = kit().papers.render_service_receipt(filled_receipt(task, kit()), now)
    with transaction():
        ledger.record("service_receipt.printed", actor(), now, object_id=task_id, task_id=task_id)
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{task_id}.pdf"'
    return response
