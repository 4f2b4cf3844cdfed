"""What the report of a witness must hold: the rules of 见证 with their articles, and warnings that stop nothing."""

import copy
from datetime import date
from typing import Any

import pytest

from grid.core.words.service import AddresseeKind
from grid.kinds import outcome_label, verdict_label
from grid.kinds.base import TaskFacts
from grid.kinds.delivery.masks import mask_answers
from grid.kinds.witness import KIND
from grid.kinds.witness.samples import BRIEF, SAMPLES
from grid.rules.law import Level
from grid.rules.service import Addressee

TODAY = date(2026, 11, 26)


def judged(scene: str = "sealing", **answers: Any) -> list[tuple[str, str, str]]:
    visit = KIND.visit_schema().load(copy.deepcopy(dict(SAMPLES[0].visit)))
    visit["answers"] |= answers
    task = TaskFacts("", Addressee("李四", AddresseeKind.NATURAL), (), frozenset(), TODAY, BRIEF | {"scene": scene})
    return [(one.field, one.level.value, one.article) for one in KIND.check(task, visit, TODAY, TODAY)]


@pytest.mark.parametrize(
    ("answers", "field", "level", "article"),
    [
        ({"related": True}, "answers.related", Level.ERROR, "民诉法解释第130条第2款"),
        ({"cards_shown": False}, "answers.cards_shown", Level.WARNING, "民事诉讼法第239、256、261条"),
        ({"committee_staff": False}, "answers.committee_staff", Level.WARNING, "民诉法解释第130条第2款"),
        ({"record_signed": False}, "answers.record_signed", Level.WARNING, ""),
        ({"seen": ["signed", "refused_to_sign"]}, "answers.seen", Level.ERROR, ""),
    ],
)
def test_each_rule_speaks_with_its_article(answers: dict[str, Any], field: str, level: Level, article: str) -> None:
    found = judged(**answers)
    assert [row[:2] for row in found] == [(field, level.value)]
    assert found[0][2].startswith(article)


def test_leaving_papers_must_have_been_seen() -> None:
    assert judged("left") == [("answers.seen", "W", "")]
    assert judged("left", seen=["papers_left"]) == []
    assert judged() == []


def test_words_for_outcomes_and_results() -> None:
    assert outcome_label("witness", "witnessed") == "已到场见证"
    assert outcome_label("delivery", "unserved") == outcome_label("delivery", None) == "多次走访未能送达"
    assert verdict_label("witness", "witness_valid") == "见证有效"
    assert verdict_label("delivery", "served") == "已送达"
    assert verdict_label("delivery", None) == ""


def test_a_delivery_hides_names_numbers_and_whereabouts() -> None:
    answers = {
        "signer": {"name": "王建国", "relation": "guardian", "id_last4": "002X", "guardian_of": "王小明"},
        "moved_to": "江东街道花园新村3栋501室", "refusal_reason": "unfair",
    }  # fmt: skip
    hidden = mask_answers(answers)
    assert not any(word in repr(hidden) for word in ("王建国", "王小明", "002X", "501"))
    assert hidden["refusal_reason"] == "unfair"
    assert answers["signer"]["name"] == "王建国", "what was given is not touched"
    assert mask_answers({"signer": {"name": "王建国"}})["signer"]["name"] != "王建国"
    assert mask_answers({}) == {}
