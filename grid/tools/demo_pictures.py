"""Invented photos for the demo district: drawn, never taken, and they say so."""

import io
import random
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from grid.tools.fontfiles import SANS

SIZE = (960, 720)


def draw_photo(title: str, words: str, seed: int) -> bytes:
    """Return a JPEG of coloured shapes with its title; every seed gives another picture."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, nothing secret
    sky = tuple(chance.randint(120, 210) for _ in range(3))
    picture = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(picture)
    for _ in range(14):
        left, top = chance.randint(-100, SIZE[0]), chance.randint(-60, SIZE[1])
        right, bottom = left + chance.randint(80, 420), top + chance.randint(60, 320)
        draw.rectangle((left, top, right, bottom), fill=tuple(chance.randint(60, 235) for _ in range(3)))
    draw.rectangle((60, 250, SIZE[0] - 60, 470), fill=(250, 250, 245), outline=(40, 40, 40), width=4)
    draw.text((90, 280), f"演示图片：{title}", (30, 30, 30), _font(52))
    draw.text((90, 370), words, (60, 60, 60), _font(34))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=78)
    return out.getvalue()


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(SANS), size)
