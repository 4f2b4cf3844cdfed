"""The RFC 6962 tree against the recursive definition of the RFC and its published vectors."""

import random

import pytest

from grid.rules import merkle
from tests.support.merkle import (
    check_consistency_of_all_pairs,
    check_inclusion_in_every_tree,
    check_random_trees,
    definition,
    grown,
    reader,
)

# Inputs and roots of the reference implementation's tests for RFC 6962.
INPUTS = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_published_roots():
    frontier, size = [], 0
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for body, expected in zip(INPUTS, ROOTS, strict=True):
        size, frontier, _ = merkle.append(size, frontier, [merkle.leaf_hash(body)])
        assert merkle.root(frontier).hex() == expected


def test_published_inclusion_and_consistency_proofs():
    leaves = [merkle.leaf_hash(body) for body in INPUTS]
    nodes = {(level, idx): hash_ for level, idx, hash_ in merkle.append(0, [], leaves)[2]}
    nodes |= {(0, i): leaf for i, leaf in enumerate(leaves)}
    inclusion = [hash_.hex() for hash_ in merkle.inclusion_proof(5, 8, reader(nodes))]
    assert inclusion == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    consistency = [hash_.hex() for hash_ in merkle.consistency_proof(6, 8, reader(nodes))]
    assert consistency == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_size_has_the_root_of_the_definition_and_only_complete_nodes():
    leaves, _, nodes = grown()
    for size in range(301):
        frontier = [nodes[node] for node in merkle.frontier_nodes(size)]
        assert merkle.root(frontier) == definition(leaves[:size])
    for (level, idx), hash_ in nodes.items():
        assert hash_ == definition(leaves[idx << level : (idx + 1) << level])
    assert len(nodes) == 300 + sum(300 >> level for level in range(1, 9))


def test_appending_in_pieces_equals_appending_at_once():
    leaves, frontier, nodes = grown()
    pieces = random.Random(7)
    size, growing, made = 0, [], []
    while size < 300:
        count = pieces.randint(0, 40)
        size, growing, new = merkle.append(size, growing, leaves[size : size + count])
        made += new
    assert growing == frontier
    assert {(level, idx): hash_ for level, idx, hash_ in made} == {k: v for k, v in nodes.items() if k[0]}


@pytest.mark.parametrize(
    "call",
    [
        lambda: merkle.append(1, [], []),
        lambda: merkle.append(-1, [b"x"], []),
        lambda: merkle.append(0, [], [b"short"]),
        lambda: merkle.inclusion_path(3, 3),
        lambda: merkle.inclusion_path(-1, 3),
        lambda: merkle.consistency_proof(4, 3, reader({})),
        lambda: merkle.consistency_proof(-1, 3, reader({})),
    ],
)
def test_impossible_questions_are_refused(call):
    with pytest.raises(ValueError):
        call()


def test_edges_of_consistency():
    one, two = definition(grown()[0][:1]), definition(grown()[0][:2])
    assert merkle.verify_consistency(0, 0, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [])
    assert not merkle.verify_consistency(0, 0, one, one, [])
    assert not merkle.verify_consistency(0, 2, one, two, [])
    assert not merkle.verify_consistency(0, 2, merkle.EMPTY_ROOT, two, [one])
    assert not merkle.verify_consistency(2, 1, two, one, [])
    assert not merkle.verify_consistency(2, 2, two, one, [])
    assert not merkle.verify_consistency(2, 2, two, two, [one])
    assert not merkle.verify_consistency(3, 4, one, two, [])
    assert not merkle.verify_consistency(1, 2, one, two, [b"short"])


def test_the_path_names_complete_nodes_of_the_tree_only():
    for size in range(1, 70):
        for index in range(size):
            for group in merkle.inclusion_path(index, size):
                assert all((idx + 1) << level <= size for level, idx in group)


def test_inclusion_consistency_and_random_trees():
    # Small here; tests/integration/test_merkle_at_length.py goes to the sizes that the design asks for.
    check_inclusion_in_every_tree(70)
    check_consistency_of_all_pairs(40)
    check_random_trees(60)
