"""What a form asks for, demands and refuses, on a form that has one question of every sort."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from marshmallow import ValidationError

from grid.kinds.form import (
    MAX_PHOTOS,
    SIGN_ITEMS,
    Demand,
    Form,
    Outcome,
    Page,
    Question,
    Way,
    Widget,
    check_form,
    mask_answers,
    outcomes_of,
    wire_form,
)
from grid.kinds.schema import questions_schema
from grid.rules.law import Level

TODAY = date(2026, 11, 24)
COLOURS = {"red": "红", "blue": "蓝"}
QUESTIONS = {
    "colour": Question("颜色", Widget.CHOICE, COLOURS),
    "colours": Question("几种颜色", Widget.MANY, COLOURS),
    "shade": Question("深浅", Widget.TEXT, most=10),
    "story": Question("经过", Widget.PARAGRAPH, most=20),
    "sure": Question("确定", Widget.YES_NO),
    "seen_on": Question("哪天看到", Widget.DATE, future=False),
    "again_on": Question("哪天再来", Widget.DATE, future=True),
    "any_on": Question("随便哪天", Widget.DATE),
    "at": Question("几点", Widget.INSTANT),
    "price": Question("金额", Widget.MONEY),
    "many": Question("几个", Widget.COUNT, most=9),
    "narrative": Question("情况", Widget.PARAGRAPH),
}
FORM = Form(
    outcomes=outcomes_of(
        Outcome("found", "找到", "", "found", "", True), Outcome("lost", "没找到", "", "lost", "", False),
    ),
    ways={
        "found": Way(
            "找到", "", "ok",
            pages=(
                Page("颜色", ("colour", "colours"), ("colour",)),
                Page("深浅", ("shade", "narrative"), ("shade", "narrative"), when=("colour", frozenset({"red"}))),
                Page("混色", ("story",), ("story",), when=("colours", frozenset({"blue"}))),
                Page("日子", ("seen_on", "again_on", "any_on")),
            ),
            photos=(Demand("thing", 1, 2),),
            signed=True,
        ),
        "lost": Way("没找到", "", "no", pages=(Page("为什么", ("narrative",), ("narrative",)),)),
    },
    questions=QUESTIONS,
    items={"thing": ("东西", "拍清楚"), **SIGN_ITEMS},
)  # fmt: skip


def visit(outcome: str = "found", items: tuple[str, ...] = ("thing", "signature"), narrative: str = "",
          **answers: Any) -> dict[str, Any]:  # fmt: skip
    evidence = [{"item": item} for item in items]
    return {"outcome": outcome, "narrative": narrative, "met_name": None, "answers": answers, "evidence": evidence}


@pytest.mark.parametrize(
    ("given", "errors", "warnings"),
    [
        (visit(colour="blue"), [], []),
        (visit(), ["answers.colour"], []),
        (visit(colour=" "), ["answers.colour"], []),
        (visit(colour="red"), ["answers.shade", "narrative"], []),
        (visit(colour="red", shade="深", narrative="红的"), [], []),
        (visit(colour="blue", shade="深"), [], ["answers.shade"]),
        (visit(colour="blue", shade=None), [], []),
        (visit(colour="blue", colours=["red", "blue"]), ["answers.story"], []),
        (visit(colour="blue", colours=["red"]), [], []),
        (visit(colour="blue", seen_on=TODAY, again_on=TODAY), [], []),
        (visit(colour="blue", seen_on=date(2026, 11, 25)), ["answers.seen_on"], []),
        (visit(colour="blue", again_on=date(2026, 11, 23)), ["answers.again_on"], []),
        (visit(colour="blue", any_on=date(2020, 1, 1)), [], []),
        (visit(items=("thing",), colour="blue"), ["evidence.signature"], []),
        (visit(items=("thing", "thumbprint"), colour="blue"), [], []),
        (visit(items=("signature",), colour="blue"), ["evidence.thing"], []),
        (visit(items=("signature", *("thing",) * MAX_PHOTOS), colour="blue"), [], []),
        (visit(items=("signature", *("thing",) * (MAX_PHOTOS + 1)), colour="blue"), ["evidence"], []),
        (visit("lost", ()), ["narrative"], []),
        (visit("lost", (), "找过了"), [], []),
        (visit("eaten"), ["outcome"], []),
    ],
)
def test_what_is_missing_is_named(given: dict[str, Any], errors: list[str], warnings: list[str]) -> None:
    found = check_form(FORM, given, TODAY, TODAY)
    assert [one.field for one in found if one.level == Level.ERROR] == errors
    assert [one.field for one in found if one.level == Level.WARNING] == warnings


def test_the_wire_says_when_a_page_is_asked() -> None:
    wire = wire_form(FORM)
    pages = wire["ways"]["found"]["pages"]
    assert [page.get("when") for page in pages] == [
        None, {"ask": "colour", "codes": ["red"]}, {"ask": "colours", "codes": ["blue"]}, None,
    ]  # fmt: skip
    assert wire["questions"]["seen_on"]["future"] is False
    assert "future" not in wire["questions"]["any_on"]
    assert "options" not in wire["questions"]["shade"]


def test_free_text_is_hidden_and_codes_are_not() -> None:
    answers = {"colour": "red", "shade": "像王家的门", "story": "", "unknown": "x", "price": 5}
    assert mask_answers(QUESTIONS, answers) == answers | {"shade": "（已隐去）"}


GOOD = {
    "colour": "red", "colours": ["red", "blue"], "shade": "深", "story": "一", "sure": True, "seen_on": "2026-11-24",
    "again_on": "2026-11-25", "any_on": "2026-01-01", "at": "2026-11-24T01:02:03.000Z", "price": 123, "many": 9,
}  # fmt: skip
ANSWERS = {key: question for key, question in QUESTIONS.items() if key != "narrative"}


def test_every_sort_of_answer_is_read() -> None:
    loaded = questions_schema("Answers", ANSWERS)().load(GOOD)
    assert loaded["seen_on"] == TODAY
    assert loaded["at"] == datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
    assert questions_schema("Answers", ANSWERS)().load({"shade": None, "colours": None, "price": None}) == {
        "shade": None, "colours": None, "price": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "value"),
    [
        ("colour", "green"), ("colours", ["green"]), ("colours", "red"), ("colours", ["red"] * 3), ("shade", "深" * 11),
        ("shade", "a\x00b"), ("sure", "yes"), ("sure", 1), ("seen_on", "24.11.2026"), ("at", "2026-11-24T01:02:03"),
        ("price", 1.5), ("price", "12"), ("price", -1), ("price", 10**14), ("many", 10), ("story", "好" * 21),
        ("surprise", 1),
    ],
)  # fmt: skip
def test_answers_of_another_sort_are_refused(ask: str, value: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        questions_schema("Answers", ANSWERS)().load(GOOD | {ask: value})
    assert list(caught.value.normalized_messages()) == [ask]


@pytest.mark.parametrize("ask", ["colour", "colours", "shade", "sure", "price"])
def test_a_required_answer_is_neither_absent_nor_empty(ask: str) -> None:
    schema = questions_schema("Answers", ANSWERS, required=[ask])()
    for spoiled in ({key: value for key, value in GOOD.items() if key != ask}, GOOD | {ask: None}):
        with pytest.raises(ValidationError):
            schema.load(spoiled)
    if QUESTIONS[ask].widget in (Widget.TEXT, Widget.MANY):
        with pytest.raises(ValidationError):
            schema.load(GOOD | {ask: type(GOOD[ask])()})
