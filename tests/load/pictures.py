"""Photos of a given size for the load client: real JPEGs, each different, made and hashed for almost nothing."""

import hashlib
import io
import random
import secrets
from dataclasses import dataclass
from typing import Final

from PIL import Image

from tests.support.photos import picture

_END: Final = b"\xff\xd9"
_SEGMENT: Final = 65_533  # content of the longest comment


@dataclass(frozen=True)
class Photo:
    """One file and its SHA-256."""

    data: bytes
    sha256: str


class Film:
    """Photos that all show the same; a comment before the end makes each file's hash its own."""

    def __init__(self, seed: int, size: tuple[int, int], length: int) -> None:
        tail = len(_comment(b"0" * 32)) + len(_END)
        self._start = _filled(_exposed(seed, size, length - tail - 8)[: -len(_END)], length - tail)
        self._hash = hashlib.sha256(self._start)

    def expose(self) -> Photo:
        """Return one more photo of exactly the film's length."""
        tail = _comment(secrets.token_hex(16).encode()) + _END
        state = self._hash.copy()
        state.update(tail)
        return Photo(self._start + tail, state.hexdigest())


def _comment(text: bytes) -> bytes:
    return b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text


def _exposed(seed: int, size: tuple[int, int], limit: int) -> bytes:
    """Return the best JPEG that stays below the limit; grain makes it as hard to decode as a camera's."""
    grain = Image.effect_noise(size, 40).convert("RGB")
    image = Image.blend(picture(seed, size), grain, 0.25)
    for quality in (92, 88, 84, 78, 70, 60, 50, 40, 30, 20):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        if out.tell() <= limit:
            return out.getvalue()
    raise ValueError(f"no JPEG of {size} is below {limit} bytes")


def _filled(start: bytes, length: int) -> bytes:
    """Put comments behind the first marker until the file has its length."""
    missing = length - len(start)
    fill, rng = [], random.Random(length)
    while missing > 0:
        # A comment has four bytes of its own: leave room for the last one's.
        content = max(0, min(missing - 4, _SEGMENT))
        if 0 < missing - content - 4 < 4:
            content -= 4
        fill.append(_comment(rng.randbytes(content).hex()[:content].encode()))
        missing -= content + 4
    return start[:2] + b"".join(fill) + start[2:]
