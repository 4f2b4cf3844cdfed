"""Problems: a code is given once in the life of the product."""

import pytest

from grid.core.errors.base import REGISTRY, Conflict, NotFound, Problem


def test_a_code_cannot_be_declared_twice() -> None:
    with pytest.raises(TypeError, match=NotFound.code):
        type("Twin", (Problem,), {"code": NotFound.code, "title": "重复"})
    assert REGISTRY[NotFound.code] is NotFound


def test_a_family_without_a_code_is_not_registered() -> None:
    known = dict(REGISTRY)
    type("Family", (Problem,), {})
    assert known == REGISTRY


def test_a_problem_carries_facts_and_says_its_title_unless_told_more() -> None:
    assert str(Conflict()) == Conflict.title
    told = Conflict("version 3 is not 4", version=4)
    assert (str(told), told.detail, told.facts) == ("version 3 is not 4", "version 3 is not 4", {"version": 4})
