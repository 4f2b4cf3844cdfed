"""Bad shapes are refused one by one."""

import copy
from typing import Any

import pytest
from marshmallow import ValidationError

from grid.kinds.delivery.samples import BRIEF, SAMPLES
from grid.kinds.delivery.schema import BriefSchema, VisitSchema

VISIT = dict(SAMPLES[1].visit)


def put(whole: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    spoiled = copy.deepcopy(whole)
    *way, last = path.split(".")
    spot: Any = spoiled
    for key in way:
        spot = spot[int(key)] if key.isdigit() else spot[key]
    spot[last] = value
    return spoiled


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("mode", "leave"), ("documents", []), ("documents.0.copies", 0), ("documents.0.copies", 2.6e-42),
        ("documents.0.copies", 10**24), ("documents.0.copies", "1"), ("documents.0.id", "1"),
        ("documents.0.name", "x" * 81), ("documents.0.name", ""), ("instruction", "x" * 501), ("notes", "a\x00b"),
        ("notes", "a\ud800b"), ("documents", [BRIEF["documents"][0]] * 41),
    ],
)  # fmt: skip
def test_bad_briefs(path: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        BriefSchema().load(put(BRIEF, path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "x"), ("task_id", None), ("outcome", "left"), ("started_at", "2026-11-24T10:20:00"), ("made_at", "soon"),
        ("contact", "drone"), ("narrative", "x" * 1001), ("narrative", "\x00"), ("answers.signer.relation",
        "neighbour"),
        ("answers.signer.id_last4", "12345"), ("answers.signer.adult", "maybe"), ("answers.signer.name", ""),
        ("answers.lines.0.handed", None), ("answers.receipt_date", "24/11/2026"), ("answers.refusal_reason", "rude"),
        ("packet.checked", "perhaps"), ("packet.token_text", "x" * 1001), ("place.lng", 181),
        ("place.lat", float("nan")),
        ("place.accuracy_m", float("inf")), ("clock.skew_ms", float("inf")), ("evidence.0.sha256", "A" * 64),
        ("evidence.0.size", 0), ("evidence.0.size", 20 * 1024 * 1024 + 1), ("evidence.0.mime", "image/svg+xml"),
        ("evidence.0.item", "selfie"), ("evidence.0.grade", "D"), ("evidence.0.display.size", 1.5),
        ("evidence", [VISIT["evidence"][0]] * 21), ("answers", None), ("place", []),
    ],
)  # fmt: skip
def test_bad_visits(path: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        VisitSchema().load(put(VISIT, path, value))


@pytest.mark.parametrize("field", ["id", "task_id", "outcome", "answers", "packet", "place", "clock", "evidence"])
def test_fields_a_visit_cannot_miss(field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        VisitSchema().load({key: value for key, value in VISIT.items() if key != field})
    assert field in caught.value.normalized_messages()


def test_a_name_of_any_script_passes() -> None:
    for name in ("买买提·吐尔逊", "𠮷田", "欧阳·古丽娜尔", "O'Neil"):
        VisitSchema().load(put(VISIT, "answers.signer.name", name))
