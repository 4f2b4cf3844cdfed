"""A court's settings: defaults, versions, limits of the law, and who may change them."""

import pytest
from sqlalchemy import select

from grid.core import clock
from grid.models import CourtSetting, LedgerLeaf, db
from grid.reads.court_settings import court_values, diligence_rule, sla_of
from grid.rules.court_settings import DEMO_MODES, SETTINGS
from tests.support.signed_in import Browser


def by_name(browser: Browser) -> dict[str, dict]:
    return {row["name"]: row for row in browser.get("/settings").json["items"]}


def test_a_change_is_a_new_version_with_its_reason(app, district) -> None:
    admin = Browser(app, district, "GL001")
    before = by_name(admin)
    assert set(before) == {setting.name for setting in SETTINGS}
    assert (before["report_days"]["value"], before["report_days"]["version"]) == (5, 0)
    assert before["modes"]["value"] == DEMO_MODES
    body = {"value": 7, "reason": "农忙期间放宽", "version": 0}
    changed = admin.put("/settings/report_days", body)
    assert (changed.json["value"], changed.json["version"], changed.json["updated_by"]) == (7, 1, admin.person.name)
    stale = admin.put("/settings/report_days", body)
    assert (stale.status_code, stale.json["code"], stale.json["version"]) == (409, "setting_changed", 1)
    with app.app_context():
        assert len(db.session.scalars(select(CourtSetting).where(CourtSetting.name == "report_days")).all()) == 1
        leaf = db.session.scalars(
            select(LedgerLeaf).where(LedgerLeaf.action == "setting.changed").order_by(LedgerLeaf.idx.desc())
        ).first()
        assert "农忙期间放宽" in leaf.body
        values = court_values(admin.person.court_id, clock.local_date(clock.now()))
        assert sla_of(values)["report_delivery"].normal.amount == 7
        assert diligence_rule(values).visits == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("report_days", 0), ("report_days", "5"), ("report_days", True), ("report_days", 10**30),
        ("minors_need_approval", 1), ("diligence_evening_from", "25:00"), ("diligence_evening_from", "傍晚"),
        ("modes", []), ("modes", {"coercive_freeze": ["guide"]}),
        ("modes", {"mediation_statement": ["entrusted_handover"]}),
        ("modes", {"rumour": []}), ("modes", {"summons": ["fly"]}), ("modes", {"summons": "guide"}),
    ],
)  # fmt: skip
def test_a_value_beyond_its_limits_or_the_law_is_refused(app, district, name, value) -> None:
    answer = Browser(app, district, "GL001").put(f"/settings/{name}", {"value": value, "reason": "试一试看"})
    assert answer.status_code == 422, answer.json
    assert "value" in answer.json["fields"]


def test_who_may_see_and_set(app, district) -> None:
    body = {"value": 7, "reason": "试一试看"}
    assert Browser(app, district, "GL001").put("/settings/unknown", body).status_code == 404
    assert Browser(app, district, "SJ001").put("/settings/report_days", body).status_code == 403
    assert Browser(app, district, "SJ001").get("/settings").status_code == 200
    assert Browser(app, district, "FG001").get("/settings").status_code == 403
