"""The monthly 考核表 per worker and per street: counts, and rates with numerator and denominator."""

from datetime import datetime
from typing import Any

from grid.core.actor import Actor
from grid.reads.registers.monthly_lines import Line, table_lines, total_of
from grid.reads.registers.period import month_of, period_text
from grid.reads.registers.table import Column, Heading, rate_cell, rate_values
from grid.reads.registers.tallies import Tally
from grid.rules.scorecard import HIDDEN_BELOW, RATES, Rate, rate_of
from grid.tools.spreadsheet import ValueKind as K

OF_DELIVERY = ("take_in_time", "first_visit_in_time", "report", "in_time", "first_pass", "accuracy", "served")
_RATES = tuple(definition for definition in RATES if definition.code in OF_DELIVERY)
_COUNTED = ("reported", "sent_back", "served_confirmed", "cancelled")
_OWN = ("assigned", "taken", "visits", "closed", "assisted", "not_served", "late_open", "returned")

WHO: tuple[Column, ...] = (
    Column("street", "镇街", sortable=True),
    Column("unit", "所在网格"),
    Column("name", "姓名", sortable=True),
    Column("staff_no", "工号", K.CODE, sortable=True),
)
WHERE: tuple[Column, ...] = (
    Column("street", "镇街", sortable=True),
    Column("workers", "网格员人数", K.COUNT, sortable=True),
)
_COUNTS = {
    "assigned": "分派任务",
    "taken": "接单",
    "visits": "走访次数",
    "reported": "反馈",
    "sent_back": "退回修改",
    "closed": "法院办结",
    "served_confirmed": "确认送达",
    "assisted": "完成协助",
    "not_served": "未送达",
    "late_open": "超期未反馈",
    "returned": "退回单位",
    "cancelled": "法院撤回",
}
FIGURES: tuple[Column, ...] = (
    *(Column(key, label, K.COUNT, sortable=True, opens=True) for key, label in _COUNTS.items()),
    *(Column(definition.code, definition.label, K.RATE, sortable=True, opens=True) for definition in _RATES),
)
NOTES = (
    *(f"{definition.label}＝{definition.formula}。" for definition in _RATES),
    f"分母小于 {HIDDEN_BELOW} 的比率不显示（记“—”），分子、分母照列。",
    "法院撤回、中止和派错单位的任务不计入网格员和镇街。",
    "应接单、应首访、应反馈：期限在本月之内且已到期或已办的任务；反馈以首次反馈时间为准。",
    "核查准确：法院办结的任务中，走访结果没有因“结果选错”被退回的。",
    "各网格员之和加“（未接单）”等于本镇街数；走访次数按走访时间，其余按各环节时间统计。积分另行计算。",
)
SIGNATURES = ("制表人", "网格长", "镇街综治中心", "区综治中心", "日期")


def columns(by: str) -> tuple[Column, ...]:
    """Return the columns of the table per worker or per unit."""
    return ((*WHO, *FIGURES)) if by == "worker" else (*WHERE, *FIGURES)


def heading(args: dict[str, Any], unit_label: str) -> Heading:
    """Return what stands around the rows."""
    first, last = month_of(args["month"])
    title = f"{first.year}年{first.month}月网格员协助执行考核表（{'按网格员' if args['by'] == 'worker' else '按镇街'}）"
    return Heading(title, first, last, period_text(first, last), unit_label, NOTES, SIGNATURES)


def page(actor: Actor, args: dict[str, Any], unit_label: str, now: datetime) -> dict[str, Any]:
    """Return one page of the table with its frame and the totals of all lines."""
    lines = table_lines(actor, args, now)
    key = args["sort"].lstrip("-") or "street"
    sortable = {column.key for column in columns(args["by"]) if column.sortable}
    if args["sort"] and key in sortable:
        lines.sort(key=lambda line: _rank(line, key), reverse=args["sort"].startswith("-"))
    start = (args["page"] - 1) * args["size"]
    shown = lines[start : start + args["size"]]
    body = heading(args, unit_label).for_screen(columns(args["by"]))
    return body | {
        "items": [{"id": line.id, **line.words, **figures(line.tally)} for line in shown],
        "totals": figures(total_of(line.tally for line in lines)),
        "page": args["page"],
        "size": args["size"],
        "total": len(lines),
    }


def numbers(tally: Tally) -> dict[str, int]:
    """Return the counts of a line by column."""
    own = {name: int(getattr(tally, name)) for name in _OWN}
    return own | {name: int(getattr(tally.counts, name)) for name in _COUNTED}


def rates(tally: Tally) -> dict[str, Rate]:
    """Return the rates of a line by column."""
    return {definition.code: rate_of(definition, tally.counts) for definition in _RATES}


def figures(tally: Tally) -> dict[str, Any]:
    """Return a line's figures as the screen shows them."""
    return numbers(tally) | {code: rate_cell(rate) for code, rate in rates(tally).items()}


def file_line(line: Line) -> dict[str, Any]:
    """Return a line as a file carries it."""
    return line.words | file_figures(line.tally)


def file_figures(tally: Tally) -> dict[str, Any]:
    """Return figures as a file carries them: each rate with its numerator and denominator."""
    found: dict[str, Any] = dict(numbers(tally))
    for code, rate in rates(tally).items():
        found |= rate_values(code, rate)
    return found


def _rank(line: Line, key: str) -> Any:
    if key in line.words:
        return (0, 0.0, str(line.words[key])) if isinstance(line.words[key], str) else (0, float(line.words[key]), "")
    found = numbers(line.tally)
    if key in found:
        return (0, float(found[key]), "")
    rate = rates(line.tally)[key].number
    return (0 if rate is None else 1, rate or 0.0, "")
