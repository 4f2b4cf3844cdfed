"""Deadlines, reminders and escalation (domain handbook §11); the table holds defaults a court's setting replaces."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from grid.core.clock import SHANGHAI, local_date
from grid.core.words.deadlines import ReminderPoint, SpanUnit, Step
from grid.core.words.roles import Role
from grid.rules.calendar import WorkCalendar, end_of_day

U = SpanUnit
P = ReminderPoint


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of time in one unit; at_once and same_day need no amount."""

    amount: int
    unit: SpanUnit


@dataclass(frozen=True, slots=True)
class Sla:
    """The deadline of one step; urgent None means urgency does not shorten it; mark L is law, W seen, P proposal."""

    normal: Span
    urgent: Span | None
    mark: str = "P"
    article: str = ""


DEFAULTS: Mapping[Step, Sla] = {
    Step.ROUTE: Sla(Span(4, U.WORKING_HOURS), Span(30, U.MINUTES)),
    Step.TAKE: Sla(Span(24, U.HOURS), Span(2, U.HOURS)),
    Step.FIRST_VISIT: Sla(Span(3, U.WORKING_DAYS), Span(0, U.SAME_DAY)),
    Step.REPORT_DELIVERY: Sla(Span(5, U.WORKING_DAYS), Span(24, U.HOURS)),
    Step.REPORT_ASSET_LEAD: Sla(Span(5, U.WORKING_DAYS), Span(24, U.HOURS)),
    Step.REPORT_URGING: Sla(Span(7, U.WORKING_DAYS), Span(24, U.HOURS)),
    Step.REPORT_PETITION: Sla(Span(10, U.WORKING_DAYS), Span(24, U.HOURS)),
    Step.REPORT_WITNESS: Sla(Span(5, U.WORKING_DAYS), Span(24, U.HOURS)),
    Step.REVIEW: Sla(Span(3, U.WORKING_DAYS), Span(24, U.HOURS)),
    Step.CHECK_LEAD: Sla(Span(7, U.LEGAL_DAYS), Span(3, U.LEGAL_DAYS), "L", "财产调查规定第2条"),
    Step.REPLY_REQUEST: Sla(Span(3, U.WORKING_DAYS), None),
    Step.LOG_PETITION: Sla(Span(5, U.WORKING_DAYS), Span(0, U.AT_ONCE), "W", "法〔2021〕227号"),
    Step.FINISH_PETITION: Sla(Span(30, U.LEGAL_DAYS), None, "W", "法〔2021〕227号"),
    Step.EXECUTION_NOTICE: Sla(Span(10, U.LEGAL_DAYS), None, "L", "民诉法解释第480条"),
    Step.CLOSE_CASE: Sla(Span(6, U.LEGAL_MONTHS), None, "L", "审限规定（2000）第5条"),
    Step.CLOSE_ADMIN_CASE: Sla(Span(3, U.LEGAL_MONTHS), None, "L", "审限规定（2000）第5条"),
}

LEAST_SAME_DAY = timedelta(hours=2)
"""What "the same day" leaves at least, so that an urgent task of 23:50 can be done at all."""


def span_of(step: Step, urgent: bool, table: Mapping[Step, Sla] = DEFAULTS) -> Span:
    """Return the span that applies; an urgent task without an urgent span keeps the normal one."""
    sla = table[step]
    return sla.urgent if urgent and sla.urgent is not None else sla.normal


def due_at(
    step: Step, urgent: bool, start: datetime, calendar: WorkCalendar, table: Mapping[Step, Sla] = DEFAULTS
) -> datetime:
    """Return the UTC instant a step is due; day spans end with the Shanghai day. Raises CalendarYearMissing."""
    span = span_of(step, urgent, table)
    start_on = local_date(start)
    match span.unit:
        case SpanUnit.AT_ONCE:
            return start.astimezone(UTC)
        case SpanUnit.MINUTES:
            return start.astimezone(UTC) + timedelta(minutes=span.amount)
        case SpanUnit.HOURS:
            return start.astimezone(UTC) + timedelta(hours=span.amount)
        case SpanUnit.WORKING_HOURS:
            return calendar.add_working_hours(start, timedelta(hours=span.amount))
        case SpanUnit.SAME_DAY:
            return max(end_of_day(start_on), start.astimezone(UTC) + LEAST_SAME_DAY)
        case SpanUnit.WORKING_DAYS:
            return end_of_day(calendar.add_working_days(start_on, span.amount))
        case SpanUnit.LEGAL_DAYS:
            return end_of_day(calendar.legal_deadline(start_on, span.amount))
        case _:  # legal months, the last unit there is
            return end_of_day(calendar.legal_deadline_months(start_on, span.amount))


def after_pause(due: datetime, suspended_at: datetime, resumed_at: datetime) -> datetime:
    """Return the deadline moved by the time a task was suspended; a deadline already missed stays where it was."""
    return due if suspended_at > due else due + (resumed_at - suspended_at)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the ladder: a share of the time given, or an offset from the deadline, and who hears of it."""

    point: ReminderPoint
    share: float
    offset: timedelta
    audience: tuple[Role, ...]


_WORKER = (Role.GRID_WORKER,)
_LEADER = (*_WORKER, Role.GRID_LEADER)
_STREET = (*_LEADER, Role.STREET_CENTRE)
_DISTRICT = (*_STREET, Role.DISTRICT_CENTRE)

LADDER: tuple[Point, ...] = (
    Point(P.HALF, 0.5, timedelta(), _WORKER),
    Point(P.MOST, 0.8, timedelta(), _LEADER),
    Point(P.DUE, 1.0, timedelta(), _STREET),
    Point(P.DAY_AFTER, 1.0, timedelta(days=1), _DISTRICT),
    Point(P.SUPERVISION, 1.0, timedelta(days=3), (*_DISTRICT, Role.CASE_OFFICER, Role.COMMAND_CENTRE)),
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message to send now; covers names every point it settles, so that none of them is sent again."""

    point: ReminderPoint
    at: datetime
    audience: tuple[Role, ...]
    covers: tuple[ReminderPoint, ...]


def point_at(point: Point, started_at: datetime, due: datetime) -> datetime:
    """Return the instant of a point for a task that started and is due then."""
    return started_at + (due - started_at) * point.share + point.offset


def reminders_due(
    started_at: datetime, due: datetime, now: datetime, already_sent: Collection[ReminderPoint]
) -> list[Reminder]:
    """Return what to send now: the latest reminder reached, and the supervision order when it is time for it.

    After a silence (the scheduler was down) earlier points are covered by the latest instead of sent in a row.
    """
    reached = [p for p in LADDER if point_at(p, started_at, due) <= now and p.point not in already_sent]
    reminders = [p for p in reached if p.point != P.SUPERVISION]
    orders = [p for p in reached if p.point == P.SUPERVISION]
    found: list[Reminder] = []
    if reminders:
        last = reminders[-1]
        covers = tuple(p.point for p in reminders)
        found.append(Reminder(last.point, point_at(last, started_at, due), last.audience, covers))
    found += [Reminder(p.point, point_at(p, started_at, due), p.audience, (p.point,)) for p in orders]
    return found


def due_text(due: datetime, now: datetime) -> str:
    """Write a deadline for people: 12月6日（周五）18:00 前，还剩 2 天; the hour only when it is not the day's end."""
    local = due.astimezone(SHANGHAI)
    clock = "" if (local.hour, local.minute) == (23, 59) else f"{local:%H:%M} "
    day = f"{local.month}月{local.day}日（周{'一二三四五六日'[local.weekday()]}）{clock}前"
    days = (local_date(due) - local_date(now)).days
    if due < now:
        return f"{day}，已逾期 {-days} 天" if days else f"{day}，今天已逾期"
    return f"{day}，还剩 {days} 天" if days else f"{day}，今天到期"
