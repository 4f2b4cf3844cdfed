"""The one door for what leaves the house: a notice says that something waits, never what or for whom.

There is no way to put free text into a notice: it is a kind, a number and the address of the app. Channels are apprise
addresses (企业微信, 钉钉, 飞书, mail, SMS gateways); without any, nothing is sent and nobody is told off.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from grid.core.errors.notices import ChannelUnusable, NoticeNotSent

TITLE = "网格协执"


class NoticeKind(StrEnum):
    """What waits for somebody."""

    NEW_TASK = "new_task"
    SENT_BACK = "sent_back"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    TO_REVIEW = "to_review"
    TO_ROUTE = "to_route"
    TO_APPROVE = "to_approve"
    SAFETY = "safety"
    TEST = "test"


_TEXTS: dict[NoticeKind, str] = {
    NoticeKind.NEW_TASK: "您有 {count} 项新任务",
    NoticeKind.SENT_BACK: "您有 {count} 项任务被退回，请补充",
    NoticeKind.DUE_SOON: "您有 {count} 项任务即将到期",
    NoticeKind.OVERDUE: "您有 {count} 项任务已超期",
    NoticeKind.TO_REVIEW: "您有 {count} 项反馈待核实",
    NoticeKind.TO_ROUTE: "有 {count} 项任务待分派",
    NoticeKind.TO_APPROVE: "有 {count} 项申请待审批",
    NoticeKind.SAFETY: "有 {count} 起安全求助，请立即处理",
    NoticeKind.TEST: "提醒渠道测试，收到即正常",
}


@dataclass(frozen=True)
class Notice:
    """One notice: a kind, how many things wait, and the app's address (https, no query, no user).

    Raises ValueError for an address that could carry more than the way to the app, and for a count below 1.
    """

    kind: NoticeKind
    count: int
    app_url: str

    def __post_init__(self) -> None:
        address = urlsplit(self.app_url)
        local = address.hostname in ("localhost", "127.0.0.1")
        plain = not (address.query or address.fragment or address.username or address.password)
        if not (address.scheme == "https" or (local and address.scheme == "http")) or not address.hostname or not plain:
            raise ValueError("the address of the app is https without query, fragment or user")
        if self.count < 1:
            raise ValueError("a notice is about one thing or more")

    def text(self) -> str:
        """Return the whole text that is sent."""
        return f"{_TEXTS[self.kind].format(count=self.count)}，请打开{TITLE}查看：{self.app_url}"


class Notifier(Protocol):
    """What sends notices."""

    @property
    def enabled(self) -> bool:
        """Tell whether any channel is configured."""

    def send(self, notice: Notice) -> bool:
        """Send to every channel; False when there is none; raises NoticeNotSent when one did not take it."""


class NoNotifier:
    """The door kept shut: no channel is configured."""

    enabled = False

    def send(self, notice: Notice) -> bool:
        """Send nothing."""
        return False


class AppriseNotifier:
    """Sends through apprise; blocking (a few seconds when a channel is slow), so call it from a job."""

    enabled = True

    def __init__(self, urls: list[str]) -> None:
        """Check every channel address; raises ChannelUnusable, whose text never repeats the address (it holds keys)."""
        from apprise import Apprise, AppriseAsset  # a second of imports that a server without channels is spared

        # The id goes into an HTTP header, where a Chinese name would stop every HTTP channel.
        asset = AppriseAsset(app_id="GridAssist", app_desc="GridAssist", async_mode=False, secure_logging=True)
        self._sender = Apprise(asset=asset)
        for place, url in enumerate(urls, 1):
            if not self._sender.add(url):
                raise ChannelUnusable(place=place)

    def send(self, notice: Notice) -> bool:
        """Send to every channel; raises NoticeNotSent when one did not take it."""
        if not self._sender.notify(body=notice.text(), title=TITLE):
            raise NoticeNotSent(kind=notice.kind.value)
        return True


def open_notifier(notify_urls: str) -> Notifier:
    """Return the notifier for the setting `notify_urls` (addresses parted by spaces); raises ChannelUnusable."""
    urls = notify_urls.split()
    return AppriseNotifier(urls) if urls else NoNotifier()
