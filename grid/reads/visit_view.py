"""One visit as a reviewer reads it: the whole report as stored, its photos, what is to be noticed."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from grid.core.words.parties import Datum
from grid.core.words.reasons import GRADE, label_of
from grid.kinds.base import Kind
from grid.kinds.delivery.reasons import MANUAL_PACKET
from grid.models import Evidence, Visit
from grid.rules import flags
from grid.rules.masking import mask_name
from grid.tools.geo import distance_m, to_wgs84
from grid.tools.kit import Kit

Point = tuple[float, float]


def open_report(visit: Visit, kit: Kit, sealed: str | None = None, revision: int | None = None) -> dict[str, Any]:
    """Return the whole report of a visit's present revision, or of an earlier one."""
    text = sealed if sealed is not None else visit.body_sealed
    return dict(orjson.loads(kit.vault.open_sealed(text, f"visit.body:{visit.id}:{revision or visit.revision}")))


def mask_report(report: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """Return a report with the names and numbers of residents hidden, for those who only supervise."""
    met = mask_name(report["met_name"]) if report.get("met_name") else ""
    return report | {"answers": kind.mask(report["answers"]), "met_name": met}


def point_of(lng: float | None, lat: float | None, datum: str = Datum.WGS84) -> Point | None:
    """Return a point on WGS-84, or None without one."""
    return None if lng is None or lat is None else to_wgs84(lng, lat, datum)


def between(place: dict[str, Any] | None, home: Point | None) -> int | None:
    """Return how far a claimed position is from the registered address, in whole metres."""
    if place is None or home is None or place.get("lng") is None or place.get("lat") is None:
        return None
    return round(distance_m(place["lng"], place["lat"], *home))


def visit_view(
    visit: Visit,
    report: dict[str, Any],
    evidence: Iterable[Evidence],
    home: Point | None,
    worker: dict[str, Any] | None,
    kind: Kind,
) -> dict[str, Any]:
    """Describe a visit to a reviewer; report is the opened body, masked where it has to be."""
    packet = report.get("packet") or {}
    kept = {item["id"] for item in report.get("evidence", [])}
    place = report.get("place") or {}
    if place.get("lng") is None and visit.lng is not None:
        place = place | {"lng": visit.lng, "lat": visit.lat, "accuracy_m": visit.accuracy_m, "source": "late"}
    return {
        "id": visit.id,
        "ordinal": visit.ordinal,
        "revision": visit.revision,
        "outcome": visit.outcome,
        "outcome_label": kind.outcomes[visit.outcome].label,
        "started_at": report["started_at"],
        "ended_at": report["ended_at"],
        "made_at": visit.made_at,
        "happened_at": visit.happened_at,
        "received_at": visit.received_at,
        "mended_at": visit.mended_at,
        "contact": report["contact"],
        "met_name": report.get("met_name") or "",
        "narrative": report.get("narrative") or "",
        "companions": report.get("companions") or "",
        "safety": report.get("safety") or "",
        "answers": report["answers"],
        "packet": {
            "checked": packet.get("checked"),
            "cti": packet.get("cti"),
            "reason": label_of(MANUAL_PACKET, packet.get("reason") or ""),
        },
        "place": place,
        "distance_m": between(place, home),
        "clock": report.get("clock") or {},
        "evidence": [evidence_view(row, home, kind.items, current=row.id in kept) for row in evidence],
        "flags": flags.views(visit.flags),
        "supplementary": visit.supplementary,
        "supplementary_reason": visit.supplementary_reason or None,
        "decision": visit.decision or None,
        "decided_at": visit.decided_at,
        "worker": worker,
    }


def evidence_view(
    row: Evidence, home: Point | None, items: Mapping[str, tuple[str, str]], *, current: bool
) -> dict[str, Any]:
    """Describe one photo or signature; current is False for one a mended report no longer uses."""
    shown = row.display_at is not None or row.original_at is not None
    return {
        "id": row.id,
        "item": row.item,
        "item_label": items[row.item][0] if row.item in items else row.item,
        "name": row.name,
        "sha256": row.sha256,
        "size": row.size,
        "mime": row.mime,
        "grade": row.grade,
        "grade_reason": label_of(GRADE, row.grade_reason),
        "made_at": row.made_at,
        "place": row.place,
        "distance_m": between(row.place, home),
        "arrived": {"original": row.original_at is not None, "display": row.display_at is not None},
        "copy_url": f"/api/evidence/{row.id}/copy" if shown else None,
        "thumb_url": f"/api/evidence/{row.id}/thumb" if shown else None,
        "checks": row.checks,
        "revision": row.revision,
        "current": current,
    }
