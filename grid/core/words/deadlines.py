"""Steps that have a deadline, and the points at which people are reminded."""

from enum import StrEnum


class Step(StrEnum):
    """What must be done in time."""

    ROUTE = "route"
    TAKE = "take"
    FIRST_VISIT = "first_visit"
    REPORT_DELIVERY = "report_delivery"
    REPORT_ASSET_LEAD = "report_asset_lead"
    REPORT_URGING = "report_urging"
    REPORT_PETITION = "report_petition"
    REPORT_WITNESS = "report_witness"
    REVIEW = "review"
    CHECK_LEAD = "check_lead"
    REPLY_REQUEST = "reply_request"
    LOG_PETITION = "log_petition"
    FINISH_PETITION = "finish_petition"
    EXECUTION_NOTICE = "execution_notice"
    CLOSE_CASE = "close_case"
    CLOSE_ADMIN_CASE = "close_admin_case"


class SpanUnit(StrEnum):
    """How a deadline is counted."""

    AT_ONCE = "at_once"
    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    SAME_DAY = "same_day"
    WORKING_DAYS = "working_days"
    LEGAL_DAYS = "legal_days"
    LEGAL_MONTHS = "legal_months"


class ReminderPoint(StrEnum):
    """When people are reminded; the last is no reminder but a supervision order."""

    HALF = "half"
    MOST = "most"
    DUE = "due"
    DAY_AFTER = "day_after"
    SUPERVISION = "supervision"


STEP_LABELS: dict[Step, str] = {
    Step.ROUTE: "综治中心分派",
    Step.TAKE: "网格员接单",
    Step.FIRST_VISIT: "首次走访",
    Step.REPORT_DELIVERY: "协助送达反馈",
    Step.REPORT_ASSET_LEAD: "财产线索反馈",
    Step.REPORT_URGING: "督促履行反馈",
    Step.REPORT_PETITION: "信访化解反馈",
    Step.REPORT_WITNESS: "到场见证反馈",
    Step.REVIEW: "执行法官核实",
    Step.CHECK_LEAD: "法院核查线索",
    Step.REPLY_REQUEST: "法院答复网格请求",
    Step.LOG_PETITION: "信访登记并确定承办人",
    Step.FINISH_PETITION: "信访办结答复",
    Step.EXECUTION_NOTICE: "发出执行通知",
    Step.CLOSE_CASE: "执行案件办结",
    Step.CLOSE_ADMIN_CASE: "行政非诉案件办结",
}

UNIT_LABELS: dict[SpanUnit, str] = {
    SpanUnit.AT_ONCE: "立即",
    SpanUnit.MINUTES: "分钟",
    SpanUnit.HOURS: "小时",
    SpanUnit.WORKING_HOURS: "个工作小时",
    SpanUnit.SAME_DAY: "当天",
    SpanUnit.WORKING_DAYS: "个工作日",
    SpanUnit.LEGAL_DAYS: "日（法定期间）",
    SpanUnit.LEGAL_MONTHS: "个月（法定期间）",
}

POINT_LABELS: dict[ReminderPoint, str] = {
    ReminderPoint.HALF: "时间过半",
    ReminderPoint.MOST: "时间已过八成",
    ReminderPoint.DUE: "已经到期",
    ReminderPoint.DAY_AFTER: "逾期一天",
    ReminderPoint.SUPERVISION: "逾期三天，发督办单",
}
