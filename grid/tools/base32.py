"""Base32 after RFC 4648, upper case, without padding, one spelling for each byte string."""

import base64
import binascii
import re

_ALPHABET = re.compile(r"[A-Z2-7]*", re.ASCII)


class NotBase32(ValueError):
    """The text is not the one spelling of any bytes: lower case, padding, other characters, stray tail bits."""


def encode(data: bytes) -> str:
    """Write bytes in A-Z and 2-7 without padding."""
    return base64.b32encode(data).decode("ascii").rstrip("=")


def decode(text: str) -> bytes:
    """Read the bytes back; only the exact output of encode is taken. Raises NotBase32."""
    if not _ALPHABET.fullmatch(text):
        raise NotBase32("a character outside A-Z and 2-7")
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise NotBase32("an impossible length") from None
    if encode(data) != text:
        raise NotBase32("the last character carries stray bits")
    return data
