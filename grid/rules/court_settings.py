"""What a court may set for itself, with the defaults of the domain handbook; every value is checked here.

The modes setting maps a document type to the ways a worker may assist; the law's own limits hold beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from grid.core.errors import InvalidInput
from grid.core.words.deadlines import SpanUnit, Step
from grid.core.words.tasks import MODE_LABELS, DeliveryMode
from grid.rules import sla
from grid.rules.documents import CATALOGUE, default_modes
from grid.rules.lifecycle import SEND_BACK_LIMIT


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a court may set; low and high bound whole numbers."""

    name: str
    label: str
    group: str
    kind: str
    default: Any
    note: str = ""
    low: int = 0
    high: int = 0
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = field(default=())


def _number(name: str, label: str, group: str, default: int, low: int, high: int, unit: str, note: str = "") -> Setting:
    return Setting(name, label, group, "int", default, note, low, high, unit)


def _modes(*, handover: bool) -> dict[str, list[str]]:
    return {code: [str(mode) for mode in modes] for code, modes in default_modes(handover=handover).items()}


DEMO_MODES = _modes(handover=True)
"""What the demo court has enabled: handover by a worker for every type the catalogue marks yes."""

SETTINGS: tuple[Setting, ...] = (
    Setting("modes", "各类文书可用的协助方式", "文书", "mode_matrix", _modes(handover=False),
            "“转交文书”须由法院按文书种类逐项开通；强制措施文书和银行通知不能开通"),
    Setting("minors_need_approval", "涉未成年人的任务须经法院管理员批准", "文书", "bool", True),
    _number("route_hours", "综治中心分派（工作小时）", "时限", 4, 1, 40, "小时", "超过后提醒综治中心"),
    _number("route_urgent_minutes", "加急分派", "时限", 30, 5, 480, "分钟"),
    _number("take_hours", "网格员接单", "时限", 24, 1, 168, "小时"),
    _number("take_urgent_hours", "加急接单", "时限", 2, 1, 48, "小时"),
    _number("first_visit_days", "首次走访", "时限", 3, 1, 30, "个工作日"),
    _number("report_days", "反馈", "时限", 5, 1, 60, "个工作日", "新建任务时的默认办理期限"),
    _number("report_urgent_hours", "加急反馈", "时限", 24, 2, 168, "小时"),
    _number("review_days", "执行法官核实", "时限", 3, 1, 30, "个工作日"),
    _number("review_urgent_hours", "加急核实", "时限", 24, 2, 168, "小时"),
    _number("diligence_visits", "报“未送达”前至少走访", "走访", 3, 1, 10, "次", "参照法院专递投送三次的规定"),
    _number("diligence_days", "分在几个不同的日子", "走访", 2, 1, 10, "天"),
    _number("diligence_off_hours", "其中晚上或周末", "走访", 1, 0, 5, "次"),
    Setting("diligence_evening_from", "几点以后算晚上", "走访", "text", "18:00", "24 小时制，如 18:00"),
    _number("send_back_limit", "退回同一网格员修改的次数", "核实", SEND_BACK_LIMIT, 1, 5, "次", "再退回时交网格长"),
)  # fmt: skip

BY_NAME: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}


def check_value(name: str, value: Any) -> Any:
    """Return a value that fits the setting; raises InvalidInput with the reason under `value`."""
    setting = BY_NAME[name]
    reason = _CHECKS[setting.kind](setting, value)
    if reason:
        raise InvalidInput(fields={"value": [reason]})
    return value


def _check_int(setting: Setting, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or not setting.low <= value <= setting.high:
        return f"应为 {setting.low} 到 {setting.high} 的整数"
    return ""


def _check_bool(_setting: Setting, value: Any) -> str:
    return "" if isinstance(value, bool) else "应为是或否"


def _check_text(setting: Setting, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 40:
        return "应为 40 字以内的文字"
    if setting.name == "diligence_evening_from" and _time(value) is None:
        return "应为 24 小时制的时间，如 18:00"
    return ""


def _check_modes(_setting: Setting, value: Any) -> str:
    if not isinstance(value, dict):
        return "应为文书种类与协助方式的对应表"
    types = {paper.code: paper for paper in CATALOGUE}
    for code, modes in value.items():
        if code not in types:
            return "有目录中没有的文书种类"
        if not isinstance(modes, list):
            return f"{types[code].name}的协助方式应为列表"
        for mode in modes:
            if mode not in types[code].modes:
                label = MODE_LABELS[DeliveryMode(mode)] if mode in set(DeliveryMode) else "未知方式"
                return f"{types[code].name}不能开通“{label}”（{types[code].article}）"
    return ""


_CHECKS = {"int": _check_int, "bool": _check_bool, "text": _check_text, "mode_matrix": _check_modes}


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if len(text) == 5 else None
    except ValueError:
        return None


def evening_from(values: Mapping[str, Any]) -> time:
    """Return from when a visit counts as an evening visit."""
    return _time(values["diligence_evening_from"]) or time(18)


def sla_table(values: Mapping[str, Any]) -> dict[Step, sla.Sla]:
    """Return the deadlines with the court's own spans in place of the defaults."""
    unit = SpanUnit

    def own(step: Step, normal: sla.Span, urgent: sla.Span | None) -> sla.Sla:
        return sla.Sla(normal, urgent, sla.DEFAULTS[step].mark, sla.DEFAULTS[step].article)

    return dict(sla.DEFAULTS) | {
        Step.ROUTE: own(
            Step.ROUTE,
            sla.Span(values["route_hours"], unit.WORKING_HOURS),
            sla.Span(values["route_urgent_minutes"], unit.MINUTES),
        ),
        Step.TAKE: own(
            Step.TAKE, sla.Span(values["take_hours"], unit.HOURS), sla.Span(values["take_urgent_hours"], unit.HOURS)
        ),
        Step.FIRST_VISIT: own(
            Step.FIRST_VISIT,
            sla.Span(values["first_visit_days"], unit.WORKING_DAYS),
            sla.DEFAULTS[Step.FIRST_VISIT].urgent,
        ),
        Step.REPORT_DELIVERY: own(
            Step.REPORT_DELIVERY,
            sla.Span(values["report_days"], unit.WORKING_DAYS),
            sla.Span(values["report_urgent_hours"], unit.HOURS),
        ),
        Step.REVIEW: own(
            Step.REVIEW,
            sla.Span(values["review_days"], unit.WORKING_DAYS),
            sla.Span(values["review_urgent_hours"], unit.HOURS),
        ),
    }
