"""Browsers, and installations that are set up once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.support.live import LiveServer, live_server, set_up

WAIT_MS = 60_000


@pytest.fixture(scope="session")
def browsers() -> Iterator[Playwright]:
    """Give Playwright, once: a second one does not start beside the first, and its loop runs until the session ends."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the data folder of a fresh installation that nobody has used."""
    folder = tmp_path_factory.mktemp("installation") / "data"
    set_up(folder)
    return folder


@pytest.fixture
def server(installation: Path, tmp_path: Path) -> Iterator[LiveServer]:
    """Give a running server with its scheduler on a fresh installation of the test's own."""
    shutil.copytree(installation, tmp_path / "data")
    with live_server(tmp_path / "data") as running:
        yield running
