"""Problems of what leaves the house."""

from grid.core.errors.base import Problem, ProblemKind


class NoticeNotSent(Problem):
    """A channel is configured and did not take the notice; the message in the app is there all the same."""

    code = "notice_not_sent"
    kind = ProblemKind.UNAVAILABLE
    title = "外部提醒暂未发出，站内消息不受影响，系统稍后会再试"


class ChannelUnusable(Problem):
    """A configured channel address is not one the sender understands; facts: place = its number in the setting."""

    code = "channel_unusable"
    title = "提醒渠道的地址格式不对，请核对 notify_urls 设置"
