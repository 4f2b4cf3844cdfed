"""Announcements outside the app: that something waits, never what; each once; failures tried again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from sqlalchemy import select

from api.announce import announce
from grid.core import clock
from grid.core.settings import Settings
from grid.flows import messages
from grid.flows.unit import transaction
from grid.models import Message, db
from grid.tools.notify import Addresses, AppriseChannel, filled


class Fake:
    """A channel that remembers; it refuses addresses that hold `refuse`."""

    def __init__(self, refuse: str = "nothing") -> None:
        self.sent: list[tuple[str, str]] = []
        self.refuse = refuse

    def send(self, url: str, title: str, body: str) -> bool:
        """Take a line."""
        if self.refuse in url:
            return False
        self.sent.append((url, body))
        return True


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, notify_urls="sms://gate/{phone} wecom://{staff_no} group://one")


def send(app, district, *people, at=None) -> None:
    with app.app_context(), transaction():
        for number, person in enumerate(people):
            messages.send(person.id, "note", f"关于王某测的任务{number}", at or clock.now(), text="张三不在家")


def test_each_message_is_announced_once_and_says_nothing(app, district) -> None:
    worker, officer = district.worker, district.officer
    send(app, district, worker, worker, officer)
    channel = Fake()
    with app.app_context():
        assert announce(district.kit, channel) == 2
        assert announce(district.kit, channel) == 0
        assert all(db.session.scalars(select(Message.sent_out_at)))
    by_url = dict(channel.sent)
    assert set(by_url) == {
        f"sms://gate/{district.phone_of(worker)}", f"sms://gate/{district.phone_of(officer)}", "wecom://WG010101",
        "wecom://FG001", "group://one",
    }  # fmt: skip
    assert by_url["wecom://WG010101"].startswith("您有 2 条新消息")
    assert by_url["group://one"].startswith("有 2 位同志共 3 条新提醒")
    assert not any(word in body for _, body in channel.sent for word in ("王某测", "张三", "任务"))


def test_a_person_who_was_not_reached_is_tried_again_for_an_hour(app, district) -> None:
    send(app, district, district.worker, district.officer)
    with app.app_context():
        announce(district.kit, Fake(refuse="WG010101"))
        again = Fake()
        assert announce(district.kit, again) == 1
        assert "wecom://WG010101" in dict(again.sent)
        assert "wecom://FG001" not in dict(again.sent)
    send(app, district, district.worker, at=clock.now() - timedelta(minutes=61))
    with app.app_context():
        assert announce(district.kit, Fake()) == 0


def test_what_was_read_needs_no_announcement(app, district) -> None:
    send(app, district, district.worker)
    with app.app_context():
        with transaction():
            db.session.scalars(select(Message)).one().read_at = clock.now()
        assert announce(district.kit, Fake()) == 0


def test_nothing_configured_sends_nothing() -> None:
    assert Addresses.parse("  ") == Addresses((), ())
    assert filled("sms://x/{phone}", phone="", staff_no="A") is None
    assert filled("x://{staff_no}", phone="", staff_no="甲/1") == "x://%E7%94%B2%2F1"


@pytest.fixture
def gateway() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Give a real HTTP gateway on this machine and what it was told."""
    told: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"json://127.0.0.1:{server.server_port}/notify", told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning:apprise.*")
def test_a_real_gateway_is_reached(gateway) -> None:
    url, told = gateway
    channel = AppriseChannel()
    assert channel.send(url, "网格协执", "您有 1 条新消息")
    assert [(line["title"], line["message"]) for line in told] == [("网格协执", "您有 1 条新消息")]
    assert not channel.send("nonsense://", "x", "y")
