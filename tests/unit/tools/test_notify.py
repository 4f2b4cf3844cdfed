"""Notices say that something waits and nothing else; the real sender and the fake behave the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from grid.core.errors.notices import ChannelUnusable, NoticeNotSent
from grid.tools.notify import AppriseNotifier, NoNotifier, Notice, NoticeKind, Notifier, open_notifier
from tests.support.notices import Channel, RecordingNotifier, listening

# One of the hundred plugins apprise loads imports a module that Python 3.13 drops; it falls back on its own there.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

APP = "https://fy.example.gov.cn/pwa/"


@dataclass
class Rig:
    """A notifier and where its notices arrive."""

    notifier: Notifier
    arrived: RecordingNotifier | Channel


@pytest.fixture(params=["recording", "apprise"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    if request.param == "recording":
        fake = RecordingNotifier()
        yield Rig(fake, fake)
    else:
        with listening() as channel:
            yield Rig(open_notifier(channel.url), channel)


def test_a_notice_arrives_as_it_was_written(rig: Rig) -> None:
    assert rig.notifier.enabled
    notice = Notice(NoticeKind.NEW_TASK, 2, APP)
    assert rig.notifier.send(notice)
    assert rig.arrived.texts == ["您有 2 项新任务，请打开网格协执查看：https://fy.example.gov.cn/pwa/"]


def test_every_kind_can_be_sent(rig: Rig) -> None:
    for kind in NoticeKind:
        assert rig.notifier.send(Notice(kind, 1, APP))
    assert len(set(rig.arrived.texts)) == len(NoticeKind)


def test_a_channel_that_fails_is_reported_and_may_be_tried_again(rig: Rig) -> None:
    rig.arrived.broken = True
    with pytest.raises(NoticeNotSent):
        rig.notifier.send(Notice(NoticeKind.OVERDUE, 1, APP))
    rig.arrived.broken = False
    assert rig.notifier.send(Notice(NoticeKind.OVERDUE, 1, APP))
    assert len(rig.arrived.texts) == 1


def test_every_channel_gets_the_notice_and_one_that_is_gone_is_noticed() -> None:
    with listening() as one:
        with listening() as other:
            notifier = open_notifier(f"{one.url}  {other.url}\n")
            notifier.send(Notice(NoticeKind.TEST, 1, APP))
            assert one.texts == other.texts != []
        with pytest.raises(NoticeNotSent):
            notifier.send(Notice(NoticeKind.TEST, 1, APP))
        assert len(one.texts) == 2


@pytest.mark.parametrize("setting", ["", "  \n"])
def test_without_channels_nothing_is_sent_and_nothing_fails(setting: str) -> None:
    notifier = open_notifier(setting)
    assert isinstance(notifier, NoNotifier)
    assert not notifier.enabled
    assert not notifier.send(Notice(NoticeKind.NEW_TASK, 1, APP))


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_text_holds_a_number_and_the_address_and_no_more(kind: NoticeKind) -> None:
    text = Notice(kind, 7, APP).text().replace(APP, "")
    assert re.sub(r"\D", "", text) in ("7", "")
    assert "{" not in text


@pytest.mark.parametrize(
    "url",
    [
        "http://fy.example.gov.cn/", "https:///x", "https://fy.example.gov.cn/?name=王某", "https://fy.example.gov.cn/#王某",
        "https://user:pass@fy.example.gov.cn/", "javascript:alert(1)", "王某",
    ],
)  # fmt: skip
def test_an_address_that_could_carry_more_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Notice(NoticeKind.NEW_TASK, 1, url)


def test_a_count_is_at_least_one_and_a_developer_may_use_localhost() -> None:
    with pytest.raises(ValueError, match="one thing"):
        Notice(NoticeKind.NEW_TASK, 0, APP)
    assert "localhost:8000" in Notice(NoticeKind.NEW_TASK, 1, "http://localhost:8000/pwa/").text()


def test_a_channel_nobody_understands_is_named_by_place_not_by_its_keys() -> None:
    with pytest.raises(ChannelUnusable) as caught:
        AppriseNotifier(["json://127.0.0.1/", "nosuch://secret-key"])
    assert caught.value.facts == {"place": 2}
    assert "secret-key" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "wecombot://aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "dingtalk://abcdefabcdefabcdef/", "feishu://abcdef-abcdef-abcdef",
        "mailtos://user:secret@smtp.example.gov.cn?to=duty@example.gov.cn",
    ],
)  # fmt: skip
def test_the_channels_courts_use_are_understood(url: str) -> None:
    assert open_notifier(url).enabled
