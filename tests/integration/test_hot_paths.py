"""What every phone does all day: few statements, each found through an index, few bytes, on both databases."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import event

from grid.models import db, glance
from tests.support.handset import Handset
from tests.support.tasks import make_task, visit

REPORT_STATEMENTS = 15
POLL_STATEMENTS = 2
NEWS_STATEMENTS = 7
POLL_BYTES = 120  # what granian adds (status line, date, server) stays below 100 more


@contextmanager
def watched(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """Collect what is sent to the database inside the block, with its parameters, BEGIN aside."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scans(app: Flask, statements: list[tuple[str, Any]]) -> list[str]:
    """Return the plan lines that read a whole table, though the planner was told to avoid that."""
    found: list[str] = []
    with app.app_context(), glance() as connection:
        postgresql = connection.dialect.name == "postgresql"
        if postgresql:  # a small table is cheaper to read whole: ask what is possible, not what is cheap today
            connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, parameters in statements:
            if statement.startswith("INSERT"):
                continue
            rows = connection.exec_driver_sql(
                f"EXPLAIN {'' if postgresql else 'QUERY PLAN '}{statement}", parameters
            ).all()
            lines = [str(row[-1]).strip() for row in rows]
            found += [line for line in lines if "Seq Scan" in line or line.startswith("SCAN ")]
        if postgresql:
            connection.exec_driver_sql("RESET enable_seqscan")
    # The news of one poll are a limited list, not a table.
    return [line for line in found if not line.startswith("SCAN anon_1")]


def test_a_report_costs_few_statements_and_each_uses_an_index(app, district) -> None:
    phone = Handset(app, district)
    card = phone.take(make_task(app, district))
    phone.push("visit.record", {"visit": visit(card, "absent")})
    with watched(app) as seen:
        entry = phone.push("visit.record", {"visit": visit(card, "absent")})
    assert entry["status"] == "done", entry
    assert len(seen) <= REPORT_STATEMENTS, [statement[:60] for statement, _ in seen]
    assert any(statement.startswith("UPDATE device") for statement, _ in seen)
    assert scans(app, seen) == []


def test_a_poll_costs_two_statements_and_few_bytes(app, district) -> None:
    make_task(app, district)
    phone = Handset(app, district)
    phone.pull()
    with watched(app) as seen:
        answer = phone.client.get(f"/api/changes?cursor={phone.cursor}")
    assert answer.status_code == 204
    assert len(seen) == POLL_STATEMENTS, seen
    assert scans(app, seen) == []
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers) <= POLL_BYTES
    assert answer.headers["Cache-Control"] == "no-store"


def test_news_of_a_task_cost_few_statements_and_each_uses_an_index(app, district) -> None:
    make_task(app, district)
    phone = Handset(app, district)
    phone.pull()
    task_id = make_task(app, district)
    with watched(app) as seen:
        pulled = phone.pull()
    assert pulled is not None
    assert [card["id"] for card in pulled["tasks"]] == [task_id]
    assert len(seen) <= NEWS_STATEMENTS, [statement[:60] for statement, _ in seen]
    assert scans(app, seen) == []
    card = phone.take(task_id)
    phone.push("visit.record", {"visit": visit(card, "absent")})
    with watched(app) as seen:
        phone.pull()
    assert phone.cards[task_id]["slip"]
    assert phone.cards[task_id]["visits"]
    assert len(seen) <= NEWS_STATEMENTS + 4, "slips, parties, visits, receipts"
    assert scans(app, seen) == []


@pytest.mark.only_database("postgresql", reason="SQLite has no arrays")
def test_many_tasks_are_asked_for_with_one_parameter(app, district) -> None:
    for _ in range(30):
        make_task(app, district)
    phone = Handset(app, district)
    with watched(app) as seen:
        phone.pull()
    assert len(phone.cards) == 30
    assert max(len(parameters) for _, parameters in seen) < 30


def test_scans_are_noticed(app, district) -> None:
    assert scans(app, [("SELECT id FROM device WHERE last_seq = 7", ())])


def test_a_first_load_is_gzipped_for_who_can_read_it(app, district) -> None:
    for _ in range(3):
        make_task(app, district)
    phone = Handset(app, district)
    plain = phone.client.get("/api/changes?cursor=0")
    packed = phone.client.get("/api/changes?cursor=0", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Vary"] == packed.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) == packed.content_length < len(plain.data) / 2
    assert orjson.loads(gzip.decompress(packed.data))["tasks"] == plain.json["tasks"]
    refused = phone.client.get("/api/changes?cursor=0", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_small_answer_stays_as_it_is(app, district) -> None:
    answer = Handset(app, district).client.get("/api/session", headers={"Accept-Encoding": "gzip"})
    assert answer.json
    assert "Content-Encoding" not in answer.headers


def test_a_gzipped_answer_is_known_again(app, district) -> None:
    phone = Handset(app, district)
    packed = phone.client.get("/api/reference", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    again = phone.client.get("/api/reference", headers={"If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304
