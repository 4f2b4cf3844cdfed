"""What is asked when the task is sent out and when it is reported."""

from collections.abc import Mapping

from grid.core.words.reasons import Reasons
from grid.kinds.form import Demand, Form, Outcome, Page, Question, Way, Widget, outcomes_of

W = Widget

REASONS: Reasons = {"absent": "没有找到人", "refused": "对方不愿意", "other": "其他原因"}

BRIEF: Mapping[str, Question] = {
    "what": Question("要做什么", W.PARAGRAPH, hint="写清楚要了解或者办理的事", most=300),
}
BRIEF_REQUIRED = ("what",)

QUESTIONS: Mapping[str, Question] = {
    "done_on": Question("办理日期", W.DATE, future=False),
    "reason": Question("没有办成的原因", W.CHOICE, REASONS),
    "narrative": Question("情况说明", W.PARAGRAPH, hint="只写看到的，不写听说的", most=1000),
}

ITEMS: Mapping[str, tuple[str, str]] = {"scene": ("现场", "只拍公共部位，远近各一张")}

WAYS: Mapping[str, Way] = {
    "done": Way(
        "已经办好", "按要求办完了", "ok",
        pages=(Page("办了什么", ("done_on", "narrative"), ("done_on", "narrative")),),
        photos=(Demand("scene", 0, 3),),
        must_not=("不收钱，不作承诺",),
    ),
    "not_done": Way(
        "没有办成", "写明原因，由法院决定", "info",
        pages=(Page("为什么", ("reason", "narrative"), ("reason",)),),
        must_not=("不争吵，不勉强",),
    ),
}  # fmt: skip

FORM = Form(
    outcomes=outcomes_of(
        Outcome("done", "已经办好", "", "done", "等法院核实", True),
        Outcome("not_done", "没有办成", "", "not_done", "由法院决定下一步", True),
    ),
    ways=WAYS,
    questions=QUESTIONS,
    items=ITEMS,
    say=("先说明自己是谁，再说来意。",),
    forbidden=("不收钱，不进屋，不作承诺",),
)
