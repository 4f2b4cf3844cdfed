"""The phone itself: what it fetches before its first task list, and how soon a list of 500 can be used."""

import re
import statistics
import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from api.shell import DIST
from tests.load.harness import Bench, BenchFailed
from tests.load.rows import Row, most
from tests.load.world import World, running_world, sign_in
from tests.support.chromium import CHROMIUM, QUIET

OWN: Final = 500
SLOWER: Final = 4
FIRST_LOAD_KB, LIST_MS = 150.0, 1000.0
PATIENCE_MS: Final = 120_000
# Fetched at the start by the browser or the page, and not among the requests a page tells of.
BESIDE: Final = ("sw.js", "manifest.webmanifest", "icons/icon.svg")
# Two frames after the first card is in the page it is painted and the page takes a tap.
WATCH: Final = """new MutationObserver((_changes, watcher) => {
  if (!document.querySelector('main li a[href^="/task/"]')) return
  watcher.disconnect()
  requestAnimationFrame(() => requestAnimationFrame(() => { window.listedAt = performance.now() }))
}).observe(document, { childList: true, subtree: true })"""


def measure(bench: Bench) -> list[Row]:
    """Install the app in a real Chromium, sign in, fetch 500 tasks, then open it again and again."""
    if not list(DIST.glob("assets/*.br")):
        raise BenchFailed("the front end is not built and compressed")
    with running_world(bench, "phone", 1) as world, sync_playwright() as playwright:
        sign_in(world.app, world.district, world.phones[0].staff_no, OWN)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            context = browser.new_context(
                viewport={"width": 360, "height": 780}, device_scale_factor=2, is_mobile=True, has_touch=True,
                locale="zh-CN", timezone_id="Asia/Shanghai",
            )  # fmt: skip
            context.set_default_timeout(PATIENCE_MS)
            context.add_init_script(WATCH)
            return [_first_load(world, context), _list(bench, context)]
        finally:
            browser.close()


def _first_load(world: World, context: BrowserContext) -> Row:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(f"http://127.0.0.1:{world.server.port}/")
    page.get_by_label("手机号或网格员编号").fill(world.phones[0].staff_no)
    page.get_by_label("密码", exact=True).fill(world.district.password)
    until_sign_in = _bytes(asked)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="任务", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    until_list = _bytes(asked)
    _until_all_listed(page)
    return Row(
        "phone: first load, from nothing to the task list",
        {"KB brotli": f"{until_list / 1000:.1f}", "of it until the sign-in page": f"{until_sign_in / 1000:.1f}"},
        [most("", until_list / 1000, FIRST_LOAD_KB, "KB")],
        "files of the built app that a real Chromium asked for, with sw.js, manifest and icon; no data",
        "; ".join(f"{name} {size / 1000:.0f} KB" for name, size in _largest(asked)),
    )


def _files(asked: list[str]) -> dict[str, int]:
    """Return file → bytes on the wire of everything that was asked for, pages and data aside."""
    found = {"index.html": _size(DIST / "index.html")}
    for path in [*asked, *BESIDE]:
        file = DIST / path.lstrip("/")
        if file.is_file():
            found[file.relative_to(DIST).as_posix()] = _size(file)
    return found


def _bytes(asked: list[str]) -> int:
    return sum(_files(asked).values())


def _largest(asked: list[str]) -> list[tuple[str, int]]:
    return sorted(_files(asked).items(), key=lambda item: -item[1])[:3]


def _size(file: Path) -> int:
    packed = file.with_name(f"{file.name}.br")
    return (packed if packed.is_file() else file).stat().st_size


def _until_all_listed(page: Page) -> None:
    """Wait until the headings of the list count every task."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while _counted(page) < OWN:
        if time.monotonic() > until:
            raise BenchFailed(f"the phone lists {_counted(page)} tasks, not {OWN}")
        time.sleep(0.25)


def _counted(page: Page) -> int:
    return sum(int(re.sub(r"\D", "", text) or 0) for text in page.locator("main h2 .count").all_text_contents())


def _list(bench: Bench, context: BrowserContext) -> Row:
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    origin = urlsplit(context.pages[0].url)
    context.pages[0].close()
    times = []
    for _ in range(bench.runs + 1):  # the first one warms up
        page.goto(f"{origin.scheme}://{origin.netloc}/")
        page.locator('main li a[href^="/task/"]').first.wait_for()
        page.wait_for_timeout(500)
        times.append(float(page.evaluate("window.listedAt")))
    _until_all_listed(page)
    ms = statistics.median(times[1:])
    return Row(
        f"phone: task list of {OWN} usable at {SLOWER}x CPU slow-down",
        {"ms": f"{ms:.0f}"},
        [most("", ms, LIST_MS, "ms")],
        "from opening the installed app to the first cards painted; one browser process on the server's machine",
        "reading all cards from IndexedDB and sorting them before the first 25 are drawn",
    )
