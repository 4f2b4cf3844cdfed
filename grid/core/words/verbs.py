"""What can be done to a task: one English verb each, with the Chinese word on the button."""

from enum import StrEnum


class Verb(StrEnum):
    """A step of a task's life; where it leads is the table in grid.rules.lifecycle."""

    DISPATCH = "dispatch"
    ROUTE = "route"
    TAKE = "take"
    RETURN_UNIT = "return_unit"
    BEGIN = "begin"
    REPORT = "report"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    RECORD_LEFT = "record_left"
    APPROVE = "approve"
    ARCHIVE = "archive"
    RECALL = "recall"
    SUSPEND = "suspend"
    RESUME = "resume"
    TRANSFER = "transfer"
    REOPEN = "reopen"


class Guard(StrEnum):
    """A condition a flow must have checked before it lets a verb through."""

    CASE_NO_VALID = "case_no_valid"
    TYPES_ALLOWED = "types_allowed"
    DEADLINE_SET = "deadline_set"
    MINIMUM_DATA = "minimum_data"
    SENSITIVE_APPROVED = "sensitive_approved"
    UNIT_MATCHES = "unit_matches"
    TRAINED = "trained"
    NO_CONFLICT = "no_conflict"
    REASON_GIVEN = "reason_given"
    VISITED = "visited"
    EVIDENCE_COMPLETE = "evidence_complete"
    NOT_OWN_WORK = "not_own_work"
    ROUNDS_LEFT = "rounds_left"
    RESULT_DATED = "result_dated"
    REFUSAL_PROVED = "refusal_proved"
    ORIGINAL_RETURNED = "original_returned"
    WORKER_TOLD = "worker_told"
    WAS_THERE = "was_there"


VERB_LABELS: dict[Verb, str] = {
    Verb.DISPATCH: "派发",
    Verb.ROUTE: "分派",
    Verb.TAKE: "接单",
    Verb.RETURN_UNIT: "退回单位",
    Verb.BEGIN: "开始办理",
    Verb.REPORT: "反馈",
    Verb.VERIFY: "开始核实",
    Verb.SEND_BACK: "退回修改",
    Verb.RECORD_LEFT: "登记留置送达",
    Verb.APPROVE: "核实通过",
    Verb.ARCHIVE: "归卷",
    Verb.RECALL: "撤回",
    Verb.SUSPEND: "中止",
    Verb.RESUME: "恢复办理",
    Verb.TRANSFER: "转派",
    Verb.REOPEN: "重新核实",
}

GUARD_LABELS: dict[Guard, str] = {
    Guard.CASE_NO_VALID: "案号有效",
    Guard.TYPES_ALLOWED: "文书种类和协助方式允许派发",
    Guard.DEADLINE_SET: "已定期限",
    Guard.MINIMUM_DATA: "只带必需的个人信息",
    Guard.SENSITIVE_APPROVED: "敏感任务已经批准",
    Guard.UNIT_MATCHES: "地址属于该单位",
    Guard.TRAINED: "培训合格且保密承诺有效",
    Guard.NO_CONFLICT: "回避询问答“没有”",
    Guard.REASON_GIVEN: "已写明原因",
    Guard.VISITED: "至少一次走访记录",
    Guard.EVIDENCE_COMPLETE: "证据清单齐全",
    Guard.NOT_OWN_WORK: "不是本人办理的反馈",
    Guard.ROUNDS_LEFT: "退回未超过两次，第三次交网格长",
    Guard.RESULT_DATED: "已定结果和日期",
    Guard.REFUSAL_PROVED: "拒收理由、时间、处所和见证人或录像齐全",
    Guard.ORIGINAL_RETURNED: "回证原件已交回",
    Guard.WORKER_TOLD: "立即告知网格员并清除手机副本",
    Guard.WAS_THERE: "恢复到中止前的状态",
}
