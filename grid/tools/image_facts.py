"""Decode a photo whole and say what it is. Runs in the checking process only (see imagecheck)."""

import io
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from PIL import ExifTags, Image, ImageStat, UnidentifiedImageError

from grid.core.clock import SHANGHAI
from grid.core.errors.images import ImageDamaged, ImageTooLarge, ImageUnsupported
from grid.tools.image_kinds import Kind, end_of, kind_of, lurking_in

MAX_BYTES = 12_000_000
MAX_PIXELS = 50_000_000
_SMALL_SIDE = 512
_HINTS = {
    "heic": "这是 HEIC 格式，请在手机相机设置中改为“兼容性最佳（JPEG）”后重拍",
    "video": "这是视频，请拍照片",
    "gif": "动图不能作为凭证，请用相机拍照片",
}

# What decoders raise on broken files, besides OSError and SyntaxError, as found by feeding them broken files.
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError, TypeError, LookupError,
           AttributeError, RuntimeError, ZeroDivisionError)  # fmt: skip


@dataclass(frozen=True)
class ImageFacts:
    """What a photo is and claims. `width` and `height` as it is looked at, `taken_at` and the place are claims.

    `dhash` is 16 hex characters of a 64-bit difference hash; `lurking` names foreign formats found in or behind the
    picture, `trailing_bytes` counts what stands behind it; `brightness` is 0 (black) to 255.
    """

    mime: str
    size: int
    width: int
    height: int
    dhash: str
    brightness: int
    orientation: int = 1
    taken_at: datetime | None = None
    lng: float | None = None
    lat: float | None = None
    device: str = ""
    frames: int = 1
    trailing_bytes: int = 0
    lurking: tuple[str, ...] = ()


def hash_distance(one: str, other: str) -> int:
    """Count the differing bits of two difference hashes: 0 the same, up to about 8 a near duplicate, 32 unrelated."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def open_photo(data: bytes, draft_side: int | None = None) -> tuple[Image.Image, Kind]:
    """Open and decode a photo to its end; a JPEG may be decoded at a fraction of its size, at least `draft_side`.

    Raises ImageUnsupported, ImageTooLarge, ImageDamaged.
    """
    if len(data) > MAX_BYTES:
        raise ImageTooLarge(limit=MAX_BYTES)
    kind = kind_of(data)
    if isinstance(kind, str):
        raise ImageUnsupported(_HINTS.get(kind, ""), found=kind)
    try:
        # Only the one decoder the bytes call for may look at them.
        image = Image.open(io.BytesIO(data), formats=[kind.name])
        if image.width * image.height > MAX_PIXELS:
            raise ImageTooLarge(limit=MAX_PIXELS)
        image.info["full_size"] = image.size
        if draft_side:
            image.draft("RGB", (draft_side, draft_side))
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise ImageTooLarge(limit=MAX_PIXELS) from None
    except _BROKEN as error:
        raise ImageDamaged(why=type(error).__name__) from None
    return image, kind


def inspect_image(data: bytes) -> ImageFacts:
    """Return the facts of a photo; raises ImageUnsupported, ImageTooLarge, ImageDamaged."""
    image, kind = open_photo(data, _SMALL_SIDE)
    exif = _exif(image)
    orientation = exif.get(ExifTags.Base.Orientation, 1)
    if orientation not in range(1, 9):
        orientation = 1
    width, height = image.info["full_size"]
    if orientation >= 5:
        width, height = height, width
    small = _small(image, orientation)
    end = end_of(data, kind)
    lng, lat = _place(exif)
    return ImageFacts(
        mime=kind.mime,
        size=len(data),
        width=width,
        height=height,
        dhash=difference_hash(small),
        brightness=round(ImageStat.Stat(small).mean[0]),
        orientation=orientation,
        taken_at=_taken_at(exif),
        lng=lng,
        lat=lat,
        device=_device(exif),
        frames=getattr(image, "n_frames", 1),
        trailing_bytes=len(data) - end,
        lurking=lurking_in(data, kind, end),
    )


def difference_hash(image: Image.Image) -> str:
    """Return the 64-bit difference hash: is each of 8x8 places darker than its right neighbour?"""
    pixels = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (pixels[9 * row + column] < pixels[9 * row + column + 1])
    return f"{bits:016x}"


def flat(image: Image.Image) -> Image.Image:
    """Return the picture in RGB, what is transparent on white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGB", rgba.size, "white")
        white.paste(rgba, mask=rgba.getchannel("A"))
        return white
    return image if image.mode == "RGB" else image.convert("RGB")


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn the picture the way it is looked at (EXIF orientation 1 to 8)."""
    turns = {2: [0], 3: [3], 4: [1], 5: [5], 6: [4], 7: [6], 8: [2]}
    for turn in turns.get(orientation, []):
        image = image.transpose(Image.Transpose(turn))
    return image


def _small(image: Image.Image, orientation: int) -> Image.Image:
    if image.mode in ("I", "F", "I;16", "I;16B"):
        image = image.convert("L")
    shrink = max(image.size) // _SMALL_SIDE
    if shrink > 1:
        image = image.convert("RGBA" if image.mode == "PA" else "RGB") if image.mode in ("P", "PA", "1") else image
        image = image.reduce(shrink)
    return upright(flat(image), orientation).convert("L")


def _exif(image: Image.Image) -> dict[int, Any]:
    """Return the tags of the main, EXIF and GPS blocks; a broken block is an empty one."""
    tags: dict[int, Any] = {}
    try:
        exif = image.getexif()
        tags.update(exif)
        tags.update(exif.get_ifd(ExifTags.IFD.Exif))
        tags["gps"] = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))  # type: ignore[index]  # one name beside the numbers
    except Exception:  # noqa: BLE001 - broken EXIF raises anything, and never makes a photo bad
        return tags
    return tags


def _taken_at(exif: dict[int, Any]) -> datetime | None:
    text = exif.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    offset = exif.get(ExifTags.Base.OffsetTimeOriginal) or exif.get(ExifTags.Base.OffsetTime)
    try:
        local = datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=SHANGHAI)
        if offset:
            sign = -1 if str(offset).startswith("-") else 1
            hours, minutes = str(offset).strip("\0 ").lstrip("+-").split(":")
            local = local.replace(tzinfo=timezone(sign * timedelta(hours=int(hours), minutes=int(minutes))))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _place(exif: dict[Any, Any]) -> tuple[float | None, float | None]:
    gps = exif.get("gps") or {}
    try:
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S")
        lng = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None, None
    if not (math.isfinite(lat) and math.isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180):
        return None, None
    return round(lng, 7), round(lat, 7)


def _degrees(parts: Any, reference: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if str(reference).strip("\0 ").upper() == negative else value


def _device(exif: dict[int, Any]) -> str:
    texts = (str(exif.get(tag, "")).strip("\0 ") for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    return "".join(c for c in " ".join(text for text in texts if text) if c.isprintable())[:60]


def oriented(image: Image.Image) -> Image.Image:
    """Turn the picture the way it is looked at, by its own EXIF; a broken block turns nothing."""
    return upright(image, _exif(image).get(ExifTags.Base.Orientation, 1))
