"""Problems of who may do what."""

from grid.core.errors.base import Problem, ProblemKind


class OwnWork(Problem):
    """The reviewer made, or helped to make, the report under review."""

    code = "own_work"
    kind = ProblemKind.FORBIDDEN
    title = "不能核实本人参与办理的反馈，请交由其他执行法官核实"
