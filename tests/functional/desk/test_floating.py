"""Lists, calendars, menus and dialogs, open: inside a landmark, and nothing for axe to say."""

import pytest

from tests.support.axe import violations
from tests.support.clerk import Clerk

OUTSIDE = """() => [...document.querySelectorAll('.el-popper')]
  .filter((one) => one.checkVisibility() && !one.closest('main, nav, aside, section[aria-label], [role=dialog]'))
  .map((one) => one.outerHTML.slice(0, 160))"""


def look(clerk: Clerk, what: str) -> None:
    """Hold the page against axe, with whatever is open on it."""
    assert violations(clerk.page) == [], what
    assert clerk.page.evaluate(OUTSIDE) == [], what


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("case_officer", "/registers/delivery"),
        ("case_officer", "/tasks"),
        ("street_centre", "/tasks/unrouted"),
        ("street_centre", "/devices"),
        ("assessor", "/registers/monthly"),
        ("sysadmin", "/org"),
    ],
)
def test_every_list_of_a_screen_opens_inside_a_landmark(clerk: Clerk, role: str, path: str) -> None:
    clerk.sign_in(role)
    clerk.open(path)
    boxes = clerk.page.locator("main .el-select").get_by_role("combobox")
    assert boxes.count() > 0
    for place in range(boxes.count()):
        boxes.nth(place).focus()
        boxes.nth(place).press("Enter")
        clerk.page.locator(".el-select-dropdown:visible").wait_for()
        look(clerk, f"{path}, list {place + 1}")
        boxes.nth(place).press("Escape")
        clerk.page.locator(".el-select-dropdown:visible").wait_for(state="hidden")


def test_calendar_menus_and_dialog(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    clerk.open("/registers/delivery")
    clerk.page.get_by_label("从", exact=True).click()
    clerk.page.locator(".el-picker-panel:visible").wait_for()
    look(clerk, "calendar")
    clerk.page.keyboard.press("Escape")
    clerk.page.get_by_role("button", name="显示列").click()
    clerk.page.get_by_role("group", name="显示哪些列").wait_for()
    look(clerk, "columns")
    clerk.page.get_by_role("button", name="显示列").click()
    clerk.page.get_by_role("group", name="显示哪些列").wait_for(state="hidden")
    clerk.page.locator("button.who").click()
    clerk.page.get_by_role("button", name="退出登录").wait_for()
    look(clerk, "own menu")
    clerk.page.locator("button.who").click()
    clerk.page.get_by_role("button", name="退出登录").wait_for(state="hidden")
    clerk.page.get_by_role("button", name="导出", exact=True).click()
    clerk.page.get_by_role("dialog", name="导出协助送达台账").wait_for()
    look(clerk, "dialog")


def test_a_list_and_a_calendar_within_a_dialog(clerk: Clerk) -> None:
    clerk.sign_in("sysadmin")
    clerk.open("/org")
    clerk.page.get_by_role("button", name="新建人员").click()
    dialog = clerk.page.get_by_role("dialog")
    box = dialog.get_by_role("combobox", name="岗位")
    box.focus()
    box.press("Enter")
    clerk.page.locator(".el-select-dropdown:visible").wait_for()
    look(clerk, "list in a dialog")
