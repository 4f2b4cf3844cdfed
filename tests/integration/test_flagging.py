"""Flags on real reports: computed when they come in, kept when they are mended, shown with words."""

from sqlalchemy import select

from grid.models import Visit, db
from grid.rules.flags import views
from tests.support.review_story import Story, at_noon

TIMES = {"started_at": at_noon(-10), "ended_at": at_noon(), "made_at": at_noon()}


def codes(app) -> list[str]:
    with app.app_context():
        return [flag["code"] for flag in db.session.scalars(select(Visit.flags)).one()]


def test_a_plain_handover_has_no_flags(app, district) -> None:
    Story(app, district, **TIMES)
    assert codes(app) == []


def test_a_report_from_far_away_without_a_scan_is_pointed_out(app, district) -> None:
    far = {"lng": 118.50, "lat": 31.675, "accuracy_m": 20.0, "age_s": 1.0, "source": "gps"}
    packet = {"token_text": None, "cti": None, "checked": "manual", "reason": "damaged"}
    Story(app, district, **TIMES, place=far, packet=packet)
    assert codes(app) == ["place_far", "packet_manual"]


def test_what_a_rule_warned_of_reaches_the_reviewer_in_its_own_words(app, district) -> None:
    story = Story(app, district, **TIMES)
    with app.app_context():
        visit = db.session.scalars(select(Visit)).one()
        assert visit.flags == []
    assert story.act("send_back", reason_code="signer_unclear", text="姓名不对").status_code == 200
    signer = story.report["answers"]["signer"] | {"name": "欧阳建设"}
    mended = story.report | {"answers": story.report["answers"] | {"signer": signer}}
    entry = story.phone.push("visit.mend", {"visit_id": story.report["id"], "base_revision": 1, "visit": mended})
    assert entry["status"] == "done", entry
    with app.app_context():
        shown = views(db.session.scalars(select(Visit.flags)).one())
    assert [flag["label"] for flag in shown] == ["签收人姓名与登记的不一致，请核对"]
    assert shown[0]["level"] == "warn"
