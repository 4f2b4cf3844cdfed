"""Server time: aware UTC instants inside, Asia/Shanghai dates for people."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present as an aware UTC instant; only the edge (api, scheduler) calls this."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """Return the Shanghai calendar date of an aware instant."""
    return at.astimezone(SHANGHAI).date()


def iso(at: datetime) -> str:
    """Write an instant as RFC 3339 UTC with milliseconds, e.g. 2026-11-24T01:02:03.456Z."""
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds")[:-6] + "Z"


def parse_iso(text: str) -> datetime:
    """Read an RFC 3339 instant; raises ValueError without an offset."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return at.astimezone(UTC)


def local_text(at: datetime) -> str:
    """Write an instant for people: 2026-12-06 18:00."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
