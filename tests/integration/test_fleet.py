"""Messages and phones: one's own messages, phones within reach, a lost one locked out."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from grid.core import clock
from grid.core.ids import new_id
from grid.flows import messages
from grid.flows.unit import transaction
from grid.models import Device, db
from tests.support.handset import Handset
from tests.support.signed_in import Browser


def test_messages_are_ones_own(app, district) -> None:
    with app.app_context(), transaction():
        for n in range(3):
            messages.send(district.officer.id, "note", f"第{n}条", clock.now() + timedelta(seconds=n))
        messages.send(district.person("FG002").id, "note", "别人的", clock.now())
    officer, other = Browser(app, district, "FG001"), Browser(app, district, "FG002")
    body = officer.get("/messages", size=2).json
    assert [item["title"] for item in body["items"]] == ["第2条", "第1条"]
    assert (body["total"], body["unread"]) == (3, 3)
    ids = [item["id"] for item in body["items"]]
    assert other.post("/messages/read", {"ids": ids}).status_code == 204
    assert officer.get("/messages", unread="true", size=1).json["total"] == 3
    assert officer.post("/messages/read", {"ids": [ids[0], new_id()]}).status_code == 204
    assert officer.get("/messages", unread="true").json["total"] == 2
    assert officer.post("/messages/read", {"ids": []}).status_code == 422


@pytest.fixture
def phones(app, district) -> dict[str, Handset]:
    """Give three phones: two of the first street, one of another; one reports unsent work, one is silent."""
    found = {no: Handset(app, district, no) for no in ("WG010101", "WG010102", "WG020101")}
    facts = {
        "unsent": 3,
        "oldest_unsent_at": clock.iso(clock.now() - timedelta(hours=5)),
        "free_mb": 120,
        "persisted": True,
        "app_version": "1.2.0",
        "device_time": clock.iso(clock.now() + timedelta(minutes=9)),
    }
    assert found["WG010101"].post([], facts=facts).status_code == 200
    with app.app_context(), transaction():
        db.session.execute(
            update(Device)
            .where(Device.id == found["WG020101"].device_id)
            .values(last_contact_at=clock.now() - timedelta(hours=25))
        )
    return found


@pytest.mark.parametrize(
    ("staff_no", "seen"),
    [
        ("ZH001", {"WG010101", "WG010102", "WG020101"}),
        ("XT001", {"WG010101", "WG010102", "WG020101"}),
        ("QZ001", {"WG010101", "WG010102", "WG020101"}),
        ("JD01", {"WG010101", "WG010102"}),
        ("WZ0101", {"WG010101", "WG010102"}),
        ("WZ0102", set()),
        ("WG010101", {"WG010101"}),
    ],
)
def test_phones_are_seen_within_reach(app, district, phones, staff_no, seen) -> None:
    items = Browser(app, district, staff_no).get("/devices").json["items"]
    assert {item["person"]["staff_no"] for item in items} == seen


def test_the_console_tells_what_needs_a_call(app, district, phones) -> None:
    centre = Browser(app, district, "ZH001")
    by_no = {item["person"]["staff_no"]: item for item in centre.get("/devices").json["items"]}
    told = by_no["WG010101"]
    assert (told["unsent"], told["free_mb"], told["persisted"], told["app_version"]) == (3, 120, True, "1.2.0")
    assert 530_000 < told["skew_ms"] < 550_000
    assert by_no["WG020101"]["state"] == "silent"
    silent = centre.get("/devices", state="silent").json
    assert ([item["person"]["staff_no"] for item in silent["items"]], silent["total"]) == (["WG020101"], 1)
    assert centre.get("/devices", state="stolen").status_code == 422
    assert Browser(app, district, "FG001").get("/devices").status_code == 403


def test_a_lost_phone_is_locked_out_at_once(app, district, phones) -> None:
    lost = phones["WG010101"]
    assert (
        Browser(app, district, "ZH001").post(f"/devices/{lost.device_id}/revoke", {"reason": "遗失"}).status_code == 403
    )
    assert (
        Browser(app, district, "JD02").post(f"/devices/{lost.device_id}/revoke", {"reason": "遗失"}).status_code == 404
    )
    street = Browser(app, district, "JD01")
    for _ in range(2):
        assert street.post(f"/devices/{lost.device_id}/revoke", {"reason": "遗失"}).status_code == 204
    assert lost.post([]).status_code == 401
    assert phones["WG010102"].post([]).status_code == 200
    again = app.test_client().post(
        "/api/session",
        json={"identifier": "WG010101", "password": district.password, "device_id": lost.device_id},
    )
    assert again.status_code == 404
