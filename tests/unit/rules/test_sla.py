"""Deadlines by the default table, and the ladder of reminders."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.clock import SHANGHAI
from grid.core.words.deadlines import POINT_LABELS, STEP_LABELS, UNIT_LABELS, ReminderPoint, SpanUnit, Step
from grid.core.words.roles import Role
from grid.rules import sla
from grid.rules.calendar import default_calendar

CAL = default_calendar()
P = ReminderPoint


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


TUESDAY = "2026-11-24 10:00"


@pytest.mark.parametrize(
    ("step", "urgent", "start", "due"),
    [
        (Step.ROUTE, False, TUESDAY, "2026-11-24 16:00"),
        (Step.ROUTE, False, "2026-11-27 17:00", "2026-11-30 12:00"),
        (Step.ROUTE, True, TUESDAY, "2026-11-24 10:30"),
        (Step.TAKE, False, TUESDAY, "2026-11-25 10:00"),
        (Step.TAKE, True, TUESDAY, "2026-11-24 12:00"),
        (Step.FIRST_VISIT, False, TUESDAY, "2026-11-27 23:59:59"),
        (Step.FIRST_VISIT, True, TUESDAY, "2026-11-24 23:59:59"),
        (Step.FIRST_VISIT, True, "2026-11-24 23:00", "2026-11-25 01:00"),
        (Step.REPORT_DELIVERY, False, TUESDAY, "2026-12-01 23:59:59"),
        (Step.REPORT_DELIVERY, False, "2026-02-12 10:00", "2026-02-26 23:59:59"),
        (Step.REPORT_DELIVERY, True, TUESDAY, "2026-11-25 10:00"),
        (Step.REPORT_URGING, False, TUESDAY, "2026-12-03 23:59:59"),
        (Step.REPORT_PETITION, False, TUESDAY, "2026-12-08 23:59:59"),
        (Step.REVIEW, False, TUESDAY, "2026-11-27 23:59:59"),
        (Step.CHECK_LEAD, False, "2026-11-21 10:00", "2026-11-30 23:59:59"),
        (Step.CHECK_LEAD, True, TUESDAY, "2026-11-27 23:59:59"),
        (Step.REPLY_REQUEST, True, TUESDAY, "2026-11-27 23:59:59"),
        (Step.LOG_PETITION, True, TUESDAY, TUESDAY),
        (Step.FINISH_PETITION, False, "2024-12-31 10:00", "2025-02-05 23:59:59"),
        (Step.EXECUTION_NOTICE, False, "2026-09-20 10:00", "2026-09-30 23:59:59"),
        (Step.CLOSE_CASE, False, TUESDAY, "2027-05-24 23:59:59"),
        (Step.CLOSE_ADMIN_CASE, False, TUESDAY, "2027-02-24 23:59:59"),
    ],
)
def test_deadlines(step: Step, urgent: bool, start: str, due: str) -> None:
    found = sla.due_at(step, urgent, at(start), CAL)
    assert found == at(due)
    assert found.tzinfo is UTC


def test_every_word_is_used_and_labelled() -> None:
    assert set(sla.DEFAULTS) == set(Step) == set(STEP_LABELS)
    assert set(UNIT_LABELS) == set(SpanUnit)
    assert {point.point for point in sla.LADDER} == set(P) == set(POINT_LABELS)


@given(st.sampled_from(list(Step)), st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 1)))  # noqa: DTZ001  (zoned below)
def test_urgency_never_gives_more_time(step: Step, start: datetime) -> None:
    when = start.replace(tzinfo=SHANGHAI)
    # an urgent route of half an hour at night ends before the office opens, so it is earlier too
    assert when <= sla.due_at(step, True, when, CAL) <= sla.due_at(step, False, when, CAL)


# domain §11, typed again by hand: normal / urgent
HANDBOOK = {
    Step.ROUTE: "4 working_hours / 30 minutes", Step.TAKE: "24 hours / 2 hours",
    Step.FIRST_VISIT: "3 working_days / same_day", Step.REPORT_DELIVERY: "5 working_days / 24 hours",
    Step.REPORT_ASSET_LEAD: "5 working_days / 24 hours", Step.REPORT_URGING: "7 working_days / 24 hours",
    Step.REPORT_PETITION: "10 working_days / 24 hours", Step.REPORT_WITNESS: "5 working_days / 24 hours",
    Step.REVIEW: "3 working_days / 24 hours", Step.CHECK_LEAD: "7 legal_days / 3 legal_days",
    Step.REPLY_REQUEST: "3 working_days / ", Step.LOG_PETITION: "5 working_days / at_once",
    Step.FINISH_PETITION: "30 legal_days / ", Step.EXECUTION_NOTICE: "10 legal_days / ",
    Step.CLOSE_CASE: "6 legal_months / ", Step.CLOSE_ADMIN_CASE: "3 legal_months / ",
}  # fmt: skip


def in_words(span: sla.Span | None) -> str:
    return "" if span is None else f"{span.amount} {span.unit}" if span.amount else str(span.unit)


@pytest.mark.parametrize("step", list(Step))
def test_the_handbook_s_table(step: Step) -> None:
    found = sla.DEFAULTS[step]
    assert f"{in_words(found.normal)} / {in_words(found.urgent)}" == HANDBOOK[step]


def test_a_court_s_own_table_counts() -> None:
    table = dict(sla.DEFAULTS) | {Step.TAKE: sla.Sla(sla.Span(1, SpanUnit.HOURS), None)}
    assert sla.due_at(Step.TAKE, True, at(TUESDAY), CAL, table) == at("2026-11-24 11:00")


def test_a_pause_moves_the_deadline_but_heals_no_delay() -> None:
    due = at("2026-11-27 12:00")
    assert sla.after_pause(due, at("2026-11-25 00:00"), at("2026-11-26 06:00")) == due + timedelta(hours=30)
    assert sla.after_pause(due, due, due + timedelta(hours=5)) == due + timedelta(hours=5)
    assert sla.after_pause(due, at("2026-11-28 00:00"), at("2026-12-28 00:00")) == due


START, DUE = at("2026-11-20 00:00"), at("2026-11-30 00:00")


@pytest.mark.parametrize(
    ("now", "sent", "points"),
    [
        ("2026-11-24 23:59", (), []),
        ("2026-11-25 00:00", (), [P.HALF]),
        ("2026-11-25 00:00", (P.HALF,), []),
        ("2026-11-28 00:00", (P.HALF,), [P.MOST]),
        ("2026-11-30 00:00", (P.HALF, P.MOST), [P.DUE]),
        ("2026-12-01 00:00", (P.HALF, P.MOST, P.DUE), [P.DAY_AFTER]),
        ("2026-12-03 00:00", (P.HALF, P.MOST, P.DUE, P.DAY_AFTER), [P.SUPERVISION]),
        ("2026-12-03 00:00", (), [P.DAY_AFTER, P.SUPERVISION]),
        ("2026-12-20 00:00", tuple(P), []),
    ],
)
def test_reminders(now: str, sent: tuple[ReminderPoint, ...], points: list[ReminderPoint]) -> None:
    assert [each.point for each in sla.reminders_due(START, DUE, at(now), sent)] == points


def test_each_rung_reaches_further() -> None:
    audiences = [set(point.audience) for point in sla.LADDER]
    assert all(lower < upper for lower, upper in pairwise(audiences))
    assert audiences[0] == {Role.GRID_WORKER}
    assert Role.DISTRICT_CENTRE in audiences[3]
    assert Role.CASE_OFFICER in audiences[4]


@given(st.lists(st.integers(0, 30 * 24), min_size=1, max_size=40))
def test_no_point_is_ever_sent_twice_and_none_is_lost(hours: list[int]) -> None:
    sent: list[ReminderPoint] = []
    for hour in sorted(hours):
        for reminder in sla.reminders_due(START, DUE, START + timedelta(hours=hour), sent):
            assert reminder.at <= START + timedelta(hours=hour)
            assert reminder.point == reminder.covers[-1]
            sent += reminder.covers
    assert len(sent) == len(set(sent))
    end = START + timedelta(hours=max(hours))
    assert set(sent) == {point.point for point in sla.LADDER if sla.point_at(point, START, DUE) <= end}


@pytest.mark.parametrize(
    ("due", "now", "text"),
    [
        ("2026-11-27 23:59:59", TUESDAY, "11月27日（周五）前，还剩 3 天"),
        ("2026-11-25 10:00", TUESDAY, "11月25日（周三）10:00 前，还剩 1 天"),
        ("2026-11-24 12:00", TUESDAY, "11月24日（周二）12:00 前，今天到期"),
        (TUESDAY, TUESDAY, "11月24日（周二）10:00 前，今天到期"),
        ("2026-11-24 09:00", TUESDAY, "11月24日（周二）09:00 前，今天已逾期"),
        ("2026-11-22 23:59:59", TUESDAY, "11月22日（周日）前，已逾期 2 天"),
    ],
)
def test_deadlines_in_words(due: str, now: str, text: str) -> None:
    assert sla.due_text(at(due), at(now)) == text
