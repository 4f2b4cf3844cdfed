"""Tokens that must be refused, one broken rule each."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256

from grid.core.words.tokens import TokenKind, Verdict
from grid.rules.tokens import AADS, FIELDS, build
from grid.tools import base32
from grid.tools.cbor import encode
from grid.tools.cose import sign
from grid.tools.signing import ORDER
from tests.vectors.forge import (
    DAY,
    NOW_S,
    OLD,
    PACKET,
    RECEIPT,
    SLIP,
    STATUS,
    STOLEN,
    STRANGER,
    mirrored,
    octets,
    signed,
    wrapped,
)
from tests.vectors.good_tokens import BASE_PACKET, BASE_RECEIPT, BASE_SLIP

V = Verdict
Case = tuple[str, TokenKind, str, Verdict]
GOOD = sign(build(BASE_RECEIPT), RECEIPT, TokenKind.RECEIPT)
GOOD_TEXT = base32.encode(GOOD)
BODY = encode(build(BASE_RECEIPT))
PARTS = signed(BODY)
SIGNERS = {TokenKind.RECEIPT: RECEIPT, TokenKind.SLIP: SLIP, TokenKind.PACKET: PACKET}
BASES = {TokenKind.RECEIPT: BASE_RECEIPT, TokenKind.SLIP: BASE_SLIP, TokenKind.PACKET: BASE_PACKET}


def bad_tokens() -> list[Case]:
    """List name, kind it is checked as, text and verdict of every token that must be refused at NOW."""
    made = [(name, TokenKind.RECEIPT, text, verdict) for name, text, verdict in _spellings()]
    made += [(name, TokenKind.RECEIPT, base32.encode(data), verdict) for name, data, verdict in _envelopes()]
    made += [(name, TokenKind.RECEIPT, base32.encode(data), verdict) for name, data, verdict in _bodies()]
    made += list(_signatures())
    made += list(_fields())
    made += list(_lives())
    return made


def _spellings() -> list[tuple[str, str, Verdict]]:
    stray = GOOD_TEXT[:-1] + chr(ord(GOOD_TEXT[-1]) + 1)
    return [
        ("text in lower case", GOOD_TEXT.lower(), V.NOT_BASE32),
        ("text with one lower-case letter", GOOD_TEXT[0] + GOOD_TEXT[1].lower() + GOOD_TEXT[2:], V.NOT_BASE32),
        ("text with padding", GOOD_TEXT + "=" * (-len(GOOD_TEXT) % 8), V.NOT_BASE32),
        ("text with stray bits in the last character", stray, V.NOT_BASE32),
        ("text of an impossible length", GOOD_TEXT[:297], V.NOT_BASE32),
        ("text with a zero for an O", "0" + GOOD_TEXT[1:], V.NOT_BASE32),
        ("text with a space", GOOD_TEXT + " ", V.NOT_BASE32),
        ("text with a line end", GOOD_TEXT + "\n", V.NOT_BASE32),
        ("text with a full-width letter", "Ａ" + GOOD_TEXT[1:], V.NOT_BASE32),
        ("text in base64", "0oRLogEmBEZ", V.NOT_BASE32),
        ("no text", "", V.MALFORMED),
        ("text too long", "A" * 1928, V.TOO_LONG),
    ]


def _envelopes() -> Iterator[tuple[str, bytes, Verdict]]:
    header, _, body, signature = PARTS
    eddsa = encode({1: -8, 4: RECEIPT.kid})
    yield from [
        ("trailing byte", GOOD + b"\x00", V.TRAILING),
        ("a second token behind", GOOD + GOOD, V.TRAILING),
        ("cut by one byte", GOOD[:-1], V.MALFORMED),
        ("cut to the tag", GOOD[:1], V.MALFORMED),
        ("without tag", GOOD[1:], V.MALFORMED),
        ("tag 17", b"\xd1" + GOOD[1:], V.MALFORMED),
        ("tag 98", wrapped(PARTS, 98), V.MALFORMED),
        ("tag 18 twice", b"\xd2" + GOOD, V.MALFORMED),
        ("tag in a longer form", b"\xd8\x12" + GOOD[1:], V.MALFORMED),
        ("CWT tag around", b"\xd8\x3d" + GOOD, V.MALFORMED),
        ("three parts", wrapped(PARTS[:3]), V.MALFORMED),
        ("five parts", wrapped([*PARTS, b""]), V.MALFORMED),
        ("no parts", wrapped([]), V.MALFORMED),
        ("a map of parts", wrapped(dict(enumerate(PARTS))), V.MALFORMED),
        ("parts of indefinite length", b"\xd2\x9f" + GOOD[2:] + b"\xff", V.NOT_CANONICAL),
        ("header length in a longer form", GOOD[:2] + b"\x58\x0b" + GOOD[3:], V.NOT_CANONICAL),
        ("header of indefinite length", GOOD[:2] + b"\x5f" + GOOD[2:14] + b"\xff" + GOOD[14:], V.NOT_CANONICAL),
        ("header as a map", wrapped([{1: -7, 4: RECEIPT.kid}, {}, body, signature]), V.MALFORMED),
        ("header as text", wrapped(["header", {}, body, signature]), V.MALFORMED),
        ("unprotected as an array", wrapped([header, [], body, signature]), V.MALFORMED),
        ("unprotected as bytes", wrapped([header, b"", body, signature]), V.MALFORMED),
        ("unprotected holds a kid", wrapped([header, {4: RECEIPT.kid}, body, signature]), V.UNPROTECTED),
        ("unprotected holds a text key", wrapped([header, {"a": 0}, body, signature]), V.UNPROTECTED),
        ("unprotected holds null", wrapped([header, {4: None}, body, signature]), V.MALFORMED),
        ("unprotected of indefinite length", GOOD[:14] + b"\xbf\xff" + GOOD[15:], V.NOT_CANONICAL),
        ("body detached", wrapped([header, {}, None, signature]), V.MALFORMED),
        ("body as a map", wrapped([header, {}, build(BASE_RECEIPT), signature]), V.MALFORMED),
        ("signature as text", wrapped([header, {}, body, "x" * 64]), V.MALFORMED),
        ("a float among the parts", wrapped([header, {}, body, 1.5]), V.MALFORMED),
        ("too long by a byte", wrapped(signed(octets("long", 1117))), V.TOO_LONG),
        ("as long as may be", wrapped(signed(octets("long", 1116))), V.PAYLOAD),
        ("no header", wrapped(signed(BODY, header=b"")), V.HEADER),
        ("header without kid", wrapped(signed(BODY, header=encode({1: -7}))), V.HEADER),
        ("header without algorithm", wrapped(signed(BODY, header=encode({4: RECEIPT.kid}))), V.HEADER),
        ("algorithm EdDSA", wrapped(signed(BODY, header=eddsa)), V.HEADER),
        ("algorithm ES384", wrapped(signed(BODY, header=encode({1: -35, 4: RECEIPT.kid}))), V.HEADER),
        ("algorithm as text", wrapped(signed(BODY, header=encode({1: "ES256", 4: RECEIPT.kid}))), V.HEADER),
        ("algorithm HMAC", wrapped(signed(BODY, header=encode({1: 5, 4: RECEIPT.kid}))), V.HEADER),
        ("kid of 8 bytes", wrapped(signed(BODY, header=encode({1: -7, 4: RECEIPT.kid + b"xx"}))), V.HEADER),
        ("kid of 5 bytes", wrapped(signed(BODY, header=encode({1: -7, 4: RECEIPT.kid[:5]}))), V.HEADER),
        ("header with crit", wrapped(signed(BODY, header=encode({1: -7, 2: [1], 4: RECEIPT.kid}))), V.HEADER),
        ("header out of order", wrapped(signed(BODY, header=b"\xa2\x04F" + RECEIPT.kid + b"\x01\x26")), V.HEADER),
        ("header with a trailing byte", wrapped(signed(BODY, header=header + b"\x00")), V.HEADER),
    ]


def _signatures() -> Iterator[Case]:
    header, _, body, signature = PARTS
    r, s = signature[:32], signature[32:]
    order, receipt = ORDER.to_bytes(32), TokenKind.RECEIPT
    forms = {
        "signature of 63 bytes": signature[:63],
        "signature of 65 bytes": signature + b"\x00",
        "no signature": b"",
        "signature of zeros": bytes(64),
        "r is 0": bytes(32) + s,
        "s is 0": r + bytes(32),
        "r is the order": order + s,
        "s is the order": r + order,
        "r beyond the order": b"\xff" * 32 + s,
        "s in the upper half": mirrored(signature),
        "s just above half the order": r + ((ORDER >> 1) + 1).to_bytes(32),
        "signature in DER": RECEIPT.private.sign(b"", ECDSA(SHA256(), deterministic_signing=True)),
    }
    for name, changed in forms.items():
        yield name, receipt, base32.encode(wrapped([header, {}, body, changed])), V.SIGNATURE_FORM
    slip = base32.encode(sign(build(BASE_SLIP), SLIP, TokenKind.SLIP))
    packet = base32.encode(sign(build(BASE_PACKET), PACKET, TokenKind.PACKET))
    claims_known_key = signed(BODY, STRANGER, header=header)
    yield from [
        ("s is half the order", receipt, _text([header, {}, body, r + (ORDER >> 1).to_bytes(32)]), V.BAD_SIGNATURE),
        ("one bit of the body changed", receipt, _text([header, {}, _flip(body), signature]), V.BAD_SIGNATURE),
        ("one bit of the signature changed", receipt, _text([header, {}, body, _flip(signature)]), V.BAD_SIGNATURE),
        ("another key's signature under a known kid", receipt, _text(claims_known_key), V.BAD_SIGNATURE),
        ("signed as a slip", receipt, _text(signed(BODY, aad=AADS[TokenKind.SLIP])), V.BAD_SIGNATURE),
        ("signed without a kind", receipt, _text(signed(BODY, aad=b"")), V.BAD_SIGNATURE),
        ("an unpublished key", receipt, _text(signed(BODY, STRANGER)), V.UNKNOWN_KEY),
        ("a good slip shown as a receipt", receipt, slip, V.WRONG_PURPOSE),
        ("a good packet shown as a receipt", receipt, packet, V.WRONG_PURPOSE),
        ("a good receipt shown as a slip", TokenKind.SLIP, GOOD_TEXT, V.WRONG_PURPOSE),
        ("a good receipt shown as a packet", TokenKind.PACKET, GOOD_TEXT, V.WRONG_PURPOSE),
        ("a receipt by the status key", receipt, _text(signed(BODY, STATUS)), V.WRONG_PURPOSE),
        ("a receipt by the slip key", receipt, _text(signed(BODY, SLIP)), V.WRONG_PURPOSE),
    ]


def _bodies() -> Iterator[tuple[str, bytes, Verdict]]:
    payload = build(BASE_RECEIPT)
    bodies = {
        "empty body": b"",
        "body with a trailing byte": BODY + b"\x00",
        "body cut short": BODY[:-1],
        "body of indefinite length": b"\xbf" + BODY[1:] + b"\xff",
        "body with a long head": b"\xb8\x03" + BODY[1:],
        "body with a key twice": b"\xa4\x06" + encode(payload[6]) + BODY[1:],
        "body out of order": b"\xa3" + BODY[-(len(BODY) - 18) :] + BODY[1:18],
        "body is an array": encode([payload[6], payload[7], payload[FIELDS]]),
        "body is a number": encode(7),
        "body is text": encode("网格"),
        "body with a boolean": cbor2.dumps({**payload, 8: True}, canonical=True),
        "body with a float time": cbor2.dumps({**payload, 6: 1.5}, canonical=True),
        "body with a date": cbor2.dumps({**payload, 6: cbor2.CBORTag(1, payload[6])}, canonical=True),
        "body with a big number": cbor2.dumps({**payload, 6: 2**64}, canonical=True),
        "body nested too deep": b"\x81" * 9 + b"\x00",
        "body with broken UTF-8": BODY.replace("欧".encode(), b"\xff\xff\xff"),
        "body with a text key": encode({**payload, "7": 0}),
        "body with a further claim": encode({**payload, 8: 0}),
        "body without cti": encode({6: payload[6], FIELDS: payload[FIELDS]}),
        "body without issue time": encode({7: payload[7], FIELDS: payload[FIELDS]}),
        "body without fields": encode({6: payload[6], 7: payload[7]}),
        "fields as a map": encode({**payload, FIELDS: {}}),
        "fields as bytes": encode({**payload, FIELDS: b"\x01"}),
        "no fields": encode({**payload, FIELDS: []}),
    }
    for name, body in bodies.items():
        yield name, wrapped(signed(body)), V.PAYLOAD


def _changed(kind: TokenKind, change: Callable[[dict[int, Any]], object]) -> str:
    payload = copy.deepcopy(build(BASES[kind]))
    change(payload)
    return _text(signed(encode(payload), SIGNERS[kind], kind))


def _put(place: int, value: object) -> Callable[[dict[int, Any]], object]:
    return lambda payload: payload[FIELDS].__setitem__(place, value)


def _fields() -> Iterator[Case]:
    receipt, slip, packet = TokenKind.RECEIPT, TokenKind.SLIP, TokenKind.PACKET
    bad: list[tuple[TokenKind, str, Callable[[dict[int, Any]], object]]] = [
        (receipt, "issue time as text", lambda payload: payload.update({6: "1"})),
        (receipt, "issue time before 2020", lambda payload: payload.update({6: 1_577_836_799})),
        (receipt, "issue time in 2100", lambda payload: payload.update({6: 4_102_444_800})),
        (receipt, "cti of 9 bytes", lambda payload: payload.update({7: bytes(9)})),
        (receipt, "cti of 11 bytes", lambda payload: payload.update({7: bytes(11)})),
        (receipt, "cti as text", lambda payload: payload.update({7: "0123456789"})),
        (receipt, "nine fields", lambda payload: payload[FIELDS].pop()),
        (receipt, "eleven fields", lambda payload: payload[FIELDS].append(0)),
        (slip, "fields of a packet", lambda payload: payload.update({FIELDS: build(BASE_PACKET)[FIELDS]})),
        (packet, "fields of a receipt", lambda payload: payload.update({FIELDS: build(BASE_RECEIPT)[FIELDS]})),
        (packet, "three fields", lambda payload: payload[FIELDS].pop()),
    ]
    values: dict[TokenKind, dict[int, list[object]]] = {
        receipt: {
            0: [0, -1, "1", b"\x01", [1]],
            1: [b"", octets("root", 31), octets("root", 33), "r" * 32],
            2: [
                "",
                "*" * 13,
                "𠮷*𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷",
                "欧阳建华",
                "1380*5678",
                "12*34",
                "张*\u202e三",
                "张\u200b*",
                "张\n*",
                "张*\U000e0041",
                7,
                b"*",
            ],
            3: [0, 7, -1, "1"],
            4: ["", "340503001002", "0", "9" * 15, "Z" * 25, "HL 7", "-HL", "HL\n", "霍里", -1, 10**15, b"1", []],
            5: [-1, 1_000_000_000, "1"],
            6: [-1, 10_000],
            7: [octets("documents", 15), octets("documents", 17), "d" * 16],
            8: [-1, 4_102_444_800, "0"],
            9: [0, 4, -1, "1", [1]],
        },
        slip: {
            1: [octets("order", 31)],
            2: ["李某"],
            3: [1, -1, "0"],
            8: [NOW_S - 10 * DAY, build(BASE_SLIP)[6], 4_102_444_800, 0, "0"],
            9: [0],
        },
        packet: {
            0: [0, "1"],
            1: [octets("task", 15), bytes(16), b"\xff" * 16, "t" * 16],
            2: [octets("documents", 15), octets("documents", 32), "d" * 16],
            3: [build(BASE_PACKET)[6], -1, 4_102_444_800, "0", b""],
        },
    }
    for kind, name, change in bad:
        yield f"{kind.value}: {name}", kind, _changed(kind, change), V.PAYLOAD
    for kind, places in values.items():
        for place, options in places.items():
            for number, value in enumerate(options):
                name = f"{kind.value}: field {place}, wrong value {number}"
                yield name, kind, _changed(kind, _put(place, value)), V.PAYLOAD
    for kind in TokenKind:
        yield f"{kind.value}: version 2", kind, _changed(kind, _put(0, 2)), V.TOO_NEW
        yield f"{kind.value}: version 2^53 - 1", kind, _changed(kind, _put(0, 2**53 - 1)), V.TOO_NEW
    yield "version 2 with other fields", receipt, _changed(receipt, lambda p: p.update({FIELDS: [2, "x"]})), V.TOO_NEW
    yield "version 2 with a further claim", receipt, _text(signed(encode({FIELDS: [2], 8: 1}))), V.TOO_NEW


def _lives() -> Iterator[Case]:
    receipt = TokenKind.RECEIPT

    def issued(at: int, signer: Any) -> str:
        return _text(signed(encode({**build(BASE_RECEIPT), 6: at}), signer))

    def until(kind: TokenKind, place: int, at: int) -> str:
        return _changed(kind, _put(place, at))

    yield from [
        ("receipt by a revoked key", receipt, issued(NOW_S - 150 * DAY, STOLEN), V.KEY_REVOKED),
        ("receipt by a revoked key, dated before the theft", receipt, issued(NOW_S - 299 * DAY, STOLEN), V.KEY_REVOKED),
        ("receipt by a retired key, dated after it", receipt, issued(NOW_S - 200 * DAY + 1, OLD), V.KEY_PERIOD),
        ("receipt by a retired key, dated today", receipt, issued(NOW_S, OLD), V.KEY_PERIOD),
        ("receipt dated before its key", receipt, issued(NOW_S - 200 * DAY - 1, RECEIPT), V.KEY_PERIOD),
        ("slip a second too late", TokenKind.SLIP, until(TokenKind.SLIP, 8, NOW_S - 1), V.EXPIRED),
        ("packet a second too late", TokenKind.PACKET, until(TokenKind.PACKET, 3, NOW_S - 1), V.EXPIRED),
    ]


def _text(parts: object) -> str:
    return base32.encode(wrapped(parts))


def _flip(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])
