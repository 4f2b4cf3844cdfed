"""What the report of a witness must hold before it counts (domain handbook §3 rules 9, 24, 25)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from grid.kinds.base import TaskFacts
from grid.kinds.form import check_form
from grid.kinds.witness.questions import FORM
from grid.rules.law import Finding, error, form_error, form_warning, warning


def check(task: TaskFacts, visit: Mapping[str, Any], visited_on: date, today: date) -> list[Finding]:
    """Return every objection to a witness's report."""
    found = check_form(FORM, visit, visited_on, today)
    if visit["outcome"] == "witnessed":
        found += _check_witness(task, visit["answers"])
    return found


def _check_witness(task: TaskFacts, answers: Mapping[str, Any]) -> Iterable[Finding]:
    arrived, left = answers.get("arrived_at"), answers.get("left_at")
    if arrived and left and left < arrived:
        yield form_error("离开的时间早于到场的时间，请核对", "answers.left_at")
    if answers.get("related"):
        yield error(9, "和当事人有利害关系的不能作见证人，请返回改选“需要回避”", "answers.related")
    if answers.get("cards_shown") is False:
        yield warning(24, "执行人员没有出示工作证", "answers.cards_shown")
    if answers.get("committee_staff") is False:
        yield warning(9, "不是居委会、村委会工作人员，法院可能另请见证人", "answers.committee_staff")
    if answers.get("record_signed") is False:
        yield form_warning("没有在笔录上签名", "answers.record_signed")
    seen = set(answers.get("seen") or [])
    if {"signed", "refused_to_sign"} <= seen:
        yield form_error("“签了名”和“拒绝签名”只能选一项", "answers.seen")
    if task.brief.get("scene") == "left" and seen and "papers_left" not in seen:
        yield form_warning("这次是留置送达，没有选“把文书留在住所”", "answers.seen")
