"""What must hold on every screen of the phone, whatever it shows: whole, reachable with one thumb, clean for axe."""

from playwright.sync_api import Page, expect

from tests.support.axe import violations

WIDTH = 360
TARGETS = (
    "main button, main a, nav a, header button, header a, main label:has(input), "
    "main input:not([type=radio], [type=checkbox], .visually-hidden)"
)
SMALL = """([selector, least]) => [...document.querySelectorAll(selector)]
  .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))
  .map((one) => [one.outerHTML.slice(0, 120), Math.round(one.getBoundingClientRect().height)])
  .filter(([, height]) => height < least)"""
# Text that reaches out of its box or off the glass; what is hidden from sight on purpose is left out.
CUT = """(width) => [...document.querySelectorAll('h1, h2, p, span, strong, label, button, a, dt, dd, legend, li')]
  .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }) && !one.closest('.visually-hidden, svg'))
  .filter((one) => {
    const box = one.getBoundingClientRect()
    const out = box.width > 0 && (box.left < -1 || box.right > width + 1)
    const style = getComputedStyle(one)
    const cuts = style.overflow === 'hidden' && style.webkitLineClamp === 'none'
    return out || (cuts && one.scrollWidth > one.clientWidth + 1)
  })
  .map((one) => one.outerHTML.slice(0, 120))"""
# Scrolled to its end, a page shows its last line above the bar that is fixed to the glass.
# (Rows below the glass are drawn as it comes to them, so the end moves while one scrolls.)
COVERED = """async () => {
  for (let tries = 0, high = 0; tries < 40 && high !== document.body.scrollHeight; tries += 1) {
    high = document.body.scrollHeight
    window.scrollTo(0, high)
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)))
  }
  const bar = document.querySelector('.actions, nav.bar')
  const last = [...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('.actions, dialog') && one.getBoundingClientRect().height > 1)
    .reduce((low, one) => Math.max(low, one.getBoundingClientRect().bottom), 0)
  const top = bar && !document.querySelector('dialog[open]') ? bar.getBoundingClientRect().top : Infinity
  window.scrollTo(0, 0)
  return last > top + 1 ? [Math.round(last), Math.round(top)] : []
}"""


def check(page: Page, least: int) -> None:
    """See one heading, one main part, nothing cut off or covered, nothing too small for a thumb, nothing for axe."""
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url
    assert page.evaluate(SMALL, [TARGETS, least]) == [], page.url
    assert page.evaluate(CUT, WIDTH) == [], page.url
    assert page.evaluate(COVERED) == [], page.url
    # The phone has none of the desk's floating layers, so nothing of it is kept from axe.
    assert page.locator(".el-popper").count() == 0
    assert violations(page) == [], page.url
