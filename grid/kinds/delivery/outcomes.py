"""What a visit can end with (domain handbook §4.1) and what each end asks for.

The path groups outcomes that ask the same questions; closes tells whether the visit is a report at once, or the
task stays with the worker for another visit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from grid.core.words.service import RELATION_LABELS, SignerRelation
from grid.core.words.tasks import DeliveryMode
from grid.kinds import form

M = DeliveryMode


class Path(StrEnum):
    """Which short way through the questions an outcome takes."""

    HANDOVER = "handover"
    REFUSED = "refused"
    ABSENT = "absent"
    MOVED = "moved"
    PICKUP = "pickup"
    HANDBACK = "handback"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Outcome(form.Outcome):
    """One end of a delivery's visit, and who signed; modes empty means offered in every mode."""

    path: Path
    modes: tuple[DeliveryMode, ...] = ()
    relation: SignerRelation | None = None


_TALK = (M.GUIDE, M.VERIFY_ADDRESS, M.NOTIFY_PICKUP, M.ENTRUSTED_HANDOVER)
_TO_COURT = "已交执行法官核实"
_COURT_DECIDES = "由法院决定下一步怎么送"


def _signed(relation: SignerRelation) -> Outcome:
    label = f"{RELATION_LABELS[relation]}签收"
    return Outcome(f"signed_{relation}", label, "回证上写好姓名和日期", Path.HANDOVER,
                   "回证原件请交回法院", True, (M.GUIDE, M.ENTRUSTED_HANDOVER), relation)  # fmt: skip


OUTCOMES: tuple[Outcome, ...] = (
    *(_signed(relation) for relation in SignerRelation),
    Outcome("refused", "当面拒收", "见到人，但不肯签收", Path.REFUSED, "请立即联系执行法官，不要自行留下文书", True,
            (M.GUIDE, M.NOTIFY_PICKUP, M.ENTRUSTED_HANDOVER)),
    Outcome("absent", "家中无人", "没见到人，也没人应门", Path.ABSENT, "换个时间再来，不要留下文书", False),
    Outcome("moved", "已经搬走", "住过这里，现在搬走了", Path.MOVED, _COURT_DECIDES, True),
    Outcome("wrong_address", "地址不对", "不住这里，或是另一家单位", Path.MOVED, _COURT_DECIDES, True),
    Outcome("whereabouts_unknown", "下落不明", "社区或村里也不知去向", Path.MOVED, "请取得盖章说明，由法院认定", False),
    Outcome("dead_or_dissolved", "已去世或单位已注销", "不要再向家属送达", Path.HANDBACK, _COURT_DECIDES, True),
    Outcome("in_custody", "被羁押或服刑", "由法院通过监所转交", Path.HANDBACK, _COURT_DECIDES, True),
    Outcome("military", "现役军人", "由法院通过部队转交", Path.HANDBACK, _COURT_DECIDES, True),
    Outcome("agreed_pickup", "愿到法院领取", "约好时间到法院领文书", Path.PICKUP, "法院等候领取", True, _TALK),
    Outcome("agreed_electronic", "愿用电子送达", "收好送达地址确认书", Path.PICKUP, "由法院审查后发送", True, _TALK),
    Outcome("unsafe_left", "有危险，已离开", "先保证自己安全", Path.UNSAFE, "请马上打值班电话说明情况", True),
    Outcome("address_confirmed", "住址属实", "确认住在这里，未送文书", Path.HANDBACK, _TO_COURT, True,
            (M.VERIFY_ADDRESS,)),
    Outcome("witnessed_left", "见证法院留置", "法院人员留置，您在场见证签名", Path.HANDBACK, _TO_COURT, True,
            (M.WITNESS_LEFT,)),
    Outcome("posting_photographed", "已拍张贴照片", "法院人员张贴，您拍照", Path.HANDBACK, _TO_COURT, True,
            (M.POSTING_PHOTO,)),
)  # fmt: skip

BY_CODE: Mapping[str, Outcome] = {outcome.code: outcome for outcome in OUTCOMES}

ASKS: Mapping[Path, tuple[str, ...]] = {
    Path.HANDOVER: ("receipt_date", "narrative"),
    Path.REFUSED: ("refusal_reason", "refusal_note", "met_name", "narrative"),
    Path.ABSENT: ("narrative", "next_visit_on"),
    Path.MOVED: ("narrative", "moved_to", "met_name", "statement_unit"),
    Path.PICKUP: ("met_name", "pickup_on", "narrative"),
    Path.HANDBACK: ("narrative", "met_name", "statement_unit"),
    Path.UNSAFE: ("narrative",),
}
"""Answers each path asks for, in order."""

REQUIRED: Mapping[Path, tuple[str, ...]] = {
    Path.HANDOVER: ("receipt_date",),
    Path.REFUSED: ("refusal_reason",),
    Path.ABSENT: (),
    Path.MOVED: ("narrative",),
    Path.PICKUP: ("met_name",),
    Path.HANDBACK: ("narrative",),
    Path.UNSAFE: ("narrative",),
}
"""The answers a visit cannot be saved without."""

REQUIRED_LABELS: Mapping[str, str] = {
    "receipt_date": "请填写回证上写的签收日期",
    "refusal_reason": "请选择拒收理由",
    "narrative": "请写明情况",
    "met_name": "请填写见到了谁",
}


def offered_in(mode: DeliveryMode) -> tuple[Outcome, ...]:
    """List the outcomes a task of this mode may end with."""
    return tuple(outcome for outcome in OUTCOMES if not outcome.modes or mode in outcome.modes)
