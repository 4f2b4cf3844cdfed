"""One live installation with the demo district, and a desk browser that notices every fault of a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.support.chromium import CHROMIUM, QUIET
from tests.support.clerk import Clerk
from tests.support.live import LiveServer, live_server


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Give a running server with the demo district."""
    with live_server(tmp_path_factory.mktemp("desk-site") / "data") as server:
        yield server


@pytest.fixture(scope="session")
def desk_browser(browsers: Playwright) -> Iterator[Browser]:
    """Give the system's Chromium."""
    browser = browsers.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def clerk(site: LiveServer, desk_browser: Browser, tmp_path: Path) -> Iterator[Clerk]:
    """Give somebody at a desk; the test fails when any of his pages had a fault nobody looked at."""
    person = Clerk(site, desk_browser, tmp_path)
    yield person
    person.leave()
    assert person.faults == []
