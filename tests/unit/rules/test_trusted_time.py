"""The instant of a visit: counted from a server time the phone had, else the phone's clock less its known error."""

from datetime import UTC, datetime, timedelta

import pytest

from grid.rules.trusted_time import MAX_OFFLINE, disagreement, happened_at

RECEIVED = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ANCHOR = RECEIVED - timedelta(hours=3)
WRONG_CLOCK = datetime(2027, 11, 24, 9, 0, tzinfo=UTC)
HOUR_MS = 3_600_000


def test_an_anchor_beats_a_clock_that_is_a_year_off() -> None:
    real = happened_at(WRONG_CLOCK, RECEIVED, skew_ms=0, anchor_at=ANCHOR, elapsed_ms=HOUR_MS)
    assert real == ANCHOR + timedelta(hours=1)
    assert disagreement(WRONG_CLOCK, real) == disagreement(real, WRONG_CLOCK) == WRONG_CLOCK - real


@pytest.mark.parametrize("elapsed_ms", [0, 3 * HOUR_MS])
def test_the_anchor_holds_up_to_both_ends(elapsed_ms: int) -> None:
    real = happened_at(WRONG_CLOCK, RECEIVED, skew_ms=None, anchor_at=ANCHOR, elapsed_ms=elapsed_ms)
    assert real == ANCHOR + timedelta(milliseconds=elapsed_ms)


@pytest.mark.parametrize(
    ("anchor_at", "elapsed_ms"),
    [
        (None, HOUR_MS),
        (ANCHOR, None),
        (ANCHOR, -1),
        (ANCHOR, 3 * HOUR_MS + 1),  # it would have happened after it was received
        (RECEIVED - MAX_OFFLINE - timedelta(milliseconds=1), 0),
    ],
)
def test_a_broken_anchor_leaves_the_clock_and_its_known_error(
    anchor_at: datetime | None, elapsed_ms: int | None
) -> None:
    slow = RECEIVED - timedelta(hours=2)
    real = happened_at(slow, RECEIVED, skew_ms=-HOUR_MS, anchor_at=anchor_at, elapsed_ms=elapsed_ms)
    assert real == slow + timedelta(hours=1)


def test_nothing_happened_after_it_was_received() -> None:
    assert happened_at(WRONG_CLOCK, RECEIVED, skew_ms=None, anchor_at=None, elapsed_ms=None) == RECEIVED
