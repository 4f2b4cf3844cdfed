"""The shared vectors: what this verifier says is what the file says, and the file is what the script makes."""

import json

import pytest

from grid.core.errors.tokens import QrNotOurs, ShortCodeWrong, TokenRefused
from grid.core.words.tokens import TokenKind, Verdict
from grid.rules.qrtext import parse_qr_text
from grid.tools import base32, cose
from grid.tools.jwks import from_jwk
from grid.tools.shortcode import read_short_code, short_code
from grid.tools.statuslist import StatusRefused, read_status
from grid.tools.tokens import check_token
from tests.vectors.forge import NOW
from tests.vectors.good_tokens import facts_json
from tests.vectors.make_tokens import FILE, render, vectors

VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
KEYS = [from_jwk(jwk) for jwk in VECTORS["jwks"]["keys"]]


def test_the_committed_file_is_what_the_script_makes():
    assert FILE.read_text(encoding="utf-8") == render(vectors())


def test_every_verdict_has_a_vector():
    assert {row["verdict"] for row in VECTORS["tokens"]} == set(Verdict)
    assert len(VECTORS["tokens"]) >= 60
    assert len({row["name"] for row in VECTORS["tokens"]}) == len(VECTORS["tokens"])


@pytest.mark.parametrize("row", VECTORS["tokens"], ids=lambda row: row["name"])
def test_token(row):
    checked = check_token(row["token"], KEYS, TokenKind(row["kind"]), NOW)
    assert checked.verdict == row["verdict"]
    if checked.verdict is Verdict.OK:
        assert facts_json(checked.demand()) == row["facts"]
        assert short_code(checked.demand().cti) == row["code"]
        assert check_token(base32.decode(row["token"]), KEYS, TokenKind(row["kind"]), NOW) == checked
    else:
        with pytest.raises(TokenRefused) as refused:
            checked.demand()
        assert refused.value.facts["verdict"] == row["verdict"]


@pytest.mark.parametrize(
    "row", [row for row in VECTORS["tokens"] if row["verdict"] == "ok"], ids=lambda row: row["name"]
)
def test_the_printed_code_stays_small(row):
    # Version 11 at level M; the largest values allowed may need version 12.
    from grid.rules.qrtext import receipt_url
    from grid.tools.qr import QUIET_ZONE, qr_matrix

    side = len(qr_matrix(receipt_url("https://fy.example.gov.cn", row["token"]))) - 2 * QUIET_ZONE
    assert side <= (65 if "largest" in row["name"] or "plane" in row["name"] else 61)


@pytest.mark.parametrize("row", VECTORS["qr"], ids=lambda row: ascii(row["text"][:60]))
def test_qr_text(row):
    if "verdict" in row:
        with pytest.raises(QrNotOurs) as refused:
            parse_qr_text(row["text"], row["origin"])
        assert refused.value.facts["verdict"] == row["verdict"]
    else:
        read = parse_qr_text(row["text"], row["origin"])
        assert (read.packet, read.token) == (row["packet"], row["token"])


@pytest.mark.parametrize("row", VECTORS["codes"])
def test_short_code(row):
    if "cti" in row:
        assert short_code(bytes.fromhex(row["cti"])) == row["code"]
    elif row["code"] is None:
        with pytest.raises(ShortCodeWrong):
            read_short_code(row["typed"])
    else:
        assert read_short_code(row["typed"]) == row["code"]


@pytest.mark.parametrize("row", VECTORS["status"], ids=lambda row: row["name"])
def test_status_list(row):
    if row["read"] is None:
        with pytest.raises(StatusRefused):
            read_status(row["document"], KEYS)
    else:
        read = read_status(row["document"], KEYS)
        says = {front.hex(): [entry.state, entry.successor] for front, entry in read.entries.items()}
        assert {"counter": read.counter, "issued_at": int(read.issued_at.timestamp()), "entries": says} == row["read"]


def test_only_intact_status_lists_are_read():
    assert {row["name"] for row in VECTORS["status"] if row["read"]} == {
        "good",
        "empty",
        "corrected without a successor",
    }


def test_the_sizes_are_those_of_the_design():
    by_name = {row["name"]: row["token"] for row in VECTORS["tokens"]}
    assert len(base32.decode(by_name["receipt"])) <= 195
    assert len(base32.decode(by_name["packet"])) <= 150
    assert (
        max(len(base32.decode(row["token"])) for row in VECTORS["tokens"] if row["verdict"] == "ok")
        < cose.MAX_TOKEN / 4
    )
