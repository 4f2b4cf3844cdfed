"""Strict COSE_Sign1 (RFC 9052): one header, one algorithm, one spelling for each token.

A lenient verifier accepts many byte strings for one signature (trailing bytes, other header forms, s mirrored);
this one accepts exactly the bytes that sign() makes, and looks into the payload only after the signature holds.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from grid.core.words.tokens import TokenKind, Verdict
from grid.rules.tokens import AADS
from grid.tools.cbor import CborRefused, decode, encode
from grid.tools.signing import KID_SIZE, PublicKey, Signer, has_low_s_form

MAX_TOKEN = 1_200
_TAG = b"\xd2"  # tag 18, COSE_Sign1
_HEADER = bytes.fromhex("a201260446")  # {1: -7 (ES256), 4: 6 bytes …}


class TokenBroken(ValueError):
    """The token is not one of ours; verdict says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.value)
        self.verdict = verdict


def sign(payload: Mapping[Any, Any], signer: Signer, kind: TokenKind) -> bytes:
    """Sign a payload map as a token of this kind. Raises ValueError when the key has another purpose."""
    if signer.purpose.value != kind.value:
        raise ValueError(f"a {signer.purpose} key may not sign a {kind}")
    header, body = _HEADER + signer.kid, encode(payload)
    token = _TAG + encode([header, {}, body, signer.sign(to_be_signed(header, AADS[kind], body))])
    if len(token) > MAX_TOKEN:
        raise ValueError("the token is too long")
    return token


def verify(token: bytes, keys: Iterable[PublicKey], kind: TokenKind) -> tuple[dict[Any, Any], PublicKey]:
    """Check form and signature; return the payload and the key that signed it.

    The key's times and the meaning of the payload are the caller's to check. Raises TokenBroken.
    """
    header, body, signature = _take_apart(token)
    named = [key for key in keys if key.kid == header[len(_HEADER) :]]
    if not named:
        raise TokenBroken(Verdict.UNKNOWN_KEY)
    fitting = [key for key in named if key.purpose.value == kind.value]
    if not fitting:
        raise TokenBroken(Verdict.WRONG_PURPOSE)
    message = to_be_signed(header, AADS[kind], body)
    signed_by = next((key for key in fitting if key.verify(signature, message)), None)
    if signed_by is None:
        raise TokenBroken(Verdict.BAD_SIGNATURE)
    try:
        payload = decode(body)
    except CborRefused:
        raise TokenBroken(Verdict.PAYLOAD) from None
    if not isinstance(payload, dict):
        raise TokenBroken(Verdict.PAYLOAD)
    return payload, signed_by


def to_be_signed(header: bytes, aad: bytes, body: bytes) -> bytes:
    """Return the Sig_structure of RFC 9052 §4.4."""
    return encode(["Signature1", header, aad, body])


def _take_apart(token: bytes) -> tuple[bytes, bytes, bytes]:
    if len(token) > MAX_TOKEN:
        raise TokenBroken(Verdict.TOO_LONG)
    if token[:1] != _TAG:
        raise TokenBroken(Verdict.MALFORMED)
    try:
        parts = decode(token[1:])
    except CborRefused as refused:
        raise TokenBroken(refused.verdict) from None
    if not isinstance(parts, list) or len(parts) != 4:
        raise TokenBroken(Verdict.MALFORMED)
    header, unprotected, body, signature = parts
    if not (isinstance(header, bytes) and isinstance(unprotected, dict)):
        raise TokenBroken(Verdict.MALFORMED)
    if not (isinstance(body, bytes) and isinstance(signature, bytes)):
        raise TokenBroken(Verdict.MALFORMED)
    if unprotected:
        raise TokenBroken(Verdict.UNPROTECTED)
    if len(header) != len(_HEADER) + KID_SIZE or not header.startswith(_HEADER):
        raise TokenBroken(Verdict.HEADER)
    if not has_low_s_form(signature):
        raise TokenBroken(Verdict.SIGNATURE_FORM)
    return header, body, signature
