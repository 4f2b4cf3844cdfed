"""What is asked before, at and after a witnessed act of enforcement (domain handbook §2, §3 rules 8, 9, 24)."""

from collections.abc import Mapping

from grid.core.words.reasons import Reasons
from grid.kinds.form import SIGN_ITEMS, Demand, Form, Outcome, Page, Question, Way, Widget, outcomes_of

W = Widget

SCENES: Reasons = {
    "sealing": "查封、扣押财产",
    "eviction": "腾退房屋、迁出土地",
    "left": "留置送达文书",
    "posting": "张贴公告",
    "administrative": "行政非诉案件的组织实施",
    "other": "其他执行现场",
}
SEEN: Reasons = {
    "read_out": "宣读文书、说明来意",
    "inventory": "清点、登记财产",
    "sealed": "张贴封条",
    "handed_over": "腾空、移交房屋或者土地",
    "papers_left": "把文书留在住所",
    "posted": "张贴公告",
    "recorded": "拍照、录像",
    "signed": "当事人在笔录上签名",
    "refused_to_sign": "当事人拒绝签名",
}

BRIEF: Mapping[str, Question] = {
    "scene": Question("见证什么", W.CHOICE, SCENES),
    "appointed_at": Question("约定时间", W.INSTANT, hint="不在夜间、法定节假日安排腾退（行政强制法第43条）"),
    "meet_at": Question("集合地点", hint="写到门牌或者明显标志", most=120),
    "officers": Question("带队执行人员", hint="姓名，便于到场后核对证件", most=60),
}
BRIEF_REQUIRED = ("scene", "appointed_at", "meet_at", "officers")

QUESTIONS: Mapping[str, Question] = {
    "arrived_at": Question("我到场的时间", W.INSTANT),
    "left_at": Question("我离开的时间", W.INSTANT),
    "officers": Question("到场的执行人员", hint="姓名，核对工作证后填写", most=100),
    "cards_shown": Question("执行人员出示了工作证", W.YES_NO, hint="执行人员应当出示证件（民事诉讼法第239条）"),
    "seen": Question("我看到的经过", W.MANY, SEEN),
    "party_present": Question("当事人或者家属在场", W.YES_NO),
    "objection": Question("当事人提出的意见", W.PARAGRAPH, hint="照原话简写；没有就不填", most=500),
    "committee_staff": Question("我是居委会、村委会工作人员", W.YES_NO, hint="不是也可以到场，法院会另请见证人"),
    "related": Question("我是当事人、近亲属或者有利害关系", W.YES_NO, hint="是的话不能见证，请选“需要回避”"),
    "record_signed": Question("我在笔录上签了名", W.YES_NO),
    "narrative": Question("情况说明", W.PARAGRAPH, hint="只写看到的，不写听说的", most=1000),
    "absent_reason": Question("没有进行的原因", W.CHOICE, {
        "court_absent": "执行人员没有到场", "called_off": "法院通知取消", "settled": "当事人当场履行或者和解",
        "other": "其他原因",
    }),
    "conflict": Question("需要回避的原因", W.CHOICE, {
        "party": "我是本案当事人", "relative": "我是当事人的近亲属", "interest": "我和本案有利害关系",
    }),
}  # fmt: skip

ITEMS: Mapping[str, tuple[str, str]] = {
    "record_page": ("笔录签名页", "签名、日期要看得清，不拍别人的证件"),
    "scene": ("现场", "只拍门外和公共部位，远近各一张"),
    "seal_paper": ("封条或者公告", "张贴位置和内容要看得清"),
    **SIGN_ITEMS,
}

WAYS: Mapping[str, Way] = {
    "attended": Way(
        "已到场见证", "法院执行，您全程在场", "people",
        pages=(
            Page("谁在场", ("arrived_at", "officers", "cards_shown"), ("arrived_at", "officers", "cards_shown")),
            Page("看到了什么", ("seen", "party_present", "objection"), ("seen", "party_present")),
            Page("我的身份", ("committee_staff", "related", "record_signed"),
                 ("committee_staff", "related", "record_signed")),
            Page("离开", ("left_at", "narrative"), ("left_at",)),
        ),
        photos=(Demand("record_page", 1, 3), Demand("scene", 0, 4), Demand("seal_paper", 0, 2)),
        must_not=("不动手搬运、不保管财物和钥匙", "不拍屋内生活和未成年人", "不转发现场照片"),
        signed=True,
    ),
    "not_held": Way(
        "没有进行", "法院没来、取消，或者当场解决了", "homeOff",
        pages=(Page("为什么没有进行", ("absent_reason", "narrative"), ("absent_reason",)),),
        photos=(Demand("scene", 0, 2),),
        must_not=("不替法院通知当事人改期",),
    ),
    "recused": Way(
        "需要回避", "我和当事人有关系，不能见证", "hand",
        pages=(Page("为什么要回避", ("conflict", "narrative"), ("conflict",)),),
        must_not=("不再参与这次执行",),
    ),
    "unsafe": Way(
        "有危险，已离开", "先保证自己安全", "alert",
        pages=(Page("发生了什么", ("narrative",), ("narrative",)),),
        photos=(Demand("scene", 0, 2),),
        must_not=("不为拍照冒险",),
    ),
}  # fmt: skip

FORM = Form(
    outcomes=outcomes_of(
        Outcome("witnessed", "已到场见证", "在笔录上签了名", "attended", "笔录原件由执行人员带回", True),
        Outcome("not_held", "没有进行", "由法院另行安排", "not_held", "等法院通知，不要自行约时间", True),
        Outcome("recused", "需要回避", "由法院另请见证人", "recused", "由镇街综治中心改派他人", True),
        Outcome("unsafe_left", "有危险，已离开", "先保证自己安全", "unsafe", "请马上打值班电话说明情况", True),
    ),
    ways=WAYS,
    questions=QUESTIONS,
    items=ITEMS,
    say=(
        "到了先核对执行人员的工作证，再进现场。",
        "您是见证人：站在能看清的位置，看、听、在笔录上签名。",
        "笔录要先看完再签；写得和看到的不一样，请当场提出。",
    ),
    forbidden=(
        "不动手搬运、不清点代管、不保管钥匙和财物",
        "不推搡、不争吵，不替法院作承诺",
        "不进卧室拍摄，不拍未成年人，不直播、不转发",
    ),
)
