"""The real server with its scheduler on a free port, in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_S = 180


@dataclass(frozen=True)
class LiveServer:
    """A running installation in demo mode."""

    origin: str
    data_dir: Path
    password: str
    env: dict[str, str]

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the product's own commands on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *words],
            cwd=ROOT, env=self.env, capture_output=True, text=True, check=False,
        )  # fmt: skip


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data_dir: Path, port: int, database_url: str = "") -> dict[str, str]:
    """Return the settings of an installation, its folder relative as in `make run`; nothing of the caller leaks in."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GRID_")} | {
        "GRID_DATA_DIR": os.path.relpath(data_dir, ROOT), "GRID_LISTEN_PORT": str(port),
        "GRID_LISTEN_HOST": "127.0.0.1",
        "GRID_PUBLIC_ORIGIN": f"http://localhost:{port}", "GRID_ARGON2_MEMORY_KIB": "64",
        "GRID_ARGON2_TIME_COST": "1", "GRID_SIGN_IN_PER_MINUTE": "1000", "GRID_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    return env | ({"GRID_DATABASE_URL": database_url} if database_url else {})


def set_up(data_dir: Path, env: dict[str, str] | None = None) -> None:
    """Do what `make run` does before it serves; once more on a ready installation changes nothing."""
    ready = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "setup"],
        cwd=ROOT, env=env or environment(data_dir, free_port()), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ready.returncode == 0, ready.stdout + ready.stderr


@contextmanager
def live_server(
    data_dir: Path, database_url: str = "", *, code: Path = ROOT, port: int | None = None
) -> Iterator[LiveServer]:
    """Set an installation up as `make run` does, serve it, and end every process of it."""
    port = port or free_port()
    origin = f"http://localhost:{port}"
    env = environment(data_dir, port, database_url)
    if code != ROOT:
        env["GRID_DATA_DIR"] = str(data_dir)  # relative to another folder it would be another place
    data_dir.mkdir(parents=True, exist_ok=True)
    log = (data_dir / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "serve", "--setup", "--workers", "1"],
        cwd=code, env=env, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    try:
        wait_until_up(origin, process)
        password = json.loads((data_dir / "demo-accounts.json").read_text("utf-8"))["password"]
        yield LiveServer(origin, data_dir, password, env)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


def wait_until_up(origin: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{origin}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")
