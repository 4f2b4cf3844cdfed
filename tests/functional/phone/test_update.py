"""A new version arrives while a draft and an unsent report are on the phone: asked for first, and nothing is lost."""

from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

from tests.support.builds import build, code_folder, deploy
from tests.support.camera import write_film
from tests.support.chromium import Phone, desk_context
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer, free_port, live_server
from tests.support.one_case import OneCase
from tests.support.papers import code_picture
from tests.support.stage import Stage, shots_folder
from tests.support.worker_hands import WorkerHands

OLD, NEW = "版本 0.1.0", "版本 9.9.9"
TASKS = {
    "report": OneCase(case_no="（2026）皖0503执9401号", name="宇文长安"),
    "draft": OneCase(case_no="（2026）皖0503执9402号", name="端木青山"),
    "typed": OneCase(case_no="（2026）皖0503执9403号", name="百里春和"),
}
TYPED = "邻居说上个月搬走了，去向不明"


def test_an_update_is_asked_for_and_loses_nothing(browsers: Playwright, tmp_path: Path) -> None:
    stage = Stage(shots_folder(tmp_path))
    code, port = code_folder(tmp_path / "code"), free_port()
    newer = build(tmp_path / "newer", "9.9.9")
    film = write_film(tmp_path / "film.y4m", code_picture("https://example.com/some-label"))
    with desk_context(browsers) as context:
        phone = Phone(browsers, f"http://localhost:{port}", tmp_path / "profile", film)
        try:
            with live_server(tmp_path / "data", code=code, port=port) as server:
                officer = ClerkHands(context.new_page(), stage, server.origin)
                officer.sign_in("FG001", server.password)
                for one in TASKS.values():
                    officer.post("/api/cases", one.case())
                    officer.post("/api/tasks", one.task())
                hands = first_day(phone, stage, server)
            deploy(code, newer)
            with live_server(tmp_path / "data", code=code, port=port) as server:
                taken_while_at_work(phone, hands, stage, server)
                visits = [officer.get(f"/api/tasks/{one.task_id}")["visits"] for one in TASKS.values()]
                assert [(one["outcome"], one["narrative"], len(one["evidence"])) for (one,) in visits[:2]] == [
                    ("absent", "敲门三次无人应", 3),
                    ("absent", "灯关着，电表不走", 3),
                ]
                assert visits[2] == []
        finally:
            phone.close()
    # Parts of the old version are gone by design, and the test itself holds the reports back.
    gone = [said for said in stage.problems if "status of 404" in said and "/assets/" in said]
    assert gone
    assert [said for said in stage.problems if said not in gone and "/api/sync" not in said] == []


def first_day(phone: Phone, stage: Stage, server: LiveServer) -> WorkerHands:
    """Take three tasks with the first version; without a network, save a report on one and begin another."""
    hands = WorkerHands(stage.watch(phone.open()), stage, server.origin)
    hands.sign_in("WG010101", server.password)
    for one in TASKS.values():
        hands.open_task(one.task_id)
        hands.take(one.name)
        hands.page.goto(f"{server.origin}/")
    hands.arrived()
    hands.scanner_kept()
    assert phone.context is not None
    phone.context.set_offline(True)
    begin(hands, "report", "家里没人", "按清单拍照")
    hands.photograph()
    hands.next("下次什么时候去？")
    hands.page.get_by_label("经过").fill("敲门三次无人应")
    hands.next("核对后保存")
    hands.save()
    begin(hands, "draft", "家里没人", "按清单拍照")
    return hands


def begin(hands: WorkerHands, which: str, choice: str, heading: str) -> None:
    """Open a task as from a notification, begin its visit and answer the first question."""
    hands.page.goto(f"{hands.origin}/task/{TASKS[which].task_id}")
    hands.button("开始走访").click()
    hands.page.get_by_text(choice).click()
    hands.next(heading)


def taken_while_at_work(phone: Phone, hands: WorkerHands, stage: Stage, server: LiveServer) -> None:
    """Three windows of the old version are open when one of them takes the new one."""
    assert phone.context is not None
    phone.context.route("**/api/sync", lambda route: route.abort())  # reports stay unsent while everything else arrives
    draft = hands.page
    draft.reload()
    typed = WorkerHands(phone.context.new_page(), stage, server.origin)
    begin(typed, "typed", "搬走了、", "问到了什么？")
    phone.context.set_offline(False)
    first = phone.context.new_page()
    first.goto(f"{server.origin}/me")
    expect(first.get_by_text("有新版本")).to_be_visible()
    expect(first.get_by_text(OLD)).to_be_visible()
    stage.show(first, "phone-update")

    # Until the worker says so, the old version works on, parts that it never loaded before included.
    first.get_by_role("link", name="导出未上传的内容").click()
    expect(first.get_by_role("heading", name="导出未上传的内容")).to_be_visible()
    first.go_back()
    first.get_by_role("button", name="现在更新").click()
    expect(first.get_by_text(NEW)).to_be_visible()
    expect(first.get_by_text("有新版本")).to_have_count(0)
    expect(first.get_by_text("1 项未上传")).to_be_visible()

    # The other windows stand as they stood; words typed this moment go with the window to the new version.
    expect(draft.get_by_text("按清单拍照")).to_be_visible()
    typed.page.get_by_role("textbox", name="经过").fill(TYPED)
    with typed.page.expect_event("load"):
        typed.page.get_by_role("button", name="返回").click()
    is_new(typed.page)
    typed.page.goto(f"{server.origin}/task/{TASKS['typed'].task_id}")
    typed.button("继续填写").click()
    expect(typed.page.get_by_role("textbox", name="经过")).to_have_value(TYPED)

    # The camera was never opened in this window and its file is gone: the page comes back where it stood.
    with draft.expect_event("load"):
        draft.get_by_role("button", name="拍照：").first.click()
    expect(draft.get_by_text("按清单拍照")).to_be_visible()
    is_new(draft)
    hands.photograph()
    hands.next("下次什么时候去？")
    draft.get_by_label("经过").fill("灯关着，电表不走")
    hands.next("核对后保存")
    hands.save()
    phone.context.unroute("**/api/sync")
    draft.goto(f"{server.origin}/outbox")
    hands.button("现在上传").click()
    expect(draft.get_by_text("草稿 1 · 还没有提交")).to_be_visible(timeout=90_000)


def is_new(page: Page) -> None:
    """See that the window runs the new version: its script is one that the new build has."""
    expect(page.locator("h1")).to_be_visible()
    scripts = page.evaluate("[...document.scripts].map((one) => one.src).filter(Boolean)")
    assert scripts
    assert all(page.request.get(script).ok for script in scripts), scripts
