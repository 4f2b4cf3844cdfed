"""A new kind is a folder and one line: written by the command, run through the whole suite, nothing else touched."""

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("grid", "api", "migrations", "tests")
SKIPPED = shutil.ignore_patterns("__pycache__", "*.pyc")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    house = tmp_path / "house"
    for part in PARTS:
        shutil.copytree(ROOT / part, house / part, ignore=SKIPPED)
    for file in ("app.py", "pyproject.toml"):
        shutil.copy(ROOT / file, house / file)
    return house


def run(house: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GRID_", "COV_", "PYTEST_"))}
    env |= {"GRID_DATA_DIR": str(house / "var")}
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=house, env=env, capture_output=True, text=True, check=False
    )


def changed(left: Path, right: Path) -> set[str]:
    """Return what differs between two trees, by path."""
    found: set[str] = set()
    pending = [filecmp.dircmp(left, right, ignore=["__pycache__", ".hypothesis", ".pytest_cache"])]
    while pending:
        pair = pending.pop()
        at = Path(pair.right).relative_to(right)
        found |= {str(at / name) for name in (*pair.diff_files, *pair.left_only, *pair.right_only)}
        pending += pair.subdirs.values()
    return found


def test_a_new_kind_passes_the_suite_and_touches_nothing_else(copy: Path) -> None:
    made = run(copy, "flask", "--app", "app", "kinds", "new", "site_check", "现场核查", "核")
    assert made.returncode == 0, made.stderr
    table = copy / "grid" / "kinds" / "__init__.py"
    text = table.read_text("utf-8")
    text = text.replace("(DELIVERY,", "(DELIVERY, SITE_CHECK,", 1)
    table.write_text(f"{text}".replace(
        "from grid.kinds.witness", "from grid.kinds.site_check import KIND as SITE_CHECK\nfrom grid.kinds.witness", 1
    ), "utf-8")  # fmt: skip
    assert {path for part in PARTS for path in changed(ROOT / part, copy / part)} == {
        "kinds/site_check", "kinds/__init__.py",
    }  # fmt: skip
    assert "site_check" in run(copy, "flask", "--app", "app", "kinds", "list").stdout
    suites = {"tests/unit/kinds": "site_check", "tests/integration/test_drawn_kinds.py": "site_check and sqlite"}
    for tests, chosen in suites.items():
        suite = run(copy, "pytest", "-q", "-p", "no:cacheprovider", tests, "-k", chosen)
        assert suite.returncode == 0, suite.stdout[-3000:]
        assert " passed" in suite.stdout


@pytest.mark.parametrize(
    "words",
    [("witness", "见证", "见"), ("Site", "现场", "现"), ("site_check", "现场", "送"), ("site_check", "现场", "现场"),
     ("site_check", " ", "现"), ("../evil", "现场", "现")],
)  # fmt: skip
def test_a_code_or_mark_that_will_not_do_is_refused(copy: Path, words: tuple[str, ...]) -> None:
    answer = run(copy, "flask", "--app", "app", "kinds", "new", *words)
    assert answer.returncode == 2
    assert changed(ROOT / "grid", copy / "grid") == set()
