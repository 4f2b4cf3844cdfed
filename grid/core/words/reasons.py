"""Lists of reasons that every kind of task shares; codes go over the wire, labels are for people.

The lists are the product's proposal; a court may reword labels.
"""

from collections.abc import Mapping

Reasons = Mapping[str, str]

GRADE: Reasons = {
    "camera_denied": "没有摄像头权限",
    "camera_failed": "页面里的相机打不开",
    "taken_before": "已经用手机相机拍好",
    "other": "其他原因",
}
NO_PLACE: Reasons = {
    "denied": "没有定位权限",
    "off": "定位已关闭",
    "no_signal": "室内没有信号",
    "timeout": "等了很久没有结果",
}
CONTACTS: Reasons = {
    "door": "上门",
    "workplace": "到单位",
    "phone": "电话",
    "wechat": "微信",
}
RECUSAL_QUESTION = "您是本案当事人、当事人的近亲属，或者和本案有其他利害关系吗？"
RECUSAL: Reasons = {
    "party": "我是本案当事人",
    "relative": "我是当事人的近亲属",
    "interest": "我和本案有利害关系",
    "other": "有其他可能影响公正的关系",
}
SEND_BACK: Reasons = {
    "photo_unclear": "照片不清楚，请重拍",
    "photo_missing": "缺少照片，请补拍",
    "receipt_incomplete": "回证填写不完整，请补填",
    "signer_unclear": "签收人或关系写得不清楚",
    "lines_mismatch": "文书份数与清单不符",
    "date_wrong": "签收日期不对，请核对",
    "place_doubtful": "地点与住址不符，请说明",
    "narrative_short": "情况写得太简单，请补充",
    "outcome_wrong": "结果选错了，请改选",
    "visits_short": "走访次数不够，请再走访",
    "other": "其他问题，见说明",
}
RETURN: Reasons = {
    "not_my_grid": "地址不在我的网格",
    "outside_district": "地址不在本区",
    "conflict": "有利害关系，需要回避",
    "no_contact": "联系不上，也找不到地址",
    "unsafe": "有安全顾虑",
    "absent_worker": "本人请假或离岗",
    "other": "其他原因",
}
RECALL: Reasons = {
    "settled": "当事人已和解",
    "performed": "已经履行完毕",
    "suspended": "案件中止或暂缓",
    "wrong_address": "地址有误，另行派发",
    "served_otherwise": "已用其他方式送达",
    "mistake": "派发有误",
    "other": "其他原因",
}
TRANSFER: Reasons = {
    "other_grid": "地址属于其他网格",
    "other_street": "地址属于其他镇街",
    "recusal": "网格员需要回避",
    "workload": "工作量调整",
    "absent_worker": "网格员请假或离岗",
    "other": "其他原因",
}
ADDRESS_SOURCES: Reasons = {
    "confirmation": "送达地址确认书",
    "first_instance": "一审确认的地址",
    "household": "户籍登记地址",
    "registered_office": "企业登记住所",
    "applicant": "申请执行人提供",
    "grid": "网格核实",
    "other": "其他来源",
}


def label_of(reasons: Reasons, value: str) -> str:
    """Return a reason's label, or the text itself where people wrote their own."""
    return reasons.get(value, value)


def coded(reasons: Reasons) -> list[dict[str, str]]:
    """Return the list as the wire wants it: [{code, label}]."""
    return [{"code": code, "label": label} for code, label in reasons.items()]
