"""The SHA-256 Merkle tree of RFC 6962 as pure arithmetic: the caller stores nodes, this file says which.

A *node* (level, idx) is the root of the complete subtree over the leaves [idx << level, (idx + 1) << level);
level 0 is the leaf hash itself. Complete nodes never change, so they can be stored once and for ever.
A *frontier* is the list of roots of the complete subtrees of a tree, widest first: one for each 1 bit of its size.
Hashes are 32 bytes throughout.
"""

import hashlib
from collections.abc import Callable, Sequence

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = tuple[int, int]
GetNode = Callable[[int, int], bytes]


def leaf_hash(body: bytes) -> bytes:
    """Hash the bytes of one entry: SHA-256(0x00 ‖ body)."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def frontier_nodes(size: int) -> list[Node]:
    """Name the nodes that make up the frontier of a tree of this size, widest first."""
    return _cover(0, size)


def append(
    size: int, frontier: Sequence[bytes], leaf_hashes: Sequence[bytes]
) -> tuple[int, list[bytes], list[tuple[int, int, bytes]]]:
    """Add leaf hashes to a tree known by its frontier.

    Returns the new size, the new frontier and every complete node of level 1 and above that came into being,
    in the order of its last leaf. Raises ValueError when frontier and size do not belong together.
    """
    if size < 0 or len(frontier) != size.bit_count():
        raise ValueError("the frontier does not belong to a tree of this size")
    sha256 = hashlib.sha256
    stack = list(frontier)
    made: list[tuple[int, int, bytes]] = []
    for current in leaf_hashes:
        if len(current) != HASH_SIZE:
            raise ValueError("a leaf hash has 32 bytes")
        carry, level, idx = current, 0, size
        while idx & 1:
            carry = sha256(b"\x01" + stack.pop() + carry).digest()
            idx >>= 1
            level += 1
            made.append((level, idx, carry))
        stack.append(carry)
        size += 1
    return size, stack, made


def root(frontier: Sequence[bytes]) -> bytes:
    """Fold a frontier into the root of its tree; the empty tree has EMPTY_ROOT."""
    if not frontier:
        return EMPTY_ROOT
    folded = frontier[-1]
    for left in reversed(frontier[:-1]):
        folded = node_hash(left, folded)
    return folded


def inclusion_path(index: int, size: int) -> list[list[Node]]:
    """Name the nodes an inclusion proof is read from, one group for each hash of the proof, leaf side first.

    A group of several nodes (the ragged right edge of the tree) is folded into one hash from right to left.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    return [_cover(start, end) for start, end in _inclusion_ranges(index, 0, size)]


def inclusion_proof(index: int, size: int, get_node: GetNode) -> list[bytes]:
    """Prove that the leaf is in the tree of this size (RFC 6962 §2.1.1), reading complete nodes only."""
    return [_fold(group, get_node) for group in inclusion_path(index, size)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Tell whether the proof leads from the leaf hash to the root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0 or len(sibling) != HASH_SIZE:
            return False
        if first & 1 or first == last:
            current = node_hash(sibling, current)
            while not first & 1 and first:
                first >>= 1
                last >>= 1
        else:
            current = node_hash(current, sibling)
        first >>= 1
        last >>= 1
    return last == 0 and current == tree_root


def consistency_proof(first: int, second: int, get_node: GetNode) -> list[bytes]:
    """Prove that the tree of size second continues the tree of size first (RFC 6962 §2.1.2); empty when 0 or equal."""
    if not 0 <= first <= second:
        raise ValueError("the older tree is not the smaller one")
    if first in (0, second):
        return []
    return [_fold(_cover(start, end), get_node) for start, end in _consistency_ranges(first, 0, second, True)]


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether the proof shows the second tree to continue the first (RFC 9162 §2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root and (first > 0 or first_root == EMPTY_ROOT)
    if first == 0:
        return not proof and first_root == EMPTY_ROOT
    if any(len(item) != HASH_SIZE for item in proof):
        return False
    path = list(proof)
    if first & (first - 1) == 0:  # a complete tree is its own first node, so the proof leaves it out
        path.insert(0, first_root)
    if not path:
        return False
    low, high = first - 1, second - 1
    while low & 1:
        low >>= 1
        high >>= 1
    old = new = path[0]
    for item in path[1:]:
        if high == 0:
            return False
        if low & 1 or low == high:
            old, new = node_hash(item, old), node_hash(item, new)
            while not low & 1 and low:
                low >>= 1
                high >>= 1
        else:
            new = node_hash(new, item)
        low >>= 1
        high >>= 1
    return high == 0 and old == first_root and new == second_root


def _split(count: int) -> int:
    """Return the largest power of two smaller than count (count ≥ 2)."""
    return 1 << ((count - 1).bit_length() - 1)


def _inclusion_ranges(index: int, start: int, end: int) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    ranges.reverse()
    return ranges


def _consistency_ranges(first: int, start: int, end: int, whole: bool) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    if not whole:
        ranges.append((start, end))
    ranges.reverse()
    return ranges


def _cover(start: int, end: int) -> list[Node]:
    """Cover the aligned range [start, end) with complete nodes, left to right."""
    nodes: list[Node] = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def _fold(nodes: Sequence[Node], get_node: GetNode) -> bytes:
    return root([get_node(level, idx) for level, idx in nodes])
