"""Counting visits: times in Shanghai, days, evenings and weekends."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.clock import SHANGHAI
from grid.kinds.delivery.diligence import DiligenceRule, VisitTime, diligence


def at(text: str, contact: str = "door") -> VisitTime:
    return VisitTime(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI), contact)


MON, TUE, SAT = "2026-11-23", "2026-11-24", "2026-11-28"
DONE = "走访次数已够，可以报“未能送达”"


@pytest.mark.parametrize(
    ("visits", "counted", "text"),
    [
        ([], (0, 0, 0), "还需：再走访 3 次，至少在 2 个不同的日子，其中 1 次在 18:00 以后或周末"),
        ([at(f"{MON} 09:00")], (1, 1, 0), "还需：再走访 2 次，至少在 2 个不同的日子，其中 1 次在 18:00 以后或周末"),
        ([at(f"{MON} 09:00"), at(f"{MON} 15:00"), at(f"{MON} 18:00")], (3, 1, 1), "还需：至少在 2 个不同的日子"),
        ([at(f"{MON} 09:00"), at(f"{TUE} 15:00"), at(f"{TUE} 17:59")], (3, 2, 0),
         "还需：其中 1 次在 18:00 以后或周末"),
        ([at(f"{MON} 09:00"), at(f"{TUE} 15:00"), at(f"{TUE} 18:00")], (3, 2, 1), DONE),
        ([at(f"{MON} 09:00"), at(f"{TUE} 15:00"), at(f"{SAT} 10:00")], (3, 3, 1), DONE),
        ([at(f"{MON} 09:00"), at(f"{TUE} 19:00"), at(f"{SAT} 10:00", "phone")], (2, 2, 1), "还需：再走访 1 次"),
        ([at(f"{MON} 09:00"), at(f"{TUE} 19:00", "workplace"), at(f"{SAT} 10:00", "wechat")], (2, 2, 1),
         "还需：再走访 1 次"),
    ],
)  # fmt: skip
def test_counting(visits: list[VisitTime], counted: tuple[int, int, int], text: str) -> None:
    found = diligence(visits)
    assert (found.count, found.days, found.off_hours) == counted
    assert found.missing_text == text
    assert found.satisfied is (text == DONE)


def test_days_are_those_of_shanghai() -> None:
    late = VisitTime(datetime(2026, 11, 23, 15, 59, tzinfo=UTC))
    later = VisitTime(datetime(2026, 11, 23, 16, 1, tzinfo=UTC))
    assert diligence([late, later]).days == 2
    assert diligence([late, later]).off_hours == 1


def test_a_court_may_ask_for_less() -> None:
    assert diligence([at(f"{MON} 17:30")], DiligenceRule(1, 1, 1, time(17, 30))).satisfied


def test_what_is_left_is_counted_down() -> None:
    found = diligence([at(f"{MON} 19:00"), at(f"{TUE} 10:00"), at(f"{TUE} 11:00")], DiligenceRule(off_hours=3))
    assert found.missing_text == "还需：其中 2 次在 18:00 以后或周末"


@given(st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), max_size=8))  # noqa: DTZ001  (zoned below)
def test_another_visit_never_makes_it_worse(times: list[datetime]) -> None:
    visits = [VisitTime(each.replace(tzinfo=UTC)) for each in times]
    for size in range(len(visits)):
        less, more = diligence(visits[:size]), diligence(visits[: size + 1])
        assert (more.count, more.days, more.off_hours) >= (less.count, less.days, less.off_hours)
        assert more.satisfied or not less.satisfied
