"""The whole story on the built app and the real server: from the officer's desk to the door and back."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

from grid.core import clock
from tests.support.camera import write_film
from tests.support.chromium import Phone, desk_context
from tests.support.clerk_hands import ClerkHands
from tests.support.import_table import filled
from tests.support.live import LiveServer
from tests.support.one_case import OneCase
from tests.support.papers import cut_code, forged, page_count, page_picture, read_codes
from tests.support.register_hands import in_file, on_screen, readds
from tests.support.stage import Stage, shots_folder
from tests.support.worker_hands import WorkerHands

COMMENT = "请写清在什么地方、交给了谁"
MENDED = "十一点在家门口当面交给本人，核对了身份证后四位。"


def test_story(browsers: Playwright, server: LiveServer, tmp_path: Path) -> None:
    stage = Stage(shots_folder(tmp_path))
    with desk_context(browsers) as context:
        officer = ClerkHands(stage.watch(context.new_page()), stage, server.origin)
        officer.sign_in("FG001", server.password)
        before = month_of(officer)
        table, task_ids = import_tasks(officer)
        one = OneCase(task_id=task_ids[0])
        code = packet_code(officer, task_ids, tmp_path / "film.y4m")
        import_again(officer, table)
        phone = Phone(browsers, server.origin, tmp_path / "profile", tmp_path / "film.y4m")
        try:
            hands = WorkerHands(stage.watch(phone.open()), stage, server.origin)
            hand_over_offline(hands, phone, one, server.password)
            hands = killed_and_back(phone, stage, server.origin, one)
            send_back(officer, one)
            mend_offline(hands, phone, one)
            approve(officer, one)
            hands.page.goto(f"{server.origin}/task/{one.task_id}")
            expect(hands.page.get_by_text("法院已核实").first).to_be_visible()
            hands.show("approved")
        finally:
            phone.close()
        verify_the_paper(browsers, officer, one, code)
        read_registers(officer, officer.get(f"/api/tasks/{one.task_id}")["no"])
        after = month_of(officer)
        grown = {name: after[name] - before[name] for name in ("taken", "sent_back", "closed", "served_confirmed")}
        assert grown == {"taken": 1, "sent_back": 1, "closed": 1, "served_confirmed": 1}
    fsck = server.flask("ledger", "fsck")
    assert fsck.returncode == 0, fsck.stdout + fsck.stderr
    assert stage.problems == []


def import_tasks(officer: ClerkHands) -> tuple[bytes, list[str]]:
    """Fill the template in, try it, read what is wrong with it, import the good rows."""
    page = officer.page
    officer.go("/tasks/import", "批量导入送达任务")
    with page.expect_download() as template:
        page.get_by_role("link", name="下载任务模板").click()
    table = filled(Path(template.value.path()).read_bytes(), clock.local_date(clock.now()))
    expect(officer.read_table(table)).to_have_text("共 4 行：2 行可以导入，2 行有问题")
    bad = page.get_by_role("table", name="需要修改的单元格")
    expect(bad.get_by_role("row")).to_have_count(3)
    expect(bad.get_by_role("row", name="第 5 行")).to_contain_text("联系电话")
    expect(bad.get_by_role("row", name="第 6 行")).to_have_text(
        re.compile("文书 ?冻结裁定书：强制措施文书只由执行人员办理")
    )
    officer.show("import-dry-run")
    officer.button("导入 2 行（跳过有问题的行）").click()
    expect(page.get_by_text("导入完成，新建 2 件")).to_be_visible()
    officer.show("import-done")
    officer.button("查看这批任务并打印").click()
    expect(page.get_by_role("table", name="任务清单").get_by_role("row")).to_have_count(3)
    officer.show("tasks")
    batch = page.url.partition("batch=")[2]
    return table, [row["id"] for row in officer.get(f"/api/tasks?batch={batch}&sort=no")["items"]]


def import_again(officer: ClerkHands, table: bytes) -> None:
    """Give the same file once more: nothing of it is left to create."""
    officer.go("/tasks/import", "批量导入送达任务")
    expect(officer.read_table(table)).to_have_text("共 4 行：0 行可以导入，2 行有问题，2 行以前导入过（不会重复建立）")


def packet_code(officer: ClerkHands, task_ids: list[str], film: Path) -> str:
    """Print the selection and hold the first packet's code, as it stands on the paper, before the camera."""
    pdf = officer.print_tasks(task_ids)
    assert page_count(pdf) == 2 * len(task_ids)
    pictures = [page_picture(pdf, page) for page in range(2)]
    label, receipt = (read_codes(picture) for picture in pictures)
    assert label == receipt
    assert re.fullmatch(rf"{officer.origin.upper()}/P#[A-Z2-7]+", label[0])
    write_film(film, cut_code(pictures[0]))
    officer.stage.keep(pictures[0], "packet-label")
    return label[0]


def hand_over_offline(hands: WorkerHands, phone: Phone, one: OneCase, password: str) -> None:
    """Sign in, take the task, and do the whole visit without a network."""
    hands.sign_in("WG010101", password)
    expect(hands.page.locator(f'a[href="/task/{one.task_id}"]').first).to_be_visible()
    hands.show("tasks")
    hands.open_task(one.task_id)
    hands.show("task-masked")
    hands.take(one.name)
    hands.show("task")
    hands.arrived()
    hands.scanner_kept()
    assert phone.context is not None
    phone.context.set_offline(True)
    hands.page.reload()
    expect(hands.page.get_by_text("没有网络，也可以继续办理")).to_be_visible()
    hands.show("offline")
    hands.begin_handover()
    hands.hand_over()
    hands.show("saved")


def killed_and_back(phone: Phone, stage: Stage, origin: str, one: OneCase) -> WorkerHands:
    """Kill the browser, open it without a network: the visit is there; with a network it goes by itself."""
    phone.until_session_kept()
    phone.kill()
    hands = WorkerHands(stage.watch(phone.open("/", offline=True)), stage, origin)
    row = hands.page.locator(f'a[href="/task/{one.task_id}"]').first
    expect(row).to_contain_text("未上传")
    hands.show("reopened")
    assert phone.context is not None
    phone.context.set_offline(False)
    hands.arrived()
    expect(row).not_to_contain_text("未上传")
    hands.page.goto(f"{origin}/outbox")
    expect(hands.page.get_by_text("照片 6/6 已上传")).to_be_visible()
    hands.show("uploads")
    hands.page.goto(f"{origin}/scan")
    expect(hands.page.get_by_text("这个文书袋已经用过一次")).to_be_visible()
    expect(hands.page.get_by_text("同一袋文书不能交给两个人。请核对是不是拿错了。")).to_be_visible()
    hands.show("packet-used")
    return hands


def send_back(officer: ClerkHands, one: OneCase) -> None:
    """Look at the report and send one field back."""
    officer.review(one.task_id)
    officer.show("review")
    officer.send_back("经过", COMMENT, "情况写得太简单，请补充")
    assert officer.get(f"/api/tasks/{one.task_id}")["state"] == "working"


def mend_offline(hands: WorkerHands, phone: Phone, one: OneCase) -> None:
    """Get the task back in red, mend the one field without a network, and send it."""
    page = hands.page
    page.goto(f"{hands.origin}/")
    row = page.get_by_role("region", name="已退回，请补正").locator(f'a[href="/task/{one.task_id}"]')
    expect(row).to_be_visible()
    hands.show("sent-back")
    row.click()
    expect(page.get_by_text("第 1 次退回")).to_be_visible()
    hands.show("sent-back-task")
    assert phone.context is not None
    phone.context.set_offline(True)
    hands.button("去补正").click()
    expect(page.get_by_text(COMMENT).first).to_be_visible()
    expect(page.locator("main img")).to_have_count(5)
    hands.show("mend")
    page.get_by_role("button", name="修改：经过").click()
    page.get_by_role("textbox", name="经过").fill(MENDED)
    hands.show("mend-field")
    hands.button("下一步").click()
    expect(page.get_by_role("heading", name="核对后保存")).to_be_visible()
    hands.save()
    phone.context.set_offline(False)
    hands.arrived()


def approve(officer: ClerkHands, one: OneCase) -> None:
    """See the second round and approve it with the date on the paper."""
    officer.review(one.task_id)
    expect(officer.page.get_by_text(MENDED).first).to_be_visible()
    officer.show("second-round")
    today = clock.local_date(clock.now())
    officer.approve(today.isoformat())
    task = officer.get(f"/api/tasks/{one.task_id}")
    assert (task["state"], date.fromisoformat(task["effective_on"])) == ("closed", today)


def month_of(officer: ClerkHands) -> dict[str, int]:
    """Return the worker's line of this month's 考核表."""
    month = clock.local_date(clock.now()).isoformat()[:7]
    table = officer.get(f"/api/registers/monthly?month={month}&by=worker&size=100")
    return next(row for row in table["items"] if row["staff_no"] == "WG010101")


def read_registers(officer: ClerkHands, no: str) -> None:
    """Find the task in both registers; screen, sums and file say the same."""
    day = clock.local_date(clock.now()).isoformat()
    delivery = on_screen(officer, "/registers/delivery", "协助送达台账", "delivery", "register")
    row = next(row for row in delivery["items"] if row["no"] == no)
    assert (row["effective_on"], row["visits"]) == (day, 1)
    monthly = on_screen(officer, "/registers/monthly", "月度考核表", "monthly", "monthly")
    for path, heading, register, title, key in (
        ("/registers/delivery", "协助送达台账", delivery, "任务编号", "no"),
        ("/registers/monthly", "月度考核表", monthly, "工号", "staff_no"),
    ):
        officer.go(path, heading)
        lines, last = in_file(officer)
        assert Counter(line[title] for line in lines) == Counter(row[key] for row in register["items"])
        readds(register, lines, last)


def verify_the_paper(browsers: Playwright, officer: ClerkHands, one: OneCase, packet: str) -> None:
    """Read the receipt's code off the filled 送达回证 and check it as any passer-by would; a forged one fails."""
    answer = officer.page.request.get(f"{officer.origin}/api/tasks/{one.task_id}/service-receipt.pdf")
    assert answer.ok
    picture = page_picture(answer.body())
    officer.stage.keep(picture, "service-receipt")
    codes = [text for text in read_codes(picture) if "/V#" in text]
    assert codes
    assert codes[0] != packet
    with desk_context(browsers) as passer_by:
        page = officer.stage.watch(passer_by.new_page())
        page.set_viewport_size({"width": 360, "height": 780})
        assert verdict(page, codes[0]) == "有效"
        officer.stage.show(page, "verify-valid")
        assert verdict(page, forged(codes[0])) == "签名无效"
        officer.stage.show(page, "verify-forged")


def verdict(page: Page, code: str) -> str:
    """Open a scanned code and return the result word."""
    page.goto("about:blank")
    page.goto(code)
    heading = page.locator("section.result h2")
    expect(heading).to_be_visible()
    return heading.inner_text()
