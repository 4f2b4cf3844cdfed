"""Every step of every way through a visit, and every state a page can be in: whole and clean, in both sizes of type."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.support.chromium import Phone
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer
from tests.support.one_case import OneCase
from tests.support.phone_screen import check
from tests.support.stage import Stage
from tests.support.worker_hands import WorkerHands

IDLE_WORKER = "WG090302"
"""A cell far away: the demo district has no task for it."""
NO_CAMERA = (
    "() => void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError')))"
)


@dataclass
class Eyes:
    """Looks at each screen of one phone; GRID_SHOTS keeps what it saw."""

    hands: WorkerHands
    least: int
    name: str

    def see(self, what: str) -> None:
        """Check the screen as it stands, and keep it."""
        page = self.hands.page
        page.wait_for_timeout(300)  # the store answers, a sheet has opened
        page.screenshot(path=self.hands.stage.folder / f"{self.name}-{what}.png", animations="disabled")
        check(page, self.least)

    def button(self, name: str) -> Locator:
        """Find a button by its exact words."""
        return self.hands.button(name)

    def text(self, words: str) -> Locator:
        """Find words in the main part."""
        return self.hands.page.get_by_role("main").get_by_text(words)

    def go(self, path: str) -> None:
        """Open a page of the app by its address."""
        self.hands.page.goto(self.hands.origin + path)
        expect(self.hands.page.locator("h1")).to_be_visible()


@pytest.fixture(params=[False, True], ids=["normal", "large"])
def eyes(request: pytest.FixtureRequest, site: LiveServer, phone: Phone, stage: Stage) -> Eyes:
    """Give a phone at its sign-in page, in one size of type."""
    page = phone.open()
    page.evaluate(f"localStorage.setItem('grid.large', '{int(request.param)}')")
    page.reload()
    return Eyes(WorkerHands(page, stage, site.origin), 60 if request.param else 48, request.node.callspec.id)


def test_nothing_is_there_yet(site: LiveServer, phone: Phone, eyes: Eyes) -> None:
    assert phone.context is not None
    page = eyes.hands.page
    eyes.see("sign-in")
    eyes.button("登录").click()
    expect(page.get_by_text("请填写账号和密码")).to_be_visible()
    page.get_by_label("手机号或网格员编号").fill(IDLE_WORKER)
    page.get_by_label("密码", exact=True).fill("not the password")
    phone.context.set_offline(True)
    eyes.button("登录").click()
    expect(page.get_by_text("现在连不上网络")).to_be_visible()
    eyes.see("sign-in-offline")
    phone.context.set_offline(False)
    eyes.button("登录").click()
    expect(page.get_by_text("账号或密码")).to_be_visible()
    eyes.see("sign-in-refused")
    eyes.hands.sign_in(IDLE_WORKER, site.password)
    eyes.hands.arrived()
    for path, words in {
        "/": "现在没有任务", "/outbox": "没有要上传的内容", "/me/rescue": "没有未上传的内容", "/messages": "消息",
        "/me": "我的", "/me/sessions": "这台手机", "/task/01a20000-0000-7000-8000-000000000000": "手机上没有这项任务",
        "/visit/01a20000-0000-7000-8000-000000000000/outcome": "没有这份草稿", "/scan": "扫文书袋",
    }.items():  # fmt: skip
        eyes.go(path)
        expect(page.get_by_text(words).first).to_be_visible()
        eyes.see("empty" + path.replace("/", "-")[:14])
    page.evaluate("void Promise.reject(new Error('made by a test'))")
    expect(page.get_by_text("这一步没有做成")).to_be_visible()
    eyes.see("trouble")


def test_a_handover(site: LiveServer, officer: ClerkHands, phone: Phone, eyes: Eyes) -> None:
    one = new_task(officer, f"94{eyes.least}1")
    page, hands = eyes.hands.page, eyes.hands
    hands.sign_in("WG010101", site.password)
    hands.arrived()
    page.get_by_role("searchbox").fill("没有这样的字")
    eyes.see("search-none")
    page.get_by_role("searchbox").fill(one.case_no[-7:])
    eyes.see("tasks")
    hands.open_task(one.task_id)
    eyes.see("task-masked")
    eyes.button("接单").click()
    eyes.text("有关系，需要回避").click()
    eyes.see("take-conflict")
    eyes.text("没有关系，可以接").click()
    eyes.button("确认接单").click()
    expect(page.get_by_role("heading", name=one.name)).to_be_visible()
    hands.arrived()
    eyes.see("task")
    eyes.button("安全求助").click()
    eyes.see("safety")
    eyes.button("关闭").click()
    page.get_by_role("link", name="出示核验码").click()
    expect(page.get_by_role("img", name="核验码")).to_be_visible()
    eyes.see("slip")
    page.get_by_role("button", name="返回").click()
    eyes.button("开始走访").click()
    expect(eyes.text("这次走访怎么样？")).to_be_visible()
    eyes.see("outcome")
    eyes.text("见到人，可以交文书").click()
    hands.next("扫文书袋上的二维码")
    expect(eyes.text("这不是文书袋的二维码")).to_be_visible()
    eyes.see("packet-foreign")
    eyes.button("扫不了，手工核对").click()
    page.get_by_role("group", name="为什么扫不了").locator("label").first.click()
    eyes.see("packet-manual")
    eyes.button("已逐字核对，一致").click()
    expect(eyes.text("谁来签收？")).to_be_visible()
    page.get_by_text("同住成年家属", exact=True).click()
    eyes.see("receiver")
    hands.next("核对签收人：同住成年家属")
    eyes.button("下一步").click()
    eyes.see("signer-open")
    page.get_by_label("姓名").fill("欧阳建国")
    page.get_by_label("身份证后四位").fill("002X")
    for group, answer in (("年满", "是"), ("同一套房", "是"), ("对方当事人", "否")):
        page.get_by_role("group", name=group).get_by_text(answer, exact=True).click()
    page.get_by_role("group", name="代收理由").locator("label").first.click()
    eyes.see("signer")
    hands.next("逐份核对文书")
    page.get_by_role("group", name="报告财产令").get_by_text("没交").click()
    eyes.see("papers-kept-back")
    eyes.button("全部已交").click()
    eyes.see("papers")
    hands.next("按清单拍照")
    eyes.see("photos")
    page.get_by_role("button", name="拍照：").first.click()
    expect(eyes.button("拍照")).to_be_enabled()
    eyes.see("camera")
    eyes.button("拍照").click()
    expect(eyes.button("用这张")).to_be_visible()
    eyes.see("camera-shown")
    eyes.button("用这张").click()
    hands.photograph()
    eyes.see("photos-done")
    page.locator(".shot").first.click()
    eyes.see("photo")
    eyes.button("删去这张").click()
    eyes.see("photo-remove")
    eyes.button("关闭").click()
    hands.next("请签收人签名")
    eyes.button("下一步").click()
    eyes.see("sign-empty")
    hands.sign()
    hands.next("还有要写的吗？")
    expect(page.locator(".date")).to_contain_text("年")
    eyes.see("date")
    hands.next("核对后保存")
    eyes.see("summary")
    page.get_by_role("button", name="修改：签名").click()
    expect(eyes.text("已签名")).to_be_visible()
    eyes.see("signed")
    eyes.button("下一步").click()
    eyes.button("不要这份草稿").click()
    eyes.see("discard")
    eyes.button("留着").click()
    assert phone.context is not None
    phone.context.set_offline(True)
    hands.save()
    eyes.see("saved")
    for path in ("/outbox", "/me/rescue", "/me/sign-out", "/", f"/task/{one.task_id}"):
        eyes.go(path)
        eyes.see("unsent" + path.replace("/", "-")[:9])


WAYS = {
    "见到人，但拒绝签收": ("请先打给承办法官", "对方怎么说？"),
    "家里没人": ("按清单拍照", "下次什么时候去？"),
    "搬走了、": ("问到了什么？", "按清单拍照"),
    "约好自己去法院领": ("约在什么时候？", "按清单拍照"),
    "去世、羁押": ("是哪种情况？", "按清单拍照"),
    "不安全，已经离开": ("先保证安全", "发生了什么？"),
}


def test_the_short_ways(site: LiveServer, officer: ClerkHands, phone: Phone, eyes: Eyes) -> None:
    one = new_task(officer, f"94{eyes.least}2")
    page, hands = eyes.hands.page, eyes.hands
    hands.sign_in("WG010101", site.password)
    hands.open_task(one.task_id)
    hands.take(one.name)
    eyes.button("开始走访").click()
    for n, (way, steps) in enumerate(WAYS.items()):
        eyes.text(way).click()
        for m, heading in enumerate(steps):
            eyes.button("下一步").click()
            expect(eyes.text(heading).first).to_be_visible()
            eyes.see(f"way-{n}-{m}")
            if "什么" not in heading and "哪种" not in heading:
                continue
            if m == 0:
                if page.get_by_role("radio").count():
                    page.locator("main label:has([type=radio])").first.click()
                for box in page.locator("main textarea, main input:not([type=radio], [type=date])").all():
                    box.fill("邻居王师傅说上个月就搬走了")
        page.goto(page.url.rpartition("/")[0] + "/outcome")
        expect(eyes.text("这次走访怎么样？")).to_be_visible()
    page.evaluate(NO_CAMERA)
    eyes.text("家里没人").click()
    hands.next("按清单拍照")
    page.get_by_role("button", name="拍照：").first.click()
    expect(page.get_by_text("相机打不开", exact=True)).to_be_visible()
    eyes.see("camera-failed")
    page.locator(".failed label").first.click()
    eyes.see("camera-failed-why")


def new_task(officer: ClerkHands, number: str) -> OneCase:
    """Send a task to the worker of the first cell."""
    one = OneCase(case_no=f"（2026）皖0503执{number}号")
    officer.post("/api/cases", one.case())
    officer.post("/api/tasks", one.task())
    return one
