"""Every number of the 考核表 opens what it counts: the address holds it all, and back leads to the table."""

import re

import pytest

from tests.support.axe import violations
from tests.support.clerk import Clerk


def of(clerk: Clerk, address: str) -> dict[str, str]:
    """Return the parts of an address after the question mark."""
    return dict(part.split("=", 1) for part in address.partition("?")[2].split("&"))


@pytest.mark.parametrize("role", ["command_centre", "assessor"])
def test_a_number_opens_its_list_and_back_returns(clerk: Clerk, role: str) -> None:
    clerk.sign_in(role)
    clerk.open("/registers/monthly?by=unit")
    page = clerk.page
    numbers = page.locator("tbody a.number")
    assert numbers.count() > 5
    rate = page.get_by_role("link", name=re.compile("^合计 反馈率 分母"))
    for link in (numbers.first, page.locator("tfoot a.number").first, rate):
        shown = int(link.inner_text())
        link.click()
        page.get_by_role("heading", level=1, name="：").wait_for()
        page.get_by_text(f"共 {shown} 项，与考核表上的数一致").wait_for()
        assert page.locator("tbody tr").count() == min(shown, 50)
        assert violations(page) == []
        asked = of(clerk, page.url)
        assert asked["by"] == "unit"
        assert asked["measure"]
        address = page.url
        page.reload()
        page.get_by_text(f"共 {shown} 项").first.wait_for()
        assert page.url == address
        opens = page.locator("tbody a")
        assert (opens.count() > 0) is (role != "assessor")
        page.go_back()
        page.get_by_role("heading", level=1, name="月度考核表").wait_for()
        numbers.first.wait_for()
        assert of(clerk, page.url) == {"by": "unit"}


def test_pages_of_a_list_stand_in_the_address(clerk: Clerk) -> None:
    clerk.sign_in("command_centre")
    clerk.open("/registers/monthly")
    page = clerk.page
    link = page.locator("tfoot a.number").first
    total = int(link.inner_text())
    assert total > 20, "the demo month is too small to turn pages"
    link.click()
    page.get_by_text(f"共 {total} 项").wait_for()
    page.get_by_label("每页").select_option("20")
    page.get_by_role("button", name="下一页").click()
    page.wait_for_function(
        "() => document.querySelectorAll('tbody tr').length < 21 && location.search.includes('page=2')"
    )
    page.wait_for_load_state("networkidle")
    seen = page.locator("tbody tr").first.inner_text()
    page.reload()
    page.locator("tbody tr").first.wait_for()
    assert page.locator("tbody tr").first.inner_text() == seen
    page.locator("tbody a").first.click()
    page.get_by_role("dialog").wait_for()
    page.go_back()
    page.locator("tbody tr").first.wait_for()
    assert page.locator("tbody tr").first.inner_text() == seen
