"""What phones cost: reports without photos (P1, P2) and polls that find nothing new (P6)."""

from itertools import cycle
from typing import Final

from tests.load.client import Messages, Source
from tests.load.harness import Bench, Run
from tests.load.rows import Row, Target, least, most
from tests.load.world import World, running_world
from tests.support.tasks import visit

# Some 20 visits land on each task, more than at any door: what a visit costs must not grow with those before it.
TASKS: Final = 60
REPORT_MS: Final = 2.5
REPORTS_PER_SECOND: Final = 600
REPORT_P95_MS: Final = 25
POLL_MS: Final = 1.0
POLL_BYTES: Final = 300
DONE: Final = b'"status":"done"'


def measure(bench: Bench) -> list[Row]:
    """Measure both in one world: authentication, ledger, feed and idempotency are included."""
    with running_world(bench, "phones", TASKS) as world:
        return [_polls(world), _reports(world)]


def _polls(world: World) -> Row:
    run = world.bench.median(world.server, polls(world))
    size = run.load.bytes_in / run.load.requests
    figures = {**run.figures(), "bytes": f"{size:.0f}", "answers other than 204": f"{others_than_204(run)}"}
    targets = (
        most("CPU", run.cpu_ms, POLL_MS, "ms"),
        most("", size, POLL_BYTES, "bytes"),
        most("answers with news", others_than_204(run), 0),
    )
    return Row(
        "P6 poll with nothing new", figures, targets, dominant=f"{run.shares}: a request through Flask, two reads"
    )


def polls(world: World, first: int = 0) -> Source:
    """Let each client ask for one phone, over and over, whether there is news; `first` is the first client's phone."""

    def source(client: int) -> Messages:
        phone = world.phones[first + client]
        message = phone.message("GET", f"/api/changes?cursor={phone.handset.cursor}")
        while True:
            yield message

    return source


def others_than_204(run: Run) -> int:
    """Count the answers that brought something."""
    return run.load.requests - run.load.statuses[204]


def reports(world: World) -> Source:
    """Let each client report one visit after another without a photo."""

    def source(client: int) -> Messages:
        phone = world.phones[client]
        for card in cycle(phone.cards):
            yield phone.push("visit.record", {"visit": visit(card, "absent")})

    return source


def _reports(world: World) -> Row:
    run = world.bench.median(world.server, reports(world), expect=DONE)
    return Row(
        "P1/P2 report without photo, one visit a request",
        run.figures(),
        report_targets(run),
        dominant=f"{run.shares}; with server, PostgreSQL and client on one machine CPU a report bounds the rate",
    )


def report_targets(run: Run) -> tuple[Target, ...]:
    """Return what P1 and P2 demand of a run of reports."""
    return (
        most("CPU", run.cpu_ms, REPORT_MS, "ms"),
        least("", run.per_second, REPORTS_PER_SECOND, "/s"),
        most("p95", run.load.quantile(0.95), REPORT_P95_MS, "ms"),
    )
