"""The manifest root and the disclosure of single items."""

import hashlib
from dataclasses import replace

import pytest

from grid.rules.canonical import NotCanonical, canonical_bytes
from grid.rules.manifest import MAX_ITEMS, BadManifest, disclose, manifest_leaf, manifest_root, verify_disclosure
from grid.rules.merkle import leaf_hash, node_hash


def item(number, **more):
    return {"kind": "photo", "name": f"现场照片{number}", "sha256": hashlib.sha256(bytes([number])).hexdigest(), **more}


def test_the_root_is_the_tree_over_the_canonical_items():
    items = [item(1), item(2), item(3, grade="A")]
    first, second, third = (leaf_hash(canonical_bytes(entry)) for entry in items)
    assert manifest_root(items) == node_hash(node_hash(first, second), third)
    assert manifest_root(items[:1]) == first == manifest_leaf(items[0])


def test_order_and_every_field_count():
    items = [item(1), item(2)]
    root = manifest_root(items)
    assert manifest_root(items[::-1]) != root
    assert manifest_root([item(1), item(2, grade="B")]) != root
    assert manifest_root([dict(reversed(entry.items())) for entry in items]) == root


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
def test_any_single_item_can_be_shown_alone(size):
    items = [item(number) for number in range(size)]
    root = manifest_root(items)
    for index in range(size):
        shown = disclose(items, index)
        assert verify_disclosure(shown, root)
        assert not verify_disclosure(replace(shown, item=item(99)), root)
        assert not verify_disclosure(shown, manifest_root([item(98)]))
        assert not verify_disclosure(replace(shown, item={}), root)
        other = "现场照片" + str((index + 1) % size)
        assert size == 1 or other not in str(shown.as_json())


def test_a_disclosure_is_plain_json():
    shown = disclose([item(1), item(2)], 1)
    assert shown.as_json() == {"item": item(2), "index": 1, "size": 2, "proof": [manifest_leaf(item(1)).hex()]}


@pytest.mark.parametrize(
    "items",
    [
        [],
        [{}],
        [{"kind": "photo", "name": "x"}],
        [item(1, sha256="A" * 64)],
        [item(1, sha256="a" * 63)],
        [item(1, kind="")],
        [item(1, name=7)],
        [item(1)] * (MAX_ITEMS + 1),
    ],
)
def test_a_manifest_that_proves_nothing_is_refused(items):
    with pytest.raises(BadManifest):
        manifest_root(items)


def test_the_longest_manifest_has_a_root():
    assert len(manifest_root([item(1)] * MAX_ITEMS)) == 32


def test_floats_have_no_place_in_evidence():
    with pytest.raises(NotCanonical):
        manifest_root([item(1, lat=31.7)])


def test_only_existing_items_can_be_shown():
    with pytest.raises(IndexError):
        disclose([item(1)], 1)
    with pytest.raises(IndexError):
        disclose([item(1)], -1)
