"""The page for people is the table the product runs on."""

from pathlib import Path

from grid.rules.documents import CATALOGUE
from grid.rules.law import RULES
from grid.rules.lawbook import law_page

AGAIN = "python -c 'from grid.rules.lawbook import law_page; print(law_page(), end=\"\")' > docs/law.md"
ROOT = Path(__file__).parents[3]


def test_the_committed_page_is_current() -> None:
    assert (ROOT / "docs" / "law.md").read_text(encoding="utf-8") == law_page(), AGAIN


def test_every_rule_and_paper_has_its_line() -> None:
    page = law_page()
    for rule in RULES:
        assert f"| {rule.no} | {rule.text} | {rule.article} |" in page
    for paper in CATALOGUE:
        assert f"`{paper.code}`" in page


def test_every_table_is_even() -> None:
    widths: set[int] = set()
    for line in [*law_page().splitlines(), ""]:
        if line.startswith("|"):
            widths.add(line.count("|"))
        else:
            assert len(widths) <= 1
            widths = set()


def test_rules_point_at_code_that_exists() -> None:
    for rule in RULES:
        assert not rule.where or (ROOT / rule.where).is_file(), rule.no
