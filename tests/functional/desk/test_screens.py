"""Every screen of every role: no fault, one heading, one main part, nothing for axe to say."""

import pytest

from tests.support.clerk import Clerk

COURT = ("/tasks", "/tasks?states=all", "/cases", "/registers/delivery", "/registers/monthly", "/messages", "/account")
SCREENS = {
    "case_officer": (*COURT, "/tasks/new", "/tasks/import", "/reviews"),
    "command_centre": (*COURT, "/tasks/unrouted", "/reviews", "/devices", "/settings", "/ledger"),
    "court_admin": (*COURT, "/registers/approvals", "/org", "/settings", "/ledger"),
    "street_centre": (
        "/tasks",
        "/tasks/unrouted",
        "/registers/delivery",
        "/registers/monthly?by=unit",
        "/org",
        "/devices",
    ),
    "assessor": ("/registers/delivery", "/registers/monthly", "/messages"),
    "auditor": ("/tasks", "/registers/delivery", "/settings", "/ledger"),
    "sysadmin": ("/org", "/org/import/people", "/settings", "/devices", "/messages"),
}


@pytest.mark.parametrize("role", SCREENS)
def test_every_screen_is_whole_and_open_to_everybody(clerk: Clerk, role: str) -> None:
    clerk.sign_in(role)
    for path in SCREENS[role]:
        clerk.open(path)
        assert clerk.page.locator("main").count() == 1, path
        assert clerk.page.locator("h1").count() == 1, path
        assert clerk.page.get_by_role("alert").count() == 0, path
        assert clerk.violations() == [], path


@pytest.mark.parametrize("role", SCREENS)
def test_the_rail_leads_nowhere_closed(clerk: Clerk, role: str) -> None:
    clerk.sign_in(role)
    links = clerk.page.get_by_role("navigation", name="栏目").locator(".place")
    for index in range(links.count()):
        links.nth(index).click()
        clerk.page.locator("h1").wait_for()
        clerk.page.wait_for_load_state("networkidle")
        assert clerk.page.get_by_role("alert").count() == 0, clerk.page.url


def test_a_narrow_desk_shows_the_same(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    clerk.page.set_viewport_size({"width": 1280, "height": 720})
    for path in ("/tasks", "/reviews", "/tasks/new", "/registers/monthly"):
        clerk.open(path)
        width = clerk.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 1280, path
        assert clerk.violations() == [], path


@pytest.mark.parametrize(("role", "first"), [("case_officer", "任务清单"), ("assessor", "协助送达台账")])
def test_whoever_asks_for_the_desk_comes_to_the_first_place_of_the_role(clerk: Clerk, role: str, first: str) -> None:
    clerk.expect(401)
    clerk.page.goto(f"{clerk.site.origin}/desk")
    clerk.page.wait_for_url("**/sign-in*")
    clerk.sign_in_here(role)
    clerk.page.get_by_role("heading", name=first, exact=True).wait_for()
