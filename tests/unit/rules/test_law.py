"""The rule table: 27 rules, each with its article, each pointing at code that exists."""

from pathlib import Path

import pytest

from grid.rules.law import RULES, Level, error, errors_of, form_error, form_warning, rule, warning

ROOT = Path(__file__).parents[3]


def test_numbers_run_from_1_to_27() -> None:
    assert [each.no for each in RULES] == list(range(1, 28))


@pytest.mark.parametrize("each", RULES, ids=lambda each: str(each.no))
def test_every_rule_has_text_article_and_mark(each) -> None:
    assert each.text
    assert each.article
    assert each.mark in {"L", "W", "P", "M"}


def test_findings_take_the_article_from_the_table() -> None:
    stop, note = error(3, "x"), warning(9, "y", "witnesses")
    assert (stop.level, stop.article) == (Level.ERROR, rule(3).article)
    assert (note.level, note.article, note.field) == (Level.WARNING, rule(9).article, "witnesses")
    assert errors_of([note, stop]) == [stop]
    with pytest.raises(KeyError):
        error(99, "no such rule")


def test_a_form_finding_rests_on_no_article() -> None:
    assert (form_error("x", "f").level, form_error("x", "f").article) == (Level.ERROR, "")
    assert (form_warning("x", "f").level, form_warning("x", "f").rule_no) == (Level.WARNING, 0)
