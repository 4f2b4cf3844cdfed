"""What we depend on: pinned exactly, locked with hashes, explained, under a licence that leaves a court free."""

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from typing import Final

import pytest

from tests.house.tree import ROOT

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PWA: Final = json.loads((ROOT / "static/pwa/package.json").read_text("utf-8"))
LOCKS: Final = ("requirements.txt", "requirements-dev.txt")
PIN: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(?P<version>[^\s;]+)(?P<marker>\s*;[^\\]*)?")

COPYLEFT: Final = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public", re.IGNORECASE)
LESSER: Final = re.compile(r"\bLGPL|GNU Lesser", re.IGNORECASE)
LGPL_REASON: Final = {
    "psycopg": "a library used unchanged and replaceable by its user, which is what the LGPL asks",
    "psycopg-binary": "the compiled half of the same",
}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _direct() -> dict[str, str]:
    """Return name → version of every Python dependency that pyproject.toml names."""
    lines = [*PROJECT["dependencies"], *(line for group in PROJECT["optional-dependencies"].values() for line in group)]
    pins: dict[str, str] = {}
    for line in lines:
        match = PIN.match(line)
        assert match, f"not pinned exactly: {line}"
        pins[_normal(match["name"])] = match["version"]
    return pins


def _locked(path: str) -> dict[str, set[str]]:
    """Return name → versions of a lock file (one version for each marker)."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / path).read_text("utf-8").splitlines():
        if match := PIN.match(line):
            found.setdefault(_normal(match["name"]), set()).add(match["version"])
    return found


def test_every_direct_dependency_is_pinned_and_locked() -> None:
    locked = _locked("requirements-dev.txt")
    off = {name: version for name, version in _direct().items() if locked.get(name) != {version}}
    assert not off, f"run `make lock`: {off}"


def test_the_small_lock_is_a_part_of_the_large_one() -> None:
    large = _locked("requirements-dev.txt")
    assert {
        name: versions for name, versions in _locked("requirements.txt").items() if large.get(name) != versions
    } == {}


@pytest.mark.parametrize("path", LOCKS)
def test_every_pin_carries_a_hash(path: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / path).read_text("utf-8").split("\n", 2)[2])
    assert len(entries) > 40
    assert not [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize("group", ["dependencies", "devDependencies", "overrides"])
def test_front_end_is_pinned_exactly(group: str) -> None:
    loose = {name: version for name, version in PWA[group].items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)}
    assert not loose


def test_every_dependency_has_its_reason() -> None:
    rows = re.findall(
        r"^\| ([@\w./-]+) \| .+ \| .+ \|$", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE
    )
    explained = set(rows) - {"package", "---"}
    wanted = {*_direct(), *PWA["dependencies"], *PWA["devDependencies"]}
    assert wanted - explained == set(), "explain these in docs/dependencies.md"
    assert explained - wanted == set(), "these are gone: take them off docs/dependencies.md"


def _licence(name: str) -> str:
    meta = distribution(name).metadata
    classifiers = [text for text in meta.get_all("Classifier", []) if text.startswith("License")]
    # The free-text field may hold a whole licence, which can mention others; its first line is its name.
    free = (meta.get("License") or "").strip().split("\n")[0]
    return " / ".join(filter(None, [meta.get("License-Expression"), *classifiers, free]))


@pytest.mark.parametrize("name", sorted(_locked("requirements.txt")))
def test_licence_leaves_the_work_free(name: str) -> None:
    try:
        licence = _licence(name)
    except PackageNotFoundError:
        lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        entry = next(line for line in lines if PIN.match(line) and _normal(PIN.match(line)["name"]) == name)
        assert "sys_platform == 'win32'" in entry, f"{name} is not installed"
        return
    assert licence, f"{name} names no licence"
    if LESSER.search(licence):
        assert name in LGPL_REASON, f"{name} is {licence}: give the reason, or choose another"
        return
    assert not COPYLEFT.search(licence), f"{name} is {licence}"
