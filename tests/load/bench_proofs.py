"""Proofs: appending to the ledger with its database, asking the server about a token, printing a page."""

import statistics
import time
from collections.abc import Callable
from itertools import cycle
from typing import Final

from sqlalchemy import select

from grid.core import clock
from grid.core.ids import new_id
from grid.flows import ledger
from grid.flows.unit import transaction
from grid.models import Receipt, Task, db
from grid.reads.print_sheets import packet_sheets
from grid.reads.service_receipt import filled_receipt
from tests.load.client import Messages
from tests.load.client import request as message
from tests.load.harness import Bench, BenchFailed
from tests.load.processes import cpu_seconds
from tests.load.rows import Row, least, most
from tests.load.world import World, running_world
from tests.support.tasks import visit

TASKS: Final = 20
APPEND_RATE, PAGE_MS = 500, 15.0
TOGETHER: Final = 1_000
PAGES_IN_A_PRINT: Final = 50


def measure(bench: Bench) -> list[Row]:
    """Hand over every task of the first phone, so that there are receipts to ask for and to print."""
    with running_world(bench, "proofs", TASKS) as world:
        phone = world.phones[0]
        for card in phone.cards:
            entry = phone.handset.push("visit.record", {"visit": visit(card)})
            if entry["status"] != "done":
                raise BenchFailed(f"no receipt: {entry}")
        return [
            _append(world, 1, "one leaf a transaction, each committed"),
            _append(world, TOGETHER, f"{TOGETHER:,} leaves a transaction"),
            _verify(world),
            *_pages(world),
        ]


def _append(world: World, leaves: int, words: str) -> Row:
    actor = world.district.actor(world.district.officer)
    rates, cpu = [], []
    with world.app.app_context():
        for run in range(world.bench.runs + 1):
            done, started = 0, time.perf_counter()
            before = time.process_time(), cpu_seconds(world.bench.cluster.pid)
            until = started + (world.bench.seconds if run else min(1.0, world.bench.seconds))
            while time.perf_counter() < until:
                with transaction():
                    for _ in range(leaves):
                        ledger.record("task.reminded", actor, clock.now(), object_id=new_id(), after="0" * 64)
                done += leaves
            spent = time.process_time() - before[0] + cpu_seconds(world.bench.cluster.pid) - before[1]
            if run:  # the first one warms up
                rates.append(done / (time.perf_counter() - started))
                cpu.append(spent * 1000 / done)
        db.session.remove()
    rate = statistics.median(rates)
    return Row(
        f"ledger append, {words}",
        {"leaves/s": f"{rate:,.0f}", "CPU ms": f"{statistics.median(cpu):.3f}"},
        [least("", rate, APPEND_RATE, "/s")],
        "one connection, on PostgreSQL with fsync",
        "the round trips and the fsync of each commit",
    )


def _verify(world: World) -> Row:
    with world.app.app_context():
        known = db.session.scalars(select(Receipt.cti)).all()
        db.session.remove()

    def source(_client: int) -> Messages:
        for cti in cycle(known):
            yield message("GET", f"/api/verify/{cti}", Accept_Encoding="gzip")

    run = world.bench.median(world.server, source, expect=b'"state":"valid"')
    return Row(
        "verification asked of the server", run.figures(),
        note="what the court adds to a token; the token itself is checked on the asker's phone (Tokens)",
    )  # fmt: skip


def _pages(world: World) -> list[Row]:
    kit = world.district.kit
    with world.app.app_context():
        tasks = db.session.scalars(select(Task).join(Receipt, Receipt.task_id == Task.id)).all()
        papers = [filled_receipt(task, kit) for task in tasks]
        sheets = packet_sheets([card["id"] for phone in world.phones[1:] for card in phone.cards], kit)
        db.session.remove()
    sheets = sheets[: PAGES_IN_A_PRINT // 2]
    kit.papers.render_service_receipt(papers[0])  # fonts are loaded
    kit.papers.render_packets(sheets[:1])
    one = [_cost(lambda paper=paper: kit.papers.render_service_receipt(paper)) for paper in papers]
    many = [_cost(lambda: kit.papers.render_packets(sheets), 2 * len(sheets)) for _ in range(world.bench.runs)]
    return [
        _page_row("PDF: one filled 送达回证", one, ""),
        _page_row(
            f"PDF: print of {len(sheets)} tasks, {2 * len(sheets)} pages", many, "labels and forms with their QR"
        ),
    ]


def _page_row(name: str, costs: list[tuple[float, float]], note: str) -> Row:
    wall, cpu = (statistics.median(part) for part in zip(*costs, strict=True))
    figures = {"ms a page": f"{wall:.1f}", "CPU ms": f"{cpu:.1f}"}
    why = "setting Chinese text and embedding the subset of its font; wall time beyond the CPU's is other load"
    return Row(name, figures, [most("", wall, PAGE_MS, "ms")], note, why)


def _cost(work: Callable[[], object], pages: int = 1) -> tuple[float, float]:
    """Return wall and CPU milliseconds a page."""
    started = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - started[0]) * 1000 / pages, (time.process_time() - started[1]) * 1000 / pages
