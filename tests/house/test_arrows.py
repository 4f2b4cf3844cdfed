"""What import-linter cannot see: app.py stands outside its packages. The other directions are its contracts."""

import ast

from tests.house.tree import python_sources


def _imported(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def test_nobody_imports_the_composition_root() -> None:
    guilty = [path for path, text in python_sources("grid", "api", "migrations").items() if "app" in _imported(text)]
    assert not guilty


def test_kinds_are_strangers_to_each_other() -> None:
    guilty = [
        path
        for path, text in python_sources("grid/kinds").items()
        for name in _imported(text)
        if (parts := name.split("."))[:2] == ["grid", "kinds"]
        and path.count("/") > 2
        and parts[2:3] not in ([], ["base"], [path.split("/")[2]])
    ]
    assert not guilty


def test_nothing_but_tests_imports_tests() -> None:
    guilty = [
        path
        for path, text in python_sources("grid", "api", "migrations").items()
        if any(name.split(".")[0] == "tests" for name in _imported(text))
    ]
    assert not guilty


def test_every_module_says_what_it_is() -> None:
    silent = [
        path for path, text in python_sources().items() if text.strip() and ast.get_docstring(ast.parse(text)) is None
    ]
    assert not silent, f"a module docstring of one line is missing: {silent}"
