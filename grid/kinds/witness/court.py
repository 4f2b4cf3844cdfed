"""What the court writes down when it closes a witness task."""

from collections.abc import Mapping

from grid.kinds.base import CourtResult
from grid.kinds.form import Question, Widget

QUESTIONS: Mapping[str, Question] = {
    "record_no": Question("笔录名称或者页码", hint="例如：查封笔录第 3 页", most=60),
    "held_on": Question("执行日期", Widget.DATE, future=False),
    "why": Question("说明", Widget.PARAGRAPH, most=300),
}

RESULTS: Mapping[str, CourtResult] = {
    result.code: result
    for result in (
        CourtResult("witness_valid", "见证有效", "笔录上有见证人签名，身份合适", frozenset({"witnessed"}),
                    ("held_on", "record_no", "why"), ("held_on", "record_no")),
        CourtResult("witness_invalid", "见证不采用", "身份不合适或者笔录缺签名，另请见证人", frozenset({"witnessed"}),
                    ("why",), ("why",)),
        CourtResult("rescheduled", "改期另派", "重新派发一次", frozenset({"not_held", "recused", "unsafe_left"}),
                    ("why",)),
        CourtResult("not_needed", "不再需要", "已经履行、和解或者改用其他方式", frozenset({"not_held", "unsafe_left"}),
                    ("why",), ("why",)),
    )
}  # fmt: skip
