"""Starts the real server beside a real PostgreSQL, drives it, and says what each request cost in CPU."""

import os
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.load.client import Load, Source, drive
from tests.load.processes import cpu_seconds, watched_memory
from tests.support.postgres import Cluster, free_port

ROOT: Final = Path(__file__).resolve().parents[2]
START_SECONDS: Final = 120


@dataclass(frozen=True)
class Run:
    """One measured run: CPU in milliseconds a request, of the server's, PostgreSQL's and the background's processes.

    `memory_mib` is the server's peak under the load, `settle_s` how long the work lasted that the requests left behind.
    """

    load: Load
    server_ms: float
    postgres_ms: float
    background_ms: float
    memory_mib: float
    settle_s: float

    @property
    def cpu_ms(self) -> float:
        """Return the whole CPU cost of a request."""
        return self.server_ms + self.postgres_ms + self.background_ms

    @property
    def per_second(self) -> float:
        """Return answered requests a second."""
        return self.load.requests / self.load.seconds

    @property
    def shares(self) -> str:
        """Say in words where the CPU goes."""
        parts = {"server": self.server_ms, "PostgreSQL": self.postgres_ms, "background": self.background_ms}
        whole = self.cpu_ms or 1.0
        return ", ".join(f"{name} {100 * ms / whole:.0f} %" for name, ms in parts.items() if ms > 0)

    def figures(self) -> dict[str, str]:
        """Return what the report shows of any run."""
        return {
            "req/s": f"{self.per_second:,.0f}",
            "CPU ms": f"{self.cpu_ms:.2f}",
            "of it PostgreSQL": f"{self.postgres_ms:.2f}",
            "p50 ms": f"{self.load.quantile(0.5):.1f}",
            "p95 ms": f"{self.load.quantile(0.95):.1f}",
            "p99 ms": f"{self.load.quantile(0.99):.1f}",
            "errors": str(self.load.errors),
            "memory MiB": f"{self.memory_mib:.0f}",
        }


@dataclass(frozen=True)
class Server:
    """A running granian with its workers."""

    port: int
    pid: int


class BenchFailed(RuntimeError):
    """The server answered errors, or did not start: its figures would mean nothing."""


@dataclass(frozen=True)
class Bench:
    """One bench session: the database server, a folder on a real disk, how long and how often to measure.

    `scale` is the number of stored reports that counts as many.
    """

    cluster: Cluster
    folder: Path
    seconds: float
    runs: int
    scale: int

    @contextmanager
    def server(self, factory: str, env: Mapping[str, str], workers: int = 2, threads: int = 1) -> Iterator[Server]:
        """Run an application factory in granian the way `flask serve` does; yields when it answers."""
        port = free_port()
        command = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", factory),
            *("--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)),
            *("--blocking-threads", str(threads), "--no-ws", "--log-level", "warning", "--workers-kill-timeout", "10"),
        ]
        log = self.folder / "server.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=out, start_new_session=True
            )
        try:
            _wait(port, process, log)
            yield Server(port, process.pid)
        finally:
            _stop(process)

    def run(
        self,
        server: Server,
        source: Source,
        clients: int = 8,
        expect: bytes = b"",
        settle: Callable[[], None] = lambda: None,
        background: int | None = None,
    ) -> Run:
        """Measure once; `settle` waits until the work the requests left behind is done, which counts as theirs.

        `background` is the process that does that work.
        """
        roots = [server.pid, self.cluster.pid, *([] if background is None else [background])]
        before = [cpu_seconds(root) for root in roots]
        with watched_memory(server.pid) as memory:
            load = drive(server.port, source, clients, self.seconds, expect)
        done = time.perf_counter()
        settle()
        settle_s = time.perf_counter() - done
        after = [cpu_seconds(root) for root in roots]
        if not load.requests:
            raise BenchFailed(f"no request was answered: {load.first_error}")
        ms = [(end - start) * 1000 / load.requests for start, end in zip(before, after, strict=True)]
        return Run(load, ms[0], ms[1], ms[2] if background is not None else 0.0, memory.peak_mib, settle_s)

    def median(
        self,
        server: Server,
        source: Source,
        clients: int = 8,
        expect: bytes = b"",
        settle: Callable[[], None] = lambda: None,
        background: int | None = None,
    ) -> Run:
        """Measure a warm server as often as asked; returns the run with the median CPU cost. Raises on any error."""
        drive(server.port, source, clients, min(1.0, self.seconds))
        settle()
        runs = [self.run(server, source, clients, expect, settle, background) for _ in range(self.runs)]
        for run in runs:
            if run.load.errors:
                raise BenchFailed(f"{run.load.errors} of {run.load.requests} failed: {run.load.first_error}")
        middle = statistics.median_low([run.cpu_ms for run in runs])
        return next(run for run in runs if run.cpu_ms == middle)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server; its workers share its session, so none is left behind when it does not end by itself."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise BenchFailed(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")
