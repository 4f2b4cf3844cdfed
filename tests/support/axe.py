"""What axe-core objects to on a page, one line per rule."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.support.live import ROOT

SOURCE = ROOT / "static/pwa/node_modules/axe-core/axe.min.js"
# A dialog that is still fading in has no contrast yet; what spins for ever is not waited for.
SETTLED = """() => Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished.catch(() => null)))"""
CHECK = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"


@cache
def source() -> str:
    """Read axe-core once."""
    return SOURCE.read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands, once nothing moves any more."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(source())
    page.evaluate(SETTLED)
    found: list[dict[str, Any]] = page.evaluate(CHECK)
    return [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]
