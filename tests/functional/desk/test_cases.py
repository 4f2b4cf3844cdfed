"""案件: parties masked until a reason is given, people and addresses added where they are missing."""

from tests.support.clerk import Clerk


def test_one_field_is_shown_at_a_time_and_only_with_a_reason(clerk: Clerk) -> None:
    clerk.sign_in("command_centre")
    row = clerk.read("/cases")["items"][0]
    clerk.open(f"/cases/{row['id']}")
    buttons = clerk.page.get_by_role("button", name="显示姓名")
    masked = clerk.page.locator("article.party").first.inner_text()
    assert "*" in masked
    buttons.first.click()
    dialog = clerk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="显示", exact=True).click()
    dialog.get_by_text("请写明原因").wait_for()
    assert clerk.violations() == []
    dialog.get_by_role("textbox").fill("核对当事人身份")
    dialog.get_by_role("button", name="显示", exact=True).click()
    clerk.page.get_by_role("button", name="收起").first.wait_for()
    shown = clerk.page.locator("article.party").first.locator("strong").nth(1).inner_text()
    assert "*" not in shown
    clerk.page.reload()
    clerk.page.locator("article.party").first.wait_for()
    assert shown not in clerk.page.locator("main").inner_text()  # seen once, not kept


def test_a_party_and_an_address_are_added_to_a_case(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    me = clerk.read("/session")["person"]["id"]
    row = clerk.read(f"/cases?officer={me}")["items"][0]
    clerk.open(f"/cases/{row['id']}")
    cards = clerk.page.locator("article.party")
    cards.first.wait_for()
    before = cards.count()
    clerk.page.get_by_role("button", name="添加当事人").click()
    dialog = clerk.page.get_by_role("dialog")
    dialog.get_by_label("姓名").fill("钱补录")
    dialog.get_by_label("电话").fill("123")
    clerk.expect(422)
    dialog.get_by_role("button", name="添加", exact=True).click()
    dialog.locator(".error").first.wait_for()
    assert clerk.violations() == []
    dialog.get_by_label("电话").fill("")
    dialog.get_by_role("button", name="添加", exact=True).click()
    dialog.wait_for(state="hidden")
    clerk.page.get_by_text("钱补录").wait_for()
    assert cards.count() == before + 1

    added = cards.filter(has_text="钱补录")
    added.get_by_role("button", name="添加地址").click()
    dialog = clerk.page.get_by_role("dialog")
    dialog.get_by_label("详细地址").fill("花山区湖东路街道演示路 1 号")
    dialog.get_by_role("button", name="添加", exact=True).click()
    dialog.get_by_text("请选择地址来源").wait_for()
    clerk.choose("地址来源", "送达地址确认书", dialog)
    dialog.get_by_role("button", name="添加", exact=True).click()
    dialog.wait_for(state="hidden")
    added.get_by_text("演示路 1 号").wait_for()
