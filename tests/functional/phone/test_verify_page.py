"""The public page after one visit: it works without a network, and then it never says 有效."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.support.chromium import CHROMIUM, QUIET
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer
from tests.support.one_case import OneCase
from tests.support.papers import forged
from tests.support.stage import Stage
from tests.support.wire_hands import WireHands

UNSURE = "验签通过，但未联网核对"
PORTAL = "<html><body>请先登录无线网络</body></html>"


@pytest.fixture
def resident(browsers: Playwright) -> Iterator[BrowserContext]:
    """Give the phone's browser of somebody who lives there."""
    browser = browsers.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    context = browser.new_context(
        viewport={"width": 360, "height": 780}, device_scale_factor=2, is_mobile=True, has_touch=True,
        locale="zh-CN", timezone_id="Asia/Shanghai",
    )  # fmt: skip
    yield context
    browser.close()


def says(page: Page, code: str) -> str:
    """Scan a code anew and return the result word; without a network no other word on the page says more."""
    page.goto("about:blank")
    page.goto(code)
    heading = page.locator("section.result h2")
    expect(heading).to_be_visible()
    return heading.inner_text()


def test_without_a_network_it_never_says_valid(
    browsers: Playwright, site: LiveServer, officer: ClerkHands, resident: BrowserContext, stage: Stage
) -> None:
    one = OneCase(case_no="（2026）皖0503执9501号")
    officer.post("/api/cases", one.case())
    officer.post("/api/tasks", one.task())
    receipt = WireHands(browsers, site).hand_over(one.task_id)
    code = officer.get(f"/api/receipts/{receipt['cti']}")["url"]
    page = stage.watch(resident.new_page())
    page.goto(f"{site.origin}/V")
    expect(page.get_by_text("请扫描凭证上的二维码")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.evaluate("navigator.serviceWorker.ready.then((kept) => kept.active.state)")

    resident.set_offline(True)
    assert says(page, code) == UNSURE
    expect(page.get_by_text("须联网查询")).to_be_visible()
    expect(page.get_by_text("有效", exact=True)).to_have_count(0)
    stage.show(page, "verify-offline")
    assert says(page, forged(code)) == "签名无效"
    stage.show(page, "verify-offline-forged")
    page.get_by_label("手输短码").fill(receipt["short_code"])
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.get_by_role("heading", name="没有连上法院")).to_be_visible()
    stage.show(page, "verify-offline-code")

    resident.set_offline(False)
    assert says(page, code) == "有效"
    resident.set_offline(True)
    page.reload()
    expect(page.locator("section.result h2")).to_have_text(UNSURE)

    # A wireless network that answers everything with its own page is no court either.
    resident.set_offline(False)
    resident.route("**/api/verify/**", lambda route: route.fulfill(body=PORTAL, content_type="text/html"))
    assert says(page, code) == UNSURE
    resident.unroute("**/api/verify/**")
    assert says(page, code) == "有效"
    page.goto("about:blank")
    page.goto(f"{site.origin}/V")
    page.get_by_label("手输短码").fill(receipt["short_code"])
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.locator("section.result h2")).to_have_text("有效")
    assert stage.problems == []
