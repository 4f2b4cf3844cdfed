"""Creating tasks: what may go out, numbers, deadlines, packets, approval, and the same request sent twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from grid.core import clock
from grid.core.ids import new_id
from grid.flows.numbers import task_numbers
from grid.flows.unit import transaction
from grid.models import Case, DocumentLine, LedgerLeaf, Packet, Task, db
from tests.support.paperwork import address_body, case_body, paper, party_body, task_body
from tests.support.signed_in import Browser

INSIDE = {"lng": 118.4755, "lat": 31.676}


@pytest.fixture
def officer(app, district) -> Browser:
    return Browser(app, district, "FG001")


def found(officer: Browser, **facts) -> dict:
    body = case_body(**facts)
    assert officer.post("/cases", body).status_code == 201
    return body


def test_a_task_reaches_the_phone_of_its_cell(app, district, officer) -> None:
    case = found(officer, parties=[party_body(addresses=[address_body(**INSIDE)])])
    body = task_body(case)
    made = officer.post("/tasks", body)
    assert made.status_code == 201, made.json
    row = made.json
    assert (row["state"], row["version"], row["no"]) == ("routed", 3, f"送{clock.now().year}-000001")
    assert row["cell"]["name"] == "濮塘社区第1网格"
    assert row["street"]["name"] == "濮塘镇"
    assert row["addressee"]["name"] == "欧阳*"
    assert row["address_text"] == "濮塘社区***"
    assert row["documents_text"] == "执行通知书等 2 件"
    assert {"recall", "suspend"} <= set(row["verbs"])
    worker = Browser(app, district, "WG010101")
    seen = worker.get("/changes", cursor=0).json
    card = next(card for card in seen["tasks"] if card["id"] == body["id"])
    assert card["addressee"]["name"] == "欧阳*"
    assert card["packet"]["cti"]
    assert seen["messages"][0]["title"] == "您有新任务"
    assert "欧阳" not in seen["messages"][0]["text"]
    assert Browser(app, district, "WG010102").get("/changes", cursor=0).json["tasks"] == []
    with app.app_context():
        actions = db.session.scalars(
            select(LedgerLeaf.action).where(LedgerLeaf.task_id == body["id"]).order_by(LedgerLeaf.idx)
        ).all()
        assert actions == ["task.created", "task.dispatched", "task.routed"]
        task = db.session.get_one(Task, body["id"])
        assert task.take_due_at <= task.first_visit_due_at <= task.due_at
        assert "老人" not in str(task.notes_sealed)


def test_the_same_request_twice_makes_one_task(app, officer) -> None:
    body = task_body(found(officer))
    first, second = officer.post("/tasks", body), officer.post("/tasks", body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json["no"] == second.json["no"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Task)) == 1
        assert db.session.scalar(select(func.count()).select_from(Packet)) == 1


@pytest.mark.parametrize(
    ("line", "code", "article"),
    [
        (paper("coercive_freeze"), "document_not_dispatchable", "查封扣押冻结规定第1条"),
        (paper("coercive_bank"), "document_not_dispatchable", "银发〔2002〕1号"),
        (paper("other", name="协助冻结存款通知书"), "document_not_dispatchable", "只能由执行人员办理"),
        (paper("info_sheet", name="拘 留 决定书"), "document_not_dispatchable", "只能由执行人员办理"),
        (paper("mediation_statement"), "mode_not_allowed", "民诉法解释第133条"),
        (paper("third_party_notice"), "mode_not_allowed", "第45条"),
        (paper("eviction_notice"), "mode_not_allowed", "第261条"),
        (paper("rumour"), "unknown_document", ""),
        (paper("other"), "mode_not_allowed", ""),
    ],
)
def test_papers_the_grid_must_not_carry_are_refused(officer, line, code, article) -> None:
    case = found(officer)
    answer = officer.post("/tasks", task_body(case, documents=[paper("summons"), line]))
    assert (answer.status_code, answer.json["code"]) == (422, code), answer.json
    reason = answer.json["fields"]["documents.1.type"][0]
    assert article in reason
    assert officer.get("/tasks").json["total"] == 0


def test_an_officers_paper_may_go_with_a_guide(officer) -> None:
    body = task_body(found(officer), mode="guide", documents=[paper("mediation_statement")])
    assert officer.post("/tasks", body).status_code == 201


def test_a_mode_the_court_has_not_enabled_is_refused(app, district, officer) -> None:
    case = found(officer)
    admin = Browser(app, district, "GL001")
    modes = {row["name"]: row for row in admin.get("/settings").json["items"]}["modes"]["value"]
    modes["exec_notice"].remove("entrusted_handover")
    assert admin.put("/settings/modes", {"value": modes, "reason": "暂停转交执行通知"}).status_code == 200
    refused = officer.post("/tasks", task_body(case))
    assert refused.json["code"] == "mode_not_allowed"
    assert "entrusted_handover" not in officer.get("/tasks/defaults", documents="exec_notice").json["modes"]
    assert officer.post("/tasks", task_body(case, mode="guide")).status_code == 201


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"documents": []}, "documents"),
        ({"mode": "fly"}, "mode"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "2099-01-01"}, "due_on"),
        ({"addressee_id": new_id()}, "addressee_id"),
        ({"address_id": new_id()}, "address_id"),
        ({"previous_task_id": new_id()}, "previous_task_id"),
        ({"instruction": "长" * 501}, "instruction"),
        ({"documents": [paper(copies=0)]}, "documents.0.copies"),
        ({"documents": [paper(copies=1.5)]}, "documents.0.copies"),
        ({"documents": [paper(copies=10**40)]}, "documents.0.copies"),
        ({"id": "1"}, "id"),
        ({"surprise": True}, "surprise"),
    ],
)
def test_each_wrong_field_of_a_task_is_named(officer, change, path) -> None:
    answer = officer.post("/tasks", task_body(found(officer), **change))
    assert answer.status_code == 422, answer.json
    assert path in answer.json["fields"], answer.json


def test_deadlines_come_from_the_working_day_calendar(app, district, officer) -> None:
    case = found(officer)
    normal = officer.get("/tasks/defaults", documents="exec_notice").json
    assert any("报告财产令" in text for text in normal["warnings"])
    assert "entrusted_handover" in normal["modes"]
    made = officer.post("/tasks", task_body(case)).json
    assert made["due_on"] == normal["due_on"]
    with app.app_context():
        calendar = district.kit.calendar
        today = clock.local_date(clock.now())
        assert made["due_on"] == calendar.add_working_days(today, 5).isoformat()
    urgent = officer.post("/tasks", task_body(case, urgent=True)).json
    left = clock.parse_iso(urgent["due_at"]) - clock.now()
    assert timedelta(hours=23, minutes=58) < left <= timedelta(hours=24)
    own = officer.post("/tasks", task_body(case, due_on=made["due_on"], urgent=True)).json
    assert own["due_at"] == made["due_at"]
    assert officer.get("/tasks/defaults", documents="nonsense").json["code"] == "unknown_document"


def test_a_minors_task_waits_for_the_administrator(app, district, officer) -> None:
    case = found(officer, parties=[party_body(minor=True, addresses=[address_body(**INSIDE)])])
    body = task_body(case)
    row = officer.post("/tasks", body).json
    assert (row["state"], [flag["code"] for flag in row["flags"]]) == ("draft", ["waits_for_approval"])
    assert "dispatch" not in row["verbs"]
    early = officer.post(f"/tasks/{body['id']}/dispatch", {"version": row["version"]})
    assert (early.status_code, early.json["code"]) == (409, "approval_missing")
    admin = Browser(app, district, "GL001")
    waiting = admin.get("/tasks", approval="true").json["items"]
    assert [(item["id"], "approve_sensitive" in item["verbs"]) for item in waiting] == [(body["id"], True)]
    path = f"/tasks/{body['id']}/approve_sensitive"
    assert officer.post(path, {"version": 1}).status_code == 403
    assert admin.post(path, {"version": 9}).json["code"] == "stale_version"
    assert admin.post(path, {"version": 1}).json["state"] == "routed"
    assert admin.post(path, {"version": 3}).status_code == 404


def test_a_draft_goes_out_later(officer) -> None:
    body = task_body(found(officer), dispatch=False)
    row = officer.post("/tasks", body).json
    assert row["state"] == "draft"
    out = officer.post(f"/tasks/{body['id']}/dispatch", {"version": row["version"]})
    assert out.json["state"] == "dispatched"
    assert out.json["unrouted_reason"] == "濮塘社区有 2 个网格，请按地址选择"
    again = officer.post(f"/tasks/{body['id']}/dispatch", {"version": out.json["version"]})
    assert (again.status_code, again.json["code"]) == (409, "wrong_state")


def test_a_draft_whose_day_is_over_needs_a_new_one(app, officer) -> None:
    body = task_body(found(officer), dispatch=False)
    officer.post("/tasks", body)
    with app.app_context(), transaction():
        yesterday = clock.local_date(clock.now()) - timedelta(days=1)
        db.session.execute(update(Task).values(due_on=yesterday))
    answer = officer.post(f"/tasks/{body['id']}/dispatch", {"version": 1})
    assert "due_on" in answer.json["fields"]


def test_a_case_out_of_reach_does_not_exist(app, district, officer) -> None:
    body = task_body(found(officer))
    assert Browser(app, district, "FG002").post("/tasks", body).status_code == 404
    assert Browser(app, district, "WG010101").post("/tasks", body).status_code == 403
    centre = Browser(app, district, "ZH001").post("/tasks", body)
    assert centre.status_code == 201
    assert centre.json["officer"]["id"] == officer.person.id
    assert Browser(app, district, "FG002").post("/tasks", body).status_code == 404


def test_paper_lines_keep_their_order_and_names(app, officer) -> None:
    papers = [paper("summons", name="  到庭　传票 "), paper("info_sheet", copies=3), paper("exec_notice")]
    body = task_body(found(officer), documents=papers)
    assert officer.post("/tasks", body).status_code == 201
    with app.app_context():
        rows = db.session.execute(
            select(DocumentLine.id, DocumentLine.name, DocumentLine.copies).order_by(DocumentLine.position)
        ).all()
    assert [tuple(row) for row in rows] == [
        (papers[0]["id"], "到庭 传票", 1), (papers[1]["id"], "告知材料", 3), (papers[2]["id"], "执行通知书", 1),
    ]  # fmt: skip


def test_numbers_are_given_out_once_whoever_asks_at_the_same_time(app, district) -> None:
    court = district.officer.court_id

    def ask(_: int) -> list[str]:
        with app.app_context(), transaction():
            return task_numbers(court, 2026, 3)

    with ThreadPoolExecutor(4) as pool:
        given = [number for numbers in pool.map(ask, range(12)) for number in numbers]
    assert sorted(given) == [f"送2026-{number:06d}" for number in range(1, 37)]


def test_livelihood_and_case_number_show_in_the_row(app, officer) -> None:
    case = found(officer, livelihood=True)
    row = officer.post("/tasks", task_body(case)).json
    assert [flag["label"] for flag in row["flags"]] == ["涉民生"]
    with app.app_context():
        task = db.session.get_one(Task, row["id"])
        assert task.case_no == db.session.get_one(Case, case["id"]).case_no
