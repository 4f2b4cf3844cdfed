"""make bench: print every figure with the machine, the load and the denominators of the same run."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.load import (
    bench_phone,
    bench_proofs,
    bench_registers,
    bench_task_tables,
    bench_tokens,
    denominators,
    dispatches,
    dropped_links,
    growth,
    phones,
    photos,
)
from tests.load.harness import ROOT, Bench
from tests.load.machine import describe
from tests.load.report import summary, table
from tests.load.rows import Row
from tests.support.postgres import running_cluster

# title → what measures it, in the order of the report
GROUPS: Final[dict[str, Callable[[Bench], list[Row]]]] = {
    "Denominators": denominators.measure,
    "Phones": phones.measure,
    "Photos": photos.measure,
    "Dispatches": dispatches.measure,
    "Growth": growth.measure,
    "Dropped links": dropped_links.measure,
    "Proofs": bench_proofs.measure,
    "Front end": bench_phone.measure,
    "Registers": bench_registers.measure,
    "Task tables": bench_task_tables.measure,
    "Tokens": bench_tokens.measure,
}
PAGE: Final = ROOT / "docs" / "bench.md"
INTRODUCTION: Final = """\
# Figures

Written by `make bench BENCH_ARGS=--write`. CPU is user and system time of all processes of server and PostgreSQL,
divided by the answered requests; it holds on a shared machine, where requests a second do not. PostgreSQL runs with
its default settings, the server is granian with two workers, the client runs on the same machine over loopback with
8 kept-alive connections. Work that requests leave to the scheduler counts as theirs until none waits. Each line is the
median of {runs} run(s) of {seconds:g} s; a missed target is followed by what dominates it."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"also write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of one run (at most 60)")
    parser.add_argument("--runs", type=int, default=3, help="runs a figure (at most 9)")
    parser.add_argument("--only", default="", help="words; run the groups whose title holds one of them")
    parser.add_argument("--scale", type=int, default=1_000_000, help="stored reports that count as many (at most 2 M)")
    parser.add_argument("--folder", type=Path, default=ROOT / "var", help="where files are written: a real disk")
    return parser.parse_args()


def main() -> None:
    """Run the groups one after another; a group that fails ends the run, so no figure stands on errors."""
    args = _arguments()
    # Ended from outside, the server and PostgreSQL still have to be stopped and the folders taken away.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    seconds, runs = min(args.seconds, 60.0), min(args.runs, 9)
    words = args.only.lower().split()
    args.folder.mkdir(parents=True, exist_ok=True)
    parts = [INTRODUCTION.format(runs=runs, seconds=seconds)]
    # PostgreSQL with nothing overridden: fsync is on, as in a court.
    with running_cluster({}) as cluster, tempfile.TemporaryDirectory(dir=args.folder, prefix="bench-") as folder:
        bench = Bench(cluster, Path(folder), seconds, runs, min(args.scale, 2_000_000))
        parts.append("\n".join(f"- {line}" for line in [_today(), *describe(cluster, bench.folder)]))
        print("\n\n".join(parts), flush=True)
        found: list[Row] = []
        for title, measure in GROUPS.items():
            if words and not any(word in title.lower() for word in words):
                continue
            rows = measure(bench)
            found += rows
            parts.append(f"## {title}\n\n{table(rows)}")
            print(f"\n{parts[-1]}", flush=True)
    parts.append(summary(found))
    print(f"\n{parts[-1]}")
    parts.append(f"Load average after: {' '.join(f'{value:.2f}' for value in os.getloadavg())}.")
    print(f"\n{parts[-1]}")
    if args.write:
        PAGE.write_text("\n\n".join(parts) + "\n", "utf-8")


def _today() -> str:
    return f"measured on {datetime.now(UTC):%Y-%m-%d}"


main()
