"""What is pointed out to a reviewer."""

from datetime import datetime, timedelta

import pytest

from grid.core.clock import SHANGHAI
from grid.core.words.review import Verdict
from grid.rules import flags
from grid.rules.flags import FLAGS, VisitFacts, visit_flags
from grid.rules.verdict import verdict_of

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SHANGHAI)


def facts(**changes: object) -> VisitFacts:
    plain: dict[str, object] = {
        "happened_at": NOON, "made_at": NOON, "started_at": NOON - timedelta(minutes=8), "ended_at": NOON,
        "handover": True, "has_place": True, "accuracy_m": 15.0, "distance_m": 40.0, "packet_checked": "ok",
        "grades": frozenset({"A"}),
    }  # fmt: skip
    return VisitFacts(**plain | changes)  # type: ignore[arg-type]  # a table of cases


CASES = [
    ({}, []),
    ({"has_place": False, "accuracy_m": None, "distance_m": None}, ["place_missing"]),
    ({"accuracy_m": 0.0}, ["place_odd"]),
    ({"distance_m": 299.9, "accuracy_m": 0.1}, []),
    ({"distance_m": 315.0}, ["place_far"]),
    ({"distance_m": 314.9}, []),
    ({"distance_m": 900.0, "accuracy_m": 800.0}, []),
    ({"distance_m": 400.0, "accuracy_m": None}, ["place_far"]),
    ({"made_at": NOON + timedelta(minutes=2)}, []),
    ({"made_at": NOON + timedelta(minutes=2, seconds=1)}, ["clock_off"]),
    ({"made_at": NOON - timedelta(days=365)}, ["clock_off"]),
    ({"happened_at": NOON.replace(hour=21), "made_at": NOON.replace(hour=21)}, ["off_hours"]),
    ({"happened_at": NOON.replace(hour=20, minute=59), "made_at": NOON.replace(hour=20, minute=59)}, []),
    ({"happened_at": NOON.replace(hour=6, minute=59), "made_at": NOON.replace(hour=6, minute=59)}, ["off_hours"]),
    ({"happened_at": NOON.replace(hour=7), "made_at": NOON.replace(hour=7)}, []),
    ({"started_at": NOON - timedelta(seconds=59)}, ["too_fast"]),
    ({"started_at": NOON - timedelta(seconds=60)}, []),
    ({"started_at": NOON, "handover": False}, []),
    ({"packet_checked": "manual"}, ["packet_manual"]),
    ({"packet_checked": "none"}, ["packet_unchecked"]),
    ({"packet_checked": "none", "handover": False}, []),
    ({"packet_flag": "packet_foreign"}, ["packet_foreign"]),
    ({"grades": frozenset({"A", "C"})}, ["photo_from_album"]),
    ({"grades": frozenset({"B"})}, []),
    ({"missing_items": ("door",)}, ["evidence_missing"]),
    ({"supplementary": True, "has_place": False, "packet_flag": "packet_revoked"},
     ["supplementary", "place_missing", "packet_revoked"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_each_flag_is_told_exactly_when_it_is_due(changes: dict[str, object], expected: list[str]) -> None:
    assert visit_flags(facts(**changes)) == expected


def test_similar_pictures_differ_in_few_bits() -> None:
    assert flags.is_similar("ffffffffffffffff", "ffffffffffffffc0")
    assert not flags.is_similar("ffffffffffffffff", "ffffffffffffff80")


def test_a_stored_flag_is_shown_with_its_words() -> None:
    shown = flags.views([{"code": "place_far"}, "photo_reused", {"code": "of_tomorrow"}])
    assert [flag["level"] for flag in shown] == ["warn", "bad", "info"]
    assert shown[2]["label"] == "of_tomorrow"
    assert all(flag.label for flag in FLAGS.values())


@pytest.mark.parametrize(
    ("outcome", "kept_back", "left", "verdict"),
    [
        ("signed_self", (), False, Verdict.SERVED),
        ("signed_mail_room", ("x",), False, Verdict.PARTLY_SERVED),
        ("refused", (), False, Verdict.NOT_SERVED),
        ("refused", (), True, Verdict.LEFT),
        ("witnessed_left", (), True, Verdict.LEFT),
        ("witnessed_left", (), False, Verdict.ASSISTED),
        ("agreed_pickup", (), False, Verdict.ASSISTED),
        ("unserved", (), False, Verdict.NOT_SERVED),
        (None, (), False, Verdict.NOT_SERVED),
    ],
)
def test_the_verdict_follows_the_outcome(outcome, kept_back, left, verdict) -> None:
    assert verdict_of(outcome, kept_back, left=left) is verdict
