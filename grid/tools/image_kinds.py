"""What a file is by its own bytes, and what is hidden behind or inside the picture. No decoder is touched here."""

from dataclasses import dataclass

_JPEG_STANDALONE = frozenset([0x01, *range(0xD0, 0xD9)])
_LURKING = {
    b"<script": "script", b"<html": "html", b"<svg": "svg", b"<?php": "php", b"%pdf-": "pdf", b"pk\x05\x06": "zip",
    b"pk\x03\x04": "zip", b"rar!\x1a": "rar", b"mz\x90": "exe", b"\x7felf": "exe",
}  # fmt: skip
_OTHERS = {
    b"gif8": "gif", b"bm": "bmp", b"ii*\0": "tiff", b"mm\0*": "tiff", b"%pdf": "pdf", b"pk\x03\x04": "zip",
    b"<svg": "svg", b"<!doctype": "html", b"<html": "html",
}  # fmt: skip
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


@dataclass(frozen=True)
class Kind:
    """A format we take: Pillow's name, media type."""

    name: str
    mime: str


JPEG, PNG, WEBP = Kind("JPEG", "image/jpeg"), Kind("PNG", "image/png"), Kind("WEBP", "image/webp")


def kind_of(data: bytes) -> Kind | str:
    """Return the kind, or a word for what it is instead (heic, gif, svg, html, …, unknown)."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "heic"
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, word in _OTHERS.items():
        if head.startswith(magic):
            return word
    if b"<svg" in head:
        return "svg"
    if b"<html" in head or b"<script" in head:
        return "html"
    return "video" if data[4:8] == b"ftyp" else "unknown"


def end_of(data: bytes, kind: Kind) -> int:
    """Return where the picture ends by its own structure; len(data) when it has no end of its own."""
    if kind is JPEG:
        return _jpeg_end(data)
    if kind is PNG:
        return _png_end(data)
    return min(len(data), 8 + int.from_bytes(data[4:8], "little") + (int.from_bytes(data[4:8], "little") & 1))


def lurking_in(data: bytes, kind: Kind, end: int) -> tuple[str, ...]:
    """Name what a careless program could take the file for: found behind the picture or among its metadata.

    Phones do put things behind a picture (motion clips, gain maps), so what is merely there is only counted.
    """
    behind = data[end:].lower()
    metadata = data[: min(end, 256 * 1024)].lower() if kind is not JPEG else _jpeg_metadata(data).lower()
    markup = [word for magic, word in _LURKING.items() if magic in behind]
    # Inside compressed bytes two-letter magics are chance; markup is not.
    markup += [word for magic, word in _LURKING.items() if len(magic) >= 4 and magic[:1] in b"<%" and magic in metadata]
    return tuple(dict.fromkeys(markup))


def _jpeg_segments(data: bytes) -> list[tuple[int, int, int]]:
    """List (marker, start of content, end of content) up to the end of the picture."""
    segments = []
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            break
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            segments.append((marker, place + 2, place + 2))
            break
        if marker in _JPEG_STANDALONE:
            place += 2
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        segments.append((marker, place + 4, min(end, len(data))))
        place = _after_scan(data, end) if marker == 0xDA else end
    else:
        if data[place : place + 2] == b"\xff\xd9":
            segments.append((0xD9, place + 2, place + 2))
    return segments


def _after_scan(data: bytes, place: int) -> int:
    """Skip coded data: the next marker that is neither a stuffed byte nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            return len(data)
        if data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2


def _jpeg_end(data: bytes) -> int:
    segments = _jpeg_segments(data)
    return segments[-1][1] if segments and segments[-1][0] == 0xD9 else len(data)


def _jpeg_metadata(data: bytes) -> bytes:
    return b"".join(data[start:end] for marker, start, end in _jpeg_segments(data) if marker >= 0xE0)


def _png_end(data: bytes) -> int:
    place = 8
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        kind = data[place + 4 : place + 8]
        place += 12 + length
        if kind == b"IEND":
            return min(place, len(data))
    return len(data)
