"""Flags of a visit for the reviewer: they only point, nothing is refused or deducted for them."""

from datetime import datetime, timedelta
from typing import Any

from grid.models import Visit
from grid.rules.trusted_time import disagreement

CLOCK_TOLERANCE = timedelta(minutes=2)


def flag_visit(visit: Visit, data: dict[str, Any], at: datetime, packet_flag: str) -> list[dict[str, str]]:
    """Return what can be told without another query: place, clock, packet, lateness."""
    codes = []
    if visit.supplementary:
        codes.append("supplementary")
    if visit.lng is None:
        codes.append("place_missing")
    if disagreement(visit.made_at, at) > CLOCK_TOLERANCE:
        codes.append("clock_off")
    if data["packet"]["checked"] == "manual":
        codes.append("packet_manual")
    if packet_flag:
        codes.append(packet_flag)
    return [{"code": code} for code in codes]
