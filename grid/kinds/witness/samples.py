"""Golden examples of a witness task: tests, demo data and documentation read the same ones. All people are invented."""

from typing import Any

from grid.kinds.base import Sample

BRIEF: dict[str, Any] = {
    "scene": "sealing",
    "appointed_at": "2026-11-26T01:00:00.000Z",
    "meet_at": "湖东路街道办事处门口",
    "officers": "沈立、贾雨辰",
}


def _photo(number: int, item: str) -> dict[str, Any]:
    return {
        "id": f"01938a00-0000-7000-8000-0000000003{number:02d}",
        "item": item,
        "name": f"{item}.jpg",
        "sha256": f"{number:064x}",
        "size": 1_534_112,
        "mime": "image/jpeg",
        "display": {"sha256": f"{number + 100:064x}", "size": 204_400},
        "grade": "A",
        "made_at": "2026-11-26T02:32:05.120Z",
    }


def _visit(number: int, outcome: str, items: tuple[str, ...], answers: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {
        "id": f"01938a00-0000-7000-8000-0000000004{number:02d}",
        "task_id": "01938a00-0000-7000-8000-000000000011",
        "outcome": outcome,
        "started_at": "2026-11-26T00:55:00.000Z",
        "ended_at": "2026-11-26T02:35:00.000Z",
        "made_at": "2026-11-26T02:35:01.500Z",
        "contact": "door",
        "met_name": "",
        "narrative": "",
        "answers": answers,
        "place": {"lng": 118.50631, "lat": 31.70195, "accuracy_m": 18.0, "age_s": 4.0, "source": "gps"},
        "clock": {"skew_ms": -820.0, "anchor_at": "2026-11-26T00:40:00.000Z", "monotonic_ms": 6_901_500.0},
        "evidence": [_photo(n, item) for n, item in enumerate(items, 1)],
    } | rest


_SEEN = {
    "arrived_at": "2026-11-26T00:56:00.000Z",
    "left_at": "2026-11-26T02:30:00.000Z",
    "officers": "沈立、贾雨辰",
    "cards_shown": True,
    "seen": ["read_out", "inventory", "sealed", "signed"],
    "party_present": True,
    "committee_staff": True,
    "related": False,
    "record_signed": True,
}
_PAGE = frozenset({"record_page"})

SAMPLES: tuple[Sample, ...] = (
    Sample("见证查封", BRIEF, _visit(1, "witnessed", ("record_page", "scene", "signature"), _SEEN), _PAGE),
    Sample("法院没有到场", BRIEF, _visit(2, "not_held", (), {"absent_reason": "court_absent"}), frozenset()),
    Sample("需要回避", BRIEF, _visit(3, "recused", (), {"conflict": "relative"}), frozenset()),
    Sample("有危险，已离开", BRIEF, _visit(4, "unsafe_left", (), {}, narrative="有人堵门，已离开并报警。"),
           frozenset()),
    Sample("亲属来见证", BRIEF, _visit(5, "witnessed", ("record_page", "signature"), _SEEN | {"related": True}), _PAGE,
           frozenset({"answers.related"})),
    Sample("没拍笔录，没签名", BRIEF, _visit(6, "witnessed", ("scene",), _SEEN), _PAGE,
           frozenset({"evidence.record_page", "evidence.signature"})),
    Sample("离开早于到场", BRIEF,
           _visit(7, "witnessed", ("record_page", "signature"), _SEEN | {"left_at": "2026-11-26T00:30:00.000Z"}), _PAGE,
           frozenset({"answers.left_at"})),
    Sample("没写看到什么", BRIEF,
           _visit(8, "witnessed", ("record_page", "signature"), _SEEN | {"seen": [], "officers": ""}), _PAGE,
           frozenset({"answers.seen", "answers.officers"})),
)  # fmt: skip
