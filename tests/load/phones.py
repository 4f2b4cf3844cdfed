"""What phones cost: reports without photos (P1, P2) and polls that find nothing new (P6)."""

from collections.abc import Iterator
from itertools import cycle
from typing import Final

from tests.load.harness import Bench, Row, Run
from tests.load.world import World, running_world
from tests.support.tasks import visit

# Some 20 visits land on each task, more than at any door: what a visit costs must not grow with those before it.
TASKS: Final = 60
REPORT_MS: Final = 2.5
REPORTS_PER_SECOND: Final = 600
REPORT_P95_MS: Final = 25
POLL_MS: Final = 1.0
POLL_BYTES: Final = 300


def measure(bench: Bench) -> list[Row]:
    """Measure both in one world: authentication, ledger, feed and idempotency are included."""
    with running_world(bench, "phones", TASKS) as world:
        return [_polls(world), _reports(world)]


def _polls(world: World) -> Row:
    def source(client: int) -> Iterator[bytes]:
        phone = world.phones[client]
        message = phone.message("GET", f"/api/changes?cursor={phone.handset.cursor}")
        while True:
            yield message

    run = world.bench.median(world.server, source)
    size = run.load.bytes_in / run.load.requests
    figures = {**run.figures(), "bytes": f"{size:.0f}"}
    met = run.cpu_ms <= POLL_MS and size <= POLL_BYTES and set(run.load.statuses) == {204}
    return Row("P6 poll with nothing new", figures, f"≤ {POLL_MS:g} ms CPU, ≤ {POLL_BYTES} bytes", met)


def _reports(world: World) -> Row:
    def source(client: int) -> Iterator[bytes]:
        phone = world.phones[client]
        for card in cycle(phone.cards):
            yield phone.push("visit.record", {"visit": visit(card, "absent")})

    run = world.bench.median(world.server, source, expect=b'"status":"done"')
    return Row(
        "P1/P2 report without photo, one visit a request",
        run.figures(),
        f"≤ {REPORT_MS:g} ms CPU, ≥ {REPORTS_PER_SECOND}/s, p95 ≤ {REPORT_P95_MS} ms",
        _reached(run),
    )


def _reached(run: Run) -> bool:
    in_time = run.load.quantile(0.95) <= REPORT_P95_MS
    return run.cpu_ms <= REPORT_MS and run.per_second >= REPORTS_PER_SECOND and in_time
