"""The files of the repository, as a clone would hold them."""

import subprocess
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
# Written by tools or drawn, not by hand: their size and words are not ours.
MADE: Final = frozenset({"requirements.txt", "requirements-dev.txt", "static/pwa/package-lock.json"})


@cache
def files() -> tuple[str, ...]:
    """Return the path of every file that is tracked or about to be, relative to the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return tuple(sorted({path for path in listing.split("\0") if path and (ROOT / path).is_file()}))


@cache
def texts() -> dict[str, str]:
    """Return path → content of every hand-written text file."""
    found: dict[str, str] = {}
    for path in files():
        if path in MADE:
            continue
        raw = (ROOT / path).read_bytes()
        if b"\0" not in raw[:8192]:
            found[path] = raw.decode("utf-8")
    return found


def python_sources(*folders: str) -> dict[str, str]:
    """Return path → content of the Python files under some folders, or of all."""
    return {
        path: text
        for path, text in texts().items()
        if path.endswith(".py") and (not folders or path.startswith(tuple(f"{folder}/" for folder in folders)))
    }
