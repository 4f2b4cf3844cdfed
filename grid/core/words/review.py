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


class Verdict(StrEnum):
    """What the court found a closed task to be."""

    SERVED = "served"
    PARTLY_SERVED = "partly_served"
    LEFT = "left"
    ASSISTED = "assisted"
    NOT_SERVED = "not_served"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.SERVED: "已送达",
    Verdict.PARTLY_SERVED: "部分文书已送达",
    Verdict.LEFT: "法院留置送达",
    Verdict.ASSISTED: "已完成协助",
    Verdict.NOT_SERVED: "未送达",
}

SERVED_VERDICTS = frozenset({Verdict.SERVED, Verdict.PARTLY_SERVED, Verdict.LEFT})
"""Verdicts with a legal date of service and a paper receipt that must come back."""
