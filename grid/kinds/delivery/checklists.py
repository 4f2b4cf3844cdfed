"""What must be photographed at a visit, and what must not (domain handbook §17)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from grid.kinds.delivery.outcomes import BY_CODE, Path
from grid.kinds.form import Demand

SIGNED_BY: frozenset[str] = frozenset({"signature", "thumbprint"})
"""A handover needs one of these: a signature on glass or a photo of the thumbprint."""

ITEMS: Mapping[str, tuple[str, str]] = {
    "door": ("门牌号", "门牌号或楼栋号要看得清"),
    "envelope": ("文书袋", "文书袋上的二维码要看得清"),
    "receipt_front": ("回证正面", "整页拍全，签名和日期要看得清"),
    "receipt_back": ("回证反面", "没有写字也要拍"),
    "signer_with_papers": ("签收人与文书", "本人同意才拍"),
    "signature": ("签名", "请签收人在屏幕上签名"),
    "thumbprint": ("捺印", "不会签名的，在回证上捺印后拍照"),
    "locked_door": ("锁着的门", "连门牌号一起拍"),
    "notice_slip": ("留言条", "只写执行法官电话，装进信封封好"),
    "statement": ("书面说明", "居委会、村委会或物业的说明，要有盖章"),
    "scene": ("现场", "远近各一张"),
    "pickup_form": ("领取约定", "写明领取时间和地点"),
    "confirmation": ("送达地址确认书", "方式、账号、签名要看得清"),
}


_LISTS: Mapping[str, tuple[Demand, ...]] = {
    Path.HANDOVER: (
        Demand("door", 1, 2), Demand("envelope", 1, 1), Demand("receipt_front", 1, 2), Demand("receipt_back", 1, 1),
        Demand("signer_with_papers", 0, 1), Demand("signature", 0, 1), Demand("thumbprint", 0, 1),
    ),
    Path.REFUSED: (Demand("door", 1, 2), Demand("scene", 0, 3)),
    Path.ABSENT: (Demand("locked_door", 1, 2), Demand("door", 0, 1), Demand("notice_slip", 0, 1)),
    Path.MOVED: (Demand("door", 1, 2), Demand("statement", 0, 2), Demand("scene", 0, 2)),
    Path.PICKUP: (Demand("pickup_form", 0, 2),),
    Path.HANDBACK: (Demand("statement", 0, 2), Demand("scene", 0, 2)),
    Path.UNSAFE: (Demand("scene", 0, 2),),
    "whereabouts_unknown": (Demand("door", 1, 2), Demand("statement", 1, 3), Demand("scene", 0, 2)),
    "agreed_electronic": (Demand("confirmation", 1, 2),),
    "address_confirmed": (Demand("door", 1, 2), Demand("statement", 0, 2), Demand("scene", 0, 2)),
    "witnessed_left": (Demand("door", 1, 2), Demand("receipt_front", 1, 2), Demand("scene", 1, 4)),
    "posting_photographed": (Demand("door", 1, 2), Demand("scene", 2, 5)),
}  # fmt: skip

MUST_NOT: Mapping[Path, tuple[str, ...]] = {
    Path.HANDOVER: ("不拍身份证正面，只记后四位", "不拍儿童"),
    Path.REFUSED: ("不进屋拍摄", "不剪辑录像", "不自行留下文书"),
    Path.ABSENT: ("不留下法院文书", "不拍邻居的脸"),
    Path.MOVED: ("不向他人透露欠债",),
    Path.PICKUP: ("不替对方填写",),
    Path.HANDBACK: ("不向他人透露案件内容",),
    Path.UNSAFE: ("不为拍照冒险",),
}


def checklist(outcome: str) -> tuple[Demand, ...]:
    """Return the list of an outcome: its own, else that of its path; raises KeyError for an unknown outcome."""
    return _LISTS.get(outcome, _LISTS[BY_CODE[outcome].path])


def demands(outcome: str) -> frozenset[str]:
    """Return the items an outcome cannot do without (a handover also needs one of SIGNED_BY)."""
    return frozenset(demand.item for demand in checklist(outcome) if demand.least)


def missing_items(outcome: str, items: Iterable[str]) -> list[str]:
    """Return the item codes still short, in list order; one of SIGNED_BY missing shows as 'signature'."""
    counts = Counter(items)
    short = [demand.item for demand in checklist(outcome) if counts[demand.item] < demand.least]
    if BY_CODE[outcome].path == Path.HANDOVER and not any(counts[item] for item in SIGNED_BY):
        short.append("signature")
    return short


def surplus_items(outcome: str, items: Iterable[str]) -> list[str]:
    """Return the item codes the outcome's list does not know or has too many of."""
    most = {demand.item: demand.most for demand in checklist(outcome)}
    return [item for item, count in Counter(items).items() if count > most.get(item, 0)]


def wire_lists() -> dict[str, list[dict[str, object]]]:
    """Return every list as the phone wants it, keyed by path or by outcome code."""
    return {str(key): [_wire(demand) for demand in demands_] for key, demands_ in _LISTS.items()}


def _wire(demand: Demand) -> dict[str, object]:
    label, hint = ITEMS[demand.item]
    return {
        "item": demand.item,
        "label": label,
        "hint": hint,
        "required": demand.least > 0,
        "min": demand.least,
        "max": demand.most,
    }
