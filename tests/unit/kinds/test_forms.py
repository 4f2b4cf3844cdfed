"""Kinds drawn from their questions: samples judged as they say, forms that hang together, results that follow."""

import copy
from datetime import date

import pytest

from grid.core.errors.delivery import VisitIncomplete
from grid.core.words.service import AddresseeKind
from grid.kinds import KINDS
from grid.kinds.base import Kind, Sample, TaskFacts, refuse_errors
from grid.kinds.blank import KIND as BLANK
from grid.kinds.form import OWN_FIELDS, answer_of
from grid.rules.law import errors_of
from grid.rules.service import Addressee

DRAWN = [kind for kind in (*KINDS, BLANK) if kind.court is not None]
EACH = pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.code)
TODAY = date(2026, 11, 26)


def task(sample: Sample, kind: Kind) -> TaskFacts:
    brief = kind.brief_schema().load(copy.deepcopy(sample.brief))
    return TaskFacts("", Addressee("李四", AddresseeKind.NATURAL), (), frozenset({"张三"}), TODAY, brief)


@pytest.mark.parametrize(
    ("kind", "sample"),
    [pytest.param(kind, sample, id=f"{kind.code}-{sample.name}") for kind in DRAWN for sample in kind.samples],
)
def test_samples_are_judged_as_they_say(kind: Kind, sample: Sample) -> None:
    visit = kind.visit_schema().load(copy.deepcopy(sample.visit))
    found = kind.check(task(sample, kind), visit, TODAY, TODAY)
    assert {each.field for each in errors_of(found)} == sample.refused_fields
    if sample.refused_fields:
        with pytest.raises(VisitIncomplete):
            refuse_errors(found)


@EACH
def test_the_form_hangs_together(kind: Kind) -> None:
    form = kind.descriptor()
    questions = form["questions"]
    assert {row["path"] for row in form["outcomes"]} == set(form["ways"])
    asked: set[str] = set()
    for way in form["ways"].values():
        before: set[str] = set()
        for page in way["pages"]:
            assert 1 <= len(page["asks"]) <= 4, "one decision a screen"
            assert set(page["required"]) <= set(page["asks"]) <= set(questions)
            if "when" in page:
                assert page["when"]["ask"] in before, "only what was asked before can decide"
                options = {row["code"] for row in questions[page["when"]["ask"]]["options"]}
                assert set(page["when"]["codes"]) <= options
            before |= set(page["asks"])
        asked |= before
        assert sum(row["max"] for row in way["photos"]) <= form["max_photos"]
        assert way["must_not"]
    assert asked == set(questions), "nothing is defined that nobody asks"
    assert form["forbidden"]
    assert form["say"]


@EACH
def test_every_report_can_be_concluded_and_results_ask_known_questions(kind: Kind) -> None:
    court = kind.court
    assert court is not None
    for outcome in kind.outcomes.values():
        if outcome.closes:
            assert any(not row.outcomes or outcome.code in row.outcomes for row in court.results.values()), outcome.code
    for result in court.results.values():
        assert result.outcomes <= set(kind.outcomes)
        assert set(result.required) <= set(result.asks) <= set(court.questions)
    assert {ask for row in court.results.values() for ask in row.asks} == set(court.questions)


@EACH
def test_whoever_only_supervises_reads_no_free_text(kind: Kind) -> None:
    for sample in kind.samples:
        hidden = kind.mask(sample.visit["answers"])
        for ask, value in hidden.items():
            if kind.descriptor()["questions"][ask]["widget"] in ("text", "paragraph") and value:
                assert value == "（已隐去）"


@EACH
def test_each_question_is_demanded_by_somebody_and_missing_it_is_named(kind: Kind) -> None:
    good = next(sample for sample in kind.samples if not sample.refused_fields)
    visit = kind.visit_schema().load(copy.deepcopy(good.visit))
    form = kind.descriptor()
    way = form["ways"][next(row["path"] for row in form["outcomes"] if row["code"] == visit["outcome"])]
    for ask in [ask for page in way["pages"] for ask in page["required"] if "when" not in page]:
        without = copy.deepcopy(visit)
        (without if ask in OWN_FIELDS else without["answers"])[ask] = None
        fields = {each.field for each in errors_of(kind.check(task(good, kind), without, TODAY, TODAY))}
        assert answer_of(visit, ask) is not None
        assert (ask if ask in OWN_FIELDS else f"answers.{ask}") in fields
