"""Working days, hours and legal periods against the published holiday tables."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.clock import SHANGHAI
from grid.core.errors.calendar import CalendarYearMissing
from grid.rules.calendar import WorkCalendar, default_calendar, end_of_day

CAL = default_calendar()
D = date.fromisoformat
DAYS = st.dates(D("2024-01-01"), D("2026-10-31"))
HOURS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 31)).map(lambda at: at.replace(tzinfo=SHANGHAI))  # noqa: DTZ001  (the zone is set at once)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-02-09", True),  # the eve of the 2024 festival was not a day off
        ("2024-02-10", False), ("2024-02-04", True), ("2024-02-18", True), ("2024-04-07", True),
        ("2024-09-14", True), ("2024-09-16", False), ("2024-10-12", True), ("2024-12-31", True),
        ("2025-01-26", True), ("2025-01-28", False), ("2025-02-04", False), ("2025-02-05", True),
        ("2025-04-27", True), ("2025-10-08", False), ("2025-10-11", True), ("2025-10-12", False),
        ("2026-01-02", False), ("2026-01-04", True), ("2026-02-14", True), ("2026-02-23", False),
        ("2026-02-28", True), ("2026-05-09", True), ("2026-09-20", True), ("2026-09-25", False),
        ("2026-10-10", True), ("2026-11-28", False), ("2026-11-24", True),
        ("2027-02-10", False), ("2027-02-11", True),
    ],
)  # fmt: skip
def test_days_as_published(day: str, works: bool) -> None:
    assert CAL.is_working_day(D(day)) is works


@pytest.mark.parametrize(("year", "weekdays_off", "weekend_days_worked"), [(2024, 19, 8), (2025, 18, 5), (2026, 19, 6)])
def test_the_years_balance(year: int, weekdays_off: int, weekend_days_worked: int) -> None:
    days = [date(year, 1, 1) + timedelta(n) for n in range(366) if (date(year, 1, 1) + timedelta(n)).year == year]
    assert sum(day.weekday() < 5 and not CAL.is_working_day(day) for day in days) == weekdays_off
    assert sum(day.weekday() >= 5 and CAL.is_working_day(day) for day in days) == weekend_days_worked


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2024-12-31", 30, "2025-02-05"),  # 30 days end on 2025-01-30, inside the Spring Festival
        ("2024-01-05", 30, "2024-02-04"),  # ends on a Sunday that is worked
        ("2024-09-01", 13, "2024-09-14"),  # ends on a Saturday that is worked
        ("2026-11-18", 10, "2026-11-30"),  # ends on a plain Saturday
        ("2026-11-24", 1, "2026-11-25"),
    ],
)
def test_legal_periods_of_days(start: str, days: int, end: str) -> None:
    assert CAL.legal_deadline(D(start), days) == D(end)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-08-31", 1, "2025-09-30"),
        ("2024-08-01", 2, "2024-10-08"),
        ("2025-07-05", 6, "2026-01-05"),
        ("2024-12-15", 12, "2025-12-15"),
    ],
)
def test_legal_periods_of_months(start: str, months: int, end: str) -> None:
    assert CAL.legal_deadline_months(D(start), months) == D(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-24", 3, "2026-11-27"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-24", 0, "2026-11-24"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-09-30", 1, "2026-10-08"),
    ],
)
def test_adding_working_days(start: str, days: int, end: str) -> None:
    assert CAL.add_working_days(D(start), days) == D(end)


@given(DAYS, st.integers(1, 20))
def test_working_days_lie_between(start: date, days: int) -> None:
    end = CAL.add_working_days(start, days)
    between = [start + timedelta(n) for n in range(1, (end - start).days + 1)]
    assert CAL.is_working_day(end)
    assert sum(CAL.is_working_day(day) for day in between) == days


@given(DAYS, st.integers(1, 60))
def test_a_legal_period_never_ends_early_or_on_a_day_off(start: date, days: int) -> None:
    end = CAL.legal_deadline(start, days)
    assert end >= start + timedelta(days)
    assert CAL.is_working_day(end)
    skipped = [start + timedelta(days + n) for n in range((end - start).days - days)]
    assert not any(CAL.is_working_day(day) for day in skipped)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24 09:00", 4, "2026-11-24 15:00"),
        ("2026-11-24 11:00", 1, "2026-11-24 12:00"),
        ("2026-11-24 12:30", 4, "2026-11-24 18:00"),
        ("2026-11-24 17:30", 4, "2026-11-25 14:30"),
        ("2026-11-27 17:00", 4, "2026-11-30 12:00"),
        ("2026-02-13 17:30", 4, "2026-02-14 14:30"),
        ("2026-11-24 03:00", 7, "2026-11-24 18:00"),
    ],
)
def test_adding_office_hours(start: str, hours: int, end: str) -> None:
    assert CAL.add_working_hours(at(start), timedelta(hours=hours)) == at(end)
    assert CAL.working_hours_between(at(start), at(end)) == timedelta(hours=hours)


@given(HOURS, st.integers(1, 60 * 40))
def test_added_hours_are_found_again(start: datetime, minutes: int) -> None:
    end = CAL.add_working_hours(start, timedelta(minutes=minutes))
    assert end.tzinfo is UTC
    assert CAL.working_hours_between(start, end) == timedelta(minutes=minutes)
    assert CAL.working_hours_between(end, start) == timedelta()


def test_a_year_without_a_table_is_named() -> None:
    with pytest.raises(CalendarYearMissing) as caught:
        CAL.is_working_day(D("2031-01-01"))
    assert caught.value.facts == {"year": 2031}
    with pytest.raises(CalendarYearMissing):
        CAL.legal_deadline(D("2027-12-30"), 3)


def test_a_year_before_its_notice_says_so() -> None:
    assert CAL.is_provisional(D("2027-03-01"))
    assert not CAL.is_provisional(D("2026-03-01"))


def test_senseless_spans_are_refused() -> None:
    day = D("2026-11-24")
    for call in (
        lambda: CAL.add_working_days(day, -1),
        lambda: CAL.legal_deadline(day, 0),
        lambda: CAL.legal_deadline_months(day, 0),
        lambda: CAL.add_working_hours(at("2026-11-24 09:00"), timedelta()),
    ):
        with pytest.raises(ValueError):
            call()


def test_a_day_in_the_wrong_year_is_refused() -> None:
    body = {"status": "published", "source": "x", "holidays": [], "workdays": ["2025-01-04"]}
    with pytest.raises(ValueError, match="outside 2024"):
        WorkCalendar.from_data({"years": {"2024": body}})


def test_a_day_ends_in_shanghai() -> None:
    assert end_of_day(D("2026-11-24")) == datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)
