"""Which deadlines run on a task, and who hears of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from grid.core.words.deadlines import ReminderPoint, Step
from grid.core.words.roles import Role
from grid.core.words.tasks import TaskState
from grid.rules import sla
from grid.rules.calendar import default_calendar
from grid.rules.nagging import WATCHED, Running, TaskTimes, audience, next_point, running, words

S = TaskState
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 9:00 in Shanghai
PLAIN = TaskTimes(
    state=S.ROUTED, report_step=Step.REPORT_DELIVERY, urgent=False, dispatched_at=MONDAY, changed_at=MONDAY,
    routed_at=MONDAY,
    take_due_at=MONDAY + timedelta(days=1), first_visit_due_at=MONDAY + timedelta(days=3),
    due_at=MONDAY + timedelta(days=7),
)  # fmt: skip


def steps(task: TaskTimes) -> list[Step]:
    return [deadline.step for deadline in running(task, default_calendar(), sla.DEFAULTS)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (S.DRAFT, []),
        (S.DISPATCHED, [Step.ROUTE]),
        (S.RETURNED_UNIT, [Step.ROUTE]),
        (S.ROUTED, [Step.TAKE, Step.REPORT_DELIVERY]),
        (S.TAKEN, [Step.FIRST_VISIT, Step.REPORT_DELIVERY]),
        (S.WORKING, [Step.REPORT_DELIVERY]),
        (S.REPORTED, [Step.REVIEW]),
        (S.VERIFYING, [Step.REVIEW]),
        (S.SUSPENDED, []),
        (S.CLOSED, []),
        (S.CANCELLED, []),
        (S.ARCHIVED, []),
    ],
)
def test_each_state_has_its_deadlines(state: TaskState, expected: list[Step]) -> None:
    assert steps(replace(PLAIN, state=state)) == expected
    assert (state in WATCHED) == bool(expected)


def test_an_unrouted_task_alarms_after_four_working_hours() -> None:
    (deadline,) = running(replace(PLAIN, state=S.DISPATCHED), default_calendar(), sla.DEFAULTS)
    assert deadline.due_at == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 9–12 and 14–15 in Shanghai


def test_a_report_sent_back_gets_time_to_be_mended() -> None:
    late = replace(PLAIN, state=S.WORKING, rounds=1, changed_at=MONDAY + timedelta(days=14))
    (deadline,) = running(late, default_calendar(), sla.DEFAULTS)
    assert deadline.started_at == late.changed_at
    assert deadline.due_at > late.changed_at
    early = replace(PLAIN, state=S.WORKING, rounds=1)
    assert running(early, default_calendar(), sla.DEFAULTS)[0].due_at == PLAIN.due_at


def test_points_follow_each_other_and_end() -> None:
    deadline = Running(Step.TAKE, MONDAY, MONDAY + timedelta(hours=10))
    sent: list[ReminderPoint] = []
    times = []
    while (at := next_point(deadline, sent)) is not None:
        times.append(at - MONDAY)
        sent.append(sla.LADDER[len(sent)].point)
    hours = [5, 8, 10, 34, 82]
    assert times == [timedelta(hours=hour) for hour in hours]


@pytest.mark.parametrize(
    ("step", "point", "told"),
    [
        (Step.ROUTE, ReminderPoint.HALF, {Role.STREET_CENTRE}),
        (Step.ROUTE, ReminderPoint.DUE, {Role.STREET_CENTRE, Role.DISTRICT_CENTRE, Role.COMMAND_CENTRE}),
        (Step.REVIEW, ReminderPoint.MOST, {Role.CASE_OFFICER}),
        (Step.REVIEW, ReminderPoint.SUPERVISION, {Role.CASE_OFFICER, Role.COMMAND_CENTRE}),
        (Step.TAKE, ReminderPoint.HALF, {Role.GRID_WORKER}),
    ],
)
def test_those_who_owe_the_step_are_told(step: Step, point: ReminderPoint, told: set[Role]) -> None:
    ladder = next(one.audience for one in sla.LADDER if one.point == point)
    assert audience(step, point, ladder) == told


def test_a_moved_deadline_is_another_one() -> None:
    deadline = Running(Step.TAKE, MONDAY, MONDAY + timedelta(hours=10))
    assert deadline.key != replace(deadline, due_at=deadline.due_at + timedelta(minutes=1)).key


def test_words_say_the_next_step_and_name_nobody() -> None:
    title, text = words(Step.TAKE, ReminderPoint.DUE, "送2026-000001", "11月24日", own=True)
    assert title == "网格员接单已经到期"
    assert text == "任务 送2026-000001，期限 11月24日。请打开任务接单，不能办理请退回。"
    assert words(Step.REPORT_DELIVERY, ReminderPoint.HALF, "x", "y", own=False)[1].endswith("必要时转派。")


def test_a_task_without_a_deadline_has_no_report_to_wait_for() -> None:
    found = running(replace(PLAIN, due_at=None), default_calendar(), sla.DEFAULTS)
    assert [one.step for one in found] == [Step.TAKE]
