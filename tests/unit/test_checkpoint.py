"""The signed checkpoint note."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest

from grid.core.words.tokens import KeyPurpose
from grid.tools.checkpoint import (
    Checkpoint,
    CheckpointRefused,
    note_key_id,
    sign_checkpoint,
    verifier_key,
    verify_checkpoint,
)
from grid.tools.keys import KeyRing

ORIGIN = "grid.example.gov.cn/ledger"
POINT = Checkpoint(ORIGIN, 1_000_000, hashlib.sha256(b"root").digest())


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    ring = KeyRing.open(tmp_path_factory.mktemp("ring"))
    ring.ensure(datetime(2026, 11, 24, tzinfo=UTC))
    return ring


@pytest.fixture(scope="module")
def keys(ring):
    return ring.public_keys()


@pytest.fixture(scope="module")
def log_key(ring):
    return ring.public_keys(KeyPurpose.LOG)[0]


@pytest.fixture(scope="module")
def note(ring, log_key):
    return sign_checkpoint(POINT, ring.signer(KeyPurpose.LOG), log_key)


def refused(note, keys, origin=ORIGIN):
    with pytest.raises(CheckpointRefused):
        verify_checkpoint(note, origin, keys)
    return True


def test_the_note_has_the_form_of_the_specification(note, log_key):
    root = base64.b64encode(POINT.root).decode()
    assert note.startswith(f"{ORIGIN}\n1000000\n{root}\n\n— {ORIGIN} ")
    signature = base64.b64decode(note.rsplit(" ", 1)[1])
    assert signature[:4] == note_key_id(ORIGIN, log_key)
    log_key.key.verify(signature[4:], f"{ORIGIN}\n1000000\n{root}\n".encode())


def test_the_verifier_key_names_the_same_key(log_key):
    name, key_id, encoded = verifier_key(ORIGIN, log_key).split("+", 2)
    blob = base64.b64decode(encoded)
    assert (name, blob[0], len(blob)) == (ORIGIN, 1, 33)
    assert key_id == hashlib.sha256(ORIGIN.encode() + b"\n" + blob).digest()[:4].hex()


def test_the_key_hash_example_of_the_note_format():
    # The verifier key published in the documentation of Go's golang.org/x/mod/sumdb/note.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from grid.tools.signing import PublicKey, kid_of

    blob = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    key = Ed25519PublicKey.from_public_bytes(blob[1:])
    public = PublicKey(KeyPurpose.LOG, key, kid_of(key), 0)
    assert verifier_key("PeterNeumann", public) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    signature = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert signature[:4] == note_key_id("PeterNeumann", public)
    assert public.verify(signature[4:], text.encode())


def test_it_reads_back(note, keys):
    assert verify_checkpoint(note, ORIGIN, keys) == POINT


def test_the_empty_ledger_can_be_signed(ring, log_key):
    point = Checkpoint(ORIGIN, 0, hashlib.sha256(b"").digest())
    assert verify_checkpoint(sign_checkpoint(point, ring.signer(KeyPurpose.LOG), log_key), ORIGIN, [log_key]) == point


def test_witness_lines_may_follow(note, keys):
    cosigned = note + f"— witness.example {base64.b64encode(bytes(76)).decode()}\n"
    assert verify_checkpoint(cosigned, ORIGIN, keys) == POINT


def test_any_changed_character_is_refused(note, keys):
    for place in range(len(note)):
        for character in "0A\n ":
            if note[place] != character:
                assert refused(note[:place] + character + note[place + 1 :], keys)


def test_another_spelling_of_the_same_bytes_is_refused(note, keys):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body, _, line = note.partition("\n\n")
    *start, last = body.removesuffix("=")
    assert refused("".join(start) + alphabet[alphabet.index(last) + 1] + "=\n\n" + line, keys)
    assert refused(f"{body}\n\n{line.rstrip()}=\n", keys)


def test_a_signed_text_that_is_no_checkpoint_of_this_log_is_refused(ring, keys, log_key):
    # Signed for real by the log's key, so only the reading can refuse it.
    root = base64.b64encode(POINT.root).decode()
    stray = root[:-2] + chr(ord(root[-2]) + 1) + "="
    assert base64.b64decode(stray) == POINT.root
    for body, good in (
        (f"{ORIGIN}\n7\n{root}\n", True),
        (f"other.example/ledger\n7\n{root}\n", False),
        (f"{ORIGIN}\n7\n{stray}\n", False),
        (f"{ORIGIN}\n07\n{root}\n", False),
        (f"{ORIGIN}\n7\n{root}\nextension\n", False),
    ):
        signature = note_key_id(ORIGIN, log_key) + ring.signer(KeyPurpose.LOG).sign(body.encode())
        signed = f"{body}\n— {ORIGIN} {base64.b64encode(signature).decode()}\n"
        assert verify_checkpoint(signed, ORIGIN, keys).size == 7 if good else refused(signed, keys)


def test_cut_notes_are_refused(note, keys):
    for end in range(len(note)):
        assert refused(note[:end], keys)


def test_other_keys_origins_and_forms_are_refused(note, keys, log_key):
    body, _, line = note.partition("\n\n")
    assert refused(note, [key for key in keys if key.purpose is not KeyPurpose.LOG])
    assert refused(note, keys, "other.example/ledger")
    assert refused(f"{body}\nextension\n\n{line}", keys)
    assert refused(f"{body}\n\n{line}\n", keys)
    assert refused(note + "x" * 20_000, keys)
    assert refused(f"{body}\n\n{line[:-5]}\n", keys)


@pytest.mark.parametrize(
    "point",
    [
        Checkpoint("a b", 1, bytes(32)),
        Checkpoint("a+b", 1, bytes(32)),
        Checkpoint("", 1, bytes(32)),
        Checkpoint(ORIGIN, -1, bytes(32)),
        Checkpoint(ORIGIN, 1, bytes(31)),
    ],
)
def test_what_makes_no_checkpoint_is_not_signed(ring, log_key, point):
    with pytest.raises(ValueError):
        sign_checkpoint(point, ring.signer(KeyPurpose.LOG), log_key)


def test_only_the_log_key_signs(ring, log_key):
    with pytest.raises(ValueError):
        sign_checkpoint(POINT, ring.signer(KeyPurpose.STATUS), log_key)
    with pytest.raises(TypeError):
        note_key_id(ORIGIN, ring.public_keys(KeyPurpose.STATUS)[0])
