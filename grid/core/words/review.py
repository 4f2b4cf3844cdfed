"""Words of review: decisions, reasons for sending a report back, what became of late material."""

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


class SendBackReason(StrEnum):
    """Why a report goes back to its worker."""

    PHOTO_UNCLEAR = "photo_unclear"
    PHOTO_MISSING = "photo_missing"
    SIGNER_UNCLEAR = "signer_unclear"
    RELATION_WRONG = "relation_wrong"
    DATE_WRONG = "date_wrong"
    LINES_INCOMPLETE = "lines_incomplete"
    PLACE_DOUBTFUL = "place_doubtful"
    NARRATIVE_SHORT = "narrative_short"
    PACKET_UNCHECKED = "packet_unchecked"
    OTHER = "other"


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

SEND_BACK_LABELS: dict[SendBackReason, str] = {
    SendBackReason.PHOTO_UNCLEAR: "照片看不清",
    SendBackReason.PHOTO_MISSING: "缺少应拍的照片",
    SendBackReason.SIGNER_UNCLEAR: "签收人信息不清楚",
    SendBackReason.RELATION_WRONG: "签收人与受送达人的关系有误",
    SendBackReason.DATE_WRONG: "回证日期未填或有误",
    SendBackReason.LINES_INCOMPLETE: "文书没有逐件核对",
    SendBackReason.PLACE_DOUBTFUL: "地点与登记地址不符，请说明",
    SendBackReason.NARRATIVE_SHORT: "经过写得不够清楚",
    SendBackReason.PACKET_UNCHECKED: "文书袋没有扫码核对",
    SendBackReason.OTHER: "其他（见说明）",
}
