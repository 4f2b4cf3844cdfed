"""Problems of fixing the legal date of service."""

from grid.core.errors.base import Problem


class ServiceDateMissing(Problem):
    """The date this basis needs was not given; facts: basis, needs."""

    code = "service_date_missing"
    title = "缺少确定送达日期的依据；请按回证、回执或公告填写日期"


class ReturnDoesNotCount(Problem):
    """A returned letter without one of the four grounds is no service (postal rule 11)."""

    code = "return_does_not_count"
    title = "邮件退回不能视为送达；请选择符合规定的退回原因或改用其他方式"


class ServiceDateInFuture(Problem):
    """The date lies after today; facts: effective_on."""

    code = "service_date_in_future"
    title = "送达日期还没有到；请核对日期，或到期后再确认"
