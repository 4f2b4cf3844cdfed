"""The one way to write a value as bytes before it is hashed or signed: JSON after RFC 8785, without floats."""

import hashlib
from collections.abc import Callable
from json.encoder import encode_basestring

MAX_INT = 2**53 - 1  # beyond this an ECMAScript number is no longer exact (RFC 8785 §3.2.2.3)
MAX_DEPTH = 64

_TYPES = "canonical JSON holds str, int, bool, None, list and dict only"


class NotCanonical(ValueError):
    """The value has no canonical bytes: a float, another type, an inexact number, a lone surrogate, too deep."""


def canonical_bytes(value: object) -> bytes:
    """Write the value as RFC 8785 UTF-8 bytes; equal values give equal bytes. Raises NotCanonical."""
    out: list[str] = []
    _write(value, out.append, 0)
    try:
        return "".join(out).encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("a string holds a lone surrogate") from None


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical bytes as 64 lower-case hex digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _write(value: object, put: Callable[[str], None], depth: int) -> None:
    if isinstance(value, str):
        put(encode_basestring(value))
    elif value is None:
        put("null")
    elif isinstance(value, bool):
        put("true" if value else "false")
    elif isinstance(value, int):
        if not -MAX_INT <= value <= MAX_INT:
            raise NotCanonical("an integer lies outside ±(2^53 - 1)")
        put(int.__repr__(value))
    elif depth >= MAX_DEPTH:
        raise NotCanonical(f"nested deeper than {MAX_DEPTH}")
    elif isinstance(value, dict):
        _write_object(value, put, depth + 1)
    elif isinstance(value, list):
        put("[")
        for position, item in enumerate(value):
            if position:
                put(",")
            _write(item, put, depth + 1)
        put("]")
    else:
        raise NotCanonical(f"{_TYPES}, not {type(value).__name__}")


def _write_object(value: dict[object, object], put: Callable[[str], None], depth: int) -> None:
    keys: list[str] = []
    for key in value:
        if not isinstance(key, str):
            raise NotCanonical("a key is not a string")
        keys.append(key)
    put("{")
    for position, key in enumerate(sorted(keys, key=_utf16)):
        if position:
            put(",")
        put(encode_basestring(key))
        put(":")
        _write(value[key], put, depth)
    put("}")


def _utf16(key: str) -> bytes:
    # RFC 8785 sorts by UTF-16 code units, which differs from code points beyond the basic plane.
    return key.encode("utf-16-be", "surrogatepass")
