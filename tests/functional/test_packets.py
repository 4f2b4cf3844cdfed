"""At the door: every packet that is not this task's good one is named for what it is, without a network."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Playwright, expect

from grid.core import clock
from grid.core.words.tokens import KeyPurpose, TokenKind
from grid.rules.qrtext import packet_url
from grid.rules.tokens import PacketFacts
from grid.tools.keys import KeyRing
from grid.tools.tokens import check_token, issue_token
from tests.support.camera import write_film
from tests.support.chromium import Phone, desk_context
from tests.support.clerk_hands import ClerkHands
from tests.support.live import LiveServer
from tests.support.one_case import OneCase
from tests.support.papers import code_picture, forged, page_picture, read_codes
from tests.support.stage import Stage, shots_folder
from tests.support.worker_hands import WorkerHands

SAYS = {
    "wrong": "这份文书不是这项任务的，请核对",
    "forged": "这个二维码不是法院发的，请不要交给任何人",
    "expired": "这个文书袋的二维码已过期",
    "foreign": "这不是文书袋的二维码",
}
NEXT = {
    "wrong": "请找出写着这个案号的文书袋再扫一次。",
    "forged": "请收好文书袋，马上告诉承办法官。",
    "expired": "请打电话给承办法官，换一份再送。",
    "foreign": "请扫信封上法院标签里的二维码。",
}

CALLS = {"forged", "expired"}
"""Where the next step is a call to the officer, the number is one tap away."""


def expired(text: str, data_dir: Path, origin: str) -> str:
    """Sign the same packet again with the court's key and a life that ended an hour ago."""
    keys = KeyRing.open(data_dir / "keys" / "signing")
    now = clock.now()
    facts = check_token(text.partition("#")[2], keys.public_keys(), TokenKind.PACKET, now).facts
    assert isinstance(facts, PacketFacts)
    old = PacketFacts(now - timedelta(days=2), facts.cti, facts.task_id, facts.documents, now - timedelta(hours=1))
    return packet_url(origin, issue_token(old, keys.signer(KeyPurpose.PACKET)))


def test_a_bad_packet_is_named(browsers: Playwright, server: LiveServer, tmp_path: Path) -> None:
    stage, kept = Stage(tmp_path), Stage(shots_folder(tmp_path))
    mine = OneCase()
    other = OneCase(case_no="（2026）皖0503执8235号", name="宇文长安")
    with desk_context(browsers) as context:
        officer = ClerkHands(stage.watch(context.new_page()), stage, server.origin)
        officer.sign_in("FG001", server.password)
        for one in (mine, other):
            officer.post("/api/cases", one.case())
            officer.post("/api/tasks", one.task())
        codes = {}
        for one in (mine, other):
            officer.go(f"/tasks?q={one.case_no}", "任务清单")
            codes[one.task_id] = read_codes(page_picture(officer.print_tasks([one.task_id])))[0]
    good = codes[mine.task_id]
    films = {
        "wrong": codes[other.task_id],
        "forged": forged(good),
        "expired": expired(good, server.data_dir, server.origin),
        "foreign": "WIFI:T:WPA;S:shop;P:12345678;;",
    }
    film = tmp_path / "film.y4m"
    phone = Phone(browsers, server.origin, tmp_path / "profile", film)
    try:
        write_film(film, code_picture(films["wrong"]))
        hands = WorkerHands(stage.watch(phone.open()), stage, server.origin)
        hands.sign_in("WG010101", server.password)
        hands.open_task(mine.task_id)
        hands.take(mine.name)
        hands.arrived()
        hands.scanner_kept()
        assert phone.context is not None
        phone.context.set_offline(True)
        hands.begin_handover()
        address = hands.page.url.removeprefix(server.origin)
        refused(hands, kept, "wrong")
        for name in ("forged", "expired", "foreign"):
            phone.close()
            write_film(film, code_picture(films[name]))
            hands = WorkerHands(stage.watch(phone.open(address, offline=True)), stage, server.origin)
            refused(hands, kept, name)
        phone.close()
        write_film(film, code_picture(good))
        hands = WorkerHands(stage.watch(phone.open(address, offline=True)), stage, server.origin)
        expect(hands.page.get_by_text("核对无误")).to_be_visible()
        expect(hands.button("下一步")).to_be_enabled()
    finally:
        phone.close()
    assert stage.problems + kept.problems == []


def refused(hands: WorkerHands, kept: Stage, name: str) -> None:
    """See what the phone says of the packet, its next step, and that there is no way on."""
    expect(hands.page.get_by_text(SAYS[name])).to_be_visible()
    expect(hands.page.get_by_text(NEXT[name])).to_be_visible()
    expect(hands.button("下一步")).to_be_disabled()
    expect(hands.page.get_by_role("link", name="拨打 王文斌")).to_have_count(int(name in CALLS))
    kept.show(hands.page, f"phone-packet-{name}")
