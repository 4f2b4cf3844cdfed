"""The Merkle tree at the sizes that the design asks for."""

from grid.rules.merkle import append, leaf_hash, root
from tests.support.merkle import (
    check_consistency_of_all_pairs,
    check_inclusion_in_every_tree,
    check_random_trees,
    definition,
)


def test_inclusion_of_every_leaf_in_every_tree_up_to_300():
    check_inclusion_in_every_tree(300)


def test_consistency_of_all_pairs_up_to_130():
    check_consistency_of_all_pairs(130)


def test_a_thousand_random_trees():
    check_random_trees(1_000)


def test_a_hundred_thousand_leaves_at_once():
    leaves = [leaf_hash(number.to_bytes(8)) for number in range(100_000)]
    size, frontier, made = append(0, [], leaves)
    assert (size, len(made)) == (100_000, sum(100_000 >> level for level in range(1, 17)))
    assert root(frontier) == definition(leaves)
