"""Our CBOR subset against a general implementation, and its refusals."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.words.tokens import Verdict
from grid.tools.cbor import MAX_DEPTH, MAX_INT, CborRefused, decode, encode

scalars = (
    st.integers(-MAX_INT - 1, MAX_INT)
    | st.binary(max_size=300)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
)
keys = st.integers(-MAX_INT - 1, MAX_INT) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=MAX_DEPTH,
)


def refusal(data):
    with pytest.raises(CborRefused) as refused:
        decode(data)
    return refused.value.verdict


@given(values)
def test_round_trip_and_another_reader_agrees(value):
    data = encode(value)
    assert decode(data) == value
    assert cbor2.loads(data) == value


@given(scalars | st.lists(scalars))
def test_another_writer_makes_the_same_bytes(value):
    assert encode(value) == cbor2.dumps(value, canonical=True)


@given(st.binary(max_size=40))
def test_whatever_is_read_was_written_canonically(data):
    try:
        value = decode(data)
    except CborRefused:
        return
    assert encode(value) == data


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        ("", Verdict.MALFORMED),
        ("18", Verdict.MALFORMED),  # a head cut short
        ("19ff", Verdict.MALFORMED),
        ("1c", Verdict.MALFORMED),  # reserved heads
        ("1f", Verdict.MALFORMED),
        ("4261", Verdict.MALFORMED),  # longer than the data
        ("61ff", Verdict.MALFORMED),  # not UTF-8
        ("63eda080", Verdict.MALFORMED),  # a surrogate
        ("62c080", Verdict.MALFORMED),  # overlong UTF-8
        ("1b0020000000000000", Verdict.MALFORMED),  # 2^53
        ("3b0020000000000000", Verdict.MALFORMED),
        ("9bffffffffffffffff", Verdict.MALFORMED),  # 2^64 - 1 items
        ("bbffffffffffffffff", Verdict.MALFORMED),
        ("8201", Verdict.MALFORMED),
        ("a101", Verdict.MALFORMED),
        ("a1410100", Verdict.MALFORMED),  # a byte string as key
        ("a1800000", Verdict.MALFORMED),  # an array as key
        ("c000", Verdict.MALFORMED),  # tags, floats, simple values
        ("f4", Verdict.MALFORMED),
        ("f6", Verdict.MALFORMED),
        ("f90000", Verdict.MALFORMED),
        ("ff", Verdict.MALFORMED),
        ("81" * (MAX_DEPTH + 1) + "00", Verdict.MALFORMED),
        ("81" * 5000 + "00", Verdict.MALFORMED),
        ("1817", Verdict.NOT_CANONICAL),  # longer heads than needed
        ("1900ff", Verdict.NOT_CANONICAL),
        ("1a0000ffff", Verdict.NOT_CANONICAL),
        ("1b00000000ffffffff", Verdict.NOT_CANONICAL),
        ("3817", Verdict.NOT_CANONICAL),
        ("580161", Verdict.NOT_CANONICAL),
        ("5f4161ff", Verdict.NOT_CANONICAL),  # indefinite lengths
        ("7fff", Verdict.NOT_CANONICAL),
        ("9fff", Verdict.NOT_CANONICAL),
        ("bfff", Verdict.NOT_CANONICAL),
        ("a202000100", Verdict.NOT_CANONICAL),  # keys out of order
        ("a201000100", Verdict.NOT_CANONICAL),  # the same key twice
        ("a2616100200000", Verdict.NOT_CANONICAL),
        ("0000", Verdict.TRAILING),
        ("8000", Verdict.TRAILING),
        ("a000", Verdict.TRAILING),
    ],
)
def test_refusals(data, verdict):
    assert refusal(bytes.fromhex(data)) is verdict


def test_the_depth_limit_itself_passes():
    assert encode(decode(bytes.fromhex("81" * MAX_DEPTH + "00"))) == b"\x81" * MAX_DEPTH + b"\x00"


@pytest.mark.parametrize("value", [True, None, 1.5, {1, 2}, object(), [False], {1: None}])
def test_other_types_are_not_written(value):
    with pytest.raises(TypeError):
        encode(value)


@pytest.mark.parametrize("value", [MAX_INT + 1, -MAX_INT - 2])
def test_wider_integers_are_not_written(value):
    with pytest.raises(ValueError):
        encode(value)
