"""What the court writes down when it closes a blank task."""

from collections.abc import Mapping

from grid.kinds.base import CourtResult
from grid.kinds.form import Question, Widget

QUESTIONS: Mapping[str, Question] = {"why": Question("说明", Widget.PARAGRAPH, most=300)}

RESULTS: Mapping[str, CourtResult] = {
    result.code: result
    for result in (
        CourtResult("confirmed", "属实", "与反馈一致", frozenset({"done"}), ("why",)),
        CourtResult("not_confirmed", "不属实", "与事实不符", frozenset(), ("why",), ("why",)),
    )
}
