"""The life of a task as one table: who may move it from where to where (domain handbook §4).

Buttons, audit names, the diagram and the tests are read from TRANSITIONS; a verb may own several rows,
told apart by where they lead (transfer to a street or a cell, resume to where the task stood).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from grid.core.errors.lifecycle import WrongState
from grid.core.words.roles import GRID_ROLES, Role
from grid.core.words.tasks import STATE_LABELS, TaskState
from grid.core.words.verbs import VERB_LABELS, Guard, Verb

S = TaskState
G = Guard

DESK = frozenset({Role.CASE_OFFICER, Role.COMMAND_CENTRE})
ROUTERS = frozenset({Role.COMMAND_CENTRE, Role.DISTRICT_CENTRE, Role.STREET_CENTRE, Role.GRID_LEADER})
IN_THE_GRID = frozenset({S.DISPATCHED, S.ROUTED, S.RETURNED_UNIT, S.TAKEN, S.WORKING})
UNDER_REVIEW = frozenset({S.REPORTED, S.VERIFYING})

SEND_BACK_LIMIT = 2
"""Rounds a report may go back to its worker before the leader takes over (a setting; this is its default)."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the state table."""

    verb: Verb
    from_states: frozenset[TaskState]
    to_state: TaskState
    roles: frozenset[Role]
    guard_names: tuple[Guard, ...]
    event: str
    label: str


def _row(
    verb: Verb,
    from_states: Iterable[TaskState],
    to_state: TaskState,
    roles: frozenset[Role],
    event: str,
    *guards: Guard,
) -> Transition:
    return Transition(verb, frozenset(from_states), to_state, roles, guards, event, VERB_LABELS[verb])


TRANSITIONS: tuple[Transition, ...] = (
    _row(Verb.DISPATCH, {S.DRAFT}, S.DISPATCHED, DESK, "task.dispatched",
         G.CASE_NO_VALID, G.TYPES_ALLOWED, G.DEADLINE_SET, G.MINIMUM_DATA, G.SENSITIVE_APPROVED),
    _row(Verb.ROUTE, {S.DISPATCHED, S.RETURNED_UNIT}, S.ROUTED, ROUTERS, "task.routed", G.UNIT_MATCHES),
    _row(Verb.TAKE, {S.ROUTED}, S.TAKEN, GRID_ROLES, "task.taken", G.TRAINED, G.NO_CONFLICT),
    _row(Verb.RETURN_UNIT, {S.ROUTED, S.TAKEN, S.WORKING}, S.RETURNED_UNIT, GRID_ROLES, "task.returned",
         G.REASON_GIVEN),
    _row(Verb.BEGIN, {S.TAKEN}, S.WORKING, GRID_ROLES, "task.begun", G.VISITED),
    _row(Verb.REPORT, {S.WORKING}, S.REPORTED, GRID_ROLES, "task.reported", G.VISITED, G.EVIDENCE_COMPLETE),
    _row(Verb.VERIFY, {S.REPORTED}, S.VERIFYING, DESK, "task.verifying", G.NOT_OWN_WORK),
    _row(Verb.SEND_BACK, UNDER_REVIEW, S.WORKING, DESK, "task.sent_back",
         G.NOT_OWN_WORK, G.REASON_GIVEN, G.ROUNDS_LEFT),
    _row(Verb.RECORD_LEFT, UNDER_REVIEW, S.VERIFYING, frozenset({Role.CASE_OFFICER}), "task.left_recorded",
         G.NOT_OWN_WORK, G.REFUSAL_PROVED),
    _row(Verb.APPROVE, UNDER_REVIEW, S.CLOSED, DESK, "task.approved", G.NOT_OWN_WORK, G.RESULT_DATED),
    _row(Verb.ARCHIVE, {S.CLOSED}, S.ARCHIVED, DESK, "task.archived", G.ORIGINAL_RETURNED),
    _row(Verb.RECALL, {S.DRAFT, S.SUSPENDED, *IN_THE_GRID}, S.CANCELLED, DESK, "task.recalled",
         G.REASON_GIVEN, G.WORKER_TOLD),
    _row(Verb.SUSPEND, IN_THE_GRID, S.SUSPENDED, DESK, "task.suspended", G.REASON_GIVEN, G.WORKER_TOLD),
    *(_row(Verb.RESUME, {S.SUSPENDED}, to, DESK, "task.resumed", G.WAS_THERE)
      for to in (S.DISPATCHED, S.ROUTED, S.RETURNED_UNIT, S.TAKEN, S.WORKING)),
    *(_row(Verb.TRANSFER, IN_THE_GRID, to, ROUTERS, "task.transferred", G.REASON_GIVEN, G.UNIT_MATCHES)
      for to in (S.DISPATCHED, S.ROUTED)),
    _row(Verb.REOPEN, {S.CLOSED}, S.VERIFYING, frozenset({Role.COURT_ADMIN, Role.AUDITOR}), "task.reopened",
         G.REASON_GIVEN),
)  # fmt: skip

NEXT_STEP: dict[TaskState, str] = {
    S.DRAFT: "请先派发",
    S.DISPATCHED: "请等待镇街综治中心分派",
    S.ROUTED: "请等待网格员接单",
    S.TAKEN: "请先走访并保存走访记录",
    S.WORKING: "请办完后提交反馈",
    S.REPORTED: "请等待执行法官核实",
    S.VERIFYING: "请等待执行法官核实",
    S.CLOSED: "任务已办结，如有错误请联系法院管理员",
    S.ARCHIVED: "任务已归卷，不能再改",
    S.RETURNED_UNIT: "请等待镇街综治中心重新分派",
    S.SUSPENDED: "任务已中止，请等待法院通知",
    S.CANCELLED: "任务已撤回，已做的记录会作为补充材料交给执行法官",
}


def targets(verb: Verb, state: TaskState) -> tuple[TaskState, ...]:
    """List where the verb may lead from this state; empty when it may not start here."""
    return tuple(row.to_state for row in TRANSITIONS if row.verb == verb and state in row.from_states)


def can(verb: Verb, state: TaskState) -> bool:
    """Tell whether the verb may start in this state."""
    return bool(targets(verb, state))


def check_can(verb: Verb, state: TaskState) -> None:
    """Raise WrongState, with the next step in Chinese, when the verb may not start in this state."""
    if not can(verb, state):
        raise WrongState(
            f"任务{STATE_LABELS[state]}，不能{VERB_LABELS[verb]}；{NEXT_STEP[state]}",
            state=str(state),
            verb=str(verb),
            verbs=[str(v) for v in verbs_from(state)],
        )


def transition(verb: Verb, state: TaskState, to_state: TaskState | None = None) -> Transition:
    """Return the one row that applies; name to_state where the verb leads to several (transfer, resume).

    Raises WrongState when no row fits, ValueError when several fit and none was chosen.
    """
    check_can(verb, state)
    rows = [row for row in TRANSITIONS if row.verb == verb and state in row.from_states]
    if to_state is not None:
        rows = [row for row in rows if row.to_state == to_state]
        if not rows:
            raise WrongState(
                f"任务{STATE_LABELS[state]}，{VERB_LABELS[verb]}后不能变为{STATE_LABELS[to_state]}",
                state=str(state),
                verb=str(verb),
                verbs=[str(v) for v in verbs_from(state)],
            )
    if len(rows) > 1:
        raise ValueError(f"{verb} from {state} leads to several states: name one")
    return rows[0]


def verbs_from(state: TaskState) -> tuple[Verb, ...]:
    """List every verb that may start in this state, in table order."""
    return tuple(dict.fromkeys(row.verb for row in TRANSITIONS if state in row.from_states))


def verbs_for(state: TaskState, role: Role) -> tuple[Verb, ...]:
    """List the verbs this role may try in this state, in table order: the buttons of the screen."""
    return tuple(dict.fromkeys(r.verb for r in TRANSITIONS if state in r.from_states and role in r.roles))


def next_states(state: TaskState) -> frozenset[TaskState]:
    """Return every state one step away."""
    return frozenset(row.to_state for row in TRANSITIONS if state in row.from_states)


def send_back_reaches_leader(rounds_done: int, limit: int = SEND_BACK_LIMIT) -> bool:
    """Tell whether the next send-back goes to the grid leader because the worker already had `limit` rounds."""
    return rounds_done >= limit
