"""Canonical bytes: RFC 8785 without floats."""

import json
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.rules.canonical import MAX_DEPTH, MAX_INT, NotCanonical, canonical_bytes, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(values)
def test_the_bytes_are_json_and_read_back_as_the_same_value(value):
    assert json.loads(canonical_bytes(value)) == value


@given(values)
def test_writing_again_what_was_read_gives_the_same_bytes(value):
    written = canonical_bytes(value)
    assert canonical_bytes(json.loads(written)) == written


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), st.integers(0, 9)))
def test_the_order_of_insertion_does_not_matter(value):
    assert canonical_bytes(dict(reversed(value.items()))) == canonical_bytes(value)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), st.integers(0, 9)))
def test_keys_are_sorted_by_utf16_code_units(value):
    keys = list(json.loads(canonical_bytes(value)))
    assert keys == sorted(keys, key=lambda key: key.encode("utf-16-be"))


def test_the_sorting_example_of_the_rfc():
    # RFC 8785 §3.2.3: U+1F600 sorts before U+FB33 in UTF-16 although its code point is larger.
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert list(json.loads(canonical_bytes(value))) == [
        "\r",
        "1",
        "\u0080",
        "\u00f6",
        "\u20ac",
        "\U0001f600",
        "\ufb33",
    ]


def test_the_string_example_of_the_rfc():
    text = '\u20ac$\u000f\nA\'B"\\\\"/'
    assert canonical_bytes(text) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, "{}"),
        ([], "[]"),
        ({"b": [1, True, None], "a": "欧阳*华"}, '{"a":"欧阳*华","b":[1,true,null]}'),
        (-0, "0"),
        (MAX_INT, "9007199254740991"),
        (-MAX_INT, "-9007199254740991"),
        ("\b\t\n\f\r\x00\x1f\x7f\u2028", '"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f\u2028"'),
    ],
)
def test_known_bytes(value, written):
    assert canonical_bytes(value) == written.encode()


def test_enum_members_are_written_as_their_values():
    word, number = StrEnum("Word", {"A": "甲"}), IntEnum("Number", {"ONE": 1})
    assert canonical_bytes({word.A: [word.A, number.ONE]}) == '{"甲":["甲",1]}'.encode()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        {"a": [0.5]},
        MAX_INT + 1,
        -MAX_INT - 1,
        b"bytes",
        (1, 2),
        {1: "a"},
        {None: 1},
        {"a": {1}},
        "\ud800",
        {"\udfff": 1},
        object(),
    ],
)
def test_what_has_no_canonical_bytes_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical_bytes(value)


def test_nesting_ends_at_the_limit():
    def nest(levels):
        value = None
        for _ in range(levels):
            value = [value]
        return value

    deepest = {"a": {"a": nest(MAX_DEPTH - 2)}}
    assert canonical_bytes(deepest).count(b"[") == MAX_DEPTH - 2
    with pytest.raises(NotCanonical):
        canonical_bytes({"a": deepest})
    assert canonical_bytes(nest(MAX_DEPTH)) == b"[" * MAX_DEPTH + b"null" + b"]" * MAX_DEPTH
    with pytest.raises(NotCanonical):
        canonical_bytes(nest(MAX_DEPTH + 1))
    with pytest.raises(NotCanonical):
        canonical_bytes(nest(5000))


def test_digest_is_sha256_in_hex():
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
