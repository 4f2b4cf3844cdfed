"""Real Chromium as a phone that can be killed and reopened, and as a desk."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PLACE = {"latitude": 31.6751, "longitude": 118.4752, "accuracy": 12}


class Phone:
    """One phone with its own profile folder: kill it and open it again, nothing else is kept."""

    def __init__(self, playwright: Playwright, origin: str, profile: Path, film: Path) -> None:
        self._playwright, self._origin, self._profile, self._film = playwright, origin, profile, film
        self.context: BrowserContext | None = None

    def open(self, path: str = "/", *, offline: bool = False) -> Page:
        """Start Chromium on the profile and go to a page of the app."""
        self.context = self._playwright.chromium.launch_persistent_context(
            str(self._profile),
            executable_path=CHROMIUM,
            args=[
                *QUIET, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-video-capture={self._film}",
            ],
            viewport={"width": 360, "height": 780},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            geolocation=PLACE,
            permissions=["geolocation", "camera"],
        )  # fmt: skip
        self.context.set_default_timeout(30_000)
        self.context.set_offline(offline)
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.goto(self._origin + path)
        return page

    def until_session_kept(self, seconds: float = 60) -> None:
        """Wait until Chromium has written the session's cookie down: it does so every 30 s, whoever signs in."""
        until = time.monotonic() + seconds
        while not any(_cookies(path) for path in self._profile.glob("Default/**/Cookies")):
            assert time.monotonic() < until, "Chromium kept no cookie"
            time.sleep(0.5)

    def kill(self) -> None:
        """End the browser as a phone ends an app: SIGKILL, no goodbye."""
        listed = subprocess.run(["pgrep", "-f", str(self._profile)], capture_output=True, text=True, check=False)
        for pid in listed.stdout.split():
            os.kill(int(pid), signal.SIGKILL)
        time.sleep(0.5)
        for lock in self._profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)
        self.context = None

    def close(self) -> None:
        """End the browser politely."""
        if self.context is not None:
            self.context.close()
            self.context = None


def _cookies(path: Path) -> int:
    """Count the cookies of a profile past Chromium's lock; an unfinished write counts as none."""
    try:
        with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as store:
            return int(store.execute("SELECT count(*) FROM cookies").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0


@contextmanager
def desk_context(playwright: Playwright) -> Iterator[BrowserContext]:
    """Give a desk browser of 1440×900."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
    )
    context.set_default_timeout(30_000)
    try:
        yield context
    finally:
        browser.close()
