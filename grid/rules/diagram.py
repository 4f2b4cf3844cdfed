"""Draw the state table: Mermaid text and the Markdown page docs/states.md, always from TRANSITIONS."""

from grid.core.words.roles import ROLE_LABELS, Role
from grid.core.words.tasks import STATE_LABELS, TaskState
from grid.core.words.verbs import GUARD_LABELS
from grid.rules.lifecycle import NEXT_STEP, TRANSITIONS, Transition


def _in_order(states: frozenset[TaskState]) -> list[TaskState]:
    return [state for state in TaskState if state in states]


def state_diagram() -> str:
    """Return a Mermaid stateDiagram-v2 with one arrow per pair of states and verb."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state}: {STATE_LABELS[state]}" for state in TaskState]
    lines.append(f"    [*] --> {TaskState.DRAFT}")
    for row in TRANSITIONS:
        lines += [f"    {start} --> {row.to_state}: {row.label}" for start in _in_order(row.from_states)]
    lines += [f"    {state} --> [*]" for state in (TaskState.ARCHIVED, TaskState.CANCELLED)]
    return "\n".join(lines) + "\n"


def _table_line(row: Transition) -> str:
    starts = "、".join(STATE_LABELS[state] for state in _in_order(row.from_states))
    roles = "、".join(ROLE_LABELS[role] for role in Role if role in row.roles)
    guards = "；".join(GUARD_LABELS[guard] for guard in row.guard_names)
    cells = (f"{row.label} `{row.verb}`", starts, STATE_LABELS[row.to_state], roles, guards, f"`{row.event}`")
    return "| " + " | ".join(cells) + " |"


def states_page() -> str:
    """Return docs/states.md: the diagram, the table of steps and what each state waits for."""
    head = [
        "# 任务的状态",
        "",
        "由 `grid/rules/diagram.py` 根据 `grid/rules/lifecycle.py` 的状态表生成，请勿手改。",
        "",
        "```mermaid",
        state_diagram().rstrip(),
        "```",
        "",
        "| 动作 | 从 | 到 | 谁 | 条件 | 审计事件 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    waits = ["", "| 状态 | 标识 | 下一步 |", "| --- | --- | --- |"]
    waits += [f"| {STATE_LABELS[state]} | `{state}` | {NEXT_STEP[state]} |" for state in TaskState]
    return "\n".join([*head, *(_table_line(row) for row in TRANSITIONS), *waits]) + "\n"
