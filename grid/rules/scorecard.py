"""Rates of the monthly 考核表: counts in, numerator and denominator out, hidden when too few (domain handbook §10).

Workers and units are counted with the same formulas; adding the counts of workers gives the counts of their unit.
Tasks recalled by the court or sent to the wrong unit never count against anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction

HIDDEN_BELOW = 5
"""A rate over fewer cases is noise and is not shown (a setting)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened in a period; every field is a number of tasks unless it ends in _fen (money in 分).

    due_*: tasks whose deadline for that step fell in the period. ended: closed, recalled or returned as wrong unit.
    """

    due_take: int = 0
    taken_in_time: int = 0
    due_first_visit: int = 0
    visited_in_time: int = 0
    due_report: int = 0
    reported_of_due: int = 0
    reported_in_time: int = 0
    reported: int = 0
    sent_back: int = 0
    verified: int = 0
    verified_true: int = 0
    ended: int = 0
    cancelled: int = 0
    wrong_unit: int = 0
    served_confirmed: int = 0
    leads_registered: int = 0
    leads_rewardable: int = 0
    claim_fen: int = 0
    recovered_fen: int = 0
    petitions_closed: int = 0
    petitions_agreed: int = 0
    petitions_withdrawn: int = 0
    petitions_total: int = 0
    petitions_repeat: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Return the counts of both together."""
        return Counts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Counts)})


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its numerator and denominator; value is None when the denominator is too small to show."""

    numerator: int
    denominator: int
    hidden_below: int = HIDDEN_BELOW

    @property
    def value(self) -> Fraction | None:
        """The exact share, or None."""
        if self.denominator < max(self.hidden_below, 1):
            return None
        return Fraction(self.numerator, self.denominator)

    @property
    def text(self) -> str:
        """For people: 95.2%（20/21）, or —（2/3） when hidden."""
        value = self.value
        share = "—" if value is None else f"{float(round(value * 100, 1)):.1f}%"
        return f"{share}（{self.numerator}/{self.denominator}）"

    @property
    def number(self) -> float | None:
        """For files and screens: the share to four decimals, or None when hidden."""
        value = self.value
        return None if value is None else float(round(value, 4))


@dataclass(frozen=True, slots=True)
class RateDef:
    """One formula: counts added for the numerator and the denominator, those after minus subtracted."""

    code: str
    label: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    formula: str
    minus_numerator: tuple[str, ...] = ()
    minus_denominator: tuple[str, ...] = ()
    by_money: bool = False


RATES: tuple[RateDef, ...] = (
    RateDef("take_in_time", "签收及时率", ("taken_in_time",), ("due_take",), "按时接单数÷应接单数"),
    RateDef("first_visit_in_time", "首访及时率", ("visited_in_time",), ("due_first_visit",),
            "按时首次走访数÷应首次走访数"),
    RateDef("report", "反馈率", ("reported_of_due",), ("due_report",), "已反馈数÷应反馈数"),
    RateDef("in_time", "按时率", ("reported_in_time",), ("due_report",), "按时反馈数÷应反馈数"),
    RateDef("first_pass", "一次通过率", ("reported",), ("reported",), "1－退回数÷反馈数", ("sent_back",)),
    RateDef("accuracy", "核查准确率", ("verified_true",), ("verified",), "核实属实数÷核实数"),
    RateDef("served", "送达成功率", ("served_confirmed",), ("ended",), "法院确认送达数÷（办结数－撤回数－派错单位数）",
            minus_denominator=("cancelled", "wrong_unit")),
    RateDef("useful_leads", "有效线索率", ("leads_rewardable",), ("leads_registered",), "可奖励线索数÷登记线索数"),
    RateDef("recovered", "履行到位率", ("recovered_fen",), ("claim_fen",), "到位金额÷标的金额", by_money=True),
    RateDef("resolved", "化解率", ("petitions_agreed", "petitions_withdrawn"), ("petitions_closed",),
            "（达成协议数＋息访数）÷办结数"),
    RateDef("repeat", "重访率", ("petitions_repeat",), ("petitions_total",), "重复信访数÷信访总数"),
)  # fmt: skip


def _total(counts: Counts, plus: tuple[str, ...], minus: tuple[str, ...]) -> int:
    return sum(getattr(counts, name) for name in plus) - sum(getattr(counts, name) for name in minus)


def rate_of(definition: RateDef, counts: Counts, hidden_below: int = HIDDEN_BELOW) -> Rate:
    """Return one rate; money is never hidden for being few 分, only when there is no claim at all."""
    return Rate(
        _total(counts, definition.numerator, definition.minus_numerator),
        _total(counts, definition.denominator, definition.minus_denominator),
        1 if definition.by_money else hidden_below,
    )


def rates(counts: Counts, hidden_below: int = HIDDEN_BELOW) -> Mapping[str, Rate]:
    """Return every rate by its code, in the order of the 考核表."""
    return {definition.code: rate_of(definition, counts, hidden_below) for definition in RATES}


def formula_notes(hidden_below: int = HIDDEN_BELOW) -> list[str]:
    """Return the 口径说明 lines that stand under every table."""
    notes = [f"{definition.label}＝{definition.formula}。" for definition in RATES]
    return [*notes, f"分母小于 {hidden_below} 的比率不显示；法院撤回和派错单位的任务不计入网格员和镇街。"]
