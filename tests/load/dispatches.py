"""What a dispatch costs phones among 100,000 tasks: the one concerned (P7), all others (P8), a first load (P9)."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flask import Flask
from sqlalchemy import event

from grid.models import db
from tests.load.client import Messages, Source
from tests.load.harness import Bench, BenchFailed
from tests.load.many_tasks import put_many_tasks
from tests.load.phones import others_than_204, polls
from tests.load.rows import Row, most
from tests.load.world import Phone, World, running_world, sign_in
from tests.support.tasks import make_task

ALL: Final = 100_000
OWN: Final = 1_000
LONG_AGO_DAYS: Final = 30  # older than what a phone still shows of closed tasks
P7_MS, P7_BYTES, P9_MS, P9_KB = 2.0, 2_048, 15.0, 45.0
DISPATCHES: Final = 20


def measure(bench: Bench) -> list[Row]:
    """Measure all three in one world: 100,000 tasks, of which one phone holds 1,000."""
    with running_world(bench, "dispatches", 1) as world:
        put_many_tasks(world.app, world.district, ALL - OWN, older_than_days=LONG_AGO_DAYS)
        full = sign_in(world.app, world.district, world.phones[0].staff_no, OWN)
        with bench.cluster.connect(world.database) as connection:
            connection.execute("VACUUM ANALYZE")
        return [_news(world), _others(world), first_load(world, full)]


def _news(world: World) -> Row:
    """Each phone asks from just before a task of its own was dispatched: one card, the same each time."""
    for phone in world.phones:
        while (pulled := phone.handset.pull()) and pulled["more"]:
            pass
        make_task(world.app, world.district, staff_no=phone.staff_no)
    run = world.bench.median(world.server, polls(world), expect=b"")
    size = run.load.bytes_in / run.load.requests
    for phone in world.phones:
        with _counted(world.app) as asked:
            pulled = phone.handset.pull()
        if pulled is None or len(pulled["tasks"]) != 1:
            raise BenchFailed("a phone was not told of exactly one new task")
    return Row(
        f"P7 telling one phone of one new task among {ALL:,}",
        {**run.figures(), "bytes": f"{size:,.0f}", "statements": str(len(asked))},
        [most("CPU", run.cpu_ms, P7_MS, "ms"), most("", size, P7_BYTES, "bytes")],
        dominant=f"{run.shares}; {len(asked)} statements gather the card, each a round trip with its rows",
    )


def _others(world: World) -> Row:
    """Compare the poll of seven phones before and after tasks go out to the eighth."""
    others = len(world.phones) - 1
    before, asked_before = world.bench.median(world.server, polls(world, 1), clients=others), _statements(world)
    for _ in range(DISPATCHES):
        make_task(world.app, world.district, staff_no=world.phones[0].staff_no)
    after, asked_after = world.bench.median(world.server, polls(world, 1), clients=others), _statements(world)
    sizes = [run.load.bytes_in / run.load.requests for run in (before, after)]
    figures = {
        "bytes": f"{sizes[0]:.0f} → {sizes[1]:.0f}",
        "statements": f"{asked_before} → {asked_after}",
        "answers with news": f"{others_than_204(before)} → {others_than_204(after)}",
        "CPU ms": f"{before.cpu_ms:.2f} → {after.cpu_ms:.2f}",
    }
    return Row(
        f"P8 poll of the other phones before → after {DISPATCHES} dispatches to one",
        figures,
        [
            most("more bytes", sizes[1] - sizes[0], 0),
            most("more statements", asked_after - asked_before, 0),
            most("answers with news", others_than_204(after), 0),
        ],
    )


def _statements(world: World) -> int:
    """Count what one poll of an untouched phone asks the database."""
    phone = world.phones[1]
    with _counted(world.app) as seen:
        if phone.handset.pull() is not None:
            raise BenchFailed("a phone that was sent nothing has news")
    return len(seen)


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def first_load(world: World, phone: Phone) -> Row:
    """Ask for everything from eight connections with the session of the phone that holds most."""
    run = world.bench.median(world.server, whole(phone))
    size = run.load.bytes_in / run.load.requests
    with_slips, without = _packed(phone)
    return Row(
        f"P9 first load of {OWN:,} own tasks of {ALL:,}",
        {**run.figures(), "KB gzipped": f"{size / 1000:.0f}"},
        [most("CPU", run.cpu_ms, P9_MS, "ms"), most("", size / 1000, P9_KB, "KB")],
        "every task taken, all names and addresses in clear",
        f"{run.shares}, nearly half of it building cards and opening their seals; {with_slips - without:.0f} of "
        f"{with_slips:.0f} KB are the signed slips, which do not compress",
    )


def whole(phone: Phone, **headers: str) -> Source:
    """Let each client fetch everything a phone should hold, over and over."""
    message = phone.message("GET", "/api/changes?cursor=0", **headers)

    def source(_client: int) -> Messages:
        while True:
            yield message

    return source


def _packed(phone: Phone) -> tuple[float, float]:
    """Return the KB of the answer gzipped, as it is and without its slips."""
    answer = phone.handset.client.get("/api/changes?cursor=0").json
    held = [card for card in answer["tasks"] if card["slip"]]
    if len(held) < OWN:
        raise BenchFailed(f"the phone holds {len(held)} tasks, not {OWN}")
    bare = answer | {"tasks": [card | {"slip": None} for card in answer["tasks"]]}
    sizes = [len(gzip.compress(json.dumps(one, ensure_ascii=False).encode(), 5)) / 1000 for one in (answer, bare)]
    return sizes[0], sizes[1]
