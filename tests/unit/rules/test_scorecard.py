"""Rates add up, hide when few and never count what is not the worker's."""

from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.rules import scorecard
from grid.rules.scorecard import RATES, Counts, Rate

FULL = Counts(
    due_take=10, taken_in_time=9, due_first_visit=10, visited_in_time=8, due_report=21, reported_of_due=20,
    reported_in_time=18, reported=20, sent_back=3, verified=8, verified_true=6, ended=12, cancelled=2, wrong_unit=1,
    served_confirmed=6, leads_registered=10, leads_rewardable=2, claim_fen=300, recovered_fen=100, petitions_closed=8,
    petitions_agreed=3, petitions_withdrawn=1, petitions_total=10, petitions_repeat=1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("take_in_time", "90.0%（9/10）", 0.9), ("first_visit_in_time", "80.0%（8/10）", 0.8),
        ("report", "95.2%（20/21）", 0.9524), ("in_time", "85.7%（18/21）", 0.8571),
        ("first_pass", "85.0%（17/20）", 0.85), ("accuracy", "75.0%（6/8）", 0.75), ("served", "66.7%（6/9）", 0.6667),
        ("useful_leads", "20.0%（2/10）", 0.2), ("recovered", "33.3%（100/300）", 0.3333),
        ("resolved", "50.0%（4/8）", 0.5), ("repeat", "10.0%（1/10）", 0.1),
    ],
)  # fmt: skip
def test_the_handbook_s_formulas(code: str, text: str, number: float) -> None:
    rate = scorecard.rates(FULL)[code]
    assert rate.text == text
    assert rate.number == number


def test_every_count_is_used_and_every_rate_explained() -> None:
    used = {
        name
        for each in RATES
        for name in (*each.numerator, *each.denominator, *each.minus_numerator, *each.minus_denominator)
    }
    assert used == {field.name for field in fields(Counts)}
    notes = scorecard.formula_notes()
    assert len(notes) == len(RATES) + 1
    assert "小于 5" in notes[-1]
    assert list(scorecard.rates(FULL)) == [each.code for each in RATES]


@pytest.mark.parametrize(("denominator", "shown"), [(0, False), (4, False), (5, True)])
def test_few_cases_hide_the_rate_but_not_the_numbers(denominator: int, shown: bool) -> None:
    rate = Rate(denominator, denominator)
    assert (rate.value is not None) is shown
    assert (rate.number is not None) is shown
    assert rate.text == (f"100.0%（{denominator}/{denominator}）" if shown else f"—（{denominator}/{denominator}）")


def test_money_is_not_hidden_for_being_little_and_zero_divides_nothing() -> None:
    assert scorecard.rates(Counts(claim_fen=2, recovered_fen=1))["recovered"].value == Fraction(1, 2)
    assert scorecard.rates(Counts())["recovered"].value is None
    assert Rate(0, 0, hidden_below=0).value is None


COUNTS = st.builds(Counts, **{field.name: st.integers(0, 1000) for field in fields(Counts)})


@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_a_unit_is_the_sum_of_its_workers(workers: list[Counts]) -> None:
    unit = sum(workers, Counts())
    for code, rate in scorecard.rates(unit).items():
        parts = [scorecard.rates(worker)[code] for worker in workers]
        assert rate.numerator == sum(part.numerator for part in parts)
        assert rate.denominator == sum(part.denominator for part in parts)
