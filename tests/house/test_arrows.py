"""What import-linter cannot see: app.py stands outside its packages. The other directions are its contracts."""

import ast
from typing import Final

from tests.house.tree import python_sources

# path → why it looks at rows itself
ROWS_AT_THE_EDGE: Final = {
    "api/auth.py": "the signed-in person of every request",
    "api/routes/session.py": "the same, at sign-in",
    "api/routes/uploads.py": "names the type of an upload between flow and answer",
    "api/cli/setup.py": "looks whether anything is there yet",
}


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


SHARED = ("base", "form", "schema")


def test_the_wire_touches_no_tables() -> None:
    """The edge may hold the session (`db`), to let go of it; rows are for flows and reads."""
    guilty = {
        path: sorted(alias.name for alias in node.names)
        for path, text in python_sources("api").items()
        if path not in ROWS_AT_THE_EDGE
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("grid.models")
        and {alias.name for alias in node.names} != {"db"}
    }
    assert not guilty, f"ask a flow or a read: {guilty}"


def test_kinds_are_strangers_to_each_other() -> None:
    """They share the files that lie beside their folders, nothing of each other's."""
    guilty = [
        path
        for path, text in python_sources("grid/kinds").items()
        for name in _imported(text)
        if (parts := name.split("."))[:2] == ["grid", "kinds"]
        and path.count("/") > 2
        and parts[2:3] not in ([], *([shared] for shared in SHARED), [path.split("/")[2]])
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
