"""The few bits of CBOR (RFC 8949) that tokens need, in their one canonical form, for bytes from strangers.

Integers up to 2^53 - 1 in size, byte strings, text, arrays and maps with integer or text keys; no tags, floats,
booleans or null. A general decoder would build dates, fractions and shared references out of hostile input, and could
not be mirrored exactly in the browser; this one is short enough to be the same in both (engine/cbor.ts).
"""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from grid.core.words.tokens import Verdict

MAX_INT = 2**53 - 1
MAX_DEPTH = 8

Key = int | str
Value = int | bytes | str | Sequence["Value"] | Mapping[Key, "Value"]

_SMALLEST = {24: 24, 25: 1 << 8, 26: 1 << 16, 27: 1 << 32}  # what needs that width
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP = range(6)


class CborRefused(ValueError):
    """The bytes are no canonical CBOR of our subset; verdict says which of the three ways."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.value)
        self.verdict = verdict


def encode(value: Value) -> bytes:
    """Write a value canonically: shortest heads, definite lengths, map keys in the order of their bytes."""
    if isinstance(value, bool):
        raise TypeError("tokens hold no booleans")
    if isinstance(value, int):
        if not -MAX_INT - 1 <= value <= MAX_INT:
            raise ValueError("an integer beyond 53 bits")
        return _head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        text = value.encode("utf-8")
        return _head(_TEXT, len(text)) + text
    if isinstance(value, Mapping):
        pairs = sorted((encode(key), encode(item)) for key, item in value.items())
        return _head(_MAP, len(pairs)) + b"".join(key + item for key, item in pairs)
    if isinstance(value, Sequence):
        return _head(_ARRAY, len(value)) + b"".join(map(encode, value))
    raise TypeError(f"tokens hold no {type(value).__name__}")


def decode(data: bytes) -> Value:
    """Read exactly one canonical item. Raises CborRefused with MALFORMED, NOT_CANONICAL or TRAILING."""
    value, end = _item(data, 0, 0)
    if end != len(data):
        _refuse(Verdict.TRAILING)
    return value


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    info = next(info for info in (27, 26, 25, 24) if argument >= _SMALLEST[info])
    return bytes([major << 5 | info]) + argument.to_bytes(1 << (info - 24))


def _refuse(verdict: Verdict) -> NoReturn:
    raise CborRefused(verdict)


def _item(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    if at >= len(data):
        _refuse(Verdict.MALFORMED)
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if major > _MAP or 27 < info < 31:
        _refuse(Verdict.MALFORMED)
    if info == 31:  # indefinite length: known to CBOR for strings and containers, never canonical
        _refuse(Verdict.NOT_CANONICAL if major >= _BYTES else Verdict.MALFORMED)
    argument = info
    if info > 23:
        width = 1 << (info - 24)
        if at + width > len(data):
            _refuse(Verdict.MALFORMED)
        argument = int.from_bytes(data[at : at + width])
        at += width
        if argument < _SMALLEST[info]:
            _refuse(Verdict.NOT_CANONICAL)
    if major <= _NEGATIVE:
        if argument > MAX_INT:
            _refuse(Verdict.MALFORMED)
        return (argument if major == _UNSIGNED else -1 - argument), at
    if major >= _ARRAY:
        return _container(data, at, depth + 1, major, argument)
    end = at + argument
    if end > len(data):
        _refuse(Verdict.MALFORMED)
    if major == _BYTES:
        return data[at:end], end
    try:
        return data[at:end].decode("utf-8"), end
    except UnicodeDecodeError:
        _refuse(Verdict.MALFORMED)


def _container(data: bytes, at: int, depth: int, major: int, count: int) -> tuple[Value, int]:
    if depth > MAX_DEPTH or count > len(data) - at:
        _refuse(Verdict.MALFORMED)
    if major == _ARRAY:
        items: list[Value] = []
        for _ in range(count):
            item, at = _item(data, at, depth)
            items.append(item)
        return items, at
    pairs: dict[Key, Value] = {}
    before = b""
    for _ in range(count):
        start = at
        key, at = _item(data, at, depth)
        if not isinstance(key, int | str):
            _refuse(Verdict.MALFORMED)
        if data[start:at] <= before:  # out of order, or the same key twice
            _refuse(Verdict.NOT_CANONICAL)
        before = data[start:at]
        pairs[key], at = _item(data, at, depth)
    return pairs, at
