"""Base32 has one spelling for each byte string."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.tools.base32 import NotBase32, decode, encode


@given(st.binary(max_size=300))
def test_round_trip(data):
    text = encode(data)
    assert decode(text) == data
    assert "=" not in text


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", max_size=40))
def test_what_is_read_is_written_the_same(text):
    try:
        data = decode(text)
    except NotBase32:
        return
    assert encode(data) == text


# RFC 4648 §10
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"f", "MY"),
        (b"fo", "MZXQ"),
        (b"foo", "MZXW6"),
        (b"foob", "MZXW6YQ"),
        (b"fooba", "MZXW6YTB"),
        (b"foobar", "MZXW6YTBOI"),
    ],
)
def test_the_vectors_of_the_rfc(data, text):
    assert encode(data) == text
    assert decode(text) == data


@pytest.mark.parametrize(
    "text",
    [
        "my",
        "A",
        "AAA",
        "AAAAAA",
        "MY======",
        "M",
        "MZX",
        "MZXW6Y",
        "MZ",
        "MZXR",
        "M1",
        "M Y",
        "MY\n",
        "ＭＹ",
        "MZXQ\x00",
    ],
)
def test_other_spellings_are_refused(text):
    with pytest.raises(NotBase32):
        decode(text)
