"""Problems of a delivery's visits."""

from grid.core.errors.base import Problem, ProblemKind


class VisitIncomplete(Problem):
    """The visit breaks a rule or lacks an answer; facts: fields {path: [zh]}."""

    code = "visit_incomplete"
    title = "走访记录还缺内容或不符合规定，请按提示修改后再提交"


class NotDiligentYet(Problem):
    """Too few visits to report 未送达; detail says what is left; facts: visits, days, off_hours."""

    code = "not_diligent_yet"
    kind = ProblemKind.CONFLICT
    title = "走访次数还不够，暂时不能报“未能送达”；请换个时间再走访"
