"""The 10 characters printed under a QR code, for people who type: 9 of Crockford's base32 and a check character.

The first nine are 45 bits of SHA-256 over the token's cti, so anyone who holds the token can derive them. The check
is a weighted sum over the field of 32 elements with nine different weights: it finds every single wrong character and
every swap of two. Two tokens can share a code (about 1 in 10^4 for 100,000 tokens), so the store keeps it unique.
"""

import hashlib
import unicodedata

from grid.core.errors.tokens import ShortCodeWrong

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_VALUES = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SEPARATORS = str.maketrans("", "", " -_.·‐‑–—―−\t\n\r")
_MAX_TYPED = 64


def short_code(cti: bytes) -> str:
    """Derive the short code of a token from its cti."""
    bits = int.from_bytes(hashlib.sha256(b"hs-short-v1" + cti).digest()[:6]) >> 3
    values = [bits >> shift & 31 for shift in range(40, -1, -5)]
    return "".join(ALPHABET[value] for value in (*values, _check(values)))


def read_short_code(typed: str) -> str:
    """Bring a typed code into its printed form: case, full width, O/0, I/L/1, spaces and hyphens do not matter.

    Raises ShortCodeWrong when the length, a character or the check character is wrong.
    """
    if len(typed) > _MAX_TYPED:
        raise ShortCodeWrong
    text = unicodedata.normalize("NFKC", typed).translate(_SEPARATORS)
    values = [_VALUES.get(character.upper(), -1) if character.isascii() else -1 for character in text]
    if len(values) != LENGTH or min(values) < 0 or _check(values[:-1]) != values[-1]:
        raise ShortCodeWrong
    return "".join(ALPHABET[value] for value in values)


def spaced(code: str) -> str:
    """Write a code for print and screen in two groups: 01234-56789."""
    return f"{code[:5]}-{code[5:]}"


def _times_two(value: int) -> int:
    # Multiplication by x in GF(32) with x^5 = x^2 + 1.
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def _check(values: list[int]) -> int:
    # Horner's rule: the weights are the powers of x, all different for up to 31 places.
    total = 0
    for value in values:
        total = _times_two(total ^ value)
    return total
