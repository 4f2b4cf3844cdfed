"""What offices write about papers, read into types and copies."""

import pytest

from grid.rules.paper_text import read_papers

NOTICE, ASSETS = "exec_notice", "asset_report_order"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("执行通知书", [(NOTICE, 1)]),
        ("执行通知书1份", [(NOTICE, 1)]),
        ("执行通知书（２份）", [(NOTICE, 2)]),
        ("执行通知书×3", [(NOTICE, 3)]),
        ("执行通知书 x 3 份", [(NOTICE, 3)]),
        ("执行通知书两份", [(NOTICE, 2)]),
        ("执行通知书、报告财产令", [(NOTICE, 1), (ASSETS, 1)]),
        ("执行通知书、报告财产令各2份", [(NOTICE, 2), (ASSETS, 2)]),
        ("执行通知书1份、报告财产令2份", [(NOTICE, 1), (ASSETS, 2)]),
        ("执行通知书；报告财产令\n传票2份", [(NOTICE, 1), (ASSETS, 1), ("summons", 2)]),
        ("执行通知书+报告财产令", [(NOTICE, 1), (ASSETS, 1)]),
        ("报告财产令（附财产调查表）", [(ASSETS, 1)]),
        ("终本、中止、终结裁定书", [("ruling_procedural", 1)]),
        ("评估、拍卖、结案通知 2份", [("appraisal_notice", 2)]),
        ("冻结裁定书", [("coercive_freeze", 1)]),
        ("执行通知书、扣押裁定书", [(NOTICE, 1), ("coercive_seize", 1)]),
        ("执行通知书、风险提示单", [(NOTICE, 1), ("other", 1)]),
        ("某种、没听过的材料", [("other", 1)]),
        ("传票0份", [("summons", 0)]),
        ("传票200份", [("summons", 200)]),
        ("", []),
        ("；；", []),
    ],
)
def test_papers(text, expected) -> None:
    assert [(paper.code, paper.copies) for paper in read_papers(text)] == expected


def test_an_unknown_paper_keeps_its_name() -> None:
    assert [paper.name for paper in read_papers("执行通知书、 风险 提示单1份")] == ["执行通知书", "风险 提示单"]
