"""Golden examples of a blank task: tests, demo data and documentation read the same ones. All people are invented."""

from typing import Any

from grid.kinds.base import Sample

BRIEF: dict[str, Any] = {"what": "核实是否仍在原址经营。"}


def _visit(number: int, outcome: str, answers: dict[str, Any], narrative: str = "") -> dict[str, Any]:
    return {
        "id": f"01938a00-0000-7000-8000-0000000006{number:02d}",
        "task_id": "01938a00-0000-7000-8000-000000000012",
        "outcome": outcome,
        "started_at": "2026-11-24T01:00:00.000Z",
        "ended_at": "2026-11-24T01:20:00.000Z",
        "made_at": "2026-11-24T01:20:01.500Z",
        "contact": "door",
        "met_name": "",
        "narrative": narrative,
        "answers": answers,
        "place": {"none_reason": "no_signal"},
        "clock": {"skew_ms": 0.0, "anchor_at": "2026-11-24T00:40:00.000Z", "monotonic_ms": 2_401_500.0},
        "evidence": [],
    }


SAMPLES: tuple[Sample, ...] = (
    Sample("办好", BRIEF, _visit(1, "done", {"done_on": "2026-11-24"}, "店还开着，门头没有换。"), frozenset()),
    Sample("没有办成", BRIEF, _visit(2, "not_done", {"reason": "absent"}), frozenset()),
    Sample("没写情况", BRIEF, _visit(3, "done", {"done_on": "2026-11-24"}), frozenset(), frozenset({"narrative"})),
)
