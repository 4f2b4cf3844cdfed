"""派发: a task in one page, field reasons beside the field, the list's state in the address."""

from playwright.sync_api import expect

from tests.support.clerk import Clerk


def begin(clerk: Clerk, case_no: str) -> None:
    clerk.open("/tasks/new")
    form = clerk.page.locator("form.form")
    form.get_by_label("案号").fill(case_no)
    form.get_by_label("案号").press("Enter")
    clerk.page.get_by_text("没有这个案件").wait_for()
    clerk.page.get_by_label("案由").fill("民间借贷纠纷")
    names = form.get_by_label("姓名")
    names.nth(0).fill("王建设")
    names.nth(1).fill("欧阳·古丽娜尔")
    clerk.page.get_by_label("详细地址").fill("花山区濮塘镇濮塘社区演示大道 8 号 3 栋 501 室")
    clerk.choose("地址来源", "送达地址确认书")
    clerk.choose("文书种类", "执行通知书")


def test_a_new_case_and_its_task_in_one_page(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    begin(clerk, "(2026) 皖0503执90001号")
    expect(clerk.page.get_by_label("办理期限")).not_to_have_value("")  # the server's working days
    clerk.page.get_by_role("button", name="加上报告财产令").click()
    wrong = clerk.page.get_by_label("身份证号").nth(1)
    wrong.fill("340503199001010019")
    clerk.expect(422)
    clerk.page.get_by_role("button", name="保存并派发").click()
    clerk.page.get_by_text("身份证号校验位不对").first.wait_for()
    assert clerk.page.get_by_label("案由").input_value() == "民间借贷纠纷"  # nothing typed is lost
    assert clerk.violations() == []
    wrong.fill("")
    clerk.page.get_by_role("button", name="保存并派发").click()
    clerk.page.get_by_role("heading", name="已派发").wait_for()

    clerk.page.get_by_role("button", name="本案再建一件").click()
    clerk.page.get_by_text("已有案件", exact=True).wait_for()
    found = clerk.read("/cases?case_no=（2026）皖0503执90001号")
    assert found["total"] == 1
    assert found["items"][0]["tasks_total"] == 1


def test_papers_that_only_the_court_delivers_are_not_offered(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    begin(clerk, "（2026）皖0503执90002号")
    box = clerk.page.get_by_role("combobox", name="文书种类").first
    box.focus()
    box.press("Enter")
    offered = clerk.page.get_by_role("option").locator("visible=true").all_inner_texts()
    catalogue = clerk.read("/reference")["delivery"]["documents"]
    assert {paper["name"] for paper in catalogue if paper["grid"] != "never"} <= {
        text.split("\n")[0].split("　")[0] for text in offered
    }
    for paper in catalogue:
        if paper["grid"] == "never":
            assert not any(text.startswith(paper["name"]) for text in offered), paper["name"]
    clerk.page.keyboard.press("Escape")
    clerk.page.evaluate("window.onbeforeunload = null")


def test_the_state_of_the_list_lives_in_its_address(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    clerk.open("/tasks")
    clerk.page.get_by_role("button", name="全部", exact=True).click()
    clerk.page.get_by_role("button", name="任务号").click()
    with clerk.page.expect_response("**/api/tasks?*sort=-no*"):
        clerk.page.get_by_role("button", name="任务号").click()
    clerk.page.locator("table[aria-busy=false]").wait_for()
    assert "sort=-no" in clerk.page.url
    assert "states=all" in clerk.page.url
    first = clerk.page.locator("tbody tr").first.inner_text()
    clerk.page.reload()
    clerk.page.locator("tbody tr").first.wait_for()
    assert clerk.page.locator("tbody tr").first.inner_text() == first


def test_rows_are_chosen_by_keyboard_and_taken_back_with_one_reason(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    clerk.open("/tasks?states=routed")
    before = clerk.read("/tasks?states=routed")["total"]
    for key in ("j", "x", "j", "x"):
        clerk.page.keyboard.press(key)
    clerk.page.get_by_text("已选 2 件").wait_for()
    assert clerk.violations() == []
    clerk.page.get_by_role("button", name="撤回").click()
    dialog = clerk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="撤回", exact=True).click()
    dialog.get_by_text("请选择原因").wait_for()  # never without a reason
    dialog.get_by_role("radio").first.check(force=True)
    dialog.get_by_role("textbox").fill("测试撤回")
    dialog.get_by_role("button", name="撤回", exact=True).click()
    clerk.page.get_by_text("完成，共 2 项").wait_for()
    assert clerk.read("/tasks?states=routed")["total"] == before - 2


def test_typed_words_survive_the_end_of_the_session(clerk: Clerk) -> None:
    clerk.sign_in("case_officer")
    clerk.open("/account")
    clerk.page.get_by_label("现在的密码").fill("something")
    clerk.page.locator("input[autocomplete=new-password]").nth(0).fill("long-enough-words")
    clerk.page.locator("input[autocomplete=new-password]").nth(1).fill("long-enough-words")
    clerk.forget()
    clerk.expect(401)
    clerk.page.get_by_role("button", name="修改密码").click()
    clerk.page.get_by_text("登录已过期").wait_for()
    assert clerk.violations() == []
    dialog = clerk.page.get_by_role("dialog")
    dialog.locator("input[type=password]").fill(clerk.site.password)
    dialog.get_by_role("button", name="重新登录").click()
    dialog.wait_for(state="hidden")
    assert clerk.page.get_by_label("现在的密码").input_value() == "something"
