"""Golden examples of a delivery: tests, demo data and documentation read the same ones. All people are invented."""

from typing import Any

from grid.kinds.base import Sample

_NOTICE = "01938a00-0000-7000-8000-000000000001"
_ASSETS = "01938a00-0000-7000-8000-000000000002"
_TASK = "01938a00-0000-7000-8000-000000000010"

BRIEF: dict[str, Any] = {
    "mode": "entrusted_handover",
    "documents": [
        {"id": _NOTICE, "type": "exec_notice", "name": "执行通知书", "no": "（2026）皖0503执1234号", "copies": 1},
        {"id": _ASSETS, "type": "asset_report_order", "name": "报告财产令（附财产调查表）", "no": "", "copies": 1},
    ],
    "instruction": "请当面逐份清点文书，再请签收人在回证上签名、写日期。",
    "notes": "家中有老人，请轻声敲门。",
}


def _photo(number: int, item: str) -> dict[str, Any]:
    return {
        "id": f"01938a00-0000-7000-8000-0000000001{number:02d}",
        "item": item,
        "name": f"{item}.jpg",
        "sha256": f"{number:064x}",
        "size": 1_834_112,
        "mime": "image/jpeg",
        "display": {"sha256": f"{number + 100:064x}", "size": 214_400},
        "grade": "A",
        "made_at": "2026-11-24T10:32:05.120Z",
    }


def _visit(number: int, outcome: str, items: tuple[str, ...], answers: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {
        "id": f"01938a00-0000-7000-8000-0000000002{number:02d}",
        "task_id": _TASK,
        "outcome": outcome,
        "started_at": "2026-11-24T10:20:00.000Z",
        "ended_at": "2026-11-24T10:35:00.000Z",
        "made_at": "2026-11-24T10:35:01.500Z",
        "contact": "door",
        "met_name": "",
        "narrative": "",
        "answers": answers,
        "packet": {"token_text": None, "cti": None, "checked": "ok"},
        "place": {"lng": 118.50631, "lat": 31.70195, "accuracy_m": 18.0, "age_s": 4.0, "source": "gps"},
        "clock": {"skew_ms": -820.0, "anchor_at": "2026-11-24T09:58:00.000Z", "monotonic_ms": 2_221_500.0},
        "evidence": [_photo(n, item) for n, item in enumerate(items, 1)],
    } | rest


_LINES = [{"document_id": _NOTICE, "handed": True}, {"document_id": _ASSETS, "handed": True}]
_PHOTOS = ("door", "envelope", "receipt_front", "receipt_back")
_HANDOVER = frozenset(_PHOTOS)
_SELF = {"name": "李四", "relation": "self", "id_last4": "002X"}
_WIFE = {"name": "赵六", "relation": "cohabiting_adult", "adult": True, "cohabiting": True, "adverse": False,
         "reason": "away"}  # fmt: skip

SAMPLES: tuple[Sample, ...] = (
    Sample("本人签收", BRIEF, _visit(
        1, "signed_self", (*_PHOTOS, "signature"),
        {"signer": _SELF, "lines": _LINES, "receipt_date": "2026-11-24", "signature_kind": "signature"},
    ), _HANDOVER),
    Sample("家属代收，捺印", BRIEF, _visit(
        2, "signed_cohabiting_adult", (*_PHOTOS, "thumbprint"),
        {"signer": _WIFE, "lines": _LINES, "receipt_date": "2026-11-24", "signature_kind": "thumbprint"},
    ), _HANDOVER),
    Sample("三份中有一份被拒收", BRIEF, _visit(
        3, "signed_self", (*_PHOTOS, "signature"),
        {"signer": _SELF, "receipt_date": "2026-11-24",
         "lines": [_LINES[0], {"document_id": _ASSETS, "handed": False, "reason": "refused"}]},
    ), _HANDOVER),
    Sample("当面拒收", BRIEF, _visit(
        4, "refused", ("door",), {"lines": [], "refusal_reason": "unfair", "refusal_note": "说判得不公平，关门了"},
        met_name="李四",
    ), frozenset({"door"})),
    Sample("家中无人", BRIEF, _visit(
        5, "absent", ("locked_door", "notice_slip"), {"lines": [], "next_visit_on": "2026-11-28"},
    ), frozenset({"locked_door"})),
    Sample("已经搬走", BRIEF, _visit(
        6, "moved", ("door", "statement"), {"lines": [], "moved_to": "江东街道，具体门牌不详",
        "statement_unit": "东苑社区居委会"},
        narrative="物业说去年底搬走。",
    ), frozenset({"door"})),
    Sample("愿到法院领取", BRIEF, _visit(
        7, "agreed_pickup", (), {"lines": [], "pickup_on": "2026-11-26"}, met_name="李四",
        place={"none_reason": "no_signal"},
    ), frozenset()),
    Sample("十七岁的儿子签收", BRIEF, _visit(
        8, "signed_cohabiting_adult", (*_PHOTOS, "signature"),
        {"signer": _WIFE | {"adult": False}, "lines": _LINES, "receipt_date": "2026-11-24"},
    ), _HANDOVER, frozenset({"answers.signer.adult"})),
    Sample("对方当事人代收", BRIEF, _visit(
        9, "signed_cohabiting_adult", (*_PHOTOS, "signature"),
        {"signer": _WIFE | {"name": "张三"}, "lines": _LINES, "receipt_date": "2026-11-24"},
    ), _HANDOVER, frozenset({"answers.signer.adverse"})),
    Sample("没拍回证反面，没签名", BRIEF, _visit(
        10, "signed_self", _PHOTOS[:3], {"signer": _SELF, "lines": _LINES, "receipt_date": "2026-11-24"},
    ), _HANDOVER, frozenset({"evidence.receipt_back", "evidence.signature"})),
)  # fmt: skip
