"""Lists of reasons and fixed phrases of a delivery; codes go over the wire, labels are for people.

The lists are the product's proposal except the refusal reasons (domain handbook §5); a court may reword labels.
"""

from grid.core.words.reasons import Reasons

REFUSAL: Reasons = {
    "unfair": "认为判决不公",
    "not_me": "否认是受送达人",
    "performed": "称已经履行",
    "unstated": "没有说明理由",
    "other": "其他理由",
}
SUBSTITUTE: Reasons = {
    "away": "本人外出",
    "working": "本人上班",
    "elsewhere": "本人在外地",
    "ill": "本人患病",
    "entrusted": "受本人委托",
    "incapacitated": "本人不能自己签收",
    "post": "负责收件",
    "other": "其他理由",
}
LINE: Reasons = {
    "refused": "这一份被拒收",
    "missing": "袋内缺少这一份",
    "wrong": "这一份内容或份数有误",
    "other": "其他原因",
}
MANUAL_PACKET: Reasons = {
    "damaged": "二维码破损看不清",
    "camera": "摄像头不能用",
    "dark": "光线太暗扫不出",
    "officer_carries": "文书由法院人员携带",
    "other": "其他原因",
}
PHRASES: tuple[str, ...] = (
    "先核对门牌和姓名，再说明来意。",
    "先打电话约好时间再上门。",
    "请当面逐份清点文书，再请签收人在回证上签名、写日期。",
    "对方拒收时不要争执，立即联系执行法官。",
    "请同时收取送达地址确认书。",
    "不得向邻居、同事透露案件内容。",
)
