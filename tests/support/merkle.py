"""The tree checked against the definition of RFC 6962, as far as one has time for."""

import hashlib
import random
from functools import cache

from grid.rules import merkle


def definition(leaves):
    """MTH of RFC 6962 §2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + definition(leaves[:split]) + definition(leaves[split:])).digest()


def grow(count, seed=0):
    """Build a tree; return its leaves, frontier and all complete nodes."""
    leaves = [merkle.leaf_hash(f"{seed}:{number}".encode()) for number in range(count)]
    size, frontier, made = merkle.append(0, [], leaves)
    nodes = {(level, idx): hash_ for level, idx, hash_ in made} | {(0, i): leaf for i, leaf in enumerate(leaves)}
    assert size == count
    return leaves, frontier, nodes


@cache
def grown():
    """Return a tree of 300 leaves, built once."""
    return grow(300)


def reader(nodes):
    """Read nodes as the stored tree would."""
    return lambda level, idx: nodes[level, idx]


def check_inclusion_in_every_tree(largest):
    """Prove every leaf of every tree up to a size."""
    leaves, _, nodes = grown()
    for size in range(1, largest + 1):
        root = definition(leaves[:size])
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, reader(nodes))
            assert merkle.verify_inclusion(leaves[index], index, size, proof, root)
            assert len(proof) <= (size - 1).bit_length()


def check_consistency_of_all_pairs(largest):
    """Prove every pair of sizes up to one, and refuse their neighbours."""
    leaves, _, nodes = grown()
    roots = [definition(leaves[:size]) for size in range(largest + 2)]
    for second in range(largest + 1):
        for first in range(second + 1):
            proof = merkle.consistency_proof(first, second, reader(nodes))
            assert merkle.verify_consistency(first, second, roots[first], roots[second], proof)
            if 0 < first < second:
                assert not merkle.verify_consistency(first, second, roots[first - 1], roots[second], proof)
                assert not merkle.verify_consistency(first, second, roots[first], roots[second + 1], proof)
                assert not merkle.verify_consistency(first, second, roots[first], roots[second], [*proof, roots[1]])
                assert not merkle.verify_consistency(first, second, roots[first], roots[second], proof[:-1])


def check_random_trees(count):
    """Prove a leaf and an older tree in random trees, and refuse damaged claims."""
    chance = random.Random(20261124)
    for number in range(count):
        size = chance.randint(1, 400)
        leaves, frontier, nodes = grow(size, number)
        root = merkle.root(frontier)
        assert root == definition(leaves)
        index, first = chance.randrange(size), chance.randint(0, size)
        proof = merkle.inclusion_proof(index, size, reader(nodes))
        assert merkle.verify_inclusion(leaves[index], index, size, proof, root)
        older = definition(leaves[:first])
        path = merkle.consistency_proof(first, size, reader(nodes))
        assert merkle.verify_consistency(first, size, older, root, path)
        refuse_variants(chance, leaves[index], index, size, proof, root)


def refuse_variants(chance, leaf, index, size, proof, root):
    """No neighbouring claim passes with the same proof."""
    verify = merkle.verify_inclusion
    assert not verify(merkle.leaf_hash(b"other"), index, size, proof, root)
    assert not verify(leaf, index, size, proof, merkle.leaf_hash(b"other"))
    assert not verify(leaf, size, size, proof, root)
    assert not verify(leaf, -1, size, proof, root)
    assert not verify(leaf, index, size, [*proof, leaf], root)
    assert not verify(leaf, (index + 1) % size, size, proof, root) or size == 1
    if proof:
        spot = chance.randrange(len(proof))
        flipped = bytes([proof[spot][0] ^ 1]) + proof[spot][1:]
        assert not verify(leaf, index, size, [*proof[:spot], flipped, *proof[spot + 1 :]], root)
        assert not verify(leaf, index, size, proof[1:], root)
        assert not verify(leaf, index, size, [*proof[:-1], proof[-1][:31]], root)
