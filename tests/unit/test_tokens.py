"""Layout, signing and the life of tokens beyond the fixed vectors."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import cwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.words.tokens import (
    AssistRole,
    KeyPurpose,
    ReceiptMethod,
    TokenKind,
    Verdict,
)
from grid.rules.qrtext import packet_url, parse_qr_text, pin_origin, receipt_url
from grid.rules.tokens import (
    AADS,
    LayoutRefused,
    PacketFacts,
    ReceiptFacts,
    SlipFacts,
    build,
    expires_at,
    kind_of,
    parse,
)
from grid.tools import base32, cose
from grid.tools.signing import KeySigner
from grid.tools.tokens import check_token, issue_token
from tests.vectors.forge import KEYS, NOW, OLD, PACKET, RECEIPT, SLIP, STRANGER, octets
from tests.vectors.good_tokens import BASE_PACKET, BASE_RECEIPT, BASE_SLIP

seconds = st.integers(1_577_836_800, 4_102_444_799).map(lambda number: datetime.fromtimestamp(number, UTC))
names = st.text("张李欧阳建华·𠮷Ab ", max_size=11).map(lambda text: text[:5] + "*" + text[5:])
grids = st.integers(0, 10**15 - 1).map(str) | st.from_regex(r"[A-Z0-9][A-Za-z0-9_-]{0,23}", fullmatch=True)
shared = {
    "cti": st.binary(min_size=10, max_size=10),
    "name": names,
    "grid": grids,
    "worker": st.integers(0, 999_999_999),
    "seq": st.integers(0, 9_999),
    "documents": st.binary(min_size=16, max_size=16),
    "role": st.sampled_from(AssistRole),
}
receipts = st.builds(
    ReceiptFacts,
    issued_at=seconds,
    root=st.binary(min_size=32, max_size=32),
    method=st.sampled_from(ReceiptMethod),
    served_at=st.integers(0, 4_102_444_799).map(lambda number: datetime.fromtimestamp(number, UTC)),
    **shared,
)
periods = st.tuples(seconds, seconds).filter(lambda pair: pair[0] < pair[1])
slips = periods.flatmap(
    lambda pair: st.builds(
        SlipFacts,
        issued_at=st.just(pair[0]),
        valid_until=st.just(pair[1]),
        order=st.binary(min_size=32, max_size=32),
        **shared,
    )
)
packets = periods.flatmap(
    lambda pair: st.builds(
        PacketFacts,
        issued_at=st.just(pair[0]),
        cti=shared["cti"],
        task_id=st.uuids(version=4).map(str),
        documents=shared["documents"],
        expires_at=st.just(pair[1]),
    )
)
SIGNERS = {TokenKind.RECEIPT: RECEIPT, TokenKind.SLIP: SLIP, TokenKind.PACKET: PACKET}


@given(receipts | slips | packets)
def test_facts_survive_layout_and_signature(facts):
    kind = kind_of(facts)
    assert parse(kind, build(facts)) == facts
    ever = [replace(key, valid_from=0, retired_at=None) for key in KEYS]
    checked = check_token(issue_token(facts, SIGNERS[kind]), ever, kind, facts.issued_at)
    assert checked.demand() == facts


@given(receipts | slips | packets, receipts | slips | packets)
def test_different_facts_give_different_tokens(one, other):
    if one != other:
        assert issue_token(one, SIGNERS[kind_of(one)]) != issue_token(other, SIGNERS[kind_of(other)])


def test_the_same_facts_give_the_same_token():
    assert issue_token(BASE_RECEIPT, RECEIPT) == issue_token(BASE_RECEIPT, RECEIPT)


def test_fractions_of_a_second_are_dropped():
    written = replace(BASE_RECEIPT, issued_at=NOW + timedelta(microseconds=999_999))
    assert parse(TokenKind.RECEIPT, build(written)) == replace(written, issued_at=NOW)


@pytest.mark.parametrize(
    "facts",
    [
        replace(BASE_RECEIPT, issued_at=NOW.replace(tzinfo=None)),
        replace(BASE_RECEIPT, issued_at="2026-11-24"),
        replace(BASE_RECEIPT, issued_at=datetime(2019, 12, 31, tzinfo=UTC)),
        replace(BASE_RECEIPT, name="欧阳建华"),
        replace(BASE_RECEIPT, method=7),
        replace(BASE_RECEIPT, worker=True),
        replace(BASE_RECEIPT, seq=True),
        replace(BASE_RECEIPT, grid=340503),
        replace(BASE_RECEIPT, grid="三号网格"),
        replace(BASE_RECEIPT, root=b""),
        replace(BASE_RECEIPT, cti=bytes(9)),
        replace(BASE_RECEIPT, role=0),
        replace(BASE_SLIP, valid_until=BASE_SLIP.issued_at),
        replace(BASE_PACKET, task_id="7"),
        replace(BASE_PACKET, task_id=BASE_PACKET.task_id.upper()),
        replace(BASE_PACKET, expires_at=BASE_PACKET.issued_at),
    ],
)
def test_what_may_not_be_read_is_never_written(facts):
    with pytest.raises(LayoutRefused):
        build(facts)


@pytest.mark.parametrize(
    ("claimed", "written"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), 0),
        (datetime(1969, 12, 31, tzinfo=UTC), 0),
        (datetime(9999, 12, 31, tzinfo=UTC), 4_102_444_799),
    ],
)
def test_a_phone_of_another_century_still_gets_its_receipt(claimed, written):
    facts = parse(TokenKind.RECEIPT, build(replace(BASE_RECEIPT, served_at=claimed)))
    assert facts.served_at.timestamp() == written


def test_a_boolean_is_no_number():
    payload = build(BASE_RECEIPT)
    for place in (0, 3, 5, 6, 8, 9):
        fields = [*payload[-65537]]
        fields[place] = True
        with pytest.raises(LayoutRefused):
            parse(TokenKind.RECEIPT, {**payload, -65537: fields})


def test_a_key_signs_its_own_kind_only():
    with pytest.raises(ValueError, match="may not sign"):
        issue_token(BASE_RECEIPT, SLIP)


def test_only_slips_and_packets_expire():
    assert expires_at(BASE_RECEIPT) is None
    assert expires_at(BASE_SLIP) == BASE_SLIP.valid_until
    assert expires_at(BASE_PACKET) == BASE_PACKET.expires_at


def test_all_keys_of_a_kid_are_tried():
    # Six bytes can collide; the reader must not stop at the first key with that id.
    token = issue_token(BASE_RECEIPT, RECEIPT)
    twin = replace(KEYS[3], key=STRANGER.private.public_key())
    slip_twin = replace(twin, purpose=KeyPurpose.SLIP)
    assert twin.kid == RECEIPT.kid
    assert check_token(token, [slip_twin, twin, *KEYS], TokenKind.RECEIPT, NOW).verdict is Verdict.OK
    assert check_token(token, [slip_twin, twin], TokenKind.RECEIPT, NOW).verdict is Verdict.BAD_SIGNATURE
    assert check_token(token, [slip_twin], TokenKind.RECEIPT, NOW).verdict is Verdict.WRONG_PURPOSE
    assert check_token(token, [], TokenKind.RECEIPT, NOW).verdict is Verdict.UNKNOWN_KEY


def test_a_signature_that_is_no_signature_is_not_sent_out():
    class Broken(KeySigner):
        def sign(self, message):
            return bytes(64) + message

    with pytest.raises(ValueError, match="too long"):
        cose.sign({0: octets("long", 900)}, Broken(RECEIPT.purpose, RECEIPT.private, RECEIPT.kid), TokenKind.RECEIPT)


def test_long_bytes_are_refused_unread():
    assert check_token(b"\xd2" + bytes(1200), KEYS, TokenKind.RECEIPT, NOW).verdict is Verdict.TOO_LONG
    assert check_token(b"\xd2" + bytes(1199), KEYS, TokenKind.RECEIPT, NOW).verdict is Verdict.TRAILING


def test_facts_are_known_even_when_the_key_was_revoked():
    old = replace(BASE_RECEIPT, issued_at=NOW - timedelta(days=300))
    revoked = [replace(key, revoked_at=1) for key in KEYS]
    checked = check_token(issue_token(old, OLD), revoked, TokenKind.RECEIPT, NOW)
    assert (checked.verdict, checked.facts) == (Verdict.KEY_REVOKED, old)


@pytest.mark.parametrize("kind", TokenKind)
def test_another_cose_implementation_agrees(kind):
    facts = {TokenKind.RECEIPT: BASE_RECEIPT, TokenKind.SLIP: BASE_SLIP, TokenKind.PACKET: BASE_PACKET}[kind]
    token = base32.decode(issue_token(facts, SIGNERS[kind]))
    key = cwt.COSEKey.new(
        {1: 2, 2: SIGNERS[kind].kid, 3: -7, -1: 1, **_coordinates(SIGNERS[kind])},
    )
    header, _, body = cwt.COSE.new().decode_with_headers(token, key, external_aad=AADS[kind])
    assert header == {1: -7, 4: SIGNERS[kind].kid}
    assert body == cose.encode(build(facts))
    with pytest.raises(cwt.VerifyError):
        cwt.COSE.new().decode(token, key, external_aad=b"hs-other-v1")


def test_a_token_of_another_implementation_is_read():
    key = cwt.COSEKey.new(
        {1: 2, 2: RECEIPT.kid, 3: -7, -1: 1, **_coordinates(RECEIPT), -4: _secret(RECEIPT)},
    )
    sender = cwt.COSE.new()
    for _ in range(20):  # it does not lower s, so about half of its signatures are not in our form
        token = sender.encode(
            cose.encode(build(BASE_RECEIPT)), key, protected={1: -7, 4: RECEIPT.kid}, external_aad=b"hs-receipt-v1"
        )
        checked = check_token(token, KEYS, TokenKind.RECEIPT, NOW)
        if checked.verdict is Verdict.OK:
            break
        assert checked.verdict is Verdict.SIGNATURE_FORM
    assert checked.facts == BASE_RECEIPT


def _coordinates(signer):
    numbers = signer.private.public_key().public_numbers()
    return {-2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}


def _secret(signer):
    return signer.private.private_numbers().private_value.to_bytes(32)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "https://",
        "ftp://a.cn",
        "https://a.cn/x",
        "https://u@a.cn",
        "https://a..cn",
        "https://a.cn:0",
        "https://法院.cn",
        "https://a.cn?",
        "https://-a.cn",
        "a.cn:123456",
        "https://ſ.cn",
    ],
)
def test_what_is_no_origin_cannot_be_pinned(origin):
    with pytest.raises(ValueError):
        pin_origin(origin)


@pytest.mark.parametrize(
    "origin", ["https://fy.example.gov.cn", "fy.example.gov.cn", "http://localhost:8000/", "http://127.0.0.1:5000"]
)
def test_what_is_printed_is_read_back(origin):
    assert parse_qr_text(receipt_url(origin, "ABC"), origin).packet is False
    read = parse_qr_text(packet_url(origin, "ABC"), origin)
    assert (read.packet, read.token) == (True, "ABC")
