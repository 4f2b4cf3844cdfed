"""Fixed keys and loose pens for the shared vectors: writes tokens the product itself refuses to write."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grid.core.words.tokens import KeyPurpose, TokenKind
from grid.rules.tokens import AADS
from grid.tools.cbor import encode
from grid.tools.signing import ORDER, KeySigner, PublicKey, signer_for

NOW = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
NOW_S = int(NOW.timestamp())
DAY = 86_400


def octets(label: str, size: int) -> bytes:
    """Derive fixed bytes from a label."""
    return hashlib.shake_256(b"grid-assist vectors:" + label.encode()).digest(size)


def fixed_signer(purpose: KeyPurpose, label: str) -> KeySigner:
    """Derive a fixed key for tests; its private half is public knowledge."""
    secret = octets(label, 32)
    if purpose is KeyPurpose.LOG:
        return signer_for(purpose, Ed25519PrivateKey.from_private_bytes(secret))
    return signer_for(purpose, derive_private_key(int.from_bytes(secret) % (ORDER - 1) + 1, SECP256R1()))


SLIP = fixed_signer(KeyPurpose.SLIP, "slip")
RECEIPT = fixed_signer(KeyPurpose.RECEIPT, "receipt")
OLD = fixed_signer(KeyPurpose.RECEIPT, "receipt, retired")
STOLEN = fixed_signer(KeyPurpose.RECEIPT, "receipt, revoked")
STRANGER = fixed_signer(KeyPurpose.RECEIPT, "receipt, unpublished")
PACKET = fixed_signer(KeyPurpose.PACKET, "packet")
STATUS = fixed_signer(KeyPurpose.STATUS, "status")
LOG = fixed_signer(KeyPurpose.LOG, "log")


def public(signer: KeySigner, **times: int) -> PublicKey:
    """Publish a test key, valid since 200 days before NOW unless told otherwise."""
    key = PublicKey(signer.purpose, signer.private.public_key(), signer.kid, NOW_S - 200 * DAY)
    return replace(key, **times)


KEYS = [
    public(OLD, valid_from=NOW_S - 565 * DAY, retired_at=NOW_S - 200 * DAY),
    public(STOLEN, valid_from=NOW_S - 300 * DAY, retired_at=NOW_S - 100 * DAY, revoked_at=NOW_S - 100 * DAY),
    *(public(signer) for signer in (SLIP, RECEIPT, PACKET, STATUS, LOG)),
]


def signed(
    body: bytes,
    signer: KeySigner = RECEIPT,
    kind: TokenKind = TokenKind.RECEIPT,
    *,
    aad: bytes | None = None,
    header: bytes | None = None,
) -> list[object]:
    """Return the four parts of a token over any body bytes, signed for real."""
    header = bytes.fromhex("a201260446") + signer.kid if header is None else header
    message = encode(["Signature1", header, AADS[kind] if aad is None else aad, body])
    return [header, {}, body, signer.sign(message)]


def wrapped(parts: object, tag: int = 18) -> bytes:
    """Put any value under a tag with a general CBOR writer."""
    return cbor2.dumps(cbor2.CBORTag(tag, parts), canonical=True)


def mirrored(signature: bytes) -> bytes:
    """Return the other s that satisfies the same equation."""
    return signature[:32] + (ORDER - int.from_bytes(signature[32:])).to_bytes(32)
