"""The task list: filters, order and reach; long lists page through an index and never lose or repeat a row."""

import random
from typing import Any

import pytest
from sqlalchemy import select, text, update

from grid.core import clock
from grid.flows.unit import transaction
from grid.models import Task, Unit, db
from grid.reads import paging
from grid.reads.tasks import SORTS
from tests.integration.desk.test_moves import send
from tests.support.counting import counted
from tests.support.crowd import put_crowd
from tests.support.signed_in import Browser

INSIDE = {"lng": 118.4755, "lat": 31.676}


@pytest.fixture(autouse=True)
def fresh() -> None:
    paging.forget()


def ids(browser: Browser, **query: Any) -> list[str]:
    answer = browser.get("/tasks", **query)
    assert answer.status_code == 200, answer.json
    return [row["id"] for row in answer.json["items"]]


def test_filters_narrow_the_list(app, district) -> None:
    officer = Browser(app, district, "FG001")
    here, there = send(officer, **INSIDE), send(officer, text="霍里街道张庄社区第2网格9号", community="张庄社区")
    queue = send(officer, text="某地5号", community="")
    with app.app_context(), transaction():
        db.session.execute(update(Task).where(Task.id == here["id"]).values(urgent=True, due_at=clock.now()))
    cell, street = here["cell"]["id"], there["street"]["id"]
    for query, expected in (
        ({"states": "routed"}, {here["id"], there["id"]}),
        ({"states": "routed,dispatched"}, {here["id"], there["id"], queue["id"]}),
        ({"states": "all"}, {here["id"], there["id"], queue["id"]}),
        ({"state": "dispatched"}, {queue["id"]}),
        ({"unrouted": "true"}, {queue["id"]}),
        ({"cell": cell}, {here["id"]}),
        ({"street": street}, {there["id"]}),
        ({"urgent": "true"}, {here["id"]}),
        ({"urgent": "false"}, {there["id"], queue["id"]}),
        ({"overdue": "true"}, {here["id"]}),
        ({"mode": "guide"}, set()),
        ({"officer": officer.person.id}, {here["id"], there["id"], queue["id"]}),
        ({"officer": district.person("FG002").id}, set()),
        ({"case_no": there["case"]["case_no"].replace("（", "(").replace("）", ")")}, {there["id"]}),
        ({"q": here["no"]}, {here["id"]}),
        ({"q": str(int(there["no"][-6:]))}, {there["id"]}),
        ({"q": there["case"]["case_no"]}, {there["id"]}),
        ({"q": "欧阳测试"}, {here["id"], there["id"], queue["id"]}),
        ({"q": "欧阳"}, set()),
        ({"q": "张庄"}, {there["id"]}),
        ({"q": "濮塘镇"}, {here["id"]}),
        ({"q": "%"}, set()),
    ):
        assert set(ids(officer, **query)) == expected, query


@pytest.mark.parametrize("query", ["states=flying", "state=x", "size=0", "size=201", "page=0", "urgent=maybe", "x=1"])
def test_a_filter_that_makes_no_sense_is_refused(app, district, query) -> None:
    answer = Browser(app, district, "FG001").client.get(f"/api/tasks?{query}")
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")


def test_each_role_lists_its_own_reach(app, district) -> None:
    officer = Browser(app, district, "FG001")
    here, there = send(officer, **INSIDE), send(officer, text="霍里街道张庄社区第2网格9号", community="张庄社区")
    both = {here["id"], there["id"]}
    for staff_no, expected in (
        ("FG001", both), ("FG002", set()), ("ZH001", both), ("GL001", both), ("SJ001", both), ("QZ001", both),
        ("JD01", {here["id"]}), ("JD02", {there["id"]}), ("JD03", set()), ("WZ0101", {here["id"]}), ("WZ0102", set()),
        ("WG010101", {here["id"]}), ("WG010102", set()),
    ):  # fmt: skip
        browser = Browser(app, district, staff_no)
        assert set(ids(browser)) == expected, staff_no
        assert browser.get("/tasks").json["total"] == len(expected)
    assert Browser(app, district, "XT001").get("/tasks").status_code == 403


@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in SORTS for sign in ("", "-")])
def test_any_page_in_any_order_shows_every_row_once(app, district, sort, monkeypatch) -> None:
    monkeypatch.setattr(paging, "EXACT", 10)
    put_crowd(app, district, 230)
    officer, size = Browser(app, district, "ZH001"), 7
    pages = list(range(1, 34))
    random.Random(sort).shuffle(pages)
    seen: dict[int, list[str]] = {}
    for page in pages:
        answer = officer.get("/tasks", page=page, size=size, sort=sort).json
        assert answer["total"] == 230
        seen[page] = [row["id"] for row in answer["items"]]
    everything = [row for page in sorted(seen) for row in seen[page]]
    assert len(everything) == len(set(everything)) == 230
    with app.app_context():
        columns, nullable = SORTS[sort.lstrip("-")]
        rows = {row.id: row for row in db.session.scalars(select(Task))}
    values = [getattr(rows[key], columns[0].key) for key in everything]
    filled = [value for value in values if value is not None]
    assert filled == sorted(filled, reverse=sort.startswith("-"))
    assert nullable or len(filled) == 230
    assert all(value is None for value in values[len(filled) :])
    assert officer.get("/tasks", page=40, size=size, sort=sort).json["items"] == []


def test_a_new_task_shows_at_once_on_the_first_page_of_a_long_list(app, district, monkeypatch) -> None:
    monkeypatch.setattr(paging, "EXACT", 10)
    put_crowd(app, district, 60)
    officer = Browser(app, district, "FG001")
    before = ids(officer, sort="-no", size=5)
    with app.app_context(), transaction():
        task = db.session.get_one(Task, before[0])
        db.session.execute(update(Task).where(Task.id == task.id).values(no="送2026-999999"))
        db.session.execute(update(Task).where(Task.id == before[3]).values(no="送2026-999998"))
    assert ids(officer, sort="-no", size=5)[:2] == [before[0], before[3]]


def test_a_page_costs_few_statements_however_many_rows(app, district) -> None:
    put_crowd(app, district, 300)
    officer = Browser(app, district, "ZH001")
    officer.get("/tasks")
    with app.app_context(), counted() as small:
        officer.get("/tasks", size=1)
    with app.app_context(), counted() as large:
        officer.get("/tasks", size=200)
    assert len(small) == len(large) <= 7


def plan(statement: str, parameters: Any) -> str:
    connection = db.session.connection()
    word = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    rows = connection.exec_driver_sql(f"{word} {statement}", parameters)
    return "\n".join(" ".join(str(cell) for cell in row) for row in rows)


@pytest.mark.parametrize("sort", ["due_on", "-no", "case_no", "-dispatched_at", "-reported_at"])
def test_pages_of_a_long_list_come_from_an_index_without_sorting(app, district, sort) -> None:
    put_crowd(app, district, 12_000)
    seen: list[tuple[str, Any]] = []

    def note(_connection, _cursor, statement, parameters, _context, many) -> None:
        if "FROM task" in statement and "ORDER BY" in statement and "document_line" not in statement and not many:
            seen.append((statement, parameters))

    centre = Browser(app, district, "ZH001")
    with app.app_context():
        from sqlalchemy import event

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            for page in (1, 2, 120, 121, 240):
                assert len(ids(centre, sort=sort, page=page)) == 50
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        assert len(seen) >= 5
        for statement, parameters in seen:
            found = plan(statement, parameters)
            assert "Seq Scan" not in found, found
            assert "SCAN task\n" not in f"{found}\n", found
            assert "Sort" not in found, found
            assert "TEMP B-TREE" not in found, found


def test_a_unit_is_found_by_a_range_of_its_path(app, district) -> None:
    put_crowd(app, district, 12_000)
    with app.app_context():
        path = db.session.scalars(select(Unit.path).where(Unit.name == "濮塘社区")).one()
        from grid.reads.scope import below

        query = select(Task.id).where(below(Task.unit_path, path))
        compiled = query.compile(db.engine)
        values = compiled.params if not compiled.positional else tuple(compiled.params[k] for k in compiled.positiontup)
        found = plan(str(compiled), values)
        assert "ix_task_unit_path" in found, found
        assert len(db.session.scalars(query).all()) == len(
            [1 for other in db.session.scalars(select(Task.unit_path)) if other.startswith(path)]
        )
        assert db.session.execute(text("SELECT 1")).scalar() == 1
