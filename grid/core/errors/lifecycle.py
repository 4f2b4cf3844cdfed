"""Problems of a task's life."""

from grid.core.errors.base import Problem, ProblemKind


class WrongState(Problem):
    """The task does not stand where this verb starts; facts: state, verb, verbs (what is possible instead)."""

    code = "wrong_state"
    kind = ProblemKind.CONFLICT
    title = "任务当前状态不能进行这一步，请刷新后按页面上的按钮办理"
