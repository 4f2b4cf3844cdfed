"""Flags of a visit for the reviewer: they only point, nothing is refused or deducted for them."""

from datetime import datetime
from typing import Any

from grid.kinds.base import Kind
from grid.models import Visit
from grid.rules.flags import FlagLevel, VisitFacts, visit_flags
from grid.rules.law import Finding, Level
from grid.tools.geo import distance_m

STICKY = frozenset(
    {"packet_foreign", "packet_revoked", "place_late", "photo_broken", "photo_reused", "photo_similar", "supplementary"}
)
"""What a mended report does not undo: it was seen on what came before."""


def flag_visit(
    visit: Visit,
    data: dict[str, Any],
    at: datetime,
    findings: list[Finding],
    kind: Kind,
    home: tuple[float, float] | None,
    packet_flag: str = "",
) -> list[dict[str, str]]:
    """Return what can be told without another query: place, clock, hours, packet, lateness, what the rules said.

    home is the registered address on WGS-84. What needs other rows (photos seen before) is added when they arrive.
    """
    kept = [flag for flag in visit.flags or [] if flag["code"] in STICKY]
    known = {flag["code"] for flag in kept}
    codes = visit_flags(visit_facts_for_flags(visit, data, at, kind, home, packet_flag))
    return [
        *kept,
        *({"code": code} for code in codes if code not in known),
        *(_rule(finding) for finding in findings),
    ]


def visit_facts_for_flags(
    visit: Visit, data: dict[str, Any], at: datetime, kind: Kind, home: tuple[float, float] | None, packet_flag: str
) -> VisitFacts:
    """Return a visit as the flag rules see it."""
    distance = None
    if home is not None and visit.lng is not None and visit.lat is not None:
        distance = distance_m(visit.lng, visit.lat, *home)
    # A mended report says when it was mended; the visit was when it was.
    return VisitFacts(
        happened_at=visit.happened_at,
        started_at=data["started_at"],
        ended_at=data["ended_at"],
        made_at=visit.happened_at + (data["made_at"] - at),
        handover=data["outcome"] in kind.handover,
        has_place=visit.lng is not None,
        accuracy_m=visit.accuracy_m,
        distance_m=distance,
        packet_checked=data["packet"]["checked"] if kind.papers else "none",
        packet_flag=packet_flag,
        grades=frozenset(item["grade"] for item in data["evidence"]),
        missing_items=tuple(kind.missing_items(data["outcome"], [item["item"] for item in data["evidence"]])),
        supplementary=visit.supplementary,
    )


def _rule(finding: Finding) -> dict[str, str]:
    level = FlagLevel.BAD if finding.level == Level.ERROR else FlagLevel.WARN
    return {"code": f"rule_{finding.rule_no}", "label": finding.message[:120], "level": level.value}
