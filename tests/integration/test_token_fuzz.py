"""Tens of thousands of damaged tokens against the Python verifier: none may pass."""

import random

import pytest

from grid.core.words.tokens import TokenKind, Verdict
from grid.rules.tokens import kind_of
from grid.tools import base32
from grid.tools.tokens import check_token, issue_token
from tests.vectors.forge import KEYS, NOW, PACKET, RECEIPT, SLIP
from tests.vectors.good_tokens import BASE_PACKET, BASE_RECEIPT, BASE_SLIP

SIGNERS = {TokenKind.RECEIPT: RECEIPT, TokenKind.SLIP: SLIP, TokenKind.PACKET: PACKET}
TEXTS = {
    kind_of(facts): issue_token(facts, SIGNERS[kind_of(facts)]) for facts in (BASE_RECEIPT, BASE_SLIP, BASE_PACKET)
}
GOOD = {kind: base32.decode(text) for kind, text in TEXTS.items()}
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def passed(token, kind):
    checked = check_token(token, KEYS, kind, NOW)
    return checked.verdict is Verdict.OK or checked.facts is not None


def test_the_undamaged_tokens_pass():
    assert all(passed(TEXTS[kind], kind) and passed(GOOD[kind], kind) for kind in TokenKind)


@pytest.mark.parametrize("kind", TokenKind)
def test_every_flipped_bit_is_refused(kind):
    good = GOOD[kind]
    for place in range(len(good)):
        for bit in range(8):
            assert not passed(good[:place] + bytes([good[place] ^ 1 << bit]) + good[place + 1 :], kind)


@pytest.mark.parametrize("kind", TokenKind)
def test_every_cut_and_every_added_byte_is_refused(kind):
    good = GOOD[kind]
    for end in range(len(good)):
        assert not passed(good[:end], kind)
        assert not passed(good[end + 1 :], kind)
        assert not passed(good[:end] + good[end + 1 :], kind)
    for added in range(256):
        assert not passed(good + bytes([added]), kind)
        assert not passed(bytes([added]) + good, kind)


def test_every_changed_character_of_a_receipt_is_refused():
    text = TEXTS[TokenKind.RECEIPT]
    for place, was in enumerate(text):
        for character in ALPHABET + "a01=":
            if character != was:
                assert not passed(text[:place] + character + text[place + 1 :], TokenKind.RECEIPT)


def test_thirty_thousand_random_edits_are_refused():
    chance = random.Random(20261124)
    known = set(GOOD.values())
    tried = 0
    while tried < 30_000:
        kind = chance.choice(list(TokenKind))
        damaged = edited(chance, GOOD[kind])
        if damaged in known:
            continue
        tried += 1
        assert not passed(damaged, kind), damaged.hex()


def edited(chance, data):
    """Damage a token in one to three of the ways that parsers get wrong."""
    token = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(token) + 1) if token else 0
        way = chance.randrange(7)
        if way == 0 and token:
            token[place % len(token)] = chance.randrange(256)
        elif way == 1:
            token[place:place] = chance.randbytes(chance.randint(1, 4))
        elif way == 2:
            del token[place : place + chance.randint(1, 4)]
        elif way == 3:
            other = GOOD[chance.choice(list(TokenKind))]
            start = chance.randrange(len(other))
            token[place : place + 8] = other[start : start + chance.randint(1, 70)]
        elif way == 4:
            token[place:place] = chance.choice([b"\xa0", b"\x80", b"\x40", b"\xd2", b"\xf6", b"\xff", b"\x18", b"\x58"])
        elif way == 5 and token:
            head = token[place % len(token)]
            token[place % len(token)] = chance.choice([head ^ 0x20, head ^ 0x40, head | 0x1F, head & 0xE0])
        else:
            half = chance.randrange(len(data))
            token = bytearray(data[:half] + GOOD[chance.choice(list(TokenKind))][half:])
    return bytes(token)
