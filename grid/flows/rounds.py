"""When a daily duty was last done: so that a missed day is made up and a done one is not repeated."""

from datetime import datetime

from sqlalchemy import select

from grid.models import Counter, db


def last_round(name: str) -> float | None:
    """Return when the duty was last begun, in seconds since 1970, or None."""
    return db.session.scalar(select(Counter.value).where(Counter.name == _key(name)))


def note_round(name: str, started_at: datetime) -> None:
    """Note that the duty begun then is done."""
    db.session.merge(Counter(name=_key(name), value=int(started_at.timestamp())))


def _key(name: str) -> str:
    return f"routine.{name}"
