"""Which deadlines run on a task now, and who is told when they press (domain handbook §11)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from grid.core.words.deadlines import STEP_LABELS, ReminderPoint, Step
from grid.core.words.roles import Role
from grid.core.words.tasks import TaskState
from grid.rules import sla
from grid.rules.calendar import WorkCalendar
from grid.rules.sla import Sla

QUEUED = frozenset({TaskState.DISPATCHED, TaskState.RETURNED_UNIT})
IN_HAND = frozenset({TaskState.ROUTED, TaskState.TAKEN, TaskState.WORKING})
UNDER_REVIEW = frozenset({TaskState.REPORTED, TaskState.VERIFYING})
WATCHED = QUEUED | IN_HAND | UNDER_REVIEW
"""States in which somebody owes the next step."""


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """What of a task deadlines are counted from; changed_at is its last move."""

    state: TaskState
    report_step: Step
    urgent: bool
    dispatched_at: datetime
    changed_at: datetime
    routed_at: datetime | None = None
    take_due_at: datetime | None = None
    taken_at: datetime | None = None
    first_visit_at: datetime | None = None
    first_visit_due_at: datetime | None = None
    due_at: datetime | None = None
    reported_at: datetime | None = None
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Running:
    """One deadline that runs: which step, since when, until when."""

    step: Step
    started_at: datetime
    due_at: datetime

    @property
    def key(self) -> str:
        """Name the deadline; a moved deadline is another one and reminds anew."""
        return f"{self.step.value}@{self.due_at:%Y%m%d%H%M}"


def running(task: TaskTimes, calendar: WorkCalendar, table: Mapping[Step, Sla]) -> list[Running]:
    """List the deadlines that run now."""
    if task.state in QUEUED:
        return [_counted(Step.ROUTE, task, task.changed_at, calendar, table)]
    if task.state in UNDER_REVIEW:
        return [_counted(Step.REVIEW, task, task.reported_at or task.changed_at, calendar, table)]
    if task.state not in IN_HAND:
        return []
    found: list[Running] = []
    if task.state == TaskState.ROUTED and task.take_due_at is not None:
        found.append(Running(Step.TAKE, task.routed_at or task.changed_at, task.take_due_at))
    if task.state == TaskState.TAKEN and task.first_visit_at is None and task.first_visit_due_at is not None:
        found.append(Running(Step.FIRST_VISIT, task.taken_at or task.changed_at, task.first_visit_due_at))
    if task.due_at is not None:
        found.append(_report(task, task.due_at, calendar, table))
    return found


def _counted(
    step: Step, task: TaskTimes, start: datetime, calendar: WorkCalendar, table: Mapping[Step, Sla]
) -> Running:
    return Running(step, start, sla.due_at(step, task.urgent, start, calendar, table))


def _report(task: TaskTimes, due: datetime, calendar: WorkCalendar, table: Mapping[Step, Sla]) -> Running:
    step = task.report_step
    if not task.rounds:
        return Running(step, task.dispatched_at, due)
    # A report sent back was in time once: its author gets as long as for a first visit to mend it.
    mend_by = sla.due_at(Step.FIRST_VISIT, task.urgent, task.changed_at, calendar, table)
    return Running(step, task.changed_at, max(due, mend_by))


def next_point(deadline: Running, sent: Collection[ReminderPoint]) -> datetime | None:
    """Return when the next reminder of a deadline is due, or None after the last."""
    times = [sla.point_at(p, deadline.started_at, deadline.due_at) for p in sla.LADDER if p.point not in sent]
    return min(times, default=None)


def audience(step: Step, point: ReminderPoint, roles: Collection[Role]) -> frozenset[Role]:
    """Return who is told: the ladder's roles, except where the step is not a worker's."""
    late = point in (ReminderPoint.DUE, ReminderPoint.DAY_AFTER, ReminderPoint.SUPERVISION)
    if step == Step.ROUTE:
        told = {Role.STREET_CENTRE, *({Role.DISTRICT_CENTRE, Role.COMMAND_CENTRE} if late else ())}
    elif step == Step.REVIEW:
        told = {Role.CASE_OFFICER, *({Role.COMMAND_CENTRE} if late else ())}
    else:
        told = set(roles)
    return frozenset(told)


_TITLES: Mapping[ReminderPoint, str] = {
    ReminderPoint.HALF: "提醒：{step}时间已过半",
    ReminderPoint.MOST: "提醒：{step}时间所剩不多",
    ReminderPoint.DUE: "{step}已经到期",
    ReminderPoint.DAY_AFTER: "{step}已逾期一天",
    ReminderPoint.SUPERVISION: "督办：{step}已逾期三天",
}
_NEXT: Mapping[Step, tuple[str, str]] = {
    Step.ROUTE: ("请尽快分派到网格", "请督促镇街综治中心分派"),
    Step.TAKE: ("请打开任务接单，不能办理请退回", "请督促网格员接单，必要时转派"),
    Step.FIRST_VISIT: ("请尽快上门，没有网络也能记录", "请督促网格员首次走访"),
    Step.REVIEW: ("请尽快核实反馈", "请督促执行法官核实"),
}
_REPORT_NEXT = ("请尽快办理并反馈，没有网络也能记录", "请督促网格员办理，必要时转派")


def words(step: Step, point: ReminderPoint, task_no: str, due_text: str, *, own: bool) -> tuple[str, str]:
    """Return title and text of a reminder without personal data; own: the reader owes the step himself."""
    title = _TITLES[point].format(step=STEP_LABELS[step])
    mine, theirs = _NEXT.get(step, _REPORT_NEXT)
    return title, f"任务 {task_no}，期限 {due_text}。{mine if own else theirs}。"
