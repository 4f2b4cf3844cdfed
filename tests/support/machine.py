"""Where the machine keeps what the tests need; each finder raises with the name of the missing package."""

import os
from pathlib import Path


class MissingPart(RuntimeError):
    """Something the tests need is not on this machine; the text names the package to install."""


def postgres_bin() -> Path:
    """Return the folder of the newest PostgreSQL server binaries (initdb, postgres)."""
    folders = [initdb.parent for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not folders:
        raise MissingPart("PostgreSQL server binaries: apt-get install postgresql")
    return max(folders, key=lambda folder: int(folder.parent.name))


def chromium() -> Path:
    """Return the browser of the functional tests: TEST_CHROMIUM, else Debian's Chromium."""
    path = Path(os.environ.get("TEST_CHROMIUM", "/usr/bin/chromium"))
    if not path.exists():
        raise MissingPart("Chromium: apt-get install chromium")
    return path
