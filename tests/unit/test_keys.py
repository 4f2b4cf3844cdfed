"""The key ring: purposes, rotation, revocation, files."""

import base64
import hashlib
import json
import os
import stat
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from grid.core.errors import Problem
from grid.core.errors.tokens import SigningKeyMissing, SigningKeyUnsafe
from grid.core.words.tokens import KeyPurpose
from grid.tools import keyfiles
from grid.tools.jwks import from_jwk
from grid.tools.keys import GRACE_S, KeyRing
from grid.tools.signing import ORDER, has_low_s_form, spki

NOW = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=365)
RECEIPT = KeyPurpose.RECEIPT


@pytest.fixture
def ring(tmp_path):
    ring = KeyRing.open(tmp_path / "keys")
    ring.ensure(NOW)
    return ring


def private_files(ring):
    return sorted(path.name for path in ring._directory.glob("*.key"))


def test_a_new_ring_signs_nothing_until_it_has_keys(tmp_path):
    ring = KeyRing.open(tmp_path / "keys")
    with pytest.raises(SigningKeyMissing):
        ring.signer(RECEIPT)
    assert ring.ensure(NOW) == list(KeyPurpose)
    assert ring.ensure(NOW) == []
    assert {ring.signer(purpose).purpose for purpose in KeyPurpose} == set(KeyPurpose)


def test_files_are_private_and_survive_reopening(ring):
    assert stat.S_IMODE(os.stat(ring._directory).st_mode) == 0o700
    for path in ring._directory.glob("*.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_text().startswith("-----BEGIN PRIVATE KEY-----")
    again = KeyRing.open(ring._directory)
    assert again.signer(RECEIPT).kid == ring.signer(RECEIPT).kid
    assert again.jwks() == ring.jwks()


@pytest.mark.parametrize("purpose", KeyPurpose)
def test_each_key_signs_and_its_public_half_verifies(ring, purpose):
    signer, (public,) = ring.signer(purpose), ring.public_keys(purpose)
    signature = signer.sign(b"message")
    assert len(signature) == 64
    assert signer.kid == public.kid == hashlib.sha256(spki(public.key)).digest()[:6]
    assert public.verify(signature, b"message")
    assert not public.verify(signature, b"massage")
    assert signer.sign(b"message") == signature


def test_es256_signatures_have_one_spelling(ring):
    signer = ring.signer(RECEIPT)
    signatures = [signer.sign(bytes([number])) for number in range(64)]
    assert all(map(has_low_s_form, signatures))
    mirrored = signatures[0][:32] + (ORDER - int.from_bytes(signatures[0][32:])).to_bytes(32)
    assert ring.public_keys(RECEIPT)[0].verify(mirrored, b"\x00")  # the mathematics alone would take it
    assert not has_low_s_form(mirrored)


def test_rotation_keeps_the_public_half_and_destroys_the_private_one(ring):
    old = ring.signer(RECEIPT).kid
    new = ring.rotate(RECEIPT, LATER)
    assert ring.signer(RECEIPT).kid == new != old
    first, second = ring.public_keys(RECEIPT)
    assert (first.kid, second.kid) == (old, new)
    assert first.retired_at == LATER.timestamp() + GRACE_S
    assert (second.retired_at, second.valid_from) == (None, LATER.timestamp() - GRACE_S)
    assert private_files(ring) == sorted(
        f"{purpose.value}.{ring.signer(purpose).kid.hex()}.key" for purpose in KeyPurpose
    )


def test_the_private_file_is_overwritten_before_it_goes(ring, monkeypatch):
    (path,) = ring._directory.glob("receipt.*.key")
    size, seen = path.stat().st_size, []
    monkeypatch.setattr(type(path), "unlink", lambda self: (seen.append(self.read_bytes()), os.unlink(self)))
    ring.rotate(RECEIPT, LATER)
    assert seen == [bytes(size)]


def test_an_announced_key_is_published_but_not_used_until_rotation(ring):
    old = ring.signer(RECEIPT).kid
    coming = ring.announce(RECEIPT, NOW)
    assert ring.announce(RECEIPT, NOW) == coming
    assert ring.signer(RECEIPT).kid == old == KeyRing.open(ring._directory).signer(RECEIPT).kid
    assert coming.hex() in {jwk["kid6"] for jwk in ring.jwks()["keys"]}
    assert ring.rotate(RECEIPT, LATER) == coming == ring.signer(RECEIPT).kid
    assert len(ring.public_keys(RECEIPT)) == 2


def test_another_process_notices_a_rotation(ring):
    other = KeyRing.open(ring._directory)
    assert other.signer(RECEIPT).kid == ring.signer(RECEIPT).kid
    for _ in range(20):
        kid = ring.rotate(RECEIPT, LATER)
        assert other.signer(RECEIPT).kid == kid


def test_a_settled_directory_is_not_read_again(ring, monkeypatch):
    os.utime(ring._directory, (1, 1))
    ring.signer(RECEIPT)
    monkeypatch.setattr(keyfiles, "read_public", lambda directory: pytest.fail("read again"))
    ring.signer(RECEIPT)


def test_a_directory_changed_just_now_is_read_again(ring, monkeypatch):
    # Within one tick of the file system's clock a second change leaves the same time behind.
    soon = time.time() + 60  # so that a slow test machine changes nothing
    os.utime(ring._directory, (soon, soon))
    ring.signer(RECEIPT)
    read = []
    monkeypatch.setattr(keyfiles, "read_public", lambda directory: read.append(directory) or [])
    with pytest.raises(SigningKeyMissing):
        ring.signer(RECEIPT)
    assert read == [ring._directory]


def test_a_revoked_key_is_marked_destroyed_and_replaced(ring):
    old = ring.signer(RECEIPT).kid
    ring.revoke(old, LATER)
    assert ring.signer(RECEIPT).kid != old
    marked = ring.public_keys(RECEIPT)[0]
    assert (marked.kid, marked.revoked_at) == (old, LATER.timestamp())
    ring.revoke(old, LATER + timedelta(days=1))
    assert ring.public_keys(RECEIPT)[0].revoked_at == LATER.timestamp()
    assert len(private_files(ring)) == len(KeyPurpose)


def test_revoking_the_active_key_puts_the_announced_one_to_work(ring):
    coming = ring.announce(RECEIPT, NOW)
    ring.revoke(ring.signer(RECEIPT).kid, LATER)
    assert ring.signer(RECEIPT).kid == coming


@pytest.mark.parametrize("step", ["write_public", "destroy_private"])
def test_an_interrupted_rotation_is_finished_by_the_next(ring, monkeypatch, step):
    def dies(*_):
        raise OSError("power cut")

    calls = {"write_public": 1}
    real = getattr(keyfiles, step)

    def dies_when_retiring(*arguments):
        if calls.get(step):  # the first record written is the new key's
            calls[step] -= 1
            return real(*arguments)
        return dies()

    monkeypatch.setattr(keyfiles, step, dies_when_retiring)
    with pytest.raises(OSError, match="power cut"):
        ring.rotate(RECEIPT, LATER)
    monkeypatch.undo()
    assert KeyRing.open(ring._directory).signer(RECEIPT)  # still able to sign
    kid = ring.rotate(RECEIPT, LATER)
    ring.ensure(LATER)
    assert ring.signer(RECEIPT).kid == kid
    assert len(private_files(ring)) == len(KeyPurpose)
    assert [key.retired_at is None for key in ring.public_keys(RECEIPT)][-1]
    assert sum(key.retired_at is None for key in ring.public_keys(RECEIPT)) == 1


def test_ensure_removes_the_private_half_of_a_retired_key(ring):
    (path,) = ring._directory.glob("receipt.*.key")
    pem = path.read_bytes()
    ring.rotate(RECEIPT, LATER)
    path.write_bytes(pem)
    ring.ensure(LATER)
    assert not path.exists()


def test_threads_see_a_signer_at_every_moment_of_rotations(ring):
    failures, done = [], threading.Event()

    def sign():
        while not done.is_set():
            try:
                ring.signer(RECEIPT).sign(b"x")
            except Problem as error:
                failures.append(error)

    threads = [threading.Thread(target=sign) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        ring.rotate(RECEIPT, LATER)
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_jwks_carries_rfc7638_thumbprints_and_reads_back(ring):
    ring.rotate(RECEIPT, LATER)
    jwks = json.loads(json.dumps(ring.jwks()))
    assert [from_jwk(jwk) for jwk in jwks["keys"]] == ring.public_keys()
    for jwk in jwks["keys"]:
        required = {
            name: jwk[name] for name in (("crv", "kty", "x") if jwk["kty"] == "OKP" else ("crv", "kty", "x", "y"))
        }
        thumbprint = hashlib.sha256(json.dumps(required, separators=(",", ":"), sort_keys=True).encode()).digest()
        assert jwk["kid"] == base64.urlsafe_b64encode(thumbprint).decode().rstrip("=")
        assert "d" not in jwk


def test_the_thumbprint_form_is_that_of_the_rfc():
    # RFC 8037 appendix A.3 gives the thumbprint of an Ed25519 key.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from grid.tools.jwks import to_jwk
    from grid.tools.signing import PublicKey, kid_of

    raw = base64.urlsafe_b64decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
    key = Ed25519PublicKey.from_public_bytes(raw)
    assert (
        to_jwk(PublicKey(KeyPurpose.LOG, key, kid_of(key), 0))["kid"] == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )


def test_a_jwk_that_does_not_fit_its_description_is_refused(ring):
    by_purpose = {jwk["purpose"]: jwk for jwk in ring.jwks()["keys"]}
    for changed in (
        {**by_purpose["receipt"], "kid6": "000000000000"},
        {**by_purpose["receipt"], "purpose": "log"},
        {**by_purpose["log"], "purpose": "receipt"},
        {**by_purpose["receipt"], "purpose": "tax"},
        {**by_purpose["receipt"], "x": by_purpose["slip"]["x"]},
    ):
        with pytest.raises(ValueError):
            from_jwk(changed)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_others_can_read_stops_the_ring(ring, mode):
    next(ring._directory.glob("receipt.*.key")).chmod(mode)
    with pytest.raises(SigningKeyUnsafe):
        KeyRing.open(ring._directory)


def test_damaged_or_foreign_files_stop_the_ring(ring):
    key = next(ring._directory.glob("receipt.*.key"))
    record = next(ring._directory.glob("receipt.*.json"))
    good_key, good_record = key.read_bytes(), record.read_text()
    other = next(ring._directory.glob("slip.*.key")).read_bytes()
    log = json.loads(next(ring._directory.glob("log.*.json")).read_text())
    for bad in (b"", b"junk", good_key[:80], other):
        key.write_bytes(bad)
        with pytest.raises(SigningKeyUnsafe):
            KeyRing.open(ring._directory)
    key.write_bytes(good_key)
    plain = json.loads(good_record)
    for bad in (
        "",
        "[]",
        "{}",
        json.dumps({**plain, "purpose": "x"}),
        json.dumps({**plain, "valid_from": "1"}),
        json.dumps({**plain, "revoked_at": "1"}),
        json.dumps({**plain, "spki": "AAAA"}),
        json.dumps({**plain, "spki": "*"}),
        json.dumps({**plain, "spki": log["spki"]}),
    ):
        record.write_text(bad)
        with pytest.raises(SigningKeyUnsafe):
            KeyRing.open(ring._directory)
    record.write_text(good_record)
    assert KeyRing.open(ring._directory).signer(RECEIPT)


def test_a_key_of_another_algorithm_is_refused(ring, tmp_path):
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    rsa = generate_private_key(65537, 2048)
    pem = rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    next(ring._directory.glob("receipt.*.key")).write_bytes(pem)
    with pytest.raises(SigningKeyUnsafe):
        KeyRing.open(ring._directory)
