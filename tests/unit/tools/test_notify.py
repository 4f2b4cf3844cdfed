"""The addresses courts really use are ones the sender understands; whatever is not is never taken for delivered."""

import apprise
import pytest

from grid.tools.notify import Addresses, all_taken, filled

# One of the hundred plugins apprise loads imports a module that Python 3.13 drops; it falls back on its own there.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.mark.parametrize(
    "url",
    [
        "wecombot://aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "dingtalk://abcdefabcdefabcdef/", "feishu://abcdef-abcdef-abcdef",
        "mailtos://user:secret@smtp.example.gov.cn?to=duty@example.gov.cn", "jsons://gate.example.gov.cn/sms?to={phone}",
    ],
)  # fmt: skip
def test_the_channels_courts_use_are_understood(url: str) -> None:
    address = filled(url, phone="13800000000", staff_no="WG010101")
    assert apprise.Apprise().add(address)


def test_addresses_of_single_persons_are_told_from_those_of_groups() -> None:
    found = Addresses.parse("jsons://a/{phone}\n feishu://abcdef-abcdef-abcdef  wecom://{staff_no}")
    assert found.personal == ("jsons://a/{phone}", "wecom://{staff_no}")
    assert found.shared == ("feishu://abcdef-abcdef-abcdef",)
    assert found.wants_phone
    assert not Addresses.parse("wecom://{staff_no}").wants_phone


def test_one_address_that_fails_does_not_keep_the_line_from_the_others() -> None:
    class Channel:
        def __init__(self) -> None:
            self.asked: list[str] = []

        def send(self, url: str, title: str, body: str) -> bool:
            self.asked.append(url)
            return url != "bad"

    channel = Channel()
    assert not all_taken(channel, ["bad", "good"], "网格协执", "x")
    assert channel.asked == ["bad", "good"]
    assert all_taken(channel, ["good"], "网格协执", "x")
