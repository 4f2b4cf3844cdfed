"""Every screen of the phone, in normal and in large type, with and without a network: whole, reachable, one thumb."""

import pytest
from playwright.sync_api import expect

from tests.support.chromium import Phone
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer
from tests.support.one_case import OneCase
from tests.support.phone_screen import check
from tests.support.stage import Stage
from tests.support.worker_hands import WorkerHands

PLACES = ("/", "/scan", "/messages", "/me", "/outbox", "/me/sessions", "/me/rescue", "/me/sign-out", "/password", "/no")


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_every_place_is_whole(site: LiveServer, officer: ClerkHands, phone: Phone, stage: Stage, large: bool) -> None:
    one = OneCase(case_no=f"（2026）皖0503执91{int(large)}1号")
    officer.post("/api/cases", one.case())
    officer.post("/api/tasks", one.task())
    least = 60 if large else 48
    page = phone.open()
    if large:
        page.evaluate("localStorage.setItem('grid.large', '1')")
        page.reload()
    check(page, least)
    hands = WorkerHands(page, stage, site.origin)
    hands.sign_in("WG010101", site.password)
    hands.arrived()
    places = (*PLACES, *(f"/task/{one.task_id}{part}" for part in ("", "/take", "/return", "/slip")))
    for offline in (False, True):
        assert phone.context is not None
        phone.context.set_offline(offline)
        for place in places:
            page.goto(site.origin + place)
            expect(page.locator("h1")).to_be_visible()
            page.wait_for_timeout(300)  # the store answers
            check(page, least)


def test_signing_out_keeps_unsent_work(site: LiveServer, officer: ClerkHands, phone: Phone, stage: Stage) -> None:
    one = OneCase(case_no="（2026）皖0503执9201号")
    officer.post("/api/cases", one.case())
    officer.post("/api/tasks", one.task())
    hands = WorkerHands(phone.open(), stage, site.origin)
    hands.sign_in("WG010101", site.password)
    hands.open_task(one.task_id)
    hands.take(one.name)
    hands.arrived()
    assert phone.context is not None
    phone.context.set_offline(True)
    hands.button("开始走访").click()
    hands.page.get_by_text("搬走了、").click()
    hands.next("问到了什么？")
    hands.page.get_by_role("textbox", name="经过").fill("邻居说上个月搬走了")
    hands.page.wait_for_timeout(600)  # typed words are on disk 300 ms after the last key
    hands.page.goto(f"{site.origin}/me/sign-out")
    expect(hands.page.get_by_text("还有 1 项没有上传，现在不能清除。")).to_be_visible()
    expect(hands.button("清除并退出")).to_have_count(0)
    phone.context.set_offline(False)
    hands.button("保留资料退出").click()
    hands.sign_in("WG010101", site.password)
    hands.open_task(one.task_id)
    hands.button("继续填写").click()
    expect(hands.page.get_by_role("textbox", name="经过")).to_have_value("邻居说上个月搬走了")
