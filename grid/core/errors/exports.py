"""Problems of exporting registers."""

from grid.core.errors.base import Problem, ProblemKind


class OwnRequest(Problem):
    """Whoever asked for full personal data cannot approve it."""

    code = "own_request"
    kind = ProblemKind.FORBIDDEN
    title = "不能批准自己的导出申请，请由其他法院管理员批准"


class ExportSettled(Problem):
    """The request was approved or refused before."""

    code = "export_settled"
    kind = ProblemKind.CONFLICT
    title = "这项导出申请已经处理过，请刷新查看"


class NoPersonalHere(Problem):
    """This register carries no full personal data."""

    code = "no_personal_here"
    title = "这张表不含个人信息明细，请取消“完整信息”后再导出"
