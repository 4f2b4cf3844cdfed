"""Feed the photo check thousands of damaged photos: python -m tests.load.fuzz_images [count] [seed].

Prints how each ended. Fails when a check raised anything but a declared problem, or took longer or more memory than it
may. A child that dies is allowed (that is what it is for), and counted.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from grid.core.errors.base import Problem
from grid.core.errors.images import ImageUncheckable
from grid.tools.imagecheck import ImageChecker, Limits
from tests.support.photos import spoiled


def run(count: int, seed: int) -> tuple[Counter[str], float, int]:
    """Return how the checks ended, the slowest in seconds, and the child's peak memory in MB."""
    ends: Counter[str] = Counter()
    slowest, peak_mb = 0.0, 0
    with ImageChecker(limits=Limits(photos_per_child=count + 1)) as checker:
        for data in spoiled(count, seed):
            started = time.perf_counter()
            try:
                checker.check(data)
                ends["accepted"] += 1
            except Problem as problem:
                ends[problem.code] += 1
            slowest = max(slowest, time.perf_counter() - started)
            for pid in checker.child_pids():
                status = Path(f"/proc/{pid}/status").read_text()
                peak_mb = max(peak_mb, int(status.split("VmHWM:")[1].split()[0]) // 1024)
    return ends, slowest, peak_mb


def main() -> int:
    """Print the figures; 0 when no child died and every limit held."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261124
    ends, slowest, peak_mb = run(count, seed)
    print(f"{count} damaged photos (seed {seed}): {dict(sorted(ends.items()))}")
    print(f"children that died: {ends[ImageUncheckable.code]}, slowest {slowest:.2f} s, peak memory {peak_mb} MB")
    return 0 if not ends[ImageUncheckable.code] and slowest < 10 and peak_mb < 512 else 1


if __name__ == "__main__":
    sys.exit(main())
