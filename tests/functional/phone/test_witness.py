"""到场见证, played through: sent out at the desk, done at a scene without a network, concluded by the court."""

from playwright.sync_api import Playwright, expect

from tests.support.chromium import Phone
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer
from tests.support.one_case import OneCase
from tests.support.stage import Stage
from tests.support.worker_hands import WorkerHands

CASE_NO = "（2026）皖0503执9401号"


def send_out(officer: ClerkHands) -> str:
    """Fill in the form of a new task; returns its id."""
    page = officer.page
    page.goto(f"{officer.origin}/desk/tasks/new")
    page.locator("form.form").get_by_label("案号").fill(CASE_NO)
    page.locator("form.form").get_by_label("案号").press("Enter")
    page.get_by_text("到场见证", exact=True).click()
    officer.show("witness-new")
    box = page.get_by_role("combobox", name="见证什么")
    box.focus()
    box.press("Enter")
    page.get_by_role("option", name="查封、扣押财产").locator("visible=true").click()
    page.get_by_label("集合地点").fill("濮塘镇政府门口")
    page.get_by_label("带队执行人员").fill("沈立、贾雨辰")
    officer.button("保存并派发").click()
    expect(page.get_by_text("请填写：约定时间").first).to_be_visible()
    at = page.get_by_role("combobox", name="约定时间")
    at.fill("2026-12-01 09:00")
    at.press("Enter")
    expect(page.get_by_label("办理期限")).not_to_have_value("")
    officer.show("witness-filled")
    with page.expect_response(lambda got: got.url.endswith("/api/tasks") and got.request.method == "POST") as answer:
        officer.button("保存并派发").click()
    assert answer.value.status == 201, answer.value.text()
    return str(answer.value.json()["id"])


def test_a_seizure_is_witnessed_offline_and_concluded(
    browsers: Playwright, site: LiveServer, officer: ClerkHands, phone: Phone, stage: Stage
) -> None:
    one = OneCase(case_no=CASE_NO)
    officer.post("/api/cases", one.case())
    task_id = send_out(officer)

    hands = WorkerHands(stage.watch(phone.open()), stage, site.origin)
    hands.sign_in("WG010101", site.password)
    hands.open_task(task_id)
    hands.take(one.name)
    hands.arrived()
    page = hands.page
    expect(page.get_by_text("濮塘镇政府门口")).to_be_visible()
    hands.show("witness-task")
    phone.until_session_kept()
    assert phone.context is not None
    phone.context.set_offline(True)
    hands.button("开始走访").click()
    page.get_by_text("已到场见证", exact=True).click()
    hands.show("witness-outcome")
    hands.next("谁在场")
    hands.button("填现在的时间").click()
    page.get_by_label("到场的执行人员").fill("沈立、贾雨辰")
    hands.button("下一步").click()
    expect(page.get_by_text("请填写：执行人员出示了工作证")).to_be_visible()
    page.get_by_role("group", name="执行人员出示了工作证").get_by_text("是", exact=True).click()
    hands.show("witness-who")
    hands.next("看到了什么")
    for seen in ("宣读文书、说明来意", "张贴封条", "当事人在笔录上签名"):
        page.get_by_text(seen, exact=True).click()
    page.get_by_role("group", name="当事人或者家属在场").get_by_text("是", exact=True).click()
    hands.show("witness-seen")
    hands.next("我的身份")
    for question, answer in (
        ("我是居委会、村委会工作人员", "否"),
        ("我是当事人、近亲属或者有利害关系", "否"),
        ("我在笔录上签了名", "是"),
    ):
        page.get_by_role("group", name=question).get_by_text(answer, exact=True).click()
    hands.next("离开")
    hands.button("填现在的时间").click()
    hands.next("按清单拍照")
    hands.show("witness-photos")
    page.get_by_role("button", name="拍照：笔录签名页").click()
    shutter = hands.button("拍照")
    expect(shutter).to_be_enabled()
    shutter.click()
    hands.button("用这张").click()
    hands.next("请您签名")
    hands.sign()
    hands.next("核对后保存")
    hands.show("witness-summary")
    hands.save()
    hands.show("witness-saved")
    page.get_by_role("link", name="回到任务").click()
    phone.context.set_offline(False)
    hands.arrived()

    officer.review(task_id)
    expect(officer.page.get_by_text("濮塘镇政府门口")).to_be_visible()
    expect(officer.page.get_by_text("不是居委会、村委会工作人员").first).to_be_visible()
    officer.show("witness-review")
    officer.page.keyboard.press("a")
    dialog = officer.page.get_by_role("dialog")
    dialog.get_by_text("见证有效").click()
    dialog.get_by_role("button", name="通过", exact=True).click()
    expect(dialog.get_by_text("请填写：执行日期").first).to_be_visible()
    day = dialog.get_by_label("执行日期")
    day.fill("2026-11-24")
    day.press("Enter")
    dialog.get_by_label("笔录名称或者页码").fill("查封笔录第 3 页")
    officer.show("witness-conclude")
    dialog.get_by_role("button", name="通过", exact=True).click()
    expect(dialog).to_be_hidden()
    assert officer.get(f"/api/tasks/{task_id}")["verdict_label"] == "见证有效"
    expect(page.get_by_text("已办结").first).to_be_visible(timeout=90_000)
    assert stage.problems == []
