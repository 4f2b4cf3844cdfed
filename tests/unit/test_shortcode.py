"""Short codes survive hands and find their mistakes."""

import itertools
import random

import pytest

from grid.core.errors.tokens import ShortCodeWrong
from grid.tools.shortcode import ALPHABET, read_short_code, short_code, spaced

CODES = [short_code(random.Random(seed).randbytes(10)) for seed in range(200)]


def wrong(typed):
    try:
        read_short_code(typed)
    except ShortCodeWrong:
        return True
    return False


def test_codes_differ_and_use_the_alphabet():
    assert len(set(CODES)) == 200
    assert {len(code) for code in CODES} == {10}
    assert set("".join(CODES)) == set(ALPHABET)


def test_the_code_depends_on_the_cti_alone():
    assert short_code(bytes(10)) == short_code(bytes(10)) != short_code(bytes(9) + b"\x01")


@pytest.mark.parametrize("code", CODES[:50])
def test_any_usual_way_of_typing_it_is_read(code):
    swapped = code.replace("0", "O").replace("1", "l")
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    for typed in (
        code,
        code.lower(),
        spaced(code),
        f" {code[:3]} {code[3:7]}-{code[7:]} ",
        swapped,
        wide,
        f"{code[:5]}—{code[5:]}",
    ):
        assert read_short_code(typed) == code


def test_every_single_wrong_character_is_found():
    for code in CODES[:40]:
        for place, character in itertools.product(range(10), ALPHABET):
            if character != code[place]:
                assert wrong(code[:place] + character + code[place + 1 :])


def test_every_swap_of_two_characters_is_found():
    for code in CODES:
        for first, second in itertools.combinations(range(10), 2):
            if code[first] != code[second]:
                typed = list(code)
                typed[first], typed[second] = typed[second], typed[first]
                assert wrong("".join(typed))


@pytest.mark.parametrize(
    "typed",
    ["", CODES[0][:9], CODES[0] + "0", "U" * 10, "网格协执网格协执网格", CODES[0] + " " * 60, "０" * 9, "\ud800" * 10],
)
def test_what_is_no_code_is_refused(typed):
    assert wrong(typed)
