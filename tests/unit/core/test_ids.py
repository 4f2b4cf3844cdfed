"""Ids: UUIDv7 in one spelling, ordered by birth."""

import uuid

import pytest

from grid.core import ids


def test_an_id_is_a_uuid_of_version_seven_in_canonical_spelling() -> None:
    text = ids.new_id()
    assert ids.is_id(text)
    assert str(uuid.UUID(text)) == text
    assert uuid.UUID(text).version == 7


def test_ids_are_unique_and_sort_by_birth() -> None:
    minted = [ids.new_id() for _ in range(10_000)]
    assert len(set(minted)) == len(minted)
    assert [text[:13] for text in minted] == sorted(text[:13] for text in minted)


GOOD = "0192f0c1-2b3c-7d4e-8f50-0123456789ab"


@pytest.mark.parametrize(
    "bad",
    [
        GOOD.upper(),
        GOOD.replace("-", ""),
        GOOD + "\n",
        " " + GOOD,
        GOOD[:-1],
        "{" + GOOD + "}",
        "",
        None,
        7,
        GOOD.encode(),
    ],
)
def test_another_spelling_is_not_an_id(bad: object) -> None:
    assert ids.is_id(GOOD)
    assert not ids.is_id(bad)
