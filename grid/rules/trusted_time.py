"""When something on a phone really happened: the server's last known time plus what the phone counted since.

A phone's clock is a claim. The anchor is a server time the phone had received; elapsed counts monotonically from it,
so a clock set back or forward between contact and visit changes nothing.
"""

from datetime import datetime, timedelta

MAX_OFFLINE = timedelta(days=60)


def happened_at(
    made_at: datetime, received_at: datetime, *, skew_ms: int | None, anchor_at: datetime | None, elapsed_ms: int | None
) -> datetime:
    """Return the best instant for a claim of the phone's clock; never later than the server received it."""
    if anchor_at is not None and elapsed_ms is not None and elapsed_ms >= 0:
        anchored = anchor_at + timedelta(milliseconds=elapsed_ms)
        if received_at - MAX_OFFLINE <= anchored <= received_at:
            return anchored
    corrected = made_at - timedelta(milliseconds=skew_ms or 0)
    return min(corrected, received_at)


def disagreement(made_at: datetime, real_at: datetime) -> timedelta:
    """Return how far the phone's clock was from the best instant."""
    return abs(made_at - real_at)
