"""Builds of the front end, and a folder of code into which one after the other is deployed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.live import ROOT

PWA = ROOT / "static/pwa"
DIST = Path("static/pwa/dist")


def code_folder(folder: Path) -> Path:
    """Lay out the server's code with a copy of the built front end beside it."""
    folder.mkdir()
    for name in ("app.py", "grid", "migrations"):
        (folder / name).symlink_to(ROOT / name)
    # The server finds the front end from its own file, so this part cannot be a link.
    shutil.copytree(ROOT / "api", folder / "api", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / DIST, folder / DIST)
    return folder


def deploy(code: Path, built: Path) -> None:
    """Put another build in the place of the one before; nothing of that one stays."""
    shutil.rmtree(code / DIST)
    shutil.copytree(built, code / DIST)


def build(folder: Path, version: str) -> Path:
    """Build the sources as another version, as `make build` does; about ten seconds."""
    node = Path(sys.executable).parent / "node"
    done = subprocess.run(
        [node, "node_modules/vite/bin/vite.js", "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"],
        cwd=PWA, env=os.environ | {"npm_package_version": version}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
