"""Time: UTC inside, Shanghai for people, and never an instant without its offset."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from grid.core import clock

NEW_YEAR = datetime(2026, 12, 31, 16, 0, 0, 123456, tzinfo=UTC)


def test_now_is_aware_and_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_the_day_is_that_of_the_court_not_of_greenwich() -> None:
    assert clock.local_date(NEW_YEAR) == date(2027, 1, 1)
    assert clock.local_date(NEW_YEAR - timedelta(microseconds=200_000)) == date(2026, 12, 31)


def test_an_instant_is_written_in_utc_with_milliseconds() -> None:
    assert clock.iso(NEW_YEAR) == "2026-12-31T16:00:00.123Z"
    assert clock.iso(NEW_YEAR.astimezone(timezone(timedelta(hours=8)))) == "2026-12-31T16:00:00.123Z"


@pytest.mark.parametrize("text", ["2026-12-31T16:00:00.123Z", "2027-01-01T00:00:00.123+08:00"])
def test_the_same_instant_is_read_from_any_offset(text: str) -> None:
    at = clock.parse_iso(text)
    assert at == NEW_YEAR.replace(microsecond=123000)
    assert at.tzinfo is UTC


@pytest.mark.parametrize("text", ["2026-12-31T16:00:00", "yesterday", "", "2026-13-01T00:00:00Z"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        clock.parse_iso(text)


def test_people_read_local_time() -> None:
    assert clock.local_text(NEW_YEAR) == "2027-01-01 00:00"
