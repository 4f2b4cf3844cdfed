"""The bench's own tools: a target is missed when it is missed, a photo is a photo, an answer's head can be read."""

import hashlib

import pytest

from grid.tools.image_facts import inspect_image
from tests.load.client import head_value
from tests.load.pictures import Film
from tests.load.report import summary, table
from tests.load.rows import Row, least, most


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        (most("CPU", 2.5, 2.5, "ms"), True),
        (most("CPU", 2.51, 2.5, "ms"), False),
        (least("", 600, 600, "/s"), True),
        (least("", 599.9, 600, "/s"), False),
        (most("errors", 1, 0), False),
    ],
)
def test_a_target_is_reached_or_not(target, reached) -> None:
    assert target.reached is reached


def test_a_row_needs_all_its_targets() -> None:
    assert Row("x", {}, [most("", 1, 2), least("", 1, 1)]).reached is True
    assert Row("x", {}, [most("", 1, 2), least("", 1, 2)]).reached is False
    assert Row("x", {}).reached is None


def test_a_miss_says_what_dominates_it() -> None:
    good = Row("good", {"CPU ms": "1.0"}, [most("CPU", 1, 2.5, "ms")], "one run", "never shown")
    bad = Row("bad", {"CPU ms": "3.0", "a second": "9"}, [most("CPU", 3, 2.5, "ms"), least("", 9, 1, "/s")], "", "why")
    lines = table([good, bad, Row("bare", {"a second": "1"})]).splitlines()
    assert lines[0] == "| figure | value | target | reached | note |"
    assert lines[2:] == [
        "| good | CPU ms 1.0 | CPU ≤ 2.5 ms | yes | one run |",
        "| bad | CPU ms 3.0 · a second 9 | CPU ≤ 2.5 ms, ≥ 1/s | **no** | missed: CPU ≤ 2.5 ms; why |",
        "| bare | a second 1 |  |  |  |",
    ]
    assert summary([good, bad]) == "1 of 2 figures with a target reach it; not: bad."


def test_each_photo_of_a_film_is_whole_and_its_own() -> None:
    film = Film(1, (800, 600), 150_000)
    photos = [film.expose() for _ in range(3)]
    assert {len(photo.data) for photo in photos} == {150_000}
    assert len({photo.sha256 for photo in photos}) == 3
    for photo in photos:
        assert hashlib.sha256(photo.data).hexdigest() == photo.sha256
        facts = inspect_image(photo.data)
        assert (facts.mime, facts.width, facts.trailing_bytes, facts.lurking) == ("image/jpeg", 800, 0, ())


def test_a_header_is_found_in_any_spelling() -> None:
    head = b"HTTP/1.1 201 Created\r\nlocation: /api/uploads/1\r\nX: y\r\n\r\n"
    assert head_value(head, "Location") == "/api/uploads/1"
    assert head_value(head, "Upload-Offset") == ""
