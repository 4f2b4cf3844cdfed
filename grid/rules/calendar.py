"""Working days, working hours and legal periods, counted in Asia/Shanghai from a table of holidays.

The table is data (grid/rules/data/holidays.json, renewed each November); a year it lacks raises
CalendarYearMissing instead of a guess. Periods follow CPL 85: the first day does not count, and a period
that would end on a day off ends on the first working day after it.
"""

import calendar as gregorian
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any

from grid.core.clock import SHANGHAI
from grid.core.errors.calendar import CalendarYearMissing

Windows = tuple[tuple[time, time], ...]

OFFICE_HOURS: Windows = ((time(9), time(12)), (time(14), time(18)))
"""Default office hours of a working day (a setting)."""

_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Year:
    """One year's days off on weekdays and at weekends, and the weekend days that are worked."""

    holidays: Mapping[date, str]
    workdays: frozenset[date]
    provisional: bool
    source: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Counts days and hours; build it with from_data or take default_calendar()."""

    years: Mapping[int, Year]
    windows: Windows = OFFICE_HOURS

    @classmethod
    def from_data(cls, data: Mapping[str, Any], windows: Windows = OFFICE_HOURS) -> "WorkCalendar":
        """Build from the shape of holidays.json; raises ValueError when a day lies outside its year."""
        years = {int(name): _read_year(int(name), body) for name, body in data["years"].items()}
        return cls(years, windows)

    def _year(self, day: date) -> Year:
        if day.year not in self.years:
            raise CalendarYearMissing(year=day.year)
        return self.years[day.year]

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on this day."""
        year = self._year(day)
        return day in year.workdays or (day.weekday() < 5 and day not in year.holidays)

    def is_provisional(self, day: date) -> bool:
        """Tell whether the day's year still awaits the State Council's notice."""
        return self._year(day).provisional

    def next_working_day(self, day: date) -> date:
        """Return the day itself when worked, else the first working day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add_working_days(self, start_on: date, days: int) -> date:
        """Return the days-th working day after start_on (not counted); 0 gives the first one on or after it."""
        if days < 0:
            raise ValueError("days must not be negative")
        if days == 0:
            return self.next_working_day(start_on)
        day = start_on
        for _ in range(days):
            day = self.next_working_day(day + _DAY)
        return day

    def legal_deadline(self, start_on: date, days: int) -> date:
        """Return the last day of a period of calendar days (CPL 85)."""
        if days < 1:
            raise ValueError("a period has at least one day")
        return self.next_working_day(start_on + timedelta(days=days))

    def legal_deadline_months(self, start_on: date, months: int) -> date:
        """Return the last day of a period of months: the same day of that month or its last day (CPL 85)."""
        if months < 1:
            raise ValueError("a period has at least one month")
        count = start_on.month - 1 + months
        year, month = start_on.year + count // 12, count % 12 + 1
        day = min(start_on.day, gregorian.monthrange(year, month)[1])
        return self.next_working_day(date(year, month, day))

    def _windows_of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self.is_working_day(day):
            for opens, closes in self.windows:
                yield datetime.combine(day, opens, SHANGHAI), datetime.combine(day, closes, SHANGHAI)

    def working_hours_between(self, start_at: datetime, end_at: datetime) -> timedelta:
        """Return the office time between two aware instants; zero when the end is not after the start."""
        total = timedelta()
        day, last = start_at.astimezone(SHANGHAI).date(), end_at.astimezone(SHANGHAI).date()
        while day <= last:
            for opens, closes in self._windows_of(day):
                total += max(min(closes, end_at) - max(opens, start_at), timedelta())
            day += _DAY
        return total

    def add_working_hours(self, start_at: datetime, span: timedelta) -> datetime:
        """Return the UTC instant at which `span` of office time has passed since start_at."""
        if span <= timedelta():
            raise ValueError("span must be positive")
        left, day = span, start_at.astimezone(SHANGHAI).date()
        while True:
            for opens, closes in self._windows_of(day):
                begins = max(opens, start_at)
                if closes - begins >= left:
                    return (begins + left).astimezone(UTC)
                left -= max(closes - begins, timedelta())
            day += _DAY


def _read_year(number: int, body: Mapping[str, Any]) -> Year:
    holidays: dict[date, str] = {}
    for item in body["holidays"]:
        day, last = date.fromisoformat(item["from"]), date.fromisoformat(item["to"])
        while day <= last:
            holidays[day] = item["name"]
            day += _DAY
    workdays = frozenset(date.fromisoformat(text) for text in body["workdays"])
    if any(day.year != number for day in (*holidays, *workdays)):
        raise ValueError(f"a day outside {number}")
    return Year(holidays, workdays, body["status"] == "provisional", body["source"])


@cache
def default_calendar() -> WorkCalendar:
    """Return the calendar that ships with the product, with default office hours."""
    text = resources.files("grid.rules").joinpath("data/holidays.json").read_text(encoding="utf-8")
    return WorkCalendar.from_data(json.loads(text))


def end_of_day(day: date) -> datetime:
    """Return the last second of a Shanghai day as a UTC instant: when something due that day becomes overdue."""
    return datetime.combine(day, _LAST_SECOND, SHANGHAI).astimezone(UTC)
