"""Write the law shelf for people: docs/law.md, always from the tables the product runs on."""

from collections.abc import Iterable

from grid.core.words.deadlines import POINT_LABELS, STEP_LABELS, UNIT_LABELS, SpanUnit
from grid.core.words.roles import ROLE_LABELS
from grid.core.words.service import ADDRESSEE_LABELS, RELATION_LABELS
from grid.core.words.tasks import MODE_LABELS
from grid.rules.documents import CATALOGUE, Dispatch
from grid.rules.law import RULES
from grid.rules.scorecard import RATES
from grid.rules.service import RELATIONS
from grid.rules.sla import DEFAULTS, LADDER, Span

_DISPATCH = {
    Dispatch.YES: "可以",
    Dispatch.OFFICER: "法院人员在场",
    Dispatch.GUIDE: "只带路、拍照",
    Dispatch.NEVER: "**不可以**",
}
_NEEDS_NO_AMOUNT = (SpanUnit.AT_ONCE, SpanUnit.SAME_DAY)


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    columns = head.split(" ")
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]


def _span(span: Span | None) -> str:
    if span is None:
        return "同左"
    unit = UNIT_LABELS[span.unit]
    return unit if span.unit in _NEEDS_NO_AMOUNT else f"{span.amount} {unit}"


def law_page() -> str:
    """Return docs/law.md: the service rules, who may sign, the papers, the deadlines and the rates."""
    parts = [
        "# 规则与法律依据",
        "",
        "由 `grid/rules/lawbook.py` 根据 `grid/rules` 里的数据生成，请勿手改。来源：L 读过条文，W 见于公开网页，"
        "M 常识未核，P 本产品建议；除 L 以外都是可以改的设置。",
        "",
        "## 送达规则",
        "",
        *_table(
            "序号 规则 依据 来源 系统强制 系统提醒 所在",
            (
                (str(r.no), r.text, r.article, r.mark, r.enforced or "—", r.warned or "—", r.where and f"`{r.where}`")
                for r in RULES
            ),
        ),
        "## 谁可以签收",
        "",
        *_table(
            "关系 适用 签在 要求",
            (
                (
                    RELATION_LABELS[s.relation],
                    "、".join(ADDRESSEE_LABELS[kind] for kind in s.kinds),
                    "代收人栏" if s.substitute else "受送达人栏",
                    f"{s.hint}（规则{s.rule_no}）",
                )
                for s in RELATIONS
            ),
        ),
        "## 文书目录",
        "",
        *_table(
            "文书 标识 派给网格 最多可用的方式 说明 依据",
            (
                (
                    p.name,
                    f"`{p.code}`",
                    _DISPATCH[p.dispatch],
                    "、".join(MODE_LABELS[mode] for mode in p.modes) or "—",
                    p.note,
                    p.article,
                )
                for p in CATALOGUE
            ),
        ),
        "## 期限默认值",
        "",
        *_table(
            "事项 普通 加急 来源 依据",
            (
                (STEP_LABELS[step], _span(s.normal), _span(s.urgent), s.mark, s.article or "—")
                for step, s in DEFAULTS.items()
            ),
        ),
        "## 催办",
        "",
        *_table(
            "时点 通知",
            ((POINT_LABELS[p.point], "、".join(ROLE_LABELS[role] for role in p.audience)) for p in LADDER),
        ),
        "## 考核比率",
        "",
        *_table("比率 公式", ((rate.label, rate.formula) for rate in RATES)),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"
