"""Signers and the public keys that check them: the seam where a signature server or SM2 can be fitted.

ES256 signatures are 64 bytes r ‖ s with s in the lower half (one spelling for each signature) and made after RFC 6979,
so they need no fresh randomness. Ed25519 is used for the log's checkpoints only.
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from grid.core.words.tokens import KeyPurpose

KID_SIZE = 6
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
HALF_ORDER = ORDER >> 1

Private = EllipticCurvePrivateKey | Ed25519PrivateKey
Public = EllipticCurvePublicKey | Ed25519PublicKey


class Signer(Protocol):
    """Signs for one purpose; a file key here, a PKCS#11 token or a signature server in production."""

    @property
    def kid(self) -> bytes:
        """First 6 bytes of SHA-256 over the public key's SPKI."""

    @property
    def purpose(self) -> KeyPurpose:
        """What this key may sign."""

    def sign(self, message: bytes) -> bytes:
        """Return 64 signature bytes over the message."""


@dataclass(frozen=True)
class PublicKey:
    """A public key and its life: tokens issued before valid_from or after retired_at do not count (unix seconds)."""

    purpose: KeyPurpose
    key: Public
    kid: bytes
    valid_from: int
    retired_at: int | None = None
    revoked_at: int | None = None

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Tell whether the 64 bytes are this key's signature over the message."""
        try:
            if isinstance(self.key, Ed25519PublicKey):
                self.key.verify(signature, message)
            else:
                r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
                self.key.verify(encode_dss_signature(r, s), message, ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class KeySigner:
    """A signer over a private key held in memory."""

    purpose: KeyPurpose
    private: Private
    kid: bytes

    def sign(self, message: bytes) -> bytes:
        """Return 64 signature bytes over the message."""
        if isinstance(self.private, Ed25519PrivateKey):
            return self.private.sign(message)
        r, s = decode_dss_signature(self.private.sign(message, ECDSA(SHA256(), deterministic_signing=True)))
        return r.to_bytes(32) + min(s, ORDER - s).to_bytes(32)


def signer_for(purpose: KeyPurpose, private: Private) -> KeySigner:
    """Make a signer over a private key."""
    return KeySigner(purpose, private, kid_of(private.public_key()))


def spki(key: Public) -> bytes:
    """Return the SubjectPublicKeyInfo bytes of a public key."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def kid_of(key: Public) -> bytes:
    """Return the 6-byte key id: the front of SHA-256 over the SPKI."""
    return hashlib.sha256(spki(key)).digest()[:KID_SIZE]


def has_low_s_form(signature: bytes) -> bool:
    """Tell whether 64 bytes can be an ES256 signature in its one spelling: 0 < r < n and 0 < s ≤ n/2."""
    if len(signature) != 64:
        return False
    return 0 < int.from_bytes(signature[:32]) < ORDER and 0 < int.from_bytes(signature[32:]) <= HALF_ORDER


def fits_purpose(key: Public, purpose: KeyPurpose) -> bool:
    """Tell whether the key's algorithm is the one allowed for the purpose: Ed25519 for the log, ES256 on P-256 else."""
    if purpose is KeyPurpose.LOG:
        return isinstance(key, Ed25519PublicKey)
    return isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)
