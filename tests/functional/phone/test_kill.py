"""The browser is killed at every page of a visit; what was answered before is there afterwards, without a network."""

from playwright.sync_api import Page, expect

from tests.support.chromium import Phone
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer
from tests.support.one_case import OneCase
from tests.support.stage import Stage
from tests.support.worker_hands import WorkerHands

TYPED_MS = 600
"""Typed words are on disk 300 ms after the last key."""


def reopened(phone: Phone, page: Page, stage: Stage, origin: str) -> WorkerHands:
    """Kill the browser where it stands and open the same page again, without a network."""
    address = page.url.removeprefix(origin)
    phone.kill()
    return WorkerHands(stage.watch(phone.open(address, offline=True)), stage, origin)


def test_a_visit_survives_a_kill_at_every_page(
    site: LiveServer, officer: ClerkHands, phone: Phone, stage: Stage
) -> None:
    one = OneCase(case_no="（2026）皖0503执9301号")
    officer.post("/api/cases", one.case())
    officer.post("/api/tasks", one.task())
    hands = WorkerHands(stage.watch(phone.open()), stage, site.origin)
    hands.sign_in("WG010101", site.password)
    hands.open_task(one.task_id)
    hands.take(one.name)
    hands.arrived()
    phone.until_session_kept()
    assert phone.context is not None
    phone.context.set_offline(True)
    hands.button("开始走访").click()
    hands.page.get_by_text("家里没人", exact=True).click()
    expect(hands.page.get_by_role("radio", name="家里没人")).to_be_checked()

    hands = reopened(phone, hands.page, stage, site.origin)
    expect(hands.page.get_by_role("radio", name="家里没人")).to_be_checked()
    hands.next("按清单拍照")
    hands.photograph()
    expect(hands.page.locator("main img")).to_have_count(3)

    hands = reopened(phone, hands.page, stage, site.origin)
    expect(hands.page.locator("main img")).to_have_count(3)
    hands.next("下次什么时候去？")
    hands.page.get_by_label("经过").fill("敲门三次无人应")
    hands.page.wait_for_timeout(TYPED_MS)

    hands = reopened(phone, hands.page, stage, site.origin)
    expect(hands.page.get_by_label("经过")).to_have_value("敲门三次无人应")
    hands.next("核对后保存")

    hands = reopened(phone, hands.page, stage, site.origin)
    expect(hands.page.get_by_text("敲门三次无人应")).to_be_visible()
    hands.save()

    hands = reopened(phone, hands.page, stage, site.origin)
    hands.page.goto(f"{site.origin}/outbox")
    expect(hands.page.get_by_text("已保存在本机", exact=True)).to_be_visible()
    assert phone.context is not None
    phone.context.set_offline(False)
    hands.arrived()
    visits = officer.get(f"/api/tasks/{one.task_id}")["visits"]
    assert [(visit["outcome"], visit["narrative"], len(visit["evidence"])) for visit in visits] == [
        ("absent", "敲门三次无人应", 3)
    ]
    assert stage.problems == []
