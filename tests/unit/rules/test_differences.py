"""What changed between two versions of a report."""

from typing import Any

from grid.rules.differences import Change, changes


def report(**more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": "v", "task_id": "t", "outcome": "signed_self", "made_at": "2026-11-24T01:00:00Z", "narrative": "交给本人",
        "clock": {"skew_ms": 1}, "packet": {"checked": "ok", "token_text": "A"},
        "answers": {"signer": {"name": "王某", "adult": False}, "lines": [{"document_id": "d1", "handed": True}]},
        "evidence": [{"id": "e1", "item": "door"}],
    }  # fmt: skip
    return plain | more


def test_the_same_report_has_no_changes_whatever_the_phone_fills_in_anew() -> None:
    later = report(made_at="2026-11-25T01:00:00Z", clock={"skew_ms": 9}, packet={"checked": "ok", "token_text": "B"})
    assert changes(report(), later) == []


def test_each_field_is_named_as_the_form_names_it() -> None:
    answers = {
        "signer": {"name": "王某某", "adult": None},
        "lines": [{"document_id": "d1", "handed": False, "reason": "refused"}],
        "receipt_date": "2026-11-24",
    }
    after = report(narrative="交给家属", answers=answers, evidence=[{"id": "e2", "item": "door"}])
    assert changes(report(), after) == [
        Change("narrative", "交给本人", "交给家属"),
        Change("answers.lines.d1", "handed", "kept_back:refused"),
        Change("answers.signer.name", "王某", "王某某"),
        Change("answers.signer.adult", False, None),
        Change("answers.receipt_date", None, "2026-11-24"),
        Change("evidence.e2", None, "door"),
        Change("evidence.e1", "door", None),
    ]


def test_an_empty_answer_and_none_are_the_same() -> None:
    assert changes(report(met_name=""), report(met_name=None)) == []
    assert changes(report(), report(safety="")) == []


def test_the_order_of_papers_and_photos_is_no_change() -> None:
    two = [{"id": "e1", "item": "door"}, {"id": "e2", "item": "scene"}]
    assert changes(report(evidence=two), report(evidence=two[::-1])) == []
