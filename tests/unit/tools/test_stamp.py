"""A copy is small, upright, without metadata and marked; the picture itself stays visible."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops, ImageStat

from grid.core.errors.images import ImageDamaged, ImageUnsupported
from grid.tools.imagecheck import ImageChecker
from grid.tools.stamp import MAX_SIDE, Stamp, stamped_copy, thumbnail
from tests.support.photos import KINDS, exif_block, photo, picture

STAMP = Stamp("HS-20261124-0012", "2026-12-06 18:20（手机时间）", "湖东路街道某某社区12幢3单元", "WG0012")


@pytest.fixture(scope="module")
def checker() -> Iterator[ImageChecker]:
    with ImageChecker() as made:
        yield made


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_is_upright_small_and_bare(kind: str) -> None:
    copy = opened(stamped_copy(photo(kind, size=(2000, 1500), exif=exif_block(6)), STAMP))
    assert copy.width == 960
    assert MAX_SIDE < copy.height < MAX_SIDE + 200
    assert not copy.getexif()
    assert b"Invented" not in stamped_copy(photo(kind, exif=exif_block()), STAMP)


def test_the_picture_is_still_to_be_seen_and_the_band_covers_none_of_it() -> None:
    copy = opened(stamped_copy(photo("PNG", 5, (1280, 960)), STAMP))
    top = copy.crop((0, 0, 1280, 960))
    difference = ImageStat.Stat(ImageChops.difference(top, picture(5, (1280, 960)))).mean
    assert max(difference) < 6
    assert max(difference) > 0.3  # the mark across it is there
    assert copy.getpixel((2, copy.height - 2))[2] < 90  # the band is dark


def test_the_words_differ_where_the_words_do() -> None:
    plain = photo("PNG", 5, (640, 480))
    one, other = (opened(stamped_copy(plain, Stamp("NO-1", "", "", viewer))) for viewer in ("WG0001", "WG0002"))
    assert one.size == other.size
    band = (0, 480, 640, one.height)
    assert ImageChops.difference(one.crop(band), other.crop(band)).getbbox() is not None
    long = Stamp("NO-1", "2026-12-06 18:20", "很长的地点" * 30, "WG0001")
    assert opened(stamped_copy(plain, long)).height > one.height + 40
    assert Stamp("", "", "", "").lines() == ["核验副本"]


def test_a_signature_on_nothing_is_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (400, 200), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(thumbnail(out.getvalue())).getpixel((200, 100)) == (255, 255, 255)


def test_small_pictures_are_not_blown_up() -> None:
    assert opened(thumbnail(photo("PNG", size=(100, 50)))).size == (100, 50)
    assert opened(thumbnail(photo("JPEG", size=(3000, 1000)))).size == (320, 107)


def test_the_child_makes_the_same_copies(checker: ImageChecker) -> None:
    data = photo("JPEG", size=(1500, 1000), exif=exif_block(3))
    assert checker.stamp(data, STAMP) == stamped_copy(data, STAMP)
    assert checker.thumbnail(data, 100) == thumbnail(data, 100)
    assert opened(checker.stamp(data, STAMP, side=600)).width == 600
    for bad, problem in ((data[:2000], ImageDamaged), (b"<svg/>", ImageUnsupported)):
        with pytest.raises(problem):
            checker.stamp(bad, STAMP)
        with pytest.raises(problem):
            checker.thumbnail(bad)
