"""Case files: numbers checked, personal data sealed and masked, one field shown with a reason, each in its reach."""

import pytest
from sqlalchemy import select

from grid.core.ids import new_id
from grid.models import Case, LedgerLeaf, Party, db
from tests.support.paperwork import ID_NO, address_body, case_body, party_body
from tests.support.signed_in import Browser


@pytest.fixture
def officer(app, district) -> Browser:
    return Browser(app, district, "FG001")


def test_a_case_is_founded_once_and_its_numbers_are_sealed(app, officer) -> None:
    body = case_body(case_no="(2026)皖０５０３执 77 号")
    first = officer.post("/cases", body)
    assert first.status_code == 201, first.json
    assert first.json["case_no"] == "（2026）皖0503执77号"
    assert officer.post("/cases", body).json["id"] == body["id"]
    party = first.json["parties"][0]
    assert (party["id_no_masked"], party["phone_masked"]) == ("110105********002X", "139****1234")
    assert party["name"] == "欧阳测试"
    assert party["addresses"][0]["text"].endswith("201室")
    with app.app_context():
        row = db.session.get_one(Party, party["id"])
        stored = " ".join(str(value) for value in vars(row).values())
        assert ID_NO not in stored
        assert "13955501234" not in stored
        assert "测试" not in stored
        assert db.session.scalar(select(Case.serial).where(Case.id == body["id"])) == 77


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"case_no": "（2026）皖0503民初1号"}, "case_no"),
        ({"parties": [party_body(id_no="110105194912310021")]}, "parties.0.id_no"),
        ({"parties": [party_body(kind="legal", id_no="91440300738816612X")]}, "parties.0.id_no"),
        ({"parties": [party_body(phone="12345")]}, "parties.0.phone"),
        ({"parties": [party_body(name="张")]}, "parties.0.name"),
        ({"parties": [party_body(addresses=[address_body(source="rumour")])]}, "parties.0.addresses.0.source"),
        ({"parties": [party_body(addresses=[address_body(lng=118.4)])]}, "parties.0.addresses.0.lng"),
        ({"parties": [party_body(addresses=[address_body(confirmed_on="2099-01-01")])]},
         "parties.0.addresses.0.confirmed_on"),
        ({"claim_amount_fen": 1.5}, "claim_amount_fen"),
        ({"claim_amount_fen": 10**30}, "claim_amount_fen"),
        ({"surprise": 1}, "surprise"),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named(officer, change, path) -> None:
    answer = officer.post("/cases", case_body(**change))
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
    assert path in answer.json["fields"], answer.json
    assert ID_NO not in answer.text


def test_the_same_number_is_not_founded_twice(app, district, officer) -> None:
    body = case_body()
    assert officer.post("/cases", body).status_code == 201
    again = Browser(app, district, "FG002").post("/cases", body | {"id": new_id(), "parties": []})
    assert (again.status_code, again.json["code"]) == (409, "case_exists")


def test_lists_are_masked_and_search_finds_by_number_and_by_whole_name(officer) -> None:
    body = case_body()
    officer.post("/cases", body)
    officer.post("/cases", case_body(parties=[party_body(name="李四四")]))
    serial = body["case_no"].removesuffix("号").split("执")[1]
    for query in (
        {"q": "欧阳 测试"}, {"q": serial}, {"q": body["case_no"]}, {"case_no": body["case_no"].replace("（", "(")},
    ):  # fmt: skip
        found = officer.get("/cases", **query).json
        assert [row["id"] for row in found["items"]] == [body["id"]], query
        assert found["total"] == 1
    row = officer.get("/cases", q=serial).json["items"][0]
    assert row["parties_text"] == "被执行人 欧阳*；申请执行人 马鞍山市测试商贸有限公司"
    assert (row["open_tasks"], row["tasks_total"]) == (0, 0)
    assert officer.get("/cases", q="欧阳").json["total"] == 0


def test_reveal_shows_one_field_and_the_ledger_keeps_the_reason_not_the_value(app, officer) -> None:
    body = case_body()
    officer.post("/cases", body)
    party_id = body["parties"][0]["id"]
    short = officer.post(f"/parties/{party_id}/reveal", {"field": "id_no", "reason": "看"})
    assert "reason" in short.json["fields"]
    shown = officer.post(f"/parties/{party_id}/reveal", {"field": "id_no", "reason": "核对身份证号"})
    assert shown.json == {"value": ID_NO}
    assert officer.post(f"/parties/{party_id}/reveal", {"field": "phone", "reason": "电话联系当事人"}).json == {
        "value": "13955501234"
    }
    with app.app_context():
        leaves = db.session.scalars(select(LedgerLeaf).where(LedgerLeaf.action == "personal.revealed")).all()
        assert len(leaves) == 2
        assert leaves[0].object_id == party_id
        assert "核对身份证号" in leaves[0].body
        assert all(ID_NO not in leaf.body and "13955501234" not in leaf.body for leaf in leaves)


def test_another_officers_file_does_not_exist_for_me(app, district, officer) -> None:
    body = case_body()
    officer.post("/cases", body)
    other = Browser(app, district, "FG002")
    party = body["parties"][0]["id"]
    assert other.get("/cases").json["total"] == 0
    for answer in (
        other.get(f"/cases/{body['id']}"),
        other.patch(f"/cases/{body['id']}", {"cause": "别的"}),
        other.post(f"/cases/{body['id']}/parties", party_body()),
        other.post(f"/parties/{party}/addresses", address_body()),
        other.post(f"/parties/{party}/reveal", {"field": "name", "reason": "想看一看"}),
        other.get("/cases/nothing"),
    ):
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    worker = Browser(app, district, "WG010101").get(f"/cases/{body['id']}")
    assert (worker.status_code, worker.json["code"]) == (403, "not_allowed")


def test_the_command_centre_sees_masks_until_it_gives_a_reason(app, district, officer) -> None:
    body = case_body()
    officer.post("/cases", body)
    centre = Browser(app, district, "ZH001")
    party = centre.get(f"/cases/{body['id']}").json["parties"][0]
    assert party["name"] == "欧阳*"
    assert party["addresses"][0]["text"] == "濮塘社区***"
    assert party["addresses"][0]["lng"] is None
    shown = centre.post(f"/parties/{party['id']}/reveal", {"field": "address", "reason": "核对辖区"})
    assert shown.json["value"].endswith("201室")


def test_a_minor_is_recognised_by_the_identity_number(officer) -> None:
    young = party_body(id_no="340503201505050018")
    answer = officer.post("/cases", case_body(parties=[young]))
    assert answer.status_code == 201, answer.json
    assert answer.json["parties"][0]["minor"] is True


def test_a_change_on_an_old_screen_is_refused_and_the_number_stays(officer) -> None:
    body = case_body()
    officer.post("/cases", body)
    path = f"/cases/{body['id']}"
    changed = officer.patch(path, {"cause": "买卖合同纠纷", "claim_amount_fen": None, "version": 1})
    assert (changed.json["cause"], changed.json["claim_amount_fen"], changed.json["version"]) == (
        "买卖合同纠纷",
        None,
        2,
    )
    assert changed.json["title_instrument"] == "（2025）皖0503民初77号"
    stale = officer.patch(path, {"cause": "其他", "version": 1})
    assert (stale.status_code, stale.json["code"], stale.json["version"]) == (409, "case_changed", 2)
    assert "case_no" in officer.patch(path, {"case_no": "（2026）皖0503执1号"}).json["fields"]


def test_parties_and_addresses_are_added_once(officer) -> None:
    body = case_body()
    officer.post("/cases", body)
    extra, place = party_body(role="third_party", name="周四四", addresses=[]), address_body(source="grid")
    for _ in range(2):
        assert officer.post(f"/cases/{body['id']}/parties", extra).status_code == 201
        assert officer.post(f"/parties/{extra['id']}/addresses", place).status_code == 201
    file = officer.get(f"/cases/{body['id']}").json
    assert [len(party["addresses"]) for party in file["parties"]] == [1, 0, 1]


@pytest.mark.parametrize("raw", [b'{"id": "\\u0000"}', b"[" * 10_000 + b"]" * 10_000, b"[1]", b"{", b"\xff"])
def test_a_body_that_is_no_form_is_refused(officer, raw) -> None:
    answer = officer.client.post("/api/cases", data=raw, headers=officer.headers, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
