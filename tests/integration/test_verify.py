"""Public verification tells what is needed and nothing more."""

import json

import pytest
from sqlalchemy import select

from grid.core import clock
from grid.core.words.tokens import TokenKind, Verdict
from grid.models import Receipt, Slip, db
from grid.tools import base32
from grid.tools.jwks import from_jwk
from grid.tools.statuslist import read_status
from grid.tools.tokens import check_token
from tests.support.desk import Desk
from tests.support.handset import Handset
from tests.support.review_story import Story
from tests.support.tasks import make_task, visit


@pytest.fixture
def receipt(app, district) -> Receipt:
    phone = Handset(app, district)
    card = phone.take(make_task(app, district))
    entry = phone.push("visit.record", {"visit": visit(card)})
    assert entry["status"] == "done", entry
    with app.app_context():
        return db.session.scalars(select(Receipt)).one()


def test_the_page_can_check_a_receipt_with_the_published_keys(client, receipt) -> None:
    keys = [from_jwk(jwk) for jwk in client.get("/api/verify/keys").json["keys"]]
    checked = check_token(receipt.token, keys, TokenKind.RECEIPT, clock.now())
    assert checked.verdict is Verdict.OK
    assert checked.facts.name == "欧阳*"
    forged = receipt.token[:-4] + "AAAA"
    assert check_token(forged, keys, TokenKind.RECEIPT, clock.now()).verdict is not Verdict.OK
    assert check_token(receipt.token, keys, TokenKind.SLIP, clock.now()).verdict is not Verdict.OK


def test_the_court_says_what_stands_and_no_more(app, client, receipt) -> None:
    answer = client.get(f"/api/verify/{receipt.cti}").json
    assert answer["state"] == "valid"
    assert answer["confirmed"] is False
    assert answer["documents"] == ["执行通知书", "报告财产令"]
    assert answer["case_no_masked"].endswith("*号")
    text = json.dumps(answer, ensure_ascii=False)
    for secret in ("欧阳", "建国", "赵秀兰", "13900001111", "柳园"):
        assert secret not in text
    typed = receipt.short_code[:5].lower() + "-" + receipt.short_code[5:].replace("0", "O")
    by_code = client.get(f"/api/verify/code/{typed}").json
    assert by_code["token"] == receipt.token


def test_a_slip_ends_when_the_task_goes(app, client, district, receipt) -> None:
    with app.app_context():
        cti = db.session.scalars(select(Slip.cti)).one()
    assert client.get(f"/api/verify/{cti}").json["state"] == "valid"


@pytest.mark.parametrize("cti", ["AAAAAAAAAAAAAAAA", "x" * 500, "..%2F..", "%00"])
def test_unknown_tokens_are_told_as_unknown(client, district, cti) -> None:
    answer = client.get(f"/api/verify/{cti}")
    assert answer.status_code in (200, 404)
    if answer.status_code == 200:
        assert answer.json["state"] == "unknown"


def test_a_mistyped_code_is_told_so(client, receipt) -> None:
    wrong = ("1" if receipt.short_code[0] != "1" else "2") + receipt.short_code[1:]
    answer = client.get(f"/api/verify/code/{wrong}")
    assert answer.status_code in (404, 422)
    assert answer.mimetype == "application/problem+json"


def test_the_status_list_is_signed_and_names_what_was_corrected(app, client, receipt) -> None:
    with app.app_context():
        row = db.session.get_one(Receipt, receipt.cti)
        row.state = "annulled"
        row.annulled_at, row.annulled_by = clock.now(), "somebody"
        db.session.commit()
    keys = [from_jwk(jwk) for jwk in client.get("/api/verify/keys").json["keys"]]
    found = read_status(client.get("/api/verify/snapshot").json, keys)
    assert [entry.state for entry in found.entries.values()] == ["annulled"]
    assert client.get(f"/api/verify/{receipt.cti}").json["state"] == "annulled"


def counted(app, client) -> tuple[int, dict[str, str]]:
    """Return the list's counter, and what it says of each receipt by its whole cti."""
    keys = [from_jwk(jwk) for jwk in client.get("/api/verify/keys").json["keys"]]
    found = read_status(client.get("/api/verify/snapshot").json, keys)
    with app.app_context():
        ctis = list(db.session.scalars(select(Receipt.cti)))
    return found.counter, {cti: entry.state for cti in ctis if (entry := found.entry_of(base32.decode(cti)))}


def change(app, district, cti: str, kind: str) -> str:
    """Let one person ask and another agree; returns the receipt that stands for it now."""
    asked = Desk(app, district, "FG001").post(f"/api/receipts/{cti}/{kind}", {"reason": "签收日期写错"})
    wish = asked.json["corrections"][-1]["id"]
    done = Desk(app, district, "GL001").post(f"/api/receipts/{cti}/corrections/{wish}/approve", {})
    assert done.status_code == 200, done.json
    return str(done.json["corrected_by"] or cti)


def test_the_counter_rises_with_every_change_of_state(app, client, district, receipt) -> None:
    assert counted(app, client) == (0, {})
    second = change(app, district, receipt.cti, "correct")
    assert counted(app, client) == (1, {receipt.cti: "corrected"})
    change(app, district, second, "annul")
    assert counted(app, client) == (2, {receipt.cti: "corrected", second: "annulled"})
    with app.app_context():
        # What no screen offers, a repair by hand may still do.
        row = db.session.get_one(Receipt, receipt.cti)
        row.state, row.annulled_at, row.annulled_by = "annulled", clock.now(), "somebody"
        db.session.commit()
    assert counted(app, client) == (3, {receipt.cti: "annulled", second: "annulled"})


def test_mending_a_report_does_not_bring_an_annulled_receipt_back(app, client, district) -> None:
    story = Story(app, district)
    story.photos_arrive()
    first = story.entry["result"]["receipt"]["cti"]
    change(app, district, first, "annul")
    assert counted(app, client) == (1, {first: "annulled"})
    sent = story.act(
        "send_back", reason_code="date_wrong", text="请按回证填写", visit_id=story.report["id"], comments={}
    )
    assert sent.status_code == 200, sent.json
    mended = {"visit_id": story.report["id"], "base_revision": 1, "visit": story.report | {"narrative": "改好了，再报"}}
    entry = story.phone.push("visit.mend", mended)
    assert entry["status"] == "done", entry
    assert counted(app, client) == (1, {first: "annulled"})
    public = client.get(f"/api/verify/{first}").json
    assert (public["state"], public["corrected_by"]) == ("annulled", None)
    with app.app_context():
        latest = db.session.scalars(select(Receipt).where(Receipt.seq == 1)).one()
    page = Desk(app, district, "FG001").get(f"/api/receipts/{latest.cti}")
    assert (page["state"], page["previous_cti"]) == ("valid", first)
