"""Problems of case files."""

from grid.core.errors.base import Problem, ProblemKind


class CaseExists(Problem):
    """The court already has a case of this number."""

    code = "case_exists"
    kind = ProblemKind.CONFLICT
    title = "本院已登记这个案号，请打开原案件操作；如由他人承办，请联系承办人"


class CaseChanged(Problem):
    """The case was changed since the screen was loaded; facts['version'] is the present one."""

    code = "case_changed"
    kind = ProblemKind.CONFLICT
    title = "案件信息刚被修改，请刷新查看后再改"
