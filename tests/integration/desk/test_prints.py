"""One PDF for a selection: label and 送达回证 with a packet QR the phone knows."""

import re

import pypdfium2
import zxingcpp
from sqlalchemy import select, update

from api import work
from grid.core.ids import new_id
from grid.flows.unit import transaction
from grid.models import LedgerLeaf, Packet, Task, db
from grid.rules.qrtext import parse_qr_text
from tests.integration.desk.test_moves import send
from tests.support.signed_in import Browser

INSIDE = {"lng": 118.4755, "lat": 31.676}


def pages_of(app, officer: Browser, task_ids: list[str]) -> pypdfium2.PdfDocument:
    asked = officer.post("/prints", {"task_ids": task_ids})
    assert (asked.status_code, asked.json["state"], asked.json["total"]) == (202, "waiting", len(task_ids))
    with app.app_context():
        assert work.work_off(app.extensions["grid_kit"]) == 1
    job = officer.get(f"/jobs/{asked.json['id']}").json
    assert job["state"] == "done", job
    with officer.get(job["file_url"].removeprefix("/api")) as answer:
        assert answer.mimetype == "application/pdf"
        return pypdfium2.PdfDocument(answer.data)


def qr_of(page: pypdfium2.PdfPage) -> str:
    image = page.render(scale=3).to_pil()
    return zxingcpp.read_barcodes(image)[0].text


def test_a_selection_becomes_one_pdf_whose_codes_the_phone_knows(app, district) -> None:
    officer = Browser(app, district, "FG001")
    rows = [send(officer, **INSIDE), send(officer)]
    document = pages_of(app, officer, [row["id"] for row in rows])
    assert len(document) == 4
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    assert rows[0]["no"] in texts[0]
    assert "欧阳*" in texts[0]
    assert "欧阳测试" not in texts[0]
    assert "送达回证" in texts[1]
    assert "欧阳测试" in texts[1]
    assert "201室" in texts[1]
    assert "执行通知书" in texts[1]
    with app.app_context():
        for row, page in zip(rows, (document[0], document[2]), strict=True):
            code = parse_qr_text(qr_of(page), "http://localhost:8000")
            assert code.packet
            assert code.token == db.session.scalars(select(Packet.token).where(Packet.task_id == row["id"])).one()
        printed = db.session.scalars(select(LedgerLeaf.task_id).where(LedgerLeaf.action == "task.printed")).all()
    assert sorted(printed) == sorted(row["id"] for row in rows)
    assert qr_of(document[1]) == qr_of(document[0])


def test_a_task_without_a_packet_gets_one_and_the_phone_hears_of_it(app, district) -> None:
    officer = Browser(app, district, "FG001")
    row = send(officer, **INSIDE)
    worker = Browser(app, district, "WG010101")
    cursor = worker.get("/changes", cursor=0).json["cursor"]
    with app.app_context(), transaction():
        db.session.execute(db.delete(Packet))
    document = pages_of(app, officer, [row["id"]])
    assert re.match(r"HTTP://LOCALHOST:8000/P#", qr_of(document[0]))
    card = worker.get("/changes", cursor=cursor).json["tasks"][0]
    with app.app_context():
        assert card["packet"]["cti"] == db.session.scalars(select(Packet.cti)).one()


def test_what_cannot_go_out_is_not_printed(app, district) -> None:
    officer = Browser(app, district, "FG001")
    row = send(officer, **INSIDE)
    assert officer.post("/prints", {"task_ids": []}).status_code == 422
    assert officer.post("/prints", {"task_ids": [new_id()] * 201}).status_code == 422
    assert officer.post("/prints", {"task_ids": [row["id"], new_id()]}).status_code == 404
    assert Browser(app, district, "FG002").post("/prints", {"task_ids": [row["id"]]}).status_code == 404
    assert Browser(app, district, "JD01").post("/prints", {"task_ids": [row["id"]]}).status_code == 403
    assert officer.post(f"/tasks/{row['id']}/recall", {"version": row["version"], "reason": "mistake"}).json
    refused = officer.post("/prints", {"task_ids": [row["id"]]})
    assert row["no"] in refused.json["fields"]["task_ids"][0]


def test_a_task_recalled_between_asking_and_printing_is_left_out(app, district) -> None:
    officer = Browser(app, district, "FG001")
    rows = [send(officer, **INSIDE), send(officer, **INSIDE)]
    asked = officer.post("/prints", {"task_ids": [row["id"] for row in rows]}).json
    recalled = {"version": rows[0]["version"], "reason": "mistake"}
    assert officer.post(f"/tasks/{rows[0]['id']}/recall", recalled).status_code == 200
    with app.app_context():
        work.work_off(app.extensions["grid_kit"])
        with transaction():
            db.session.execute(update(Task).values(rounds=0))
    job = officer.get(f"/jobs/{asked['id']}").json
    assert job["state"] == "done", job
    with officer.get(job["file_url"].removeprefix("/api")) as answer:
        assert len(pypdfium2.PdfDocument(answer.data)) == 2
