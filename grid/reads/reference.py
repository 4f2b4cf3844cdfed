"""What phones and desks keep to work by: court, keys, the delivery descriptor, words and reasons."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.content import content_digest
from grid.core.words import reasons
from grid.core.words.roles import ROLE_LABELS
from grid.core.words.tasks import MODE_LABELS, STATE_LABELS
from grid.kinds import KINDS
from grid.kinds.base import Kind, wire_court
from grid.kinds.delivery.descriptor import descriptor
from grid.kinds.form import wire_question
from grid.models import Packet, Task, Unit, db
from grid.reads.court_settings import court_values, diligence_rule, enabled_modes, sla_of
from grid.rules.qrtext import pin_origin
from grid.tools.kit import Kit

PROTOCOL = 1
ENDED_PACKETS_KEPT = timedelta(days=14)
ENDED_PACKETS_MOST = 500


def reference(actor: Actor, kit: Kit, now: datetime) -> dict[str, Any]:
    """Return the court's reference with a version that changes only when the content does."""
    values = court_values(actor.court_id, local_date(now))
    court = db.session.execute(select(Unit.name, Unit.code, Unit.facts).where(Unit.id == actor.court_id)).one()
    body: dict[str, Any] = {
        "court": {
            "name": court.name,
            "short_code": court.code,
            "duty_phone": court.facts.get("duty_phone", ""),
            "hotline": court.facts.get("hotline", ""),
        },
        "host": pin_origin(kit.settings.public_origin),
        "protocol": PROTOCOL,
        "keys": kit.keys.jwks(),
        "revoked": _ended_packets(actor.court_id, now),
        "delivery": descriptor(enabled_modes(values), diligence_rule(values)),
        "roles": _coded(ROLE_LABELS),
        "states": _coded(STATE_LABELS),
        "modes": _coded(MODE_LABELS),
        "kinds": [_kind(kind) for kind in KINDS],
        "sla": _sla(values),
        "send_back_reasons": reasons.coded(reasons.SEND_BACK),
        "return_reasons": reasons.coded(reasons.RETURN),
        "recall_reasons": reasons.coded(reasons.RECALL),
        "transfer_reasons": reasons.coded(reasons.TRANSFER),
        "address_sources": reasons.coded(reasons.ADDRESS_SOURCES),
    }
    return {"version": content_digest(body)[:16], **body}


def _kind(kind: Kind) -> dict[str, Any]:
    """Describe a kind; what is drawn from questions brings its whole form along."""
    line: dict[str, Any] = {"code": kind.code, "label": kind.label, "papers": kind.papers}
    if kind.court is None:
        return line
    return line | {
        "form": kind.descriptor(),
        "brief": {key: wire_question(question) for key, question in kind.brief.items()},
        "brief_required": list(kind.brief_required),
        "court": wire_court(kind.court),
    }


def _coded(labels: Any) -> list[dict[str, str]]:
    return [{"code": str(code), "label": label} for code, label in labels.items()]


def _sla(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "step": str(step),
            "normal": {"amount": row.normal.amount, "unit": str(row.normal.unit)},
            "urgent": {"amount": row.urgent.amount, "unit": str(row.urgent.unit)} if row.urgent else None,
        }
        for step, row in sla_of(values).items()
    ]


def _ended_packets(court_id: str, now: datetime) -> list[str]:
    """Packets of recalled tasks whose envelope may still be in somebody's hands."""
    return sorted(
        db.session.scalars(
            select(Packet.cti)
            .join(Task, Task.id == Packet.task_id)
            .where(
                Task.court_id == court_id, Task.state == "cancelled", Packet.revoked_at > now - ENDED_PACKETS_KEPT
            )
            .order_by(Packet.revoked_at.desc())
            .limit(ENDED_PACKETS_MOST)
        )
    )  # fmt: skip
