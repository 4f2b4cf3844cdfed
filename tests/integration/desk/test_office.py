"""Reference data, units and accounts: what each role may see and change, and what ends when an account does."""

import pytest
from sqlalchemy import select, update

from grid.core import clock
from grid.core.ids import new_id
from grid.flows.unit import transaction
from grid.models import CourtSetting, LedgerLeaf, Person, Unit, db
from tests.support.signed_in import Browser


def person_body(unit_id: str, **facts) -> dict:
    number = new_id()[-6:]
    return {
        "id": new_id(), "staff_no": f"T{number}", "name": "孙测试", "phone": f"138{int(number, 16) % 10**8:08d}",
        "role": "grid_worker", "unit_id": unit_id,
    } | facts  # fmt: skip


def test_the_reference_is_sent_once_and_then_not_again(app, district) -> None:
    worker = Browser(app, district, "WG010101")
    first = worker.get("/reference")
    body = first.json
    assert body["court"]["short_code"] == "皖0503"
    assert body["host"] == "HTTP://LOCALHOST:8000"
    assert {key["purpose"] for key in body["keys"]["keys"]} >= {"packet", "slip", "receipt"}
    papers = {paper["code"]: paper for paper in body["delivery"]["documents"]}
    assert "entrusted_handover" in papers["exec_notice"]["modes"]
    assert papers["coercive_freeze"]["modes"] == []
    assert {"code": "not_my_grid", "label": "地址不在我的网格"} in body["return_reasons"]
    headers = {"If-None-Match": first.headers["ETag"]}
    again = worker.client.get("/api/reference", headers=headers)
    assert (again.status_code, again.data) == (304, b"")
    with app.app_context(), transaction():
        db.session.execute(update(CourtSetting).values(value={"value": {}}))
    changed = worker.client.get("/api/reference", headers=headers)
    assert changed.status_code == 200
    assert changed.json["delivery"]["documents"][0]["modes"] == []
    assert app.test_client().get("/api/reference").status_code == 401


def test_each_role_sees_its_own_units(app, district) -> None:
    def kinds(staff_no: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for unit in Browser(app, district, staff_no).get("/units").json["items"]:
            found[unit["kind"]] = found.get(unit["kind"], 0) + 1
        return found

    whole = {"court": 1, "department": 2, "district": 1, "street": 9, "community": 27, "cell": 54}
    assert kinds("FG001") == whole
    assert kinds("QZ001") == {"district": 1, "street": 9, "community": 27, "cell": 54}
    assert kinds("JD01") == {"street": 1, "community": 3, "cell": 6}
    assert kinds("WG010101") == {"cell": 1}
    rows = Browser(app, district, "XT001").get("/units", kind="cell").json["items"]
    assert len(rows) == 54
    assert rows[0]["has_area"] is True


def test_units_are_founded_changed_and_closed_by_the_system_administrator(app, district) -> None:
    admin = Browser(app, district, "XT001")
    streets = {unit["name"]: unit for unit in admin.get("/units", kind="street").json["items"]}
    body = {"id": new_id(), "parent_id": streets["濮塘镇"]["id"], "kind": "community", "name": "新设社区", "code": "N1"}
    assert Browser(app, district, "GL001").post("/units", body).status_code == 403
    assert admin.post("/units", body).status_code == 201
    assert admin.post("/units", body).status_code == 201
    double = admin.post("/units", body | {"id": new_id()})
    assert (double.status_code, double.json["fields"]) == (409, {"code": ["单位编码已被使用"]})
    wrong = admin.post("/units", body | {"id": new_id(), "code": "N2", "kind": "cell"})
    assert "parent_id" in wrong.json["fields"]
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    cell = {"id": new_id(), "parent_id": body["id"], "kind": "cell", "name": "新设第1网格", "code": None}
    assert "polygon" in admin.post("/units", cell | {"polygon": bow}).json["fields"]
    assert admin.post("/units", cell).json["code"]
    renamed = admin.patch(f"/units/{body['id']}", {"name": "新风采社区", "code": None})
    assert (renamed.json["name"], renamed.json["code"]) == ("新风采社区", "N1")
    assert admin.patch(f"/units/{body['id']}", {"closed": True}).json["fields"]["closed"] == ["请先撤销下级单位"]
    assert admin.patch(f"/units/{cell['id']}", {"closed": True}).json["closed_at"]
    assert admin.patch(f"/units/{new_id()}", {"name": "无此单位"}).status_code == 404


def test_people_are_listed_within_reach_and_phones_stay_masked(app, district) -> None:
    street = Browser(app, district, "JD01")
    page = street.get("/people", size=200).json
    assert page["total"] == 1 + 3 + 6
    assert all("*" in row["phone_masked"] for row in page["items"])
    assert Browser(app, district, "WG010101").get("/people").json["total"] == 1
    officer = Browser(app, district, "FG001")
    assert officer.get("/people").json["total"] == 98
    cell = district.worker.unit_id
    assert [row["staff_no"] for row in officer.get("/people", unit=cell, role="grid_worker").json["items"]] == [
        "WG010101"
    ]
    assert officer.get("/people", q="wg0101").json["total"] == 2
    assert officer.get("/people", q=district.phone_of(district.worker)).json["items"][0]["staff_no"] == "WG010101"
    assert officer.get("/people", q="%").json["total"] == 0
    assert officer.get("/people", sort="-staff_no", size=1).json["items"][0]["staff_no"] == "ZH001"


def test_a_street_opens_accounts_in_its_own_grid_only(app, district) -> None:
    street = Browser(app, district, "JD01")
    body = person_body(district.worker.unit_id)
    made = street.post("/people", body)
    assert made.status_code == 201, made.json
    password = made.json["initial_password"]
    fresh = app.test_client()
    signed = fresh.post("/api/session", json={"identifier": body["phone"], "password": password}).json
    assert signed["must_change_password"] is True
    assert fresh.get("/api/changes?cursor=0").json["code"] == "password_change_required"
    foreign = district.person("WG020101").unit_id
    for change, path in (
        ({"unit_id": foreign}, "unit_id"), ({"role": "case_officer"}, "role"), ({"role": "street_centre"}, "role"),
        ({"phone": "123"}, "phone"), ({"unit_id": new_id()}, "unit_id"), ({"role": "grid_leader"}, "unit_id"),
    ):  # fmt: skip
        refused = street.post("/people", person_body(district.worker.unit_id) | change)
        assert path in refused.json["fields"], (change, refused.json)
    same = street.post("/people", person_body(district.worker.unit_id, phone=body["phone"]))
    assert (same.status_code, same.json["fields"]) == (409, {"phone": ["手机号已被使用"]})
    with app.app_context():
        row = db.session.get_one(Person, body["id"])
        assert body["phone"] not in str(vars(row))
        assert password not in str(vars(row))


def test_a_change_stays_within_what_one_may_appoint(app, district) -> None:
    street, worker = Browser(app, district, "JD01"), district.worker
    path = f"/people/{worker.id}"
    assert street.patch(path, {"name": "钱新名", "is_committee_staff": True}).json["name"] == "钱新名"
    moved = street.patch(path, {"unit_id": district.person("WG010102").unit_id})
    assert moved.json["unit"]["name"] == "濮塘社区第2网格"
    assert "unit_id" in street.patch(path, {"unit_id": district.person("WG020101").unit_id}).json["fields"]
    assert "role" in street.patch(path, {"role": "auditor"}).json["fields"]
    assert street.patch(f"/people/{district.person('WG020101').id}", {"name": "不该改"}).status_code == 404
    assert "role" in street.patch(f"/people/{street.person.id}", {"name": "改自己"}).json["fields"]
    admin = Browser(app, district, "XT001")
    assert "role" in admin.patch(f"/people/{admin.person.id}", {"role": "court_admin"}).json["fields"]


def test_a_reset_ends_sessions_and_forces_a_new_password(app, district) -> None:
    street, worker = Browser(app, district, "JD01"), Browser(app, district, "WG010101")
    path = f"/people/{worker.person.id}/reset_password"
    assert Browser(app, district, "JD02").post(path).status_code == 404
    admin = Browser(app, district, "XT001")
    assert "_" in admin.post(f"/people/{admin.person.id}/reset_password").json["fields"]
    password = street.post(path).json["initial_password"]
    assert worker.get("/session").status_code == 401
    fresh = app.test_client().post("/api/session", json={"identifier": "WG010101", "password": password})
    assert fresh.json["must_change_password"] is True
    old = app.test_client().post("/api/session", json={"identifier": "WG010101", "password": district.password})
    assert old.status_code == 401


def test_a_closed_account_is_out_at_once_and_keeps_its_history(app, district) -> None:
    street, worker = Browser(app, district, "JD01"), Browser(app, district, "WG010101")
    path = f"/people/{worker.person.id}/deactivate"
    assert "reason" in street.post(path, {}).json["fields"]
    assert street.post(path, {"reason": "离岗"}).json["active"] is False
    assert worker.get("/session").status_code == 401
    again = app.test_client().post("/api/session", json={"identifier": "WG010101", "password": district.password})
    assert again.status_code == 401
    assert street.get("/people", active="false").json["total"] == 1
    assert street.get("/people", active="true").json["total"] == 9
    with app.app_context():
        leaf = db.session.scalars(select(LedgerLeaf).where(LedgerLeaf.action == "person.deactivated")).one()
        assert "离岗" in leaf.body
    admin = Browser(app, district, "XT001")
    assert "_" in admin.post(f"/people/{admin.person.id}/deactivate", {"reason": "试试"}).json["fields"]


@pytest.mark.parametrize("path", ["/people?role=king", "/people?page=0", "/people?size=1000", "/units?x=1"])
def test_a_query_that_makes_no_sense_is_refused(app, district, path) -> None:
    answer = Browser(app, district, "XT001").client.get(f"/api{path}")
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")


def test_a_new_worker_number_is_never_given_twice(app, district) -> None:
    street = Browser(app, district, "JD01")
    numbers = [street.post("/people", person_body(district.worker.unit_id)).json["worker_no"] for _ in range(3)]
    assert len(set(numbers)) == 3
    with app.app_context():
        assert db.session.scalar(select(Unit.id).where(Unit.id == district.worker.unit_id))
        assert max(db.session.scalars(select(Person.worker_no))) == numbers[-1]
        assert clock.now() > db.session.scalars(select(Person.created_at).order_by(Person.created_at)).first()
