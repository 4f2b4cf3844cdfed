"""The key ring: one active signing key for each purpose in a directory, every public key kept for good.

Yearly: announce() publishes the next key ahead, rotate() puts it into use and destroys the old private key.
Several processes may share the directory; each notices a change at its next call.
"""

import os
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grid.core.errors.tokens import SigningKeyMissing
from grid.core.words.tokens import KeyPurpose
from grid.tools import keyfiles
from grid.tools.jwks import to_jwks
from grid.tools.signing import KeySigner, PublicKey, Signer, signer_for

GRACE_S = 600  # other processes may still be signing, or hold a time taken a moment ago
_SETTLED_NS = 1_000_000_000  # a directory changed less than a second ago may change again within one clock tick


class KeyRing:
    """The signing keys of one court; open() it, and ensure() once at start that every purpose has a key."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._seen: int | None = None
        self._keys: list[PublicKey] = []
        self._signers: dict[KeyPurpose, KeySigner] = {}

    @classmethod
    def open(cls, directory: Path | str) -> "KeyRing":
        """Open the ring kept in a directory, which is made (mode 0700) when missing. Raises SigningKeyUnsafe."""
        path = Path(directory)
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        ring = cls(path)
        ring._load()
        return ring

    def signer(self, purpose: KeyPurpose) -> Signer:
        """Return the active signer of a purpose. Raises SigningKeyMissing."""
        self._load()
        try:
            return self._signers[purpose]
        except KeyError:
            raise SigningKeyMissing(purpose=purpose.value) from None

    def public_keys(self, purpose: KeyPurpose | None = None) -> list[PublicKey]:
        """Return the public keys, retired and revoked ones too, oldest first; of one purpose or of all."""
        self._load()
        return [key for key in self._keys if purpose in (None, key.purpose)]

    def jwks(self) -> dict[str, Any]:
        """Return all public keys as a JSON Web Key Set."""
        return to_jwks(self.public_keys())

    def ensure(self, now: datetime) -> list[KeyPurpose]:
        """Make a key for each purpose that has no active one; return those purposes."""
        with keyfiles.locked(self._directory):
            self._read()
            for key in self._keys:
                if key.retired_at is not None or key.revoked_at is not None:  # what an interrupted rotation left
                    keyfiles.destroy_private(self._directory, key)
            missing = [purpose for purpose in KeyPurpose if purpose not in self._signers]
            for purpose in missing:
                self._make(purpose, now)
            self._read()
        return missing

    def announce(self, purpose: KeyPurpose, now: datetime) -> bytes:
        """Make the next key and publish it without using it; return its kid. A second call returns the same one."""
        with keyfiles.locked(self._directory):
            self._read()
            waiting = self._waiting(purpose)
            kid = waiting.kid if waiting else self._make(purpose, now)
            self._read()
        return kid

    def rotate(self, purpose: KeyPurpose, now: datetime) -> bytes:
        """Put the announced key (or a new one) into use, destroy the private halves of the others; return its kid."""
        with keyfiles.locked(self._directory):
            self._read()
            waiting = self._waiting(purpose)
            kid = waiting.kid if waiting else self._make(purpose, now)
            for key in self._keys:  # as loaded before the new key was made
                if key.purpose is purpose and key.kid != kid:
                    self._retire(key, now)
            self._read()
        return kid

    def revoke(self, kid: bytes, now: datetime) -> None:
        """Mark a key as compromised, destroy its private half and put a new one into use if it was the active key."""
        with keyfiles.locked(self._directory):
            self._read()
            for key in [key for key in self._keys if key.kid == kid]:
                active = self._signers.get(key.purpose)
                revoked_at = key.revoked_at or int(now.timestamp())
                keyfiles.write_public(self._directory, replace(key, revoked_at=revoked_at))
                keyfiles.destroy_private(self._directory, key)
                if active and active.kid == kid and self._waiting(key.purpose) is None:
                    self._make(key.purpose, now)
            self._read()

    def _waiting(self, purpose: KeyPurpose) -> PublicKey | None:
        usable = _usable(self._directory, self._keys, purpose)
        return usable[-1] if len(usable) > 1 else None

    def _make(self, purpose: KeyPurpose, now: datetime) -> bytes:
        private = Ed25519PrivateKey.generate() if purpose is KeyPurpose.LOG else generate_private_key(SECP256R1())
        signer = signer_for(purpose, private)
        # Never as old as a sister key: which one signs is decided by age.
        latest = max((key.valid_from for key in self._keys if key.purpose is purpose), default=0)
        valid_from = max(int(now.timestamp()) - GRACE_S, latest + 1)
        keyfiles.write_private(self._directory, signer)
        keyfiles.write_public(self._directory, PublicKey(purpose, private.public_key(), signer.kid, valid_from))
        return signer.kid

    def _retire(self, key: PublicKey, now: datetime) -> None:
        if key.retired_at is None:
            keyfiles.write_public(self._directory, replace(key, retired_at=int(now.timestamp()) + GRACE_S))
        keyfiles.destroy_private(self._directory, key)

    def _load(self) -> None:
        if self._seen is None or self._seen != os.stat(self._directory).st_mtime_ns:
            with keyfiles.locked(self._directory, shared=True):  # never read half a rotation
                self._read()

    def _read(self) -> None:
        changed = os.stat(self._directory).st_mtime_ns
        keys = keyfiles.read_public(self._directory)
        signers: dict[KeyPurpose, KeySigner] = {}
        for purpose in KeyPurpose:
            # With two usable keys the older one signs: the younger is announced and waits for rotate().
            for key in _usable(self._directory, keys, purpose)[:1]:
                signer = keyfiles.read_private(self._directory, key)
                if signer:
                    signers[purpose] = signer
        # Other threads may be reading: replace whole, never fill in place.
        self._keys, self._signers = keys, signers
        self._seen = changed if time.time_ns() - changed > _SETTLED_NS else None


def _usable(directory: Path, keys: list[PublicKey], purpose: KeyPurpose) -> list[PublicKey]:
    alive = (key for key in keys if key.purpose is purpose and key.retired_at is None and key.revoked_at is None)
    return [key for key in alive if keyfiles.holds_private(directory, key)]
