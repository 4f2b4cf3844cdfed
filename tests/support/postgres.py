"""A private PostgreSQL server for one test session or one benchmark, on a free loopback port, gone with its parent."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from tests.support.machine import postgres_bin

OWNER: Final = "grid"
# A test database has nothing to lose in a power cut; a benchmark passes no overrides and keeps every default.
FAST_AND_FORGETFUL: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
START_SECONDS: Final = 60
MEMORY_BYTES: Final = 4 * 2**30


@dataclass(frozen=True)
class Cluster:
    """A running server; urls and admin connections are for the owner role, who needs no password on loopback."""

    port: int
    pid: int

    def url(self, database: str) -> str:
        """Return the SQLAlchemy url of one of its databases."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Open an autocommit connection, for statements that refuse to run in a transaction."""
        return psycopg.connect(host="127.0.0.1", port=self.port, user=OWNER, dbname=database, autocommit=True)

    def create(self, database: str, template: str = "template0") -> None:
        """Make a database as a copy of another one that nobody is connected to."""
        with self.connect() as admin:
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(database), sql.Identifier(template))
            )

    def drop(self, database: str) -> None:
        """Remove a database, cutting off whoever still uses it."""
        with self.connect() as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


@contextmanager
def running_cluster(settings: Mapping[str, str] = FAST_AND_FORGETFUL) -> Iterator[Cluster]:
    """Start a server in a folder of its own and take both away at the end; settings go to postgres as -c options."""
    # Not under pytest's folder: the server's user must be able to walk there, and socket paths have 107 bytes at most.
    parent = _memory() if settings == FAST_AND_FORGETFUL else Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix="grid-pg-", dir=parent))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _initdb(folder)
        process, port = _start(folder, settings)
        try:
            yield Cluster(port=port, pid=process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path:
    """Return a folder in memory where there is room for the tests' databases, else the disk's /tmp."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > MEMORY_BYTES else Path("/tmp")


def _as_server_user(*options: str) -> list[str]:
    """PostgreSQL refuses to run as root, so root hands over to the user that the Debian package made."""
    owner = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
    return ["setpriv", *owner, *options, "--"]


def _initdb(folder: Path) -> None:
    command = [
        *_as_server_user("--pdeathsig=KILL"),
        *(str(postgres_bin() / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", OWNER),
        *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
    ]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}\n{done.stderr}")


def _start(folder: Path, settings: Mapping[str, str]) -> tuple[subprocess.Popen[bytes], int]:
    """Start on a free port, three tries: another process may take the port between the look and the start."""
    for _ in range(3):
        port = free_port()
        with (folder / "log").open("ab") as log:
            command = [
                # SIGINT to the server when this process dies, however it dies: no orphan keeps a port.
                *_as_server_user("--pdeathsig=INT"),
                *(str(postgres_bin() / "postgres"), "-D", str(folder / "data"), "-p", str(port)),
                *("-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"),
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ]
            process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        if _answers(process, port):
            return process, port
        process.kill()
        process.wait()
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')[-2000:]}")


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user=OWNER, dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            # Another server may hold the port; then ours has ended or is about to.
            return process.poll() is None
    return False


def free_port() -> int:
    """Return a loopback port that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
