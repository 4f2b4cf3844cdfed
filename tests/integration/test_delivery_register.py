"""协助送达台账: on screen and as files, the same rows and numbers, masked, within reach."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from api.work import work_off
from grid.core import clock
from grid.core.words.tasks import TaskState
from grid.flows import jobs
from grid.flows.unit import transaction
from grid.models import Job, LedgerLeaf, Party, db
from grid.reads.registers import delivery, files
from tests.support.files import read_csv, read_xlsx
from tests.support.reported import put_task, put_visit, visit_body
from tests.support.review_story import Story
from tests.support.signed_in import Browser

TODAY = clock.local_date(clock.now())
ID_OR_PHONE = re.compile(r"\d{17}[\dXx]|1[3-9]\d{9}")


def fetch(browser, app, district, **ask):
    """Ask for an export, let it be made, and return its bytes."""
    answer = browser.post("/exports", {"register": "delivery", "format": "csv", **ask})
    assert answer.status_code == 201, answer.json
    with app.app_context():
        work_off(district.kit)
    job = browser.get(f"/jobs/{answer.json['id']}").json
    assert job["state"] == "done", job
    with browser.get(job["file_url"].removeprefix("/api")) as file:
        assert file.headers["Content-Disposition"].startswith("attachment")
        return file.data


def every_row(browser, **filters):
    """Read every page of the register."""
    found, page = [], 1
    while True:
        body = browser.get("/registers/delivery", page=page, size=3, **filters).json
        found += body["items"]
        if len(found) >= body["total"]:
            return body, found
        page += 1


@pytest.fixture
def tasks(app, district):
    """Give nine deliveries of two streets in several states."""
    with app.app_context(), transaction():
        made = []
        for n, state in enumerate(
            [TaskState.CLOSED] * 3 + [TaskState.REPORTED, TaskState.WORKING, TaskState.ROUTED] * 2
        ):
            worker = district.person("WG010101" if n % 2 else "WG020101")
            facts = {"verdict": "served", "receipt_on": TODAY, "effective_on": TODAY} if n < 3 else {}
            at = clock.now() - timedelta(days=n)
            task = put_task(district, state=state, worker=worker, dispatched_at=at, **facts)
            if state != TaskState.ROUTED:
                put_visit(district, task, visit_body(task))
            made.append(task.id)
        db.session.get_one(Party, db.session.scalars(select(Party.id).limit(1)).one()).name_masked = "=cmd*"
    return made


def test_a_served_task_stands_there_with_its_dates(app, district) -> None:
    story = Story(app, district)
    story.photos_arrive()
    assert story.approve().status_code == 200
    body = story.officer.get("/registers/delivery").json
    (row,) = body["items"]
    assert row["addressee"] == "欧阳*"
    assert row["documents"] == "执行通知书1份；报告财产令1份"
    assert (row["signer"], row["method"], row["verdict"]) == ("欧阳*（本人）", "直接送达", "已送达")
    assert (row["receipt_on"], row["effective_on"], row["original"]) == (TODAY.isoformat(),) * 2 + ("否",)
    assert (row["street"], row["community"], row["cell"]) == ("濮塘镇", "濮塘社区", "濮塘社区第1网格")
    assert (row["visits"], row["copies"], row["overdue"], row["state"]) == (1, 2, "否", "已办结")
    assert body["totals"] == {"visits": 1, "copies": 2}
    assert "欧阳建国" not in str(body)
    assert story.act("original", received_on=TODAY.isoformat()).status_code == 200
    assert story.officer.get("/registers/delivery").json["items"][0]["original"] == TODAY.isoformat()


@pytest.mark.parametrize(("form", "read"), [("csv", read_csv), ("xlsx", read_xlsx)])
def test_the_file_is_what_the_screen_shows(app, district, tasks, form, read) -> None:
    centre = Browser(app, district, "ZH001")
    body, rows = every_row(centre, sort="dispatched_at")
    sheet = read(fetch(centre, app, district, format=form))
    keys = [column["key"] for column in body["columns"]]
    titles = [column["label"] for column in body["columns"]]
    shown = [[row[key] for key in keys] for row in rows]
    serial = 1 if form == "xlsx" else 0
    assert sheet.header[serial:] == titles
    text = lambda value: "" if value is None else str(value).removeprefix("'")  # noqa: E731 - the guard against formulas
    assert [[text(cell) for cell in row[serial:]] for row in sheet.rows] == [[text(c) for c in row] for row in shown]
    for key in ("visits", "copies"):
        title = titles[keys.index(key)]
        assert sum(int(str(value)) for value in sheet.column(title)) == body["totals"][key] == sum(r[key] for r in rows)
    assert not ID_OR_PHONE.search(str(sheet))
    assert not any(str(cell).startswith(("=", "+", "-", "@")) for row in sheet.rows for cell in row)


def test_an_xlsx_looks_the_way_an_assessor_expects(app, district, tasks) -> None:
    centre = Browser(app, district, "ZH001")
    sheet = read_xlsx(fetch(centre, app, district, format="xlsx", filters={"from": TODAY.isoformat()}))
    assert sheet.before[0] == "协助送达台账"
    assert "统计区间：" in sheet.before[1]
    assert "制表人：" in sheet.before[1]
    assert sheet.after[0] == "合计"
    assert sheet.after[1] == "口径说明："
    assert sheet.after[-1].startswith("制表人：")


def test_gb18030_carries_rare_names(app, district, tasks) -> None:
    with app.app_context(), transaction():
        for party in db.session.scalars(select(Party)):
            party.name_masked = "𠮷*"
    centre = Browser(app, district, "ZH001")
    sheet = read_csv(fetch(centre, app, district, format="csv-gb18030"), "gb18030")
    assert set(sheet.column("受送达人")) == {"𠮷*"}


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"state": "closed"}, 3),
        ({"result": "served"}, 3),
        ({"original": "false"}, 3),
        ({"original": "true"}, 0),
        ({"from": (TODAY - timedelta(days=2)).isoformat()}, 3),
        ({"to": (TODAY - timedelta(days=3)).isoformat()}, 6),
        ({"from": TODAY.isoformat(), "to": TODAY.isoformat()}, 1),
        ({"q": "王某测"}, 9),
        ({"q": "查无此人"}, 0),
    ],
)
def test_filters(app, district, tasks, filters, count) -> None:
    centre = Browser(app, district, "ZH001")
    body, rows = every_row(centre, **filters)
    assert (body["total"], len(rows)) == (count, count)
    assert len(read_csv(fetch(centre, app, district, filters=filters)).rows) == count


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"from": "2026-13-01"}, "from"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "to"),
        ({"state": "gone"}, "state"),
        ({"surprise": "1"}, "surprise"),
    ],
)
def test_a_wrong_filter_is_named(app, district, filters, field) -> None:
    centre = Browser(app, district, "ZH001")
    for answer in (
        centre.get("/registers/delivery", **filters),
        centre.post("/exports", {"register": "delivery", "format": "csv", "filters": filters}),
    ):
        assert answer.status_code == 422
        assert field in answer.json["fields"]


@pytest.mark.parametrize(
    ("staff_no", "count"),
    [("FG001", 9), ("FG002", 0), ("ZH001", 9), ("KH001", 9), ("SJ001", 9), ("QZ001", 9), ("JD01", 4), ("JD02", 5),
     ("JD03", 0), ("WZ0101", 4), ("WG010101", 4)],
)  # fmt: skip
def test_each_sees_their_own_part(app, district, tasks, staff_no, count) -> None:
    answer = Browser(app, district, staff_no).get("/registers/delivery")
    assert (answer.status_code, answer.json["total"]) == (200, count)


@pytest.mark.parametrize(
    ("staff_no", "status"),
    [("FG001", 201), ("KH001", 201), ("QZ001", 403), ("JD01", 403), ("SJ001", 403), ("WZ0101", 403), ("XT001", 403)],
)
def test_lines_of_cases_leave_the_house_with_few(app, district, tasks, staff_no, status) -> None:
    answer = Browser(app, district, staff_no).post("/exports", {"register": "delivery", "format": "csv"})
    assert answer.status_code == status


def test_full_data_needs_a_reason_and_another_person(app, district, tasks) -> None:
    officer, admin = Browser(app, district, "FG001"), Browser(app, district, "GL001")
    ask = {"register": "delivery", "format": "csv", "full": True, "filters": {"state": "closed"}}
    assert list(officer.post("/exports", ask).json["fields"]) == ["reason"]
    assert Browser(app, district, "KH001").post("/exports", ask | {"reason": "年度考核"}).status_code == 403
    job = officer.post("/exports", ask | {"reason": "归卷核对"}).json
    assert (job["state"], job["approval"]) == ("waiting", "waiting")
    with app.app_context():
        assert work_off(district.kit) == 0, "nothing is made before it is approved"
    (waiting,) = admin.get("/exports", state="waiting").json["items"]
    assert (waiting["asked_by"], waiting["reason"], waiting["rows"]) == (district.officer.name, "归卷核对", 3)
    assert waiting["filters_text"] == "状态：已办结"
    assert officer.post(f"/exports/{job['id']}/approve").status_code == 403
    assert admin.post(f"/exports/{job['id']}/approve").status_code == 200
    assert admin.post(f"/exports/{job['id']}/approve").json["code"] == "export_settled"
    with app.app_context():
        assert work_off(district.kit) == 1
    assert admin.get(f"/jobs/{job['id']}/file").status_code == 404, "the file is the asker's"
    with officer.get(f"/jobs/{job['id']}/file") as file:
        sheet = read_csv(file.data)
    assert set(sheet.column("受送达人姓名（完整）")) == {"王某测"}
    assert set(sheet.column("证件号码（完整）")) == {"340503199001010018"}
    assert sheet.column("送达地址（完整）") == ["濮塘社区 1 幢 101 室"] * 3
    watermark = next(line for line in sheet.after if "导出人" in line)
    assert district.officer.name in watermark
    assert district.person("GL001").name in watermark
    assert "归卷核对" in watermark
    with app.app_context():
        actions = db.session.scalars(select(LedgerLeaf.action).where(LedgerLeaf.object_id == job["id"])).all()
        assert actions == ["job.asked", "export.approved", "job.done", "job.downloaded"]
        done = db.session.scalars(select(LedgerLeaf.body).where(LedgerLeaf.action == "job.done")).one()
        assert '"rows":3' in done
        assert '"full":true' in done


def test_an_administrator_cannot_approve_their_own_request(app, district, tasks) -> None:
    admin = Browser(app, district, "GL001")
    job = admin.post("/exports", {"register": "delivery", "format": "csv", "full": True, "reason": "归卷核对"}).json
    answer = admin.post(f"/exports/{job['id']}/approve")
    assert (answer.status_code, answer.json["code"]) == (403, "own_request")


def test_a_refused_request_says_why(app, district, tasks) -> None:
    officer, admin = Browser(app, district, "FG001"), Browser(app, district, "GL001")
    ask = {"register": "delivery", "format": "csv", "full": True, "reason": "归卷核对"}
    job = officer.post("/exports", ask).json
    assert admin.post(f"/exports/{job['id']}/refuse", {"reason": "范围太大"}).status_code == 200
    found = officer.get(f"/jobs/{job['id']}").json
    assert (found["state"], found["problem"]) == ("failed", "未获批准：范围太大")
    with app.app_context():
        assert work_off(district.kit) == 0


def test_progress_is_told_while_the_lines_still_flow(app, district, tasks, monkeypatch) -> None:
    """The file is read through one connection while progress is written through another, on both databases."""
    monkeypatch.setattr(delivery, "PIECE", 2)
    monkeypatch.setattr(files, "PROGRESS_EVERY", 2)
    told = []
    keep = jobs.keep

    def note(session, claimed, done, total, now) -> None:
        keep(session, claimed, done, total, now)
        told.append((done, total))

    monkeypatch.setattr(jobs, "keep", note)
    sheet = read_csv(fetch(Browser(app, district, "ZH001"), app, district))
    assert len(sheet.rows) == 9
    assert told == [(2, 9), (4, 9), (6, 9), (8, 9)]


def test_an_export_whose_worker_died_is_made_by_the_next(app, district, tasks, monkeypatch) -> None:
    centre = Browser(app, district, "ZH001")
    job_id = centre.post("/exports", {"register": "delivery", "format": "csv"}).json["id"]
    with app.app_context():
        with transaction():
            dead = jobs.claim(clock.now())
        district.kit.files.draft(dead.id, dead.attempt).write_bytes(b"half a li")
        assert work_off(district.kit) == 0
        with transaction():
            db.session.get_one(Job, job_id).lease_until = clock.now()
        assert work_off(district.kit) == 1
    with centre.get(f"/jobs/{job_id}/file") as file:
        assert len(read_csv(file.data).rows) == 9
