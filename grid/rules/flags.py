"""What a reviewer should look at: flags point, they never refuse, deduct or decide (trust: evidence pipeline)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from grid.core.clock import SHANGHAI

FAR_M = 300.0
"""Distance from the registered address that is worth a look; map datums alone differ by 100 to 700 m."""
CLOCK_TOLERANCE = timedelta(minutes=2)
TOO_FAST = timedelta(seconds=60)
"""A handover from door to signature in less time is worth a look."""
DAY_STARTS, DAY_ENDS = time(7), time(21)
"""Nobody is visited outside these hours without a word why (a proposal: 21:00 of the urging rules)."""
SIMILAR_BITS = 6
"""Difference hashes of 64 bits that differ in at most so many bits show the same scene."""


class FlagLevel(StrEnum):
    """How loud a flag is."""

    INFO = "info"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look at."""

    label: str
    level: FlagLevel


FLAGS: Mapping[str, Flag] = {
    "supplementary": Flag("补充材料：任务收回或转派之后才到达", FlagLevel.WARN),
    "place_missing": Flag("没有记录位置", FlagLevel.INFO),
    "place_late": Flag("位置是事后补上的", FlagLevel.INFO),
    "place_far": Flag("位置离登记地址超过 300 米", FlagLevel.WARN),
    "place_odd": Flag("定位精度异常，可能不是真实位置", FlagLevel.WARN),
    "clock_off": Flag("手机时钟与服务器相差超过 2 分钟", FlagLevel.WARN),
    "off_hours": Flag("走访时间在夜间（21:00 至 7:00）", FlagLevel.WARN),
    "too_fast": Flag("从到达到签收不足 1 分钟", FlagLevel.WARN),
    "packet_manual": Flag("文书袋没有扫码，手工核对", FlagLevel.WARN),
    "packet_unchecked": Flag("文书袋没有核对", FlagLevel.WARN),
    "packet_foreign": Flag("扫到的文书袋不属于这项任务", FlagLevel.BAD),
    "packet_revoked": Flag("文书袋的二维码已经作废", FlagLevel.BAD),
    "photo_from_album": Flag("照片从相册选取", FlagLevel.WARN),
    "photo_reused": Flag("照片与其他任务的照片完全相同", FlagLevel.BAD),
    "photo_similar": Flag("照片与其他任务的照片很相似", FlagLevel.WARN),
    "photo_broken": Flag("照片打不开或内容不符", FlagLevel.BAD),
    "evidence_missing": Flag("应拍的照片不齐", FlagLevel.WARN),
}


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What a visit says of itself, as far as flags ask; distance_m is None without two points to compare."""

    happened_at: datetime
    ended_at: datetime
    started_at: datetime
    made_at: datetime
    handover: bool
    has_place: bool
    accuracy_m: float | None = None
    distance_m: float | None = None
    packet_checked: str = "ok"
    packet_flag: str = ""
    grades: frozenset[str] = frozenset()
    missing_items: tuple[str, ...] = ()
    supplementary: bool = False


def visit_flags(facts: VisitFacts) -> list[str]:
    """Return the flag codes of one visit, in the order of the table."""
    found = {
        "supplementary": facts.supplementary,
        "place_missing": not facts.has_place,
        "place_odd": facts.has_place and facts.accuracy_m == 0,
        "place_far": is_far(facts.distance_m, facts.accuracy_m),
        "clock_off": abs(facts.made_at - facts.happened_at) > CLOCK_TOLERANCE,
        "off_hours": is_off_hours(facts.happened_at),
        "too_fast": facts.handover and facts.ended_at - facts.started_at < TOO_FAST,
        "packet_manual": facts.handover and facts.packet_checked == "manual",
        "packet_unchecked": facts.handover and facts.packet_checked == "none",
        "photo_from_album": "C" in facts.grades,
        "evidence_missing": bool(facts.missing_items),
    }
    codes = {code for code, told in found.items() if told} | {facts.packet_flag} - {""}
    return [code for code in FLAGS if code in codes]


def is_far(distance_m: float | None, accuracy_m: float | None) -> bool:
    """Tell whether a position lies clearly away from the address: the fix's own error counts for the worker."""
    return distance_m is not None and distance_m - (accuracy_m or 0.0) >= FAR_M


def is_off_hours(at: datetime) -> bool:
    """Tell whether an instant lies in the night, Shanghai time."""
    return not DAY_STARTS <= at.astimezone(SHANGHAI).time() < DAY_ENDS


def is_similar(one: str, other: str) -> bool:
    """Tell whether two difference hashes (16 hex characters) show the same scene."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= SIMILAR_BITS


def views(flags: Iterable[object]) -> list[dict[str, str]]:
    """Describe stored flags to people: a code of the table, or a rule's own words kept with it."""
    found = []
    for item in flags:
        stored = item if isinstance(item, dict) else {"code": item}
        code, level = str(stored.get("code", "")), str(stored.get("level", FlagLevel.INFO))
        flag = FLAGS.get(code) or Flag(str(stored.get("label", code)), FlagLevel(level))
        found.append({"code": code, "label": flag.label, "level": flag.level.value})
    return found
