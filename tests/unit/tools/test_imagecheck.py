"""Photos are told apart by their bytes, decoded whole, and no file brings the check down."""

import io
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PIL import Image

from grid.core.errors.images import ImageDamaged, ImageTooLarge, ImageUncheckable, ImageUnsupported
from grid.tools.image_facts import MAX_BYTES, hash_distance
from grid.tools.imagecheck import ImageChecker, Limits
from tests.load.fuzz_images import run
from tests.support.photos import KINDS, exif_block, photo, picture, png_header


@pytest.fixture(scope="module")
def checker() -> Iterator[ImageChecker]:
    with ImageChecker() as made:
        yield made


@pytest.mark.parametrize("kind", KINDS)
def test_the_facts_of_a_photo(checker: ImageChecker, kind: str) -> None:
    data = photo(kind, exif=exif_block(6))
    facts = checker.check(data)
    assert facts.mime == f"image/{kind.lower()}"
    assert (facts.width, facts.height, facts.orientation) == (240, 320, 6)
    assert facts.size == len(data)
    assert facts.taken_at == datetime(2026, 12, 6, 10, 20, tzinfo=UTC)
    assert (facts.lng, facts.lat) == pytest.approx((118.5114, 31.7086))
    assert facts.device == "Invented Phone 7"
    assert (facts.frames, facts.trailing_bytes, facts.lurking) == (1, 0, ())


def test_a_photo_without_claims(checker: ImageChecker) -> None:
    facts = checker.check(photo())
    assert (facts.taken_at, facts.lng, facts.lat, facts.device) == (None, None, None, "")


@pytest.mark.parametrize(("offset", "hour"), [("+08:00", 10), ("+00:00", 18), ("-01:30", 19), ("nonsense", None)])
def test_the_offset_of_the_claimed_time(checker: ImageChecker, offset: str, hour: int | None) -> None:
    taken_at = checker.check(photo(exif=exif_block(offset=offset))).taken_at
    assert (taken_at.hour if taken_at else None) == hour


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_hashes_like_the_upright_one(checker: ImageChecker, orientation: int) -> None:
    back = {1: [], 2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}[orientation]
    stored = picture(3, (400, 300))
    for turn in back:
        stored = stored.transpose(Image.Transpose(turn))
    out = io.BytesIO()
    stored.save(out, "PNG", exif=exif_block(orientation))
    facts = checker.check(out.getvalue())
    assert (facts.width, facts.height) == (400, 300)
    assert hash_distance(facts.dhash, checker.check(photo("PNG", 3, (400, 300))).dhash) == 0


def test_near_duplicates_are_near_and_others_far(checker: ImageChecker) -> None:
    near, far = [], []
    for seed in range(20):
        one = checker.check(photo("PNG", seed, (800, 600))).dhash
        out = io.BytesIO()
        picture(seed, (800, 600)).resize((500, 375)).save(out, "JPEG", quality=40)
        near.append(hash_distance(one, checker.check(out.getvalue()).dhash))
        far.append(hash_distance(one, checker.check(photo("PNG", seed + 100, (800, 600))).dhash))
    assert max(near) <= 6
    assert min(far) >= 12


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_cut_short_is_damaged(checker: ImageChecker, kind: str) -> None:
    data = photo(kind, size=(800, 600))
    for part in (0.3, 0.6, 0.95):
        with pytest.raises(ImageDamaged):
            checker.check(data[: int(len(data) * part)])


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(80), "heic"),
        (b"\0\0\0\x18ftypisom" + bytes(80), "video"),
        (b"GIF89a<script>alert(1)</script>", "gif"),
        (b"BM" + bytes(80), "bmp"),
        (b"II*\0" + bytes(80), "tiff"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b" \n<SVG onload=alert(1)>", "svg"),
        (b"<!DOCTYPE html><script>", "html"),
        (b"hello <script>", "html"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04", "zip"),
        (b"", "unknown"),
        (b"RIFF\x10\0\0\0WAVE", "unknown"),
        (os.urandom(4096).replace(b"\xff\xd8\xff", b""), "unknown"),
    ],
)
def test_what_is_no_photo_is_named(checker: ImageChecker, data: bytes, found: str) -> None:
    with pytest.raises(ImageUnsupported) as caught:
        checker.check(data)
    assert caught.value.facts["found"] == found


def test_a_format_under_another_ones_magic_is_damaged(checker: ImageChecker) -> None:
    for magic in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(ImageDamaged):
            checker.check(magic + photo("WEBP"))


BOMBS = {
    "png of 20000x8000": png_header(20_000, 8_000),
    "png of 2^31": png_header(2**31 - 1, 2**31 - 1),
    "jpeg of 65000x65000": photo("JPEG", size=(64, 64)).replace(b"\x00\x40\x00\x40", b"\xfd\xe8\xfd\xe8", 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_too_large(checker: ImageChecker, name: str) -> None:
    with pytest.raises(ImageTooLarge):
        checker.check(BOMBS[name])


def test_too_many_bytes_never_reach_a_decoder(checker: ImageChecker) -> None:
    with pytest.raises(ImageTooLarge):
        checker.check(photo() + bytes(MAX_BYTES))


def test_a_real_picture_of_almost_fifty_megapixels_is_taken(checker: ImageChecker) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (7_000, 7_000), (10, 20, 30, 40)).save(out, "PNG", compress_level=1)
    assert checker.check(out.getvalue()).width == 7_000


def test_a_picture_that_needs_more_memory_than_allowed_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (6_000, 6_000)).save(out, "PNG", compress_level=1)
    with ImageChecker(limits=Limits(memory_mb=100)) as small, pytest.raises((ImageTooLarge, ImageUncheckable)):
        small.check(out.getvalue())


def test_a_picture_that_eats_time_is_given_up_and_the_next_one_works() -> None:
    # A progressive JPEG may repeat its scans; each costs a pass over every coefficient.
    out = io.BytesIO()
    Image.new("L", (5_000, 5_000)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    scan = data[data.rindex(b"\xff\xda") : -2]
    bomb = data[:-2] + scan * 2_000 + data[-2:]
    for limits in (Limits(cpu_seconds=1), Limits(wall_seconds=1)):
        with ImageChecker(limits=limits) as quick:
            started = time.monotonic()
            with pytest.raises(ImageUncheckable):
                quick.check(bomb)
            assert time.monotonic() - started < 20
            if limits.wall_seconds > 1:
                assert quick.check(photo()).width == 320


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.txt", "hello")
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("behind", "lurking"),
    [
        (b"<html><script>alert(1)</script>", {"html", "script"}),
        (zipped(), {"zip"}),
        (b"%PDF-1.7 ...", {"pdf"}),
        (b"<?php system($_GET['x']);", {"php"}),
        (b"MotionPhoto_Data" + bytes(1000), set()),
    ],
)
def test_what_stands_behind_the_picture_is_flagged_not_refused(
    checker: ImageChecker, kind: str, behind: bytes, lurking: set[str]
) -> None:
    facts = checker.check(photo(kind) + behind)
    assert facts.trailing_bytes == len(behind)
    assert set(facts.lurking) == lurking


def test_markup_among_the_metadata_is_flagged(checker: ImageChecker) -> None:
    assert checker.check(photo("JPEG", comment=b"<script>alert(1)</script>")).lurking == ("script",)
    assert checker.check(photo("JPEG", progressive=True, quality=95, size=(900, 700))).lurking == ()


def test_a_moving_picture_is_counted(checker: ImageChecker) -> None:
    out = io.BytesIO()
    picture(1).save(out, "WEBP", save_all=True, append_images=[picture(2), picture(3)])
    assert checker.check(out.getvalue()).frames == 3


def test_broken_metadata_does_not_make_a_photo_bad(checker: ImageChecker) -> None:
    data = photo(exif=exif_block())
    for place in range(data.index(b"Exif"), data.index(b"Exif") + 200, 3):
        changed = data[:place] + b"\xff" + data[place + 1 :]
        assert checker.check(changed).size == len(data)


def test_many_may_ask_at_once_and_children_are_replaced() -> None:
    photos = [photo("PNG", seed, (160 + seed, 120)) for seed in range(12)]
    wrong: list[int] = []
    with ImageChecker(children=2, limits=Limits(photos_per_child=3)) as shared:

        def ask() -> None:
            wrong.extend(n for n, data in enumerate(photos) if shared.check(data).width != 160 + n)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong
        first = set(shared.child_pids())
        for data in photos:
            shared.check(data)
        assert not first & set(shared.child_pids())


def test_a_child_killed_from_outside_is_replaced(checker: ImageChecker) -> None:
    checker.check(photo())
    for pid in checker.child_pids():
        os.kill(pid, 9)
    with pytest.raises(ImageUncheckable):
        checker.check(photo())
    assert checker.check(photo()).width == 320


def test_the_child_knows_no_secret_and_cannot_open_anything(
    checker: ImageChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRID_SECRET_KEY", "seeded-secret")
    with ImageChecker() as fresh:
        fresh.check(photo())
        (pid,) = fresh.child_pids()
        with open(f"/proc/{pid}/environ", "rb") as environ:
            assert b"seeded-secret" not in environ.read()
        with open(f"/proc/{pid}/limits") as limits:
            text = limits.read()
    assert "Max open files            3 " in text
    assert "Max file size             0 " in text
    assert f"Max data size             {512 * 1024 * 1024} " in text


def test_damaged_photos_end_in_a_declared_problem() -> None:
    ends, slowest, peak_mb = run(400, seed=7)
    assert sum(ends.values()) == 400
    assert ends["accepted"] > 10
    assert ends["image_damaged"] > 100
    assert ends["image_uncheckable"] == 0
    assert slowest < 10
    assert peak_mb < 512
