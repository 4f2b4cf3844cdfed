"""Routing by hand, transfer, recall, suspend, resume: who may, who is told, and that nothing done is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from grid.core import clock
from grid.core.ids import new_id
from grid.flows.unit import transaction
from grid.models import LedgerLeaf, Packet, Slip, Task, Unit, Visit, db
from tests.support.paperwork import address_body, case_body, party_body, task_body
from tests.support.signed_in import Browser
from tests.support.tasks import visit

INSIDE = {"lng": 118.4755, "lat": 31.676}


@pytest.fixture
def officer(app, district) -> Browser:
    return Browser(app, district, "FG001")


def send(officer: Browser, **address) -> dict:
    case = case_body(parties=[party_body(addresses=[address_body(**address)])])
    officer.post("/cases", case)
    answer = officer.post("/tasks", task_body(case))
    assert answer.status_code == 201, answer.json
    return answer.json


def cell_of(app, code: str) -> str:
    with app.app_context():
        return db.session.scalars(select(Unit.id).where(Unit.code == code)).one()


class Phone:
    """A worker's phone that pulls and pushes."""

    def __init__(self, app, district, staff_no: str) -> None:
        self.browser = Browser(app, district, staff_no)
        self.device, self.seq = new_id(), 0
        self.cursor = self.browser.get("/changes", cursor=0).json["cursor"]

    def push(self, name: str, args: dict) -> dict:
        self.seq += 1
        body = {
            "device_id": self.device, "protocol": 1,
            "mutations": [
                {"seq": self.seq, "id": new_id(), "name": name, "args": args, "made_at": clock.iso(clock.now())}
            ],
        }  # fmt: skip
        answer = self.browser.post("/sync", body)
        assert answer.status_code == 200, answer.json
        return answer.json["results"][0]

    def pull(self) -> dict:
        answer = self.browser.get("/changes", cursor=self.cursor)
        if answer.status_code == 204:
            return {"tasks": [], "gone": [], "messages": []}
        self.cursor = answer.json["cursor"]
        return answer.json

    def take(self, task_id: str) -> None:
        assert self.push("task.take", {"task_id": task_id, "recusal": "none"})["status"] == "done"


def test_a_street_routes_what_the_address_did_not(app, district, officer) -> None:
    row = send(officer)
    street = Browser(app, district, "JD01")
    queue = street.get("/tasks", unrouted="true").json["items"]
    assert [item["id"] for item in queue] == [row["id"]]
    assert queue[0]["address_text"].endswith("201室")
    assert street.get("/tasks").json["items"][0]["address_text"] == "濮塘社区***"
    assert Browser(app, district, "JD02").get("/tasks").json["total"] == 0
    phone = Phone(app, district, "WG010102")
    cell = cell_of(app, "340503010102")
    routed = street.post(f"/tasks/{row['id']}/route", {"version": row["version"], "cell_id": cell})
    assert (routed.json["state"], routed.json["cell"]["id"]) == ("routed", cell)
    assert [card["id"] for card in phone.pull()["tasks"]] == [row["id"]]
    stale = street.post(f"/tasks/{row['id']}/route", {"version": row["version"], "cell_id": cell})
    assert (stale.status_code, stale.json["code"]) == (409, "stale_version")


def test_routing_stays_within_the_units_of_whoever_routes(app, district, officer) -> None:
    row = send(officer)
    foreign = cell_of(app, "340503020101")
    body = {"version": row["version"], "cell_id": foreign}
    answer = Browser(app, district, "JD01").post(f"/tasks/{row['id']}/route", body)
    assert "cell_id" in answer.json["fields"]
    assert Browser(app, district, "JD02").post(f"/tasks/{row['id']}/route", body).status_code == 404
    assert officer.post(f"/tasks/{row['id']}/route", body).status_code == 403
    for nonsense in (new_id(), cell_of(app, "3405030101")):
        refused = Browser(app, district, "QZ001").post(f"/tasks/{row['id']}/route", body | {"cell_id": nonsense})
        assert "cell_id" in refused.json["fields"]
    assert Browser(app, district, "QZ001").post(f"/tasks/{row['id']}/route", body).json["state"] == "routed"


def test_a_transfer_tells_both_phones_and_keeps_the_late_report(app, district, officer) -> None:
    row = send(officer, **INSIDE)
    first, second = Phone(app, district, "WG010101"), Phone(app, district, "WG010201")
    first.take(row["id"])
    card = next(card for card in first.pull()["tasks"] if card["id"] == row["id"])
    late = visit(card, "absent")
    street = Browser(app, district, "JD01")
    version = officer.get(f"/tasks/{row['id']}").json["version"]
    cell = cell_of(app, "340503010201")
    body = {"version": version, "cell_id": cell, "reason": "workload"}
    moved = street.post(f"/tasks/{row['id']}/transfer", body)
    assert (moved.json["state"], moved.json["worker"]) == ("routed", None)
    gone = first.pull()
    assert gone["gone"] == [row["id"]]
    assert gone["messages"][-1]["title"] == "任务已转派给他人"
    assert "工作量调整" in gone["messages"][-1]["text"]
    assert [item["id"] for item in second.pull()["tasks"]] == [row["id"]]
    kept = first.push("visit.record", {"visit": late})
    assert (kept["status"], kept["result"]["supplementary"]) == ("done", True)
    with app.app_context():
        assert db.session.get_one(Visit, late["id"]).supplementary
        assert all(slip.revoked_at for slip in db.session.scalars(select(Slip).where(Slip.task_id == row["id"])))
        assert all(packet.revoked_at is None for packet in db.session.scalars(select(Packet)))
    timeline = officer.get(f"/tasks/{row['id']}").json["timeline"]
    entry = next(item for item in timeline if item["action"] == "task.transferred")
    assert (entry["reason"], entry["from"], entry["to"]) == ("工作量调整", "taken", "routed")
    assert entry["actor"] == street.person.name


def test_a_transfer_to_a_worker_is_for_that_worker_alone(app, district, officer) -> None:
    row = send(officer, **INSIDE)
    worker = district.person("WG010102")
    street = Browser(app, district, "JD01")
    body = {"version": row["version"], "worker_id": worker.id, "cell_id": worker.unit_id, "reason": "指定老同志办理"}
    moved = street.post(f"/tasks/{row['id']}/transfer", body).json
    assert (moved["state"], moved["worker"]["staff_no"]) == ("routed", "WG010102")
    assert Phone(app, district, "WG010101").browser.get("/changes", cursor=0).json["tasks"] == []
    Phone(app, district, "WG010102").take(row["id"])
    for wrong in (new_id(), district.officer.id, district.person("WG020101").id):
        answer = street.post(
            f"/tasks/{row['id']}/transfer",
            {"version": 5, "worker_id": wrong, "cell_id": worker.unit_id, "reason": "换人办理"},
        )
        assert "worker_id" in answer.json["fields"], answer.json
    nowhere = street.post(f"/tasks/{row['id']}/transfer", {"version": 5, "reason": "换人办理"})
    assert "cell_id" in nowhere.json["fields"]


def test_a_street_passes_up_what_is_not_its_own(app, district, officer) -> None:
    row = send(officer)
    street = Browser(app, district, "JD01")
    with app.app_context():
        up = db.session.scalars(select(Unit.id).where(Unit.kind == "district")).one()
        other = db.session.scalars(select(Unit.id).where(Unit.name == "霍里街道")).one()
    path = f"/tasks/{row['id']}/transfer"
    refused = street.post(path, {"version": row["version"], "unit_id": other, "reason": "other_street"})
    assert "unit_id" in refused.json["fields"]
    moved = street.post(path, {"version": row["version"], "unit_id": up, "reason": "other_street"})
    assert moved.json["state"] == "dispatched"
    assert street.get(f"/tasks/{row['id']}").status_code == 404
    above = Browser(app, district, "QZ001")
    down = above.post(path, {"version": moved.json["version"], "unit_id": other, "reason": "other_street"})
    assert down.json["street"]["name"] == "霍里街道"
    assert Browser(app, district, "JD02").get("/tasks", unrouted="true").json["total"] == 1


def test_a_recall_ends_packet_and_slip_and_keeps_the_late_report(app, district, officer) -> None:
    row = send(officer, **INSIDE)
    phone = Phone(app, district, "WG010101")
    phone.take(row["id"])
    late = visit(phone.pull()["tasks"][0], "absent")
    version = officer.get(f"/tasks/{row['id']}").json["version"]
    other = Browser(app, district, "FG002")
    body = {"version": version, "reason": "settled"}
    assert other.post(f"/tasks/{row['id']}/recall", body).status_code == 404
    assert Browser(app, district, "JD01").post(f"/tasks/{row['id']}/recall", body).status_code == 403
    assert "reason" in officer.post(f"/tasks/{row['id']}/recall", body | {"reason": ""}).json["fields"]
    assert officer.post(f"/tasks/{row['id']}/recall", body).json["state"] == "cancelled"
    pulled = phone.pull()
    assert pulled["gone"] == [row["id"]]
    assert "当事人已和解" in pulled["messages"][-1]["text"]
    assert phone.push("visit.record", {"visit": late})["result"]["supplementary"] is True
    with app.app_context():
        assert all(packet.revoked_at for packet in db.session.scalars(select(Packet)))
        assert all(slip.revoked_at for slip in db.session.scalars(select(Slip)))
        assert db.session.get_one(Visit, late["id"])
    closed = officer.post(f"/tasks/{row['id']}/suspend", {"version": version + 1, "reason": "settled"})
    assert (closed.status_code, closed.json["code"]) == (409, "wrong_state")


def test_a_pause_moves_the_deadlines_and_returns_to_where_it_was(app, district, officer) -> None:
    row = send(officer, **INSIDE)
    phone = Phone(app, district, "WG010101")
    phone.take(row["id"])
    path = f"/tasks/{row['id']}"
    before = officer.get(path).json
    stopped = officer.post(f"{path}/suspend", {"version": before["version"], "reason": "suspended"})
    assert (stopped.json["state"], stopped.json["verbs"]) == ("suspended", ["recall", "resume"])
    assert phone.pull()["messages"][-1]["title"] == "任务已中止，请先不要办理"
    with app.app_context(), transaction():
        db.session.execute(update(Task).values(suspended_at=clock.now() - timedelta(days=2)))
        leaves = db.session.scalars(select(LedgerLeaf.action).where(LedgerLeaf.task_id == row["id"])).all()
    assert "task.suspended" in leaves
    going = officer.post(f"{path}/resume", {"version": stopped.json["version"]})
    assert going.json["state"] == "taken"
    moved = clock.parse_iso(going.json["due_at"]) - clock.parse_iso(before["due_at"])
    assert timedelta(days=2) <= moved < timedelta(days=2, minutes=5)
    assert phone.pull()["tasks"][0]["state"] == "taken"


def test_a_returned_task_is_routed_again(app, district, officer) -> None:
    row = send(officer, **INSIDE)
    phone = Phone(app, district, "WG010101")
    done = phone.push("task.return", {"task_id": row["id"], "reason_code": "not_my_grid", "note": "在隔壁网格"})
    assert done["status"] == "done"
    street = Browser(app, district, "JD01")
    queue = street.get("/tasks", unrouted="true").json["items"]
    assert [(item["state"], item["unrouted_reason"]) for item in queue] == [("returned_unit", "在隔壁网格")]
    body = {"version": queue[0]["version"], "cell_id": cell_of(app, "340503010102")}
    assert street.post(f"/tasks/{row['id']}/route", body).json["state"] == "routed"
    assert Browser(app, district, "WG010102").get("/changes", cursor=0).json["tasks"][0]["id"] == row["id"]


def test_new_cells_are_seen_at_once(app, district, officer) -> None:
    row = send(officer, community="新设社区", text="濮塘镇新设社区3号")
    assert row["unrouted_reason"] == "没有叫“新设社区”的社区，请按地址分到网格"
    from grid.flows.units import create_unit

    with app.app_context(), transaction():
        street = db.session.scalars(select(Unit).where(Unit.name == "濮塘镇")).one()
        community = create_unit(None, clock.now(), parent=street, kind="community", name="新设社区", code="C9")
        db.session.flush()
        create_unit(None, clock.now(), parent=community, kind="cell", name="新设社区第1网格", code="C91")
    assert send(officer, community="新设社区", text="濮塘镇新设社区3号")["cell"]["name"] == "新设社区第1网格"
