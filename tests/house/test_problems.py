"""Every refusal is declared once, in its place, with a code of its own and a Chinese title."""

import importlib
import pkgutil
import re
from typing import Final

import pytest

import grid
from grid.core import errors
from grid.core.errors import REGISTRY, Problem

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")

for _module in pkgutil.walk_packages(errors.__path__, "grid.core.errors."):
    importlib.import_module(_module.name)
CODES: Final = sorted(REGISTRY)


def _descendants(kind: type[Problem]) -> list[type[Problem]]:
    """Return a problem and everything below it, but for what other tests made up."""
    children = [child for child in kind.__subclasses__() if not child.__module__.startswith("tests.")]
    return [kind, *(below for child in children for below in _descendants(child))]


@pytest.mark.parametrize("code", CODES)
def test_a_problem_tells_a_person_what_to_do(code: str) -> None:
    problem = REGISTRY[code]
    assert re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", code)
    assert "title" in vars(problem), "a title is never inherited: it is about this problem"
    assert CHINESE.search(problem.title)
    assert len(problem.title) <= 60, "a title has to fit a phone"
    assert problem.__doc__, "one line on when it is raised"


def test_problems_are_declared_in_one_place() -> None:
    for module in pkgutil.walk_packages(grid.__path__, "grid."):
        importlib.import_module(module.name)
    strangers = [k for k in _descendants(Problem) if not k.__module__.startswith("grid.core.errors")]
    assert not strangers


def test_every_problem_has_a_code() -> None:
    nameless = [k for k in _descendants(Problem)[1:] if "code" not in vars(k) and not k.__subclasses__()]
    assert not nameless
