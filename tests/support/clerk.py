"""A person at a desk in a real browser: signs in by role, and writes down every fault a page shows."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Response

from tests.support.axe import violations
from tests.support.live import LiveServer


class Clerk:
    """One browser context; expect() names the refusals (HTTP status) a test provokes on purpose."""

    def __init__(self, site: LiveServer, browser: Browser, folder: Path, size: tuple[int, int] = (1440, 900)) -> None:
        self.site = site
        self.folder = folder
        self.faults: list[str] = []
        self._expected: set[int] = set()
        self._context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self._context.set_default_timeout(20_000)
        self.page: Page = self._context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._threw)
        self.page.on("response", self._answered)

    def expect(self, *statuses: int) -> None:
        """Say which refusals this test wants to see."""
        self._expected |= set(statuses)

    def sign_in(self, role: str, password: str | None = None) -> None:
        """Sign in as the demo account of a role."""
        self.expect(401)
        self.page.goto(f"{self.site.origin}/desk/sign-in")
        self.sign_in_here(role, password)
        self._expected.discard(401)

    def sign_in_here(self, role: str, password: str | None = None) -> None:
        """Fill in the form that is on the screen."""
        accounts = json.loads((self.site.data_dir / "demo-accounts.json").read_text("utf-8"))["accounts"]
        self.page.get_by_label("工号或手机号").fill(accounts[role])
        self.page.locator("input[type=password]").fill(password or self.site.password)
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    def open(self, path: str) -> None:
        """Go to a screen and wait until it has read what it shows."""
        self.page.goto(f"{self.site.origin}/desk{path}")
        self.page.wait_for_load_state("networkidle")

    def read(self, path: str) -> dict[str, Any]:
        """Ask the server as this person, past the page."""
        answer = self._context.request.get(f"{self.site.origin}/api{path}")
        assert answer.ok, answer.text()
        return dict(answer.json())

    def violations(self) -> list[str]:
        """Return what axe objects to on the page as it stands."""
        return violations(self.page)

    def choose(self, name: str, option: str, within: Locator | None = None) -> None:
        """Choose in a list by the keyboard, as a clerk does: focus, type, Enter."""
        box = (within or self.page).get_by_role("combobox", name=name).first
        box.focus()
        box.press("Enter")
        self.page.get_by_role("option", name=option, exact=True).locator("visible=true").first.click()

    def offline(self, off: bool) -> None:
        """Pull the cable, or put it back."""
        self._context.set_offline(off)

    def forget(self) -> None:
        """Lose the session cookie, as an expired session does."""
        self._context.clear_cookies()

    def leave(self) -> None:
        """Close the browser."""
        self._context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text[:300]}")

    def _threw(self, error: Error) -> None:
        self.faults.append(f"page error: {error}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.status not in self._expected):
            self.faults.append(f"{response.status} {response.request.method} {response.url}")
