"""Invented photos and ways to spoil them, the same every time."""

import io
import random
import zlib
from collections.abc import Iterator

from PIL import ExifTags, Image, ImageDraw

KINDS = ("JPEG", "PNG", "WEBP")


def picture(seed: int = 1, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Draw something with edges and shades that differs by seed."""
    rng = random.Random(seed)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(24):
        left, top = rng.randrange(size[0]), rng.randrange(size[1])
        box = (left, top, left + rng.randrange(8, size[0] // 2), top + rng.randrange(8, size[1] // 2))
        draw.rectangle(box, fill=tuple(rng.randrange(256) for _ in range(3)))
    return image


def photo(kind: str = "JPEG", seed: int = 1, size: tuple[int, int] = (320, 240), **save: object) -> bytes:
    """Return an encoded picture."""
    out = io.BytesIO()
    picture(seed, size).save(out, kind, **save)
    return out.getvalue()


def exif_block(orientation: int = 1, offset: str | None = None) -> Image.Exif:
    """Return what a phone writes: 2026-12-06 18:20:00, 31.7086 N 118.5114 E, a maker and a model."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Invented"
    exif[ExifTags.Base.Model] = "Phone 7\0"
    block = exif.get_ifd(ExifTags.IFD.Exif)
    block[ExifTags.Base.DateTimeOriginal] = "2026:12:06 18:20:00"
    if offset:
        block[ExifTags.Base.OffsetTimeOriginal] = offset
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (31.0, 42.0, 30.96),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (118.0, 30.0, 41.04),
        }
    )
    return exif


def png_header(width: int, height: int, body: bytes = b"") -> bytes:
    """Return a PNG that announces a size, whatever its body holds."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    parts = chunk(b"IHDR", size + b"\x08\x02\0\0\0") + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def spoiled(count: int, seed: int = 20261124) -> Iterator[bytes]:
    """Yield damaged photos of every kind: bits flipped, bytes cut, doubled, swapped, sizes made huge."""
    rng = random.Random(seed)
    whole = [photo(kind, size=(96, 64)) for kind in KINDS]
    whole += [
        photo("JPEG", size=(96, 64), progressive=True, exif=exif_block(6)),
        photo("PNG", size=(96, 64), exif=exif_block()),
        photo("WEBP", size=(96, 64), lossless=True, exif=exif_block()),
    ]
    for _ in range(count):
        data = bytearray(rng.choice(whole))
        for _ in range(rng.choice((1, 1, 2, 4, 16))):
            _spoil(data, rng)
        if data.startswith(b"\x89PNG") and rng.random() < 0.7:
            _mend_png(data)
        yield bytes(data)


def _spoil(data: bytearray, rng: random.Random) -> None:
    # Headers are where sizes and tables stand: hit them more often than the coded picture.
    place = rng.randrange(min(len(data), 700)) if rng.random() < 0.6 else rng.randrange(len(data))
    way = rng.randrange(6)
    if way <= 1:
        data[place] ^= 1 << rng.randrange(8)
    elif way == 2:
        del data[place : place + rng.choice((1, 2, 7, 64, 4000))]
    elif way == 3:
        start = rng.randrange(len(data) or 1)
        data[place:place] = data[start : start + rng.choice((1, 8, 200))]
    elif way == 4:
        data[place : place + 4] = rng.choice(
            (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\xff\xd9\xff\xda")
        )
    else:
        data[place : place + 2] = rng.randbytes(2)
    if not data:
        data += b"\xff\xd8\xff"


def _mend_png(data: bytearray) -> None:
    """Make the check sums right again, so that the damage reaches the decoder."""
    place = 8
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4], "big")
        if end + 4 > len(data):
            return
        data[end : end + 4] = zlib.crc32(data[place + 4 : end]).to_bytes(4, "big")
        place = end + 4
