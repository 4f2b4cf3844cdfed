"""Vectors beside the tokens: QR texts, short codes, status lists, standings, canonical JSON and the words."""

import base64
import copy
from itertools import product
from typing import Any

from grid.core.errors.tokens import QrNotOurs, ShortCodeWrong
from grid.core.words import tokens as words
from grid.rules.canonical import canonical_bytes, digest
from grid.rules.qrtext import packet_url, parse_qr_text, receipt_url
from grid.rules.standing import standing
from grid.tools.shortcode import read_short_code, short_code
from grid.tools.statuslist import Entry, StatusRefused, read_status, sign_status
from tests.vectors.forge import KEYS, NOW, RECEIPT, STATUS, mirrored, octets

COURT = "https://fy.example.gov.cn"
DEMO = "http://localhost:8000"


def qr_texts() -> list[dict[str, Any]]:
    """List scanned texts, the origin they are held against and what comes of it."""
    texts = [
        receipt_url(COURT, "ABC234"),
        packet_url(COURT, "ABC234"),
        "https://fy.example.gov.cn/V#ABC234",
        "hTTps://Fy.eXample.gov.cn/P#ABC234",
        "HTTP://FY.EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN:443/V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN:8443/V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN./V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN.EVIL.CN/V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN@EVIL.CN/V#ABC234",
        "HTTPS://USER@FY.EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://EVIL.CN/FY.EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://EVIL.CN/V#HTTPS://FY.EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://FY-EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://FYEXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://FY.EXAMP1E.GOV.CN/V#ABC234",
        "HTTPS://FY.EXAMPLE.G0V.CN/V#ABC234",
        "HTTPS://XN--FY-EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://ＦＹ.EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV。CN/V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.\u0421N/V#ABC234",
        "http\u017f://fy.example.gov.cn/V#ABC234",
        "https://fy.exampl\u0435.gov.cn/V#ABC234",
        "HTTPS:\\\\FY.EXAMPLE.GOV.CN\\V#ABC234",
        "HTTPS:///FY.EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS:FY.EXAMPLE.GOV.CN/V#ABC234",
        "//FY.EXAMPLE.GOV.CN/V#ABC234",
        " HTTPS://FY.EXAMPLE.GOV.CN/V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN /V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN\t/V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#ABC234 ",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#ABC234\n",
        "HTTPS://FY.EXAMPLE.GOV.CN/v#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN/V/#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN//V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN/./V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN/%56#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN/V?A=1#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN?V#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN/PAY#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN/",
        "HTTPS://FY.EXAMPLE.GOV.CN",
        "HTTPS://FY.EXAMPLE.GOV.CN/V",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#abc234",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#ABC#234",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#ABC10",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#ABC=",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#ＡＢＣ",
        "HTTPS://FY.EXAMPLE.GOV.CN/V\t#ABC234",
        "HTTPS://FY.EXAMPLE.GOV.CN/V#" + "A" * (2100 - 28),
        "HTTPS://FY.EXAMPLE.GOV.CN/V#" + "A" * (2101 - 28),
        "weixin://wxpay/bizpayurl?pr=abc",
        "javascript:alert(1)",
        "ftp://fy.example.gov.cn/V#ABC234",
        "HTTPS://",
        "网格协执",
        "1234567890",
        "",
    ]
    rows = [_qr(text, COURT) for text in texts]
    for text in (
        receipt_url(DEMO, "ABC234"),
        packet_url(DEMO, "ABC234"),
        "http://localhost:8000/V#ABC234",
        "HTTP://LOCALHOST/V#ABC234",
        "HTTP://LOCALHOST:80/V#ABC234",
        "HTTP://LOCALHOST:80001/V#ABC234",
        "HTTP://LOCALHOST:8000@EVIL.CN/V#ABC234",
        "HTTPS://LOCALHOST:8000/V#ABC234",
        "HTTP://127.0.0.1:8000/V#ABC234",
        "HTTP://LOCALHOST:8000/X#ABC234",
    ):
        rows.append(_qr(text, DEMO))
    rows.append(_qr("HTTPS://FY.EXAMPLE.GOV.CN/V#ABC234", "fy.example.gov.cn"))
    rows.append(_qr("HTTPS://FY.EXAMPLE.GOV.CN/V#ABC234", "https://FY.example.gov.cn/"))
    return rows


def _qr(text: str, origin: str) -> dict[str, Any]:
    try:
        read = parse_qr_text(text, origin)
    except QrNotOurs as refused:
        return {"text": text, "origin": origin, "verdict": refused.facts["verdict"]}
    return {"text": text, "origin": origin, "packet": read.packet, "token": read.token}


def short_codes() -> list[dict[str, Any]]:
    """List ctis with their codes and typed texts with the code they mean (null: refused)."""
    rows: list[dict[str, Any]] = []
    for number in range(12):
        cti = octets(f"short code {number}", 10)
        rows.append({"cti": cti.hex(), "code": short_code(cti)})
    code = rows[0]["code"]
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    typed = [code.lower(), f"{code[:5]}-{code[5:]}", f" {code[:2]} {code[2:]}\n", wide, f"{code[:4]}—{code[4:]}"]
    typed += [
        code[:9],
        code + code[9],
        code[::-1],
        "U" * 10,
        "",
        "网格协执",
        code.replace(code[3], "*"),
        " " * 54 + code,
        " " * 55 + code,
    ]
    typed += [row["code"].replace("0", "o").replace("1", "I") for row in rows[1:6]]
    typed += [f"{code[:5]}\u00a0{code[5:]}", f"{code[:5]}\u3000{code[5:]}", "\u212a" + code[1:], "\u0131" + code[1:]]
    for text in typed:
        try:
            rows.append({"typed": text, "code": read_short_code(text)})
        except ShortCodeWrong:
            rows.append({"typed": text, "code": None})
    return rows


def status_lists() -> list[dict[str, Any]]:
    """List status documents with what they say, or null where they must be refused."""
    corrected, annulled = octets("corrected", 10), octets("annulled", 10)
    successor = short_code(octets("successor", 10))
    entries = {corrected: Entry("corrected", successor), annulled: Entry("annulled")}
    good = sign_status(7, NOW, entries, STATUS)
    documents: list[tuple[str, object]] = [
        ("good", good),
        ("empty", sign_status(0, NOW, {}, STATUS)),
        ("corrected without a successor", sign_status(8, NOW, {corrected: Entry("corrected")}, STATUS)),
    ]
    first, second = good["entries"]
    tampered: dict[str, dict[str, Any]] = {
        "counter raised": {"counter": 8},
        "time changed": {"issued_at": "2026-11-24T01:02:04.000Z"},
        "entry removed": {"entries": [first]},
        "state changed": {"entries": [first, [second[0], "annulled"]]},
        "successor removed": {"entries": [first, second[:2]]},
        "kid of another key": {"kid": RECEIPT.kid.hex()},
        "signature mirrored": {"signature": _b64(mirrored(_unb64(good["signature"])))},
        "signature of zeros": {"signature": "A" * 86},
        "signature with stray bits": {"signature": good["signature"][:-1] + "B"},
        "signature padded": {"signature": good["signature"] + "=="},
        "signature is a number": {"signature": 1},
    }
    malformed: dict[str, dict[str, Any]] = {
        "counter is true": {"counter": True},
        "counter negative": {"counter": -1},
        "time impossible": {"issued_at": "2026-13-24T01:02:03.000Z"},
        "day impossible": {"issued_at": "2026-02-30T01:02:03.000Z"},
        "time in another form": {"issued_at": "2026-11-24T01:02:03Z"},
        "entries out of order": {"entries": [second, first]},
        "an entry twice": {"entries": [first, first]},
        "state unknown": {"entries": [[first[0], "valid"]]},
        "entry too short": {"entries": [[first[0]]]},
        "entry too long": {"entries": [[*second, ""]]},
        "entry of numbers": {"entries": [[1, 2]]},
        "entry is a map": {"entries": [{}]},
        "front in upper case": {"entries": [[first[0].upper(), "annulled"]]},
        "front of another length": {"entries": [[first[0][:14], "annulled"]]},
        "successor wrong": {"entries": [[second[0], "corrected", "0000000001"]]},
        "successor in lower case": {"entries": [[second[0], "corrected", successor.lower()]]},
        "successor of an annulled token": {"entries": [[first[0], "annulled", successor]]},
        "entries is a map": {"entries": {}},
        "version 2": {"version": 2},
        "version is true": {"version": True},
        "further member": {"note": ""},
    }
    for name, change in tampered.items():
        documents.append((name, {**copy.deepcopy(good), **change}))
    for name, change in malformed.items():
        documents.append((name, _sealed({**copy.deepcopy(good), **change})))
    documents.append(("member missing", {name: value for name, value in good.items() if name != "counter"}))
    documents += [("a list", []), ("null", None), ("text", "status")]
    rows = []
    for name, document in documents:
        try:
            read = read_status(document, KEYS)
            says = {cti.hex(): [entry.state, entry.successor] for cti, entry in read.entries.items()}
            expected: object = {"counter": read.counter, "issued_at": int(read.issued_at.timestamp()), "entries": says}
        except StatusRefused:
            expected = None
        rows.append({"name": name, "document": document, "read": expected})
    return rows


def _sealed(document: dict[str, Any]) -> dict[str, Any]:
    """Sign a document of any form, as a careless server would."""
    body = {name: value for name, value in document.items() if name != "signature"}
    return {**body, "signature": _b64(STATUS.sign(b"hs-status-v1\n" + canonical_bytes(body)))}


def standings() -> list[list[str | None]]:
    """List every combination of verdict, listed and answered state with the standing."""
    listed = (None, "corrected", "annulled")
    answered = (None, "valid", "corrected", "annulled", "expired", "unknown")
    return [
        [verdict.value, row, answer, standing(verdict, row, answer).value]
        for verdict, row, answer in product(words.Verdict, listed, answered)
    ]


def canonical() -> list[dict[str, Any]]:
    """List JSON values with their canonical text and SHA-256."""
    values: list[Any] = [
        {},
        [],
        None,
        True,
        0,
        -(2**53) + 1,
        {"b": [1, {"d": None, "c": "欧阳*华"}], "a": False},
        {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7, "10": 8, "2": 9},
        '\u0000\b\t\n\u000b\f\r\u001f"\\/\u007f\u2028\u2029\U0001f600',
    ]
    return [{"value": value, "text": canonical_bytes(value).decode(), "sha256": digest(value)} for value in values]


def labels() -> dict[str, dict[str, str]]:
    """Return the Chinese words that both languages must share."""
    tables = {
        "verdicts": words.VERDICT_LABELS,
        "qr_verdicts": words.QR_VERDICT_LABELS,
        "standings": words.STANDING_LABELS,
        "methods": words.METHOD_LABELS,
        "roles": words.ROLE_IN_TOKEN_LABELS,
    }
    return {name: {str(word.value): text for word, text in table.items()} for name, table in tables.items()}


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")
