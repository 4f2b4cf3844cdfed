"""Papers left after a refusal: only the court records it, with every part the law wants, and somebody else approves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from grid.core import clock
from grid.models import Review, db
from tests.support.review_story import Story
from tests.support.signed_in import Browser

TODAY = clock.local_date(clock.now())
WITNESS = {"name": "孙立新", "unit": "濮塘社区居委会", "post": "副主任", "witness_class": "committee"}


def record(**changes):
    return {
        "refused_by": "self", "refusal_reason": "认为判决不公", "left_at": clock.iso(clock.now()), "at_domicile": True,
        "witnesses": [WITNESS], "note": "文书留在客厅桌上", **changes,
    }  # fmt: skip


@pytest.fixture
def refused(app, district) -> Story:
    answers = {"refusal_reason": "unfair", "refusal_note": "不认这个判决"}
    return Story(app, district, "refused", answers=answers, met_name="欧阳建国")


def test_left_papers_are_recorded_sealed_and_approved_by_another(app, refused) -> None:
    answer = refused.act("record_left", **record())
    assert (answer.status_code, answer.json["state"], answer.json["warnings"]) == (200, "verifying", [])
    own = refused.act("approve")
    assert (own.status_code, own.json["code"]) == (403, "own_work")
    centre = Browser(app, refused.district, "ZH001")
    done = refused.act("approve", by=centre)
    assert (done.status_code, done.json["verdict"]) == (200, "left")
    assert refused.task().effective_on == TODAY
    with app.app_context():
        row = db.session.scalars(select(Review).where(Review.decision == "left_recorded")).one()
        assert WITNESS["name"] not in row.facts_sealed
        assert WITNESS["name"] in refused.district.kit.vault.open_sealed(row.facts_sealed, f"review.facts:{row.id}")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"witnesses": []}, "witnesses"),
        ({"witnesses": [WITNESS | {"is_party_or_relative": True}]}, "witnesses"),
        ({"refusal_reason": ""}, "refusal_reason"),
        ({"at_domicile": False}, "at_domicile"),
        ({"refused_by": "litigation_agent"}, "refused_by"),
        ({"left_at": clock.iso(clock.now() + timedelta(days=1))}, "left_at"),
        ({"left_at": clock.iso(clock.now() - timedelta(days=400))}, "left_at"),
    ],
)
def test_each_missing_part_is_named(refused, changes, field) -> None:
    answer = refused.act("record_left", **record(**changes))
    assert answer.status_code == 422
    assert field in answer.json["fields"]
    assert refused.task().state == "reported"


def test_a_recording_stands_in_for_a_witness_and_a_doubtful_witness_is_warned_of(refused) -> None:
    doubtful = WITNESS | {"witness_class": "grid_worker"}
    answer = refused.act("record_left", **record(witnesses=[doubtful], video=True))
    assert answer.status_code == 200
    assert [warning["rule"] for warning in answer.json["warnings"]] == [9]


def test_an_absence_is_no_refusal(app, district) -> None:
    story = Story(app, district, "moved", narrative="已经搬走")
    answer = story.act("record_left", **record())
    assert (answer.status_code, answer.json["code"]) == (409, "no_refusal")


@pytest.mark.parametrize("staff_no", ["ZH001", "GL001", "WG010101", "JD01"])
def test_only_the_case_officer_records_it(app, refused, staff_no) -> None:
    assert refused.act("record_left", by=Browser(app, refused.district, staff_no), **record()).status_code == 403


def test_a_report_sent_back_after_the_record_needs_a_new_one(app, refused) -> None:
    assert refused.act("record_left", **record()).status_code == 200
    centre = Browser(app, refused.district, "ZH001")
    back = refused.act("send_back", by=centre, reason_code="narrative_short", text="请写清拒收时的话")
    assert back.status_code == 200
    mended = refused.report | {"narrative": "本人在门口说不收"}
    entry = refused.phone.push("visit.mend", {"visit_id": refused.report["id"], "base_revision": 1, "visit": mended})
    assert entry["status"] == "done", entry
    assert refused.act("approve", by=centre).json["verdict"] == "not_served"
