"""Words of review: what an officer may decide about a report."""

from enum import StrEnum


class Decision(StrEnum):
    """What an officer decided; each decision is a row."""

    VERIFYING = "verifying"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    LEFT_RECORDED = "left_recorded"
    ORIGINAL = "original"
    ARCHIVED = "archived"
    REOPENED = "reopened"
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"


DECISION_LABELS: dict[Decision, str] = {
    Decision.VERIFYING: "开始核实",
    Decision.SENT_BACK: "退回修改",
    Decision.APPROVED: "核实通过",
    Decision.LEFT_RECORDED: "登记留置送达",
    Decision.ORIGINAL: "回证原件已交回",
    Decision.ARCHIVED: "归卷",
    Decision.REOPENED: "重新核实",
    Decision.ACCEPTED: "采用补充材料",
    Decision.SET_ASIDE: "补充材料不采用",
}
