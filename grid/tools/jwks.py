"""Public keys as a JSON Web Key Set (RFC 7517) with RFC 7638 thumbprints, as phones and other courts fetch them."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from grid.core.words.tokens import KeyPurpose
from grid.rules.canonical import canonical_bytes
from grid.tools.signing import Public, PublicKey, fits_purpose, kid_of


def to_jwk(public: PublicKey) -> dict[str, Any]:
    """Write one key: standard members, and kid6 (hex, as in tokens), purpose and times in unix seconds."""
    if isinstance(public.key, Ed25519PublicKey):
        raw = public.key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        members = {"kty": "OKP", "crv": "Ed25519", "x": _b64(raw)}
    else:
        numbers = public.key.public_numbers()
        members = {"kty": "EC", "crv": "P-256", "x": _b64(numbers.x.to_bytes(32)), "y": _b64(numbers.y.to_bytes(32))}
    return {
        **members,
        "kid": _b64(hashlib.sha256(canonical_bytes(members)).digest()),
        "use": "sig",
        "alg": "EdDSA" if members["kty"] == "OKP" else "ES256",
        "kid6": public.kid.hex(),
        "purpose": public.purpose.value,
        "valid_from": public.valid_from,
        "retired_at": public.retired_at,
        "revoked_at": public.revoked_at,
    }


def to_jwks(keys: Iterable[PublicKey]) -> dict[str, Any]:
    """Write the key set."""
    return {"keys": [to_jwk(key) for key in keys]}


def from_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """Read a key that to_jwk wrote. Raises ValueError when a member is wrong or kid6 is not the key's own."""
    key: Public
    if jwk["kty"] == "OKP":
        key = Ed25519PublicKey.from_public_bytes(_unb64(jwk["x"]))
    else:
        x, y = (int.from_bytes(_unb64(jwk[name])) for name in ("x", "y"))
        key = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
    purpose = KeyPurpose(jwk["purpose"])
    if jwk["kid6"] != kid_of(key).hex() or not fits_purpose(key, purpose):
        raise ValueError("the key does not fit its own description")
    return PublicKey(purpose, key, kid_of(key), jwk["valid_from"], jwk["retired_at"], jwk["revoked_at"])


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
