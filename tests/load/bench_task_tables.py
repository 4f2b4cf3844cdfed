"""A hundred thousand tasks: a table imported whole (P14), then any page of the list it makes (P11)."""

import io
import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import xlsxwriter
from flask import Flask
from sqlalchemy import text

from api import work
from app import create_app
from grid.core import clock
from grid.core.settings import Settings
from grid.flows.demo_names import demo_id_no
from grid.flows.demo_places import places
from grid.flows.imports.batch import KINDS, begin_commit, check_file, keep_batch
from grid.flows.unit import back_out, transaction
from grid.models import db
from grid.tools.tabular import read_table
from tests.load.client import Messages, request
from tests.load.harness import Bench, Server
from tests.load.processes import cpu_seconds
from tests.load.rows import Row, most
from tests.support.databases import migrate
from tests.support.district import PASSWORD, District, read_district

ROWS: Final = 100_000
IMPORT_SECONDS: Final = 10.0
PAGE_MS: Final = 10.0
PAGE_SIZE: Final = 50
TITLES: Final = ("案号", "案由", "受送达人", "证件号码", "联系电话", "送达地址", "社区", "文书", "是否加急")
SORTS: Final = ("due_on", "-no", "case_no", "-dispatched_at", "state")


def table_of(rows: int) -> bytes:
    """Return an office's table with one case, person and address a row, spread over every cell."""
    out, cells = io.BytesIO(), places()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TITLES)
        for n in range(rows):
            cell = cells[n % len(cells)]
            where = f"花山区{cell.street}{cell.community}{cell.name}测试路{n}号{n % 40 + 1}栋{n % 30 + 1:02d}室"
            sheet.write_row(
                n + 1, 0,
                (f"（2026）皖0503执{100_000 + n}号", "民间借贷纠纷", f"测试人{n}", demo_id_no(n, 1950 + n % 50),
                 f"139{n:08d}", where, cell.community, "执行通知书1份；报告财产令1份", "否"),
            )  # fmt: skip
    return out.getvalue()


def measure(bench: Bench) -> list[Row]:
    """Import the table in this process, as the scheduler does; then ask a real server for pages of it."""
    with _court(bench, "task_tables") as (app, district):
        imported = _import(bench, app, district)
        with app.app_context():
            # What autovacuum does within a minute of such an import.
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
            back_out()
        env = {
            "GRID_DATA_DIR": str(app.config["GRID"].data_dir),
            "GRID_DATABASE_URL": app.config["GRID"].database_url,
            "GRID_LOG_LEVEL": "ERROR",
        }
        with bench.server("app:create_server", env) as server:
            return [imported, *(_pages(bench, app, server, sort) for sort in SORTS)]


@contextmanager
def _court(bench: Bench, name: str) -> Iterator[tuple[Flask, District]]:
    bench.cluster.create(name)
    data, url = bench.folder / name, bench.cluster.url(name)
    migrate(url, data, district=True)
    settings = Settings(data_dir=data, database_url=url, log_level="ERROR", argon2_memory_kib=64, argon2_time_cost=1)
    app = create_app(settings)
    try:
        yield app, read_district(app)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        bench.cluster.drop(name)


def _import(bench: Bench, app: Flask, district: District) -> Row:
    content, kit, actor = table_of(ROWS), district.kit, district.actor(district.officer)
    with app.app_context():
        start = time.perf_counter()
        read_table(content, "任务.xlsx", KINDS["tasks"].columns)
        reading = time.perf_counter() - start
        before = time.perf_counter(), time.process_time(), cpu_seconds(bench.cluster.pid)
        read = check_file(actor, "tasks", "任务.xlsx", content, kit, clock.now())
        with transaction():
            batch = keep_batch(actor, read, kit, clock.now())
        checked = time.perf_counter()
        with transaction():
            begin_commit(actor, batch.id, clock.now())
        work.work_off(kit)
        done = time.perf_counter()
        made = db.session.scalar(text("SELECT count(*) FROM task"))
        assert made == ROWS, made
        back_out()
    checking = checked - before[0] - reading
    beyond = checking + done - checked
    python, postgres = time.process_time() - before[1], cpu_seconds(bench.cluster.pid) - before[2]
    figures = {
        "read s": f"{reading:.1f}",
        "check s": f"{checking:.1f}",
        "create s": f"{done - checked:.1f}",
        "beyond reading s": f"{beyond:.1f}",
        "CPU s": f"{python + postgres:.1f}",
        "of it PostgreSQL": f"{postgres:.1f}",
    }
    note = (
        "one run; each row becomes a case, a party, an address, a task, two papers, a fingerprint, a ledger"
        " leaf and node and a feed row, four fields sealed with AES-GCM and three keyed hashes"
    )
    dominant = "the task table's indexes and foreign keys in PostgreSQL, sealing and writing rows in Python"
    targets = [most("beyond reading", beyond, IMPORT_SECONDS, "s")]
    return Row("P14 import of 100,000 task rows", figures, targets, note, dominant)


def _pages(bench: Bench, app: Flask, server: Server, sort: str) -> Row:
    client = app.test_client()
    signed = client.post("/api/session", json={"identifier": "ZH001", "password": PASSWORD})
    assert signed.status_code == 200, signed.json
    cookie = client.get_cookie("grid_session")
    assert cookie is not None
    chance = random.Random(sort)

    def source(_client: int) -> Messages:
        while True:
            page = chance.randrange(1, ROWS // PAGE_SIZE + 1)
            path = f"/api/tasks?page={page}&size={PAGE_SIZE}&sort={sort}"
            yield request("GET", path, Cookie=f"grid_session={cookie.value}")

    run = bench.median(server, source, clients=1, expect=json.dumps({"total": ROWS})[1:-1].replace(" ", "").encode())
    targets = [most("p95", run.load.quantile(0.95), PAGE_MS, "ms")]
    return Row(
        f"P11 any page of 100,000 rows by {sort}",
        run.figures(),
        targets,
        dominant=f"{run.shares}: building and writing 50 rows",
    )
