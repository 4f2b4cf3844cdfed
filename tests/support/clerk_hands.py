"""An officer at the desk's screens, one promise per method; every wait is for something on screen."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.stage import Stage

JOB_MS = 60_000


@dataclass
class ClerkHands:
    """One desk page of a signed-in officer."""

    page: Page
    stage: Stage
    origin: str
    csrf: str = ""

    def button(self, name: str) -> Locator:
        """Find a button by its exact words."""
        return self.page.get_by_role("button", name=name, exact=True)

    def show(self, name: str) -> None:
        """Keep the screen as it is."""
        self.stage.show(self.page, f"desk-{name}")

    def sign_in(self, staff_no: str, password: str) -> None:
        """Sign in through the form; `csrf` then lets `get` and `post` speak for the same session."""
        self.page.goto(f"{self.origin}/desk/sign-in")
        self.page.get_by_role("textbox", name="工号或手机号").fill(staff_no)
        self.page.get_by_role("textbox", name="密码").fill(password)
        self.show("sign-in")
        with self.page.expect_response(
            lambda got: got.url.endswith("/api/session") and got.request.method == "POST"
        ) as got:
            self.button("登录").click()
        self.csrf = got.value.json()["csrf"]
        expect(self.page.get_by_role("heading", name="任务清单")).to_be_visible()

    def get(self, path: str) -> Any:
        """Read from the API in the session of the page."""
        answer = self.page.request.get(self.origin + path)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Write through the API in the session of the page."""
        answer = self.page.request.post(self.origin + path, data=body, headers={"X-CSRF-Token": self.csrf})
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def go(self, path: str, heading: str) -> None:
        """Open a page of the desk."""
        self.page.goto(f"{self.origin}/desk{path}")
        expect(self.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()

    def tray_link(self) -> Locator:
        """Find the file of the newest job in the tray."""
        return self.page.get_by_role("region", name="后台任务").locator("li").first.get_by_role("link", name="下载")

    def download(self) -> Path:
        """Wait for the newest job of the tray and take its file."""
        link = self.tray_link()
        expect(link).to_be_visible(timeout=JOB_MS)
        with self.page.expect_download() as saved:
            link.click()
        return Path(saved.value.path())

    def read_table(self, content: bytes, name: str = "送达任务.xlsx") -> Locator:
        """Give a table to the import screen, which tries it first; returns the line that counts its rows."""
        with self.page.expect_response(lambda got: got.url.endswith("/api/imports/tasks")) as answer:
            self.page.get_by_label("选择任务文件").set_input_files(
                {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            )
        assert answer.value.status == 201, answer.value.text()
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()
        return self.page.get_by_text("共 4 行：")

    def print_tasks(self, task_ids: list[str]) -> bytes:
        """Select the tasks in the list and print their papers in one PDF."""
        for task_id in task_ids:
            self.page.locator(f'tr[data-row="{task_id}"]').get_by_label("选择这一行").check()
        self.button("打印文书包").click()
        expect(self.tray_link()).to_be_visible(timeout=JOB_MS)
        self.show("print")
        return self.download().read_bytes()

    def review(self, task_id: str) -> None:
        """Open a report from the queue."""
        self.page.goto(f"{self.origin}/desk/reviews")
        self.page.locator(f'li[data-row="{task_id}"] button').click()
        expect(self.page.get_by_role("heading", name="照片与签名")).to_be_visible()

    def send_back(self, line: str, comment: str, reason: str) -> None:
        """Comment on one line of the report and send it back with a reason."""
        self.page.locator("button.line", has_text=line).click()
        self.page.get_by_label("对这一项的批注").fill(comment)
        panel = self.page.get_by_role("form", name="退回")
        panel.get_by_role("combobox", name="退回原因").press("Enter")
        self.page.get_by_role("option", name=reason).click()
        self.show("send-back")
        panel.get_by_role("button", name="退回", exact=True).click()
        expect(panel).to_be_hidden()

    def approve(self, day: str) -> None:
        """Approve with the date that is written on the paper receipt."""
        self.page.keyboard.press("a")
        dialog = self.page.get_by_role("dialog")
        field = dialog.get_by_label("回证上手写的签收日期")
        field.fill(day)
        field.press("Enter")
        self.show("approve")
        dialog.get_by_role("button", name="通过", exact=True).click()
        expect(dialog).to_be_hidden()
