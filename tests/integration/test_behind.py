"""Behind every number of the 考核表 stand exactly the things it counted, and nobody else's."""

from typing import Any

import pytest

from grid.core import clock
from grid.core.words.roles import Role
from grid.core.words.tasks import TaskState
from grid.flows.unit import transaction
from grid.models import Task, db
from grid.rules import permissions
from grid.rules.permissions import Action, Scope
from tests.integration.test_permission_matrix import second_court
from tests.support.district import District, read_district
from tests.support.one_month import CLOSED, MONTH, PLAIN, put_month
from tests.support.reported import put_task
from tests.support.signed_in import Browser

READERS = ("KH001", "GL001", "SJ001", "FG001", "FG002", "QZ001", "JD01", "JD02", "JD03", "WZ0101", "WG010101",
           "WG020101")  # fmt: skip


@pytest.fixture
def month(app, district) -> District:
    """Give October, with a visit after a transfer: its task now lies in another street than whoever went there."""
    put_month(app, district)
    with app.app_context(), transaction():
        moved = db.session.scalars(db.select(Task).where(Task.visit_count == 3)).one()
        moved.worker_id = district.person("WG030101").id
        moved.unit_path = district.paths[district.person("WG030101").unit_id]
        moved.street_id = moved.unit_path.split("/")[3]
    return district


def table(browser: Browser, **query: Any) -> dict[str, Any]:
    answer = browser.get("/registers/monthly", month=MONTH, size=200, **query)
    assert answer.status_code == 200, answer.json
    return answer.json


def behind(browser: Browser, **query: Any) -> dict[str, Any]:
    answer = browser.get("/registers/monthly/behind", month=MONTH, **query)
    assert answer.status_code == 200, answer.json
    return answer.json


def numbers(body: dict[str, Any], row: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Return every number of a row that may be opened, by column and part."""
    found: dict[tuple[str, str], int] = {}
    for column in body["columns"]:
        if column["opens"] and column["kind"] == "rate":
            found |= {(column["key"], part): row[column["key"]][part] for part in ("n", "d")}
        elif column["opens"]:
            found[column["key"], ""] = row[column["key"]]
    return found


@pytest.mark.parametrize("by", ["worker", "unit"])
def test_every_number_opens_as_many_things_as_it_says(app, month, by) -> None:
    centre = Browser(app, month, "ZH001")
    body = table(centre, by=by)
    rows = [row for row in body["items"] if any(numbers(body, row).values())]
    idle = next(row for row in body["items"] if row not in rows)
    assert len(rows) >= 3
    opened = 0
    for line, row in [("", body["totals"]), (idle["id"], idle), *((row["id"], row) for row in rows)]:
        counts = numbers(body, row)
        assert len(counts) == 12 + 7 * 2
        for (measure, part), count in counts.items():
            found = behind(centre, by=by, line=line, measure=measure, part=part, size=200)
            assert (found["total"], len(found["items"])) == (count, count), (line, measure, part)
            assert len({item["id"] for item in found["items"]}) == count
            opened += count
    assert opened > 150, "a month in which nothing happened would prove nothing"


@pytest.mark.parametrize("staff_no", READERS)
def test_each_reader_opens_what_was_counted_for_them_and_nothing_else(app, month, staff_no) -> None:
    reader = Browser(app, month, staff_no)
    body = table(reader)
    with app.app_context():
        tasks = {task.id: task for task in db.session.scalars(db.select(Task))}
    person = month.person(staff_no)
    path = month.paths[person.unit_id]
    for (measure, part), count in numbers(body, body["totals"]).items():
        found = behind(reader, measure=measure, part=part, size=200)
        assert (found["total"], len(found["items"])) == (count, count), (measure, part)
        for item in found["items"]:
            task = tasks[item["task_id"]]
            if person.role == Role.CASE_OFFICER:
                assert task.officer_id == person.id
            elif person.role == Role.GRID_WORKER:
                assert task.worker_id == person.id or (task.worker_id is None and task.cell_id == person.unit_id)
            else:
                assert task.court_id == person.court_id
                assert person.role in (Role.COURT_ADMIN, Role.ASSESSOR, Role.AUDITOR) or task.unit_path.startswith(path)


def test_a_number_of_one_street_stays_in_that_street(app, month) -> None:
    centre = Browser(app, month, "ZH001")
    street = month.paths[month.person("JD02").unit_id].split("/")[-2]
    for by in ("worker", "unit"):
        body = table(centre, by=by, street=street)
        for (measure, part), count in numbers(body, body["totals"]).items():
            assert behind(centre, by=by, street=street, measure=measure, part=part)["total"] == count
    outside = next(row["id"] for row in table(centre)["items"] if row["staff_no"] == "WG010101")
    answer = centre.get("/registers/monthly/behind", month=MONTH, street=street, line=outside, measure="closed")
    assert answer.status_code == 404


def test_pages_follow_each_other_without_gap_or_repeat(app, month) -> None:
    centre = Browser(app, month, "ZH001")
    whole = [item["id"] for item in behind(centre, measure="closed", size=200)["items"]]
    assert len(whole) == 9
    parts = [behind(centre, measure="closed", size=4, page=page) for page in (1, 2, 3, 4)]
    assert [len(part["items"]) for part in parts] == [4, 4, 1, 0]
    assert [item["id"] for part in parts for item in part["items"]] == whole
    assert {part["total"] for part in parts} == {9}
    when = [item["at"] for part in parts for item in part["items"]]
    assert when == sorted(when)
    assert when[0] == "2026-10-20 10:00"


def test_another_court_neither_shows_nor_is_shown(app, month) -> None:
    with app.app_context():
        numbers_there = second_court(month)
    both = read_district(app)
    there = {both.person(number).role: both.person(number) for number in numbers_there}
    with app.app_context(), transaction():
        theirs = put_task(both, state=CLOSED, officer=there["case_officer"], worker=there["grid_worker"], **PLAIN).id
    ours, foreign = Browser(app, both, "ZH001"), Browser(app, both, there["command_centre"].staff_no)
    assert [item["task_id"] for item in behind(foreign, measure="closed")["items"]] == [theirs]
    assert theirs not in {item["task_id"] for item in behind(ours, measure="closed", size=200)["items"]}
    line = next(row["id"] for row in table(ours)["items"] if row["staff_no"] == "WG010101")
    for reader, subject in ((foreign, line), (ours, there["grid_worker"].id)):
        answer = reader.get("/registers/monthly/behind", month=MONTH, line=subject, measure="closed")
        assert answer.status_code == 404
    neighbour = Browser(app, both, "JD02")
    assert neighbour.get("/registers/monthly/behind", month=MONTH, line=line, measure="closed").status_code == 404


def test_the_lines_are_masked_and_say_why_they_count(app, month) -> None:
    assessor = Browser(app, month, "KH001")
    visits = behind(assessor, measure="visits")
    assert [(item["at"], item["note"]) for item in visits["items"]] == [("2026-10-12 10:00", "家中无人")] * 2
    assert {item["who"] for item in visits["items"]} == {month.person("WG020101").name}
    returns = behind(assessor, measure="returned")
    assert [item["note"] for item in returns["items"]] == ["地址不在我的网格", "联系不上，也找不到地址"]
    assert visits["opens_tasks"] is False, "an assessor reads the line, never the task"
    text = assessor.get("/registers/monthly/behind", month=MONTH, measure="closed").get_data(as_text=True)
    assert "王某测" not in text
    assert "340503" not in text
    assert "1 幢" not in text
    assert behind(Browser(app, month, "ZH001"), measure="visits")["opens_tasks"] is True
    labels = [column["label"] for column in behind(assessor, measure="take_in_time", part="d")["columns"]]
    assert labels[:2] == ["任务编号", "接单期限"]


def test_who_may_see_the_number_but_not_the_lines_gets_none(app, month, monkeypatch) -> None:
    assessor = Browser(app, month, "KH001")
    assert behind(assessor, measure="closed")["total"] == 9
    monkeypatch.setitem(permissions.TABLE[Action.REGISTER_READ], Role.ASSESSOR, Scope.NONE)
    assert table(assessor)["totals"]["closed"] == 9
    for measure in ("closed", "visits", "returned", "cancelled"):
        found = behind(assessor, measure=measure)
        assert (found["total"], found["items"]) == (0, []), measure


def test_a_deadline_still_to_come_is_behind_no_number_yet(app, district) -> None:
    with app.app_context(), transaction():
        put_task(district, state=TaskState.WORKING)
    centre = Browser(app, district, "ZH001")
    this_month = f"{clock.local_date(clock.now()):%Y-%m}"
    answer = centre.get("/registers/monthly/behind", month=this_month, measure="late_open")
    assert (answer.status_code, answer.json["total"]) == (200, 0)


@pytest.mark.parametrize(
    "query",
    [{"measure": "workers"}, {"measure": "staff_no"}, {"measure": "closed", "part": "n"}, {"measure": "report"},
     {"measure": ""}, {"measure": "recovered", "part": "n"}, {"measure": "closed", "page": 0}, {"part": "x"}],
)  # fmt: skip
def test_what_is_no_number_is_refused(app, district, query) -> None:
    answer = Browser(app, district, "ZH001").get("/registers/monthly/behind", month=MONTH, **query)
    assert answer.status_code == 422, answer.json
