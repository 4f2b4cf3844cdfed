"""Receipts for the court: manifest and proof, corrections by two people, the paper that can be scanned again."""

import pypdfium2
import pytest
import zxingcpp

from grid.core import clock
from grid.core.words.tokens import TokenKind, Verdict
from grid.flows.unit import transaction
from grid.models import Party, Receipt, Task, Unit, db
from grid.rules.manifest import manifest_root
from grid.rules.merkle import verify_inclusion
from grid.rules.qrtext import parse_qr_text
from grid.tools.tokens import check_token
from tests.support.desk import Desk
from tests.support.handset import Handset
from tests.support.tasks import make_task, visit


@pytest.fixture
def receipt(app, district) -> Receipt:
    phone = Handset(app, district)
    card = phone.take(make_task(app, district))
    entry = phone.push("visit.record", {"visit": visit(card)})
    assert entry["status"] == "done", entry
    with app.app_context():
        return db.session.scalars(db.select(Receipt)).one()


def test_a_firm_in_an_oddly_coded_cell_and_a_phone_of_another_age_get_theirs(app, district) -> None:
    task_id = make_task(app, district)
    with app.app_context(), transaction():
        task = db.session.get_one(Task, task_id)
        db.session.get_one(Party, task.addressee_id).name_masked = "马鞍山某某2021号商贸有限责任公司"
        db.session.get_one(Unit, task.cell_id).code = "霍里 第七网格（东）"
    phone = Handset(app, district)
    card = phone.take(task_id)
    keys = district.kit.keys.public_keys()
    assert check_token(card["slip"], keys, TokenKind.SLIP, clock.now()).demand().name == "马鞍*公司"
    entry = phone.push("visit.record", {"visit": visit(card, made_at="1969-07-20T20:17:40.000Z")})
    assert entry["status"] == "done", entry
    with app.app_context():
        token = db.session.scalars(db.select(Receipt.token)).one()
    facts = check_token(token, keys, TokenKind.RECEIPT, clock.now()).demand()
    assert (facts.name, facts.grid[:2], int(facts.served_at.timestamp())) == ("马鞍*公司", "h-", 0)


def test_the_officers_page_proves_the_receipt(app, district, receipt) -> None:
    page = Desk(app, district, "FG001").get(f"/api/receipts/{receipt.cti}")
    assert page["manifest"]["root"] == manifest_root(receipt.manifest).hex() == receipt.root
    leaf, path = bytes.fromhex(page["proof"]["leaf_hash"]), [bytes.fromhex(h) for h in page["proof"]["hashes"]]
    position = page["position"]
    assert verify_inclusion(leaf, position["index"], position["size"], path, bytes.fromhex(position["root"]))


@pytest.mark.parametrize(("who", "status"), [("FG002", 404), ("WG010201", 404), ("XT001", 403), ("KH001", 403)])
def test_others_do_not_learn_of_it(app, district, receipt, who, status) -> None:
    desk = Desk(app, district, who)
    assert desk.client.get(f"/api/receipts/{receipt.cti}").status_code == status
    assert desk.client.get(f"/api/tasks/{receipt.task_id}/service-receipt.pdf").status_code == status


def test_a_correction_needs_two_people_and_leaves_the_old_one(app, district, receipt) -> None:
    officer, admin = Desk(app, district, "FG001"), Desk(app, district, "GL001")
    asked = officer.post(f"/api/receipts/{receipt.cti}/correct", {"reason": "签收日期写错"})
    assert asked.status_code == 200
    wish = asked.json["corrections"][0]["id"]
    again = officer.post(f"/api/receipts/{receipt.cti}/annul", {"reason": "再来一次"})
    assert (again.status_code, again.json["code"]) == (409, "correction_waiting")
    url = f"/api/receipts/{receipt.cti}/corrections/{wish}/approve"
    assert officer.post(url, {}).status_code == 403
    done = admin.post(url, {})
    assert done.status_code == 200, done.json
    assert done.json["state"] == "corrected"
    successor = admin.get(f"/api/receipts/{done.json['corrected_by']}")
    assert (successor["seq"], successor["previous_cti"], successor["state"]) == (1, receipt.cti, "valid")
    public = admin.client.get(f"/api/verify/{receipt.cti}").json
    assert (public["state"], public["corrected_by"]) == ("corrected", successor["short_code"])
    with app.app_context():
        assert db.session.get_one(Receipt, receipt.cti).token == receipt.token


def test_who_asked_cannot_decide(app, district, receipt) -> None:
    with app.app_context():
        from grid.core.ids import new_id
        from grid.flows.unit import transaction
        from grid.models import ReceiptCorrection

        with transaction():
            wish = ReceiptCorrection(id=new_id(), cti=receipt.cti, kind="annul", reason="测试", asked_at=clock.now(),
                                     asked_by=district.person("GL001").id)  # fmt: skip
            db.session.add(wish)
            wish_id = wish.id
    answer = Desk(app, district, "GL001").post(f"/api/receipts/{receipt.cti}/corrections/{wish_id}/approve", {})
    assert (answer.status_code, answer.json["code"]) == (403, "second_person_needed")


def test_the_paper_carries_a_code_that_verifies(app, district, receipt) -> None:
    desk = Desk(app, district, "FG001")
    answer = desk.client.get(f"/api/tasks/{receipt.task_id}/service-receipt.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(answer.data)
    assert len(document) == 1
    found = zxingcpp.read_barcodes(document[0].render(scale=300 / 72).to_pil())
    token = parse_qr_text(found[0].text, district.kit.settings.public_origin).token
    document.close()
    assert token == receipt.token
    checked = check_token(token, district.kit.keys.public_keys(), TokenKind.RECEIPT, clock.now())
    assert checked.verdict is Verdict.OK


def test_the_page_offers_what_the_server_will_do(app, district, receipt) -> None:
    """Who may ask, who may decide: as the permission table has it, and only while there is something to decide."""
    url = f"/api/receipts/{receipt.cti}"

    def offers(staff_no: str) -> tuple[bool, list[bool]]:
        page = Desk(app, district, staff_no).get(url)
        return page["may_ask"], [one["may_decide"] for one in page["corrections"]]

    readers = ("FG001", "ZH001", "GL001", "SJ001", "JD01", "WZ0101", "WG010101")
    assert [offers(who)[0] for who in readers] == [True, True, False, False, False, False, False]
    asked = Desk(app, district, "ZH001").post(f"{url}/annul", {"reason": "签收日期写错"})
    assert asked.json["may_ask"] is False, "one wish at a time"
    assert [offers(who) for who in readers] == [(False, [who == "GL001"]) for who in readers], (
        "the administrator decides, nobody else"
    )
    wish = asked.json["corrections"][0]["id"]
    done = Desk(app, district, "GL001").post(f"{url}/corrections/{wish}/approve", {})
    assert (done.json["may_ask"], done.json["corrections"][0]["may_decide"]) == (False, False)


def test_a_wish_overtaken_by_a_mended_report_has_lapsed(app, district, receipt) -> None:
    asked = Desk(app, district, "FG001").post(f"/api/receipts/{receipt.cti}/annul", {"reason": "签收日期写错"})
    assert asked.json["corrections"][0]["state"] == "waiting"
    with app.app_context(), transaction():
        db.session.get_one(Receipt, receipt.cti).state = "corrected"
    page = Desk(app, district, "GL001").get(f"/api/receipts/{receipt.cti}")
    assert [(one["state"], one["may_decide"]) for one in page["corrections"]] == [("lapsed", False)]
