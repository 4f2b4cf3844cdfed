"""The evidence manifest: an ordered list of items whose Merkle root goes into the receipt.

Each item is a small dict with at least kind, name and sha256 (64 lower-case hex digits of the file or record).
One item can be shown to a court with a proof and the rest kept back: the proof holds hashes of the others only.
An item whose every field could be guessed should carry a salt, or its hash can be tried out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grid.rules.canonical import canonical_bytes
from grid.rules.merkle import append, inclusion_proof, leaf_hash, root, verify_inclusion

_SHA256 = re.compile(r"[0-9a-f]{64}")
MAX_ITEMS = 10_000

Item = Mapping[str, Any]


class BadManifest(ValueError):
    """The manifest proves nothing: no items, too many, or an item without kind, name and SHA-256."""


@dataclass(frozen=True)
class Disclosure:
    """One item and the hashes that tie it to the root: index and size of the list, proof from the item upward."""

    item: dict[str, Any]
    index: int
    size: int
    proof: tuple[bytes, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the disclosure as plain JSON; hashes in hex."""
        hashes = [entry.hex() for entry in self.proof]
        return {"item": dict(self.item), "index": self.index, "size": self.size, "proof": hashes}


def manifest_leaf(item: Item) -> bytes:
    """Hash one item: the RFC 6962 leaf of its canonical bytes. Raises BadManifest, NotCanonical."""
    for field in ("kind", "name"):
        if not isinstance(item.get(field), str) or not item[field]:
            raise BadManifest(f"an item needs a {field}")
    if not isinstance(item.get("sha256"), str) or not _SHA256.fullmatch(item["sha256"]):
        raise BadManifest("an item needs the SHA-256 of what it names, in 64 lower-case hex digits")
    return leaf_hash(canonical_bytes(dict(item)))


def manifest_root(items: Sequence[Item]) -> bytes:
    """Return the 32-byte root over the items in their order. Raises BadManifest, NotCanonical."""
    return root(append(0, [], _leaves(items))[1])


def disclose(items: Sequence[Item], index: int) -> Disclosure:
    """Take one item out of the manifest together with the proof that it belongs there. Raises IndexError."""
    leaves = _leaves(items)
    if not 0 <= index < len(leaves):
        raise IndexError("no such item in the manifest")
    nodes = {(level, idx): hash_ for level, idx, hash_ in append(0, [], leaves)[2]}
    nodes.update({(0, idx): leaf for idx, leaf in enumerate(leaves)})
    proof = inclusion_proof(index, len(leaves), lambda level, idx: nodes[level, idx])
    return Disclosure(dict(items[index]), index, len(leaves), tuple(proof))


def verify_disclosure(shown: Disclosure, expected_root: bytes) -> bool:
    """Tell whether the shown item belongs to the manifest with this root."""
    try:
        leaf = manifest_leaf(shown.item)
    except ValueError:
        return False
    return verify_inclusion(leaf, shown.index, shown.size, shown.proof, expected_root)


def _leaves(items: Sequence[Item]) -> list[bytes]:
    if not 0 < len(items) <= MAX_ITEMS:
        raise BadManifest(f"a manifest has 1 to {MAX_ITEMS} items")
    return [manifest_leaf(item) for item in items]
