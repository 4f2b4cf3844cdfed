"""P3: the same report when a million are stored already, beside a database that holds few."""

import time
from typing import Final

from tests.load.harness import Bench
from tests.load.history import History
from tests.load.phones import DONE, TASKS, reports
from tests.load.rows import Row, most
from tests.load.world import running_world

FEW: Final = 10_000
SLOWER: Final = 10.0


def measure(bench: Bench) -> list[Row]:
    """Measure one world twice; in between its past grows."""
    few = min(FEW, bench.scale // 10)
    with running_world(bench, "growth", TASKS) as world:
        history = History(world)
        history.grow(few)
        before = bench.median(world.server, reports(world), expect=DONE)
        started = time.perf_counter()
        history.grow(bench.scale)
        grown_s, scanned = time.perf_counter() - started, history.rows_scanned()
        after = bench.median(world.server, reports(world), expect=DONE)
        time.sleep(1.5)  # the server's processes tell their counts once a second
        scanned = history.rows_scanned() - scanned
        size = history.size_gb()
    slower = 100 * (1 - after.per_second / before.per_second)
    figures = {
        "reports/s": f"{before.per_second:,.0f} → {after.per_second:,.0f}",
        "slower by": f"{slower:.1f} %",
        "CPU ms": f"{before.cpu_ms:.2f} → {after.cpu_ms:.2f}",
        "of it PostgreSQL": f"{before.postgres_ms:.2f} → {after.postgres_ms:.2f}",
        "p95 ms": f"{before.load.quantile(0.95):.1f} → {after.load.quantile(0.95):.1f}",
        "rows read by scans": f"{scanned:,}",
        "database GB": f"{size:.1f}",
        "put there in s": f"{grown_s:.0f}",
    }
    more = after.cpu_ms - before.cpu_ms
    return [
        Row(
            f"P3 report without photo at {few:,} → {bench.scale:,} stored reports",
            figures,
            [most("slower by", slower, SLOWER, "%"), most("rows read by scans", scanned, 0)],
            "copies of a real report with case, task, papers, evidence, mutation, ledger and feed, four to a task",
            f"CPU a report grew by {more:.2f} ms, of it {after.postgres_ms - before.postgres_ms:.2f} in PostgreSQL; "
            "what the rate lost beyond that is waiting: disk, or other load on the machine",
        )
    ]
