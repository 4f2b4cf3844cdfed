"""What the figures were measured on, and how busy it was."""

import os
import platform
import statistics
import tempfile
import time
from pathlib import Path

from tests.support.postgres import Cluster


def describe(cluster: Cluster, folder: Path) -> list[str]:
    """Return lines on processor, memory, system, versions, disk and the load before the run."""
    with cluster.connect() as connection:
        shown = [
            f"{name}={connection.execute(f'SHOW {name}').fetchone()[0]}"
            for name in ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
        ]
    return [
        f"processor: {_cpu_model()}, {os.cpu_count()} cores",
        f"memory: {_memory_gib():.0f} GiB; system: {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}; PostgreSQL {' '.join(shown)}",
        f"write and fsync of 4 KiB: {fsync_ms(folder)}",
        f"load average before: {' '.join(f'{value:.2f}' for value in os.getloadavg())}",
    ]


def fsync_ms(folder: Path, rounds: int = 300) -> str:
    """Time appending 4 KiB and syncing, as a commit does; returns median and p95."""
    times: list[float] = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(rounds):
            start = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - start) * 1000)
    return f"median {statistics.median(times):.3f} ms, p95 {sorted(times)[int(rounds * 0.95)]:.3f} ms"


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
