"""What a page may say about a token, the words for it, and the status list."""

from dataclasses import replace

import pytest

from grid.core.words.tokens import (
    QR_VERDICT_LABELS,
    STANDING_LABELS,
    VERDICT_LABELS,
    KeyPurpose,
    QrVerdict,
    Standing,
    Verdict,
)
from grid.rules.standing import standing
from grid.tools.statuslist import MAX_ENTRIES, Entry, StatusRefused, read_status, sign_status
from tests.vectors.forge import KEYS, NOW, RECEIPT, STATUS, octets


def test_only_the_court_makes_a_token_valid():
    assert standing(Verdict.OK) is Standing.UNCONFIRMED
    assert standing(Verdict.OK, None, "valid") is Standing.VALID
    assert standing(Verdict.OK, "corrected", "valid") is Standing.CORRECTED
    assert standing(Verdict.OK, "corrected", "annulled") is Standing.ANNULLED
    assert standing(Verdict.OK, None, "unknown") is Standing.NOT_RECORDED
    assert standing(Verdict.OK, None, "no such word") is Standing.UNCONFIRMED
    assert standing(Verdict.KEY_REVOKED) is Standing.KEY_REVOKED
    assert standing(Verdict.KEY_REVOKED, None, "valid") is Standing.VALID
    assert standing(Verdict.EXPIRED, None, "valid") is Standing.EXPIRED
    assert standing(Verdict.EXPIRED, "annulled", None) is Standing.ANNULLED
    for verdict in Verdict:
        if verdict not in (Verdict.OK, Verdict.EXPIRED, Verdict.KEY_REVOKED):
            assert standing(verdict, "corrected", "valid") in (Standing.INVALID, Standing.TOO_NEW)


def test_every_word_has_its_chinese_text():
    labels = set(VERDICT_LABELS), set(QR_VERDICT_LABELS), set(STANDING_LABELS)
    assert labels == (set(Verdict), set(QrVerdict), set(Standing))
    for text in (*VERDICT_LABELS.values(), *QR_VERDICT_LABELS.values()):
        assert text.isprintable()
        assert 4 <= len(text) <= 40


def test_a_status_list_is_looked_up_by_the_front_of_the_cti():
    document = sign_status(3, NOW, {octets("gone", 10): Entry("annulled")}, STATUS)
    read = read_status(document, KEYS)
    assert read.entry_of(octets("gone", 10)) == Entry("annulled")
    assert read.entry_of(octets("kept", 10)) is None


def test_a_status_list_without_canonical_bytes_was_never_signed():
    document = sign_status(3, NOW, {}, STATUS)
    for kid in (1.5, "\ud800"):
        with pytest.raises(StatusRefused):
            read_status({**document, "kid": kid}, KEYS)


def test_a_status_list_is_believed_of_a_status_key_in_use_only():
    document = sign_status(3, NOW, {}, STATUS)
    assert read_status(document, KEYS).counter == 3
    for change in ({"revoked_at": 1}, {"purpose": KeyPurpose.RECEIPT}):
        with pytest.raises(StatusRefused):
            read_status(document, [replace(key, **change) for key in KEYS])


def test_what_may_not_stand_in_a_status_list_is_not_signed():
    good = {octets("gone", 10): Entry("annulled")}
    for counter, entries in (
        (-1, good),
        (1, {octets("gone", 10): Entry("valid")}),
        (1, {octets("gone", 10): Entry("annulled", "0000000000")}),
        (1, {b"short": Entry("annulled")}),
        (1, {number.to_bytes(8): Entry("annulled") for number in range(MAX_ENTRIES + 1)}),
    ):
        with pytest.raises(ValueError):
            sign_status(counter, NOW, entries, STATUS)
    with pytest.raises(ValueError, match="status key"):
        sign_status(1, NOW, good, RECEIPT)
