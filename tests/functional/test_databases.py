"""The line from desk to approval through the real server on each database; the ledger holds afterwards."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from grid.core import clock
from tests.support.camera import write_film
from tests.support.chromium import Phone, desk_context
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer, live_server
from tests.support.one_case import OneCase
from tests.support.papers import cut_code, page_picture
from tests.support.stage import Stage
from tests.support.worker_hands import WorkerHands


@pytest.fixture
def own_server(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LiveServer]:
    """Give a running server on a fresh installation, once with each database."""
    if backend == "sqlite":
        shutil.copytree(request.getfixturevalue("installation"), tmp_path / "data")
        with live_server(tmp_path / "data") as running:
            yield running
        return
    cluster = request.getfixturevalue("postgres")
    cluster.create("live")
    try:
        with live_server(tmp_path / "data", cluster.url("live")) as running:
            yield running
    finally:
        cluster.drop("live")


def test_from_desk_to_approval(browsers: Playwright, own_server: LiveServer, tmp_path: Path) -> None:
    stage, one = Stage(tmp_path), OneCase()
    with desk_context(browsers) as context:
        officer = ClerkHands(stage.watch(context.new_page()), stage, own_server.origin)
        officer.sign_in("FG001", own_server.password)
        officer.post("/api/cases", one.case())
        officer.post("/api/tasks", one.task())
        officer.go(f"/tasks?q={one.case_no}", "任务清单")
        write_film(tmp_path / "film.y4m", cut_code(page_picture(officer.print_tasks([one.task_id]))))
        phone = Phone(browsers, own_server.origin, tmp_path / "profile", tmp_path / "film.y4m")
        try:
            hands = WorkerHands(stage.watch(phone.open()), stage, own_server.origin)
            hands.sign_in("WG010101", own_server.password)
            hands.open_task(one.task_id)
            hands.take(one.name)
            hands.begin_handover()
            hands.hand_over()
            hands.page.goto(f"{own_server.origin}/outbox")
            expect(hands.page.get_by_text("照片 6/6 已上传")).to_be_visible()
        finally:
            phone.close()
        officer.review(one.task_id)
        officer.approve(clock.local_date(clock.now()).isoformat())
        assert officer.get(f"/api/tasks/{one.task_id}")["state"] == "closed"
    assert stage.problems == []
    fsck = own_server.flask("ledger", "fsck")
    assert fsck.returncode == 0, fsck.stdout + fsck.stderr
