"""Digests of content as it was received: JSON with sorted keys, floats in shortest form."""

import hashlib
from typing import Any

import orjson


def content_bytes(value: Any) -> bytes:
    """Return one spelling of a JSON value; equal values give equal bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def content_digest(value: Any) -> str:
    """Return the SHA-256 (hex) of a JSON value, blind to key order."""
    return hashlib.sha256(content_bytes(value)).hexdigest()
