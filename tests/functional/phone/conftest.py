"""One live installation for the phone's tests, an officer who sends tasks into it, and a phone of one's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.support.camera import write_film
from tests.support.chromium import Phone, desk_context
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer, live_server
from tests.support.papers import code_picture
from tests.support.stage import Stage, shots_folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Give a running server with the demo district."""
    with live_server(tmp_path_factory.mktemp("phone-site") / "data") as server:
        yield server


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Give what watches the screens; a test says at its end that nothing was seen."""
    return Stage(shots_folder(tmp_path))


@pytest.fixture
def officer(browsers: Playwright, site: LiveServer, stage: Stage) -> Iterator[ClerkHands]:
    """Give a signed-in officer."""
    with desk_context(browsers) as context:
        hands = ClerkHands(context.new_page(), stage, site.origin)
        hands.sign_in("FG001", site.password)
        yield hands


@pytest.fixture
def phone(browsers: Playwright, site: LiveServer, tmp_path: Path) -> Iterator[Phone]:
    """Give a phone whose camera looks at the code beside a house door."""
    film = write_film(tmp_path / "film.y4m", code_picture("https://example.com/house/340503-18-2"))
    device = Phone(browsers, site.origin, tmp_path / "profile", film)
    yield device
    device.close()
