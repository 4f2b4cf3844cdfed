"""A grid worker's thumb on the phone's screens, one promise per method; every wait is for something on screen."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.support.stage import Stage

ARRIVES_MS = 90_000
"""Five photos and their originals on a slow machine."""


@dataclass
class WorkerHands:
    """One phone's page; `open` again after a kill gives new hands."""

    page: Page
    stage: Stage
    origin: str

    def button(self, name: str) -> Locator:
        """Find a button by its exact words."""
        return self.page.get_by_role("button", name=name, exact=True)

    def show(self, name: str) -> None:
        """Keep the screen as it is."""
        self.stage.show(self.page, f"phone-{name}")

    def next(self, heading: str) -> None:
        """Go on; the next page of the wizard is there when its first line is."""
        self.button("下一步").click()
        expect(self.page.get_by_role("main").get_by_text(heading, exact=True)).to_be_visible()

    def sign_in(self, staff_no: str, password: str) -> None:
        """Sign in and see the task list."""
        self.page.get_by_label("手机号或网格员编号").fill(staff_no)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.show("sign-in")
        self.button("登录").click()
        expect(self.page.get_by_role("heading", name="任务", exact=True)).to_be_visible()

    def open_task(self, task_id: str) -> None:
        """Tap the task in the list."""
        self.page.locator(f'a[href="/task/{task_id}"]').first.click()
        expect(self.page).to_have_url(f"{self.origin}/task/{task_id}")

    def take(self, name: str) -> None:
        """Answer the question about relations and take the task; the full name comes with it."""
        self.button("接单").click()
        self.page.get_by_text("没有关系，可以接").click()
        self.show("take")
        self.button("确认接单").click()
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    def arrived(self) -> None:
        """See that nothing waits on the phone any more."""
        expect(self.page.get_by_text("已全部上传")).to_be_visible(timeout=ARRIVES_MS)

    def scanner_kept(self) -> None:
        """Wait until the scanner is among what the phone keeps, as its service worker promises after one visit."""
        self.page.evaluate(
            """async () => {
              await navigator.serviceWorker.ready
              const until = Date.now() + 60000
              while (Date.now() < until) {
                if ((await (await caches.open('scanner')).keys()).length > 0) return
                await new Promise((again) => setTimeout(again, 100))
              }
              throw new Error('the scanner was not kept')
            }"""
        )

    def begin_handover(self) -> None:
        """Begin the visit and choose that somebody is there; the camera is on afterwards."""
        self.button("开始走访").click()
        self.page.get_by_text("见到人，可以交文书").click()
        self.show("outcome")
        self.next("扫文书袋上的二维码")

    def photograph(self) -> None:
        """Take every photo that the checklist demands."""
        wanted = self.page.get_by_role("button", name="拍照：")
        first = True
        while wanted.count():
            left = wanted.count()
            wanted.first.click()
            shutter = self.button("拍照")
            expect(shutter).to_be_enabled()
            if first:
                self.show("camera")
            shutter.click()
            self.button("用这张").click()
            expect(wanted).to_have_count(left - 1)
            first = False

    def sign(self) -> None:
        """Write on the glass."""
        box = self.page.locator("canvas").bounding_box()
        assert box is not None
        for row in range(3):
            x, y = box["x"] + 40, box["y"] + 50 + row * 55
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            for step in range(16):
                self.page.mouse.move(x + step * 15, y + (step % 3) * 26)
            self.page.mouse.up()

    def hand_over(self) -> None:
        """Go from the scanned packet to the saved visit."""
        page = self.page
        expect(page.get_by_text("核对无误")).to_be_visible(timeout=ARRIVES_MS)
        self.show("packet")
        self.next("谁来签收？")
        page.get_by_text("本人", exact=True).first.click()
        self.show("receiver")
        self.next("核对签收人：本人")
        page.get_by_label("身份证后四位").fill("002X")
        self.show("signer")
        self.next("逐份核对文书")
        self.button("全部已交").click()
        self.show("papers")
        self.next("按清单拍照")
        self.show("photos")
        self.photograph()
        self.show("photos-done")
        self.next("请签收人签名")
        self.sign()
        self.show("signature")
        self.next("还有要写的吗？")
        self.show("date")
        self.next("核对后保存")
        self.show("summary")
        self.save()

    def save(self) -> None:
        """Save; the phone says that it is kept."""
        self.button("保存").click()
        expect(self.page.get_by_role("heading", name="已保存在本机")).to_be_visible()
