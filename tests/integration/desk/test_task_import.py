"""Importing tasks: what offices send is read, every bad cell is named, nothing is created twice."""

import io
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from api import work
from grid.core import clock
from grid.flows import jobs
from grid.flows.imports import commit as committing
from grid.models import Case, DocumentLine, Feed, ImportBatch, ImportKey, LedgerLeaf, Message, Party, Task, db
from tests.support.paperwork import ID_NO, case_body, party_body
from tests.support.sheets import columns_of, xlsx
from tests.support.signed_in import Browser
from tests.support.task_tables import TITLES, TODAY, check, commit, line


@pytest.fixture
def officer(app, district) -> Browser:
    return Browser(app, district, "FG001")


def test_good_rows_become_tasks_on_the_right_phones(app, district, officer) -> None:
    batch = check(officer, xlsx(TITLES, line(1), line(2, 社区="", 送达地址="花山区北京路2号"), line(3)))
    assert (batch["rows_total"], batch["rows_good"], batch["rows_bad"], batch["duplicates"]) == (3, 3, 0, 0)
    assert batch["preview"][0]["受送达人"] == "测*"
    assert batch["preview"][0]["分派"] == "濮塘社区第1网格"
    assert "13955501234" not in str(batch)
    with app.app_context():
        assert "测试人" not in db.session.scalars(select(ImportBatch.rows_sealed)).one()
        assert db.session.scalar(select(func.count()).select_from(Task)) == 0
    done = commit(officer, batch)
    assert (done["state"], done["created"]) == ("done", 3)
    rows = officer.get("/tasks", batch=batch["id"], sort="no").json["items"]
    assert [row["state"] for row in rows] == ["routed", "dispatched", "routed"]
    assert rows[0]["documents_text"] == "执行通知书等 2 件"
    assert rows[0]["no"] < rows[1]["no"] < rows[2]["no"]
    worker = Browser(app, district, "WG010101").get("/changes", cursor=0).json
    assert len(worker["tasks"]) == 2
    assert [message["title"] for message in worker["messages"]] == ["您有 2 件新任务"]
    with app.app_context():
        assert db.session.scalars(select(ImportBatch.rows_sealed)).one() is None
        leaves = db.session.scalars(select(LedgerLeaf).where(LedgerLeaf.action == "task.imported")).all()
        assert len(leaves) == 3
        assert all("测试人" not in leaf.body and "13955501234" not in leaf.body for leaf in leaves)
        assert db.session.scalar(select(func.count()).select_from(Feed).where(Feed.kind == "task")) == 2
        assert db.session.scalar(select(func.count()).select_from(Case)) == 3


def test_the_same_file_and_the_same_row_create_nothing_twice(app, district, officer) -> None:
    content = xlsx(TITLES, line(1), line(1), line(2))
    first = check(officer, content)
    assert (first["rows_good"], first["duplicates"]) == (2, 1)
    commit(officer, first)
    second = check(officer, content)
    assert (second["rows_good"], second["duplicates"], second["rows_bad"]) == (0, 3, 0)
    refused = officer.post(f"/imports/{second['id']}/commit", {})
    assert (refused.status_code, refused.json["code"]) == (422, "nothing_to_import")
    spaced = check(officer, xlsx(TITLES, line(1, 受送达人=" 测试人１ ", 案号="(2026)皖0503执7001号"), line(3)))
    assert (spaced["rows_good"], spaced["duplicates"]) == (1, 1)
    again = officer.post(f"/imports/{first['id']}/commit", {})
    assert (again.status_code, again.json["code"], again.json["state"]) == (409, "import_not_ready", "done")


def test_two_dry_runs_of_one_file_committed_both_create_it_once(app, district, officer) -> None:
    content = xlsx(TITLES, line(1), line(2))
    one, two = check(officer, content), check(officer, content)
    assert commit(officer, one)["created"] == 2
    assert commit(officer, two)["created"] == 0
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Task)) == 2
        assert db.session.scalar(select(func.count()).select_from(ImportKey)) == 2


def test_every_bad_cell_is_named_and_good_rows_go_on_their_own(officer) -> None:
    yesterday = TODAY - timedelta(days=1)
    batch = check(
        officer,
        xlsx(
            TITLES,
            line(1),
            line(2, 案号="皖0503执1号", 联系电话="123"),
            line(3, 证件号码="110105194912310021"),
            line(4, 文书="冻结裁定书1份"),
            line(5, 文书="执行通知书、民事调解书"),
            line(6, 受送达人="", 送达地址=""),
            line(7, 办理期限=yesterday),
            line(8, 是否加急="也许"),
            line(9, 文书="协助冻结存款通知书"),
            line(10, 文书="传票0份"),
        ),
    )
    assert (batch["rows_good"], batch["rows_bad"]) == (1, 9)
    found = {(problem["row"], problem["column"]): problem["reason"] for problem in batch["problems"]}
    assert found[(3, "案号")].startswith("案号格式不对")
    assert "电话" in found[(3, "联系电话")]
    assert "校验位" in found[(4, "证件号码")]
    assert "查封扣押冻结规定第1条" in found[(5, "文书")]
    assert found[(5, "文书")].count("冻结裁定书") == 1
    assert "民诉法解释第133条" in found[(6, "文书")]
    assert found[(7, "受送达人")] == found[(7, "送达地址")] == "必须填写"
    assert "办理期限" in found[(8, "办理期限")]
    assert found[(9, "是否加急")] == "应填“是”或“否”"
    assert "只能由执行人员办理" in found[(10, "文书")]
    assert "份数" in found[(11, "文书")]
    assert ID_NO not in str(batch)
    assert commit(officer, batch)["created"] == 1


def test_what_a_real_office_sends_is_read(app, officer) -> None:
    def dress(sheet) -> None:
        sheet.merge_cells("A1:J1")
        sheet.merge_cells("A4:A5")

    wide = line(21, 案号="（２０２６）皖０５０３执７０２１号 ", 联系电话="１３９ ５５５０ １２３４", 是否加急="是")
    wide[-1] = datetime.combine(TODAY + timedelta(days=10), datetime.min.time())
    merged = line(21, 受送达人="欧阳·测试", 文书="传票２份")
    merged[0] = None
    content = xlsx(
        ["花山区人民法院协助送达任务一览表"],
        ["填表单位：执行局", None, None, f"日期：{TODAY:%Y.%m.%d}"],
        [title if title != "受送达人" else "受送达人姓名*" for title in TITLES],
        wide, merged,
        line(22, 办理期限=f"{TODAY + timedelta(days=9):%Y年%m月%d日}", 联系电话=13955501234, 证件号码=ID_NO),
        ["注：以上任务请于月底前完成"],
        change=dress,
    )  # fmt: skip
    batch = check(officer, content)
    assert (batch["rows_good"], batch["rows_bad"]) == (3, 0), batch["problems"]
    commit(officer, batch)
    with app.app_context():
        tasks = db.session.scalars(select(Task).order_by(Task.no)).all()
        assert [task.case_no for task in tasks] == ["（2026）皖0503执7021号"] * 2 + ["（2026）皖0503执7022号"]
        assert [task.urgent for task in tasks] == [True, False, False]
        assert tasks[0].due_on == TODAY + timedelta(days=10)
        assert tasks[2].due_on == TODAY + timedelta(days=9)
        assert tasks[0].case_id == tasks[1].case_id
        copies = db.session.scalars(select(DocumentLine.copies).where(DocumentLine.task_id == tasks[1].id)).all()
        assert copies == [2]
        party = db.session.scalars(select(Party).where(Party.id == tasks[2].addressee_id)).one()
        assert (party.id_no_masked, party.phone_masked) == ("110105********002X", "139****1234")


def test_an_officer_imports_only_into_his_own_cases(app, district, officer) -> None:
    theirs = case_body(case_no="（2026）皖0503执7051号", parties=[party_body(name="他案当事人")])
    assert Browser(app, district, "FG002").post("/cases", theirs).status_code == 201
    batch = check(officer, xlsx(TITLES, line(51)))
    assert batch["problems"][0]["reason"] == "这个案号由他人承办，请由承办人导入"
    centre = Browser(app, district, "ZH001")
    batch = check(centre, xlsx([*TITLES, "承办人"], [*line(51), "FG002"], [*line(52), ""], [*line(53), "FG009"]))
    reasons = {problem["row"]: problem["reason"] for problem in batch["problems"]}
    assert reasons == {3: "新案件请填承办人", 4: "没有这位执行法官，请填姓名或工号"}
    assert commit(centre, batch)["created"] == 1
    with app.app_context():
        assert db.session.scalars(select(Task.case_id)).one() == theirs["id"]
        assert db.session.scalars(select(Task.officer_id)).one() == district.person("FG002").id
    assert Browser(app, district, "FG002").get("/tasks").json["total"] == 1
    assert officer.get("/tasks").json["total"] == 0


def test_a_known_party_and_address_are_used_again(app, officer) -> None:
    first = check(officer, xlsx(TITLES, line(61)))
    commit(officer, first)
    second = check(
        officer, xlsx(TITLES, line(61, 文书="传票1份"), line(61, 文书="告知材料1份", 送达地址="另一个地址 9 号"))
    )
    assert commit(officer, second)["created"] == 2
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Party)) == 1
        assert len(set(db.session.scalars(select(Task.address_id)))) == 2
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1


def test_a_minors_row_waits_for_approval(app, district, officer) -> None:
    batch = check(officer, xlsx(TITLES, line(71, 证件号码="340503201505050018")))
    commit(officer, batch)
    row = officer.get("/tasks").json["items"][0]
    assert (row["state"], row["flags"][0]["code"]) == ("draft", "waits_for_approval")
    admin = Browser(app, district, "GL001")
    assert admin.post(f"/tasks/{row['id']}/approve_sensitive", {"version": row["version"]}).json["state"] == "routed"


def test_a_large_table_is_a_job_that_may_be_repeated(app, district, officer, monkeypatch) -> None:
    monkeypatch.setattr(committing, "CHUNK", 200)
    batch = check(officer, xlsx(TITLES, *(line(n) for n in range(1000, 1601))))
    waiting = commit(officer, batch)
    assert (waiting["state"], waiting["progress"]["total"]) == ("committing", 601)
    with app.app_context():
        kit = district.kit
        real, calls = committing.commit_tasks, []

        def fails_in_the_middle(*args, **options):
            calls.append(1)
            if len(calls) == 3:
                raise RuntimeError("the power went out")
            return real(*args, **options)

        monkeypatch.setattr(committing, "commit_tasks", fails_in_the_middle)
        work.work_off(kit)
        assert db.session.scalar(select(func.count()).select_from(Task)) == 400
        monkeypatch.setattr(committing, "commit_tasks", real)
        monkeypatch.setattr(clock, "now", lambda later=clock.now() + jobs.PAUSES[0] + timedelta(seconds=1): later)
        work.work_off(kit)
    done = officer.get(f"/imports/{batch['id']}").json
    assert (done["state"], done["created"]) == ("done", 601)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Task)) == 601
        assert len(set(db.session.scalars(select(Task.no)))) == 601
        assert db.session.scalar(select(func.count()).select_from(Message).where(Message.kind == "task.new")) == 1


def test_a_row_imported_since_the_dry_run_is_left_out_of_a_large_table(app, district, officer, monkeypatch) -> None:
    monkeypatch.setattr(committing, "CHUNK", 200)
    large = check(officer, xlsx(TITLES, *(line(n) for n in range(2000, 2510))))
    small = check(officer, xlsx(TITLES, line(2100), line(2400)))
    assert commit(officer, small)["created"] == 2
    commit(officer, large)
    with app.app_context():
        work.work_off(district.kit)
        assert db.session.scalar(select(func.count()).select_from(Task)) == 510
    assert officer.get(f"/imports/{large['id']}").json["created"] == 508


def test_an_import_belongs_to_whoever_uploaded_it(app, district, officer) -> None:
    batch = check(officer, xlsx(TITLES, line(81)))
    other = Browser(app, district, "FG002")
    assert other.get(f"/imports/{batch['id']}").status_code == 404
    assert other.post(f"/imports/{batch['id']}/commit", {}).status_code == 404
    worker = Browser(app, district, "WG010101").upload("/imports/tasks", "任务.xlsx", xlsx(TITLES, line(82)))
    assert worker.status_code == 403


def test_the_template_is_read_by_its_own_import(officer) -> None:
    answer = officer.get("/imports/tasks/template.xlsx")
    assert answer.status_code == 200
    titles = columns_of(answer.data)
    assert "案号*" in titles
    values = {"案号*": "（2026）皖0503执7091号", "受送达人*": "测试人", "送达地址*": "湖东社区 1 号", "文书*": "传票"}
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    for place, title in enumerate(titles, 1):
        book.worksheets[0].cell(2, place, values.get(title))
    out = io.BytesIO()
    book.save(out)
    batch = check(officer, out.getvalue())
    assert (batch["rows_good"], batch["rows_bad"]) == (1, 0), batch["problems"]
