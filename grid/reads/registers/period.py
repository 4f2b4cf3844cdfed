"""Periods of registers: Shanghai days as half-open ranges of instants, and how they are called."""

from datetime import UTC, date, datetime, time, timedelta

from grid.core.clock import SHANGHAI


def begins(day: date) -> datetime:
    """Return the first instant of a Shanghai day."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def ends(day: date) -> datetime:
    """Return the first instant after a Shanghai day."""
    return begins(day + timedelta(days=1))


def month_of(text: str) -> tuple[date, date]:
    """Return first and last day of a month written 2026-11; raises ValueError."""
    first = date.fromisoformat(f"{text}-01")
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def day_text(day: date) -> str:
    """Write a day for people: 2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def period_text(first: date | None, last: date | None) -> str:
    """Write a period for people."""
    if first is None and last is None:
        return "全部"
    if first is None and last is not None:
        return f"{day_text(last)}及以前"
    if first is not None and last is None:
        return f"{day_text(first)}及以后"
    return f"{day_text(first)}至{day_text(last)}" if first and last else ""
