"""What processes used, read from /proc: the figure to trust on a machine that others share."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PROC: Final = Path("/proc")
LOOK_S: Final = 0.5


@dataclass(frozen=True)
class _Stat:
    pid: int
    parent: int
    ticks: int


def _stats() -> list[_Stat]:
    found: list[_Stat] = []
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text("ascii", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended between the listing and the look
        # The command's name may hold spaces and brackets; the fixed fields start after the last one.
        fields = text[text.rindex(")") + 2 :].split()
        # user, system, and both of children that ended and were waited for
        found.append(_Stat(int(folder.name), int(fields[1]), sum(int(value) for value in fields[11:15])))
    return found


def tree(root: int) -> list[int]:
    """Return a process and everything below it."""
    children: dict[int, list[int]] = {}
    for stat in _stats():
        children.setdefault(stat.parent, []).append(stat.pid)
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        queue.extend(children.get(pid, []))
    return found


def cpu_seconds(root: int) -> float:
    """Return user and system time of a process and its descendants, the ended ones included; steps of 10 ms."""
    below = set(tree(root))
    return sum(stat.ticks for stat in _stats() if stat.pid in below) / _TICKS


def memory_mib(root: int) -> float:
    """Return the proportional memory (PSS: shared pages divided by their users) of a process and its descendants."""
    total = 0
    for pid in tree(root):
        try:
            lines = (_PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@dataclass
class Memory:
    """The highest memory seen so far."""

    peak_mib: float = 0.0


@contextmanager
def watched_memory(root: int) -> Iterator[Memory]:
    """Look at a process and its descendants twice a second for as long as the block lasts, and once at its end."""
    memory, over = Memory(), threading.Event()

    def look() -> None:
        while not over.wait(LOOK_S):
            memory.peak_mib = max(memory.peak_mib, memory_mib(root))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        over.set()
        watcher.join()
        memory.peak_mib = max(memory.peak_mib, memory_mib(root))
