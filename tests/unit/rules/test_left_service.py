"""Leaving papers: only the court, only after a refusal, only with proof."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grid.core.words.roles import COURT_ROLES, Role
from grid.core.words.service import SignerRelation, WitnessClass
from grid.rules.left_service import LEFT_PHOTOS, LeftFacts, Witness, check_left

W = Witness("吴主任", "东苑社区居委会", "副主任", WitnessClass.COMMITTEE, is_committee_staff=True)
GOOD = LeftFacts(SignerRelation.SELF, "认为判决不公", datetime(2026, 11, 24, tzinfo=UTC), True, (W,))
BARE = replace(GOOD, witnesses=())
WORKER = replace(W, witness_class=WitnessClass.GRID_WORKER)

CASES = [
    ("a committee member watches", GOOD, []),
    ("the employer's staff watch", replace(GOOD, witnesses=(replace(W, witness_class=WitnessClass.EMPLOYER),)), []),
    ("a worker who is committee staff", replace(GOOD, witnesses=(WORKER,)), []),
    ("a hired worker alone", replace(GOOD, witnesses=(replace(WORKER, is_committee_staff=False),)), [(8, "E"), (9,
    "W")]),
    ("a hired worker and a video", replace(GOOD, witnesses=(replace(WORKER, is_committee_staff=False),), video=True),
     [(9, "W")]),
    ("a neighbour", replace(BARE, witnesses=(Witness("郑", "无业", "", WitnessClass.OTHER),), video=True), [(9, "W")]),
    ("no witness, no recording", BARE, [(8, "E")]),
    ("a video alone", replace(BARE, video=True), []),
    ("three photos", replace(BARE, photos=frozenset(LEFT_PHOTOS)), []),
    ("two photos", replace(BARE, photos=frozenset(LEFT_PHOTOS[:2])), [(8, "E")]),
    ("the witness is a cousin", replace(GOOD, witnesses=(replace(W, is_party_or_relative=True),)), [(8, "E"), (9,
    "E")]),
    ("a witness without a unit", replace(GOOD, witnesses=(replace(W, unit=" "),)), [(8, "E"), (8, "E")]),
    ("a nameless witness beside a good one", replace(GOOD, witnesses=(W, replace(W, name=""))), [(8, "E")]),
    ("nobody refused", replace(GOOD, refused_by=None), [(8, "E")]),
    ("the agent refused", replace(GOOD, refused_by=SignerRelation.LITIGATION_AGENT), [(8, "E")]),
    ("the family refused", replace(GOOD, refused_by=SignerRelation.COHABITING_ADULT), []),
    ("no reason", replace(GOOD, refusal_reason=""), [(8, "E")]),
    ("no time", replace(GOOD, left_at=None), [(8, "E")]),
    ("in the street", replace(GOOD, at_domicile=False), [(8, "E")]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "found"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_leaving(facts: LeftFacts, found: list[tuple[int, str]]) -> None:
    objections = check_left(Role.CASE_OFFICER, facts, ["exec_notice"])
    assert [(each.rule_no, each.level.value) for each in objections] == found


@pytest.mark.parametrize("role", list(Role))
def test_only_the_court_leaves_papers(role: Role) -> None:
    found = check_left(role, GOOD, ["exec_notice"])
    assert [(each.rule_no, each.level.value) for each in found] == ([] if role in COURT_ROLES else [(8, "E")])


@pytest.mark.parametrize(
    ("paper", "stopped"), [("mediation_statement", True), ("third_party_notice", True), ("payment_order", False)]
)
def test_papers_that_may_not_be_left(paper: str, stopped: bool) -> None:
    assert [each.rule_no for each in check_left(Role.CASE_OFFICER, GOOD, [paper])] == ([11] if stopped else [])
