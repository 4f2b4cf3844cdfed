"""Copies people look at: turned upright, at most 1280 px, without metadata, marked 核验副本. Never the original.

Runs in the checking process, because it decodes what a stranger sent (see imagecheck).
"""

import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from grid.tools.fontfiles import SANS
from grid.tools.image_facts import flat, open_photo, oriented

MAX_SIDE = 1280
THUMB_SIDE = 320
_QUALITY = 82
_INK = (255, 255, 255)
_BAND = (27, 36, 48)


@dataclass(frozen=True)
class Stamp:
    """The words on a copy, ready to print; empty ones are left out."""

    task_no: str
    taken_text: str  # when, with whose clock
    place_text: str
    viewer_no: str
    mark: str = "核验副本"

    def lines(self) -> list[str]:
        """Return the lines of the band under the picture."""
        first = "　".join(text for text in (self.task_no and f"任务 {self.task_no}", self.taken_text) if text)
        viewer = f"查看人 {self.viewer_no}" if self.viewer_no else ""
        return [line for line in (first, self.place_text, "　".join(t for t in (self.mark, viewer) if t)) if line]


def stamped_copy(data: bytes, stamp: Stamp, max_side: int = MAX_SIDE) -> bytes:
    """Return a JPEG with a band below the picture, which covers nothing, and a faint mark across it.

    Raises ImageUnsupported, ImageTooLarge, ImageDamaged.
    """
    picture = _fitted(data, max_side)
    picture = _crossed(picture, f"{stamp.mark} {stamp.viewer_no}".strip())
    size = max(14, picture.width // 42)
    font = _font(size)
    margin = size // 2
    lines = [line for text in stamp.lines() for line in _wrapped(text, font, picture.width - 2 * margin)]
    height = len(lines) * (size + size // 2) + margin
    sheet = Image.new("RGB", (picture.width, picture.height + height), _BAND)
    sheet.paste(picture)
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        draw.text((margin, picture.height + margin // 2 + number * (size + size // 2)), line, _INK, font)
    return _jpeg(sheet)


def thumbnail(data: bytes, side: int = THUMB_SIDE) -> bytes:
    """Return a small JPEG for lists, without marks; raises ImageUnsupported, ImageTooLarge, ImageDamaged."""
    return _jpeg(_fitted(data, side))


def _fitted(data: bytes, max_side: int) -> Image.Image:
    image, _ = open_photo(data, max_side)
    shrink = max(image.size) // max_side
    if shrink > 3 and image.mode in ("RGB", "RGBA", "L"):
        image = _keep_info(image.reduce(shrink // 2), image)
    upright = flat(oriented(image))
    upright.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    return upright


def _keep_info(reduced: Image.Image, original: Image.Image) -> Image.Image:
    reduced.info.update(original.info)
    return reduced


def _crossed(picture: Image.Image, text: str) -> Image.Image:
    """Write the mark faintly across: a screenshot of a copy says whose it was."""
    size = max(16, max(picture.size) // 30)
    tile = Image.new("L", (size * (len(text) + 6), size * 7), 0)
    ImageDraw.Draw(tile).text((size, 3 * size), text, 46, _font(size))
    turned = tile.rotate(24, expand=True, resample=Image.Resampling.BILINEAR)
    mask = Image.new("L", picture.size, 0)
    for left in range(0, picture.width, turned.width):
        for top in range(0, picture.height, turned.height):
            mask.paste(turned, (left, top))
    for colour, shift in (((0, 0, 0), 1), ((255, 255, 255), 0)):
        picture.paste(colour, (shift, shift), mask.crop((0, 0, picture.width - shift, picture.height - shift)))
    return picture


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines, line = [], ""
    for char in text.replace("\n", " ")[:200]:
        if line and font.getlength(line + char) > width:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_font_bytes()), size)


@lru_cache(maxsize=1)
def _font_bytes() -> bytes:
    return SANS.read_bytes()


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
