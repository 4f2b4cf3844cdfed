"""What a test watches while people use the screens: pictures, accessibility and the browser's console."""

import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import ConsoleMessage, Page

from tests.support.axe import violations

LARGEST_BYTES = 120_000
# What Chromium itself says of a request without a network or without a session; the app shows both in words.
EXPECTED = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_NETWORK_CHANGED", "status of 401")


def shots_folder(tmp_path: Path) -> Path:
    """Return where pictures go: GRID_SHOTS when somebody wants to keep them."""
    folder = Path(os.environ["GRID_SHOTS"]) if os.environ.get("GRID_SHOTS") else tmp_path / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def squeeze(path: Path) -> None:
    """Store a picture with as few colours as keep it below the limit."""
    with Image.open(path) as picture:
        full = picture.convert("RGB")
    for colours in (128, 64, 32, 16):
        full.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < LARGEST_BYTES:
            return


class Stage:
    """Screens of one story; problems are collected, so that one run names them all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []

    def watch(self, page: Page) -> Page:
        """Listen to the page's console from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in EXPECTED):
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def keep(self, paper: Image.Image, name: str) -> None:
        """Keep a page of paper among the pictures, small enough to look at."""
        path = self.folder / f"{name}.png"
        paper.reduce(3).save(path)
        squeeze(path)

    def show(self, page: Page, name: str) -> None:
        """Take the picture of a screen and look at it as axe does."""
        path = self.folder / f"{name}.png"
        # Pictures below the fold may be left for later by the browser.
        page.evaluate(
            "Promise.all([...document.images].filter((one) => one.loading !== 'lazy').map((one) => one.decode()))"
        )
        page.screenshot(path=path, animations="disabled")
        squeeze(path)
        self.problems += [f"axe, {name}: {finding}" for finding in violations(page)]
