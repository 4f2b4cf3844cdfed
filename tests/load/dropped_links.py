"""P12: links that drop at random moments of a download, and what the phones that stay notice of it."""

import asyncio
import random
import socket
import statistics
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from tests.load.client import Load, send
from tests.load.harness import Bench, BenchFailed
from tests.load.phones import polls
from tests.load.rows import Row, most
from tests.load.world import World, running_world, sign_in

OWN: Final = 100
# how many links drop, within how many seconds
WAVES: Final = ((60, 3.0), (180, 6.0))
MORE_THAN_UNDISTURBED: Final = 2.0
# A phone at the edge of its network: about 1.3 MB/s, so that the answer is on its way for a second or two.
WINDOW_BYTES: Final = 16_384
PIECE_BYTES: Final = 65_536
PAUSE_S: Final = 0.05
LONGEST_S: Final = 1.5
GRACE_S: Final = 10.0
HELD: Final = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"""
# Closing sends a reset instead of a farewell, as when a link is gone and its socket is swept.
RESET: Final = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Wave:
    """What steady phones saw while others downloaded, and how many database connections were left in use."""

    steady: Load
    received: int
    held: int


def measure(bench: Bench) -> list[Row]:
    """Let eight phones poll while others fetch a hundred tasks each and lose their link."""
    with running_world(bench, "dropped_links", 1) as world:
        full = sign_in(world.app, world.district, world.phones[0].staff_no, OWN)
        for phone in world.phones:
            while (pulled := phone.handset.pull()) and pulled["more"]:
                pass
        message = full.message("GET", "/api/changes?cursor=0", Accept_Encoding="identity", Connection="close")
        asyncio.run(send(world.server.port, polls(world), 8, min(1.0, bench.seconds)))
        return [_row(world, message, links, seconds) for links, seconds in WAVES]


def _row(world: World, message: bytes, links: int, seconds: float) -> Row:
    runs = world.bench.runs
    alone = _median([_wave(world, message, 0, seconds) for _ in range(runs)])
    finished = _median([_wave(world, message, links, seconds, drop=False) for _ in range(runs)])
    dropped = _median([_wave(world, message, links, seconds) for _ in range(runs)])
    p95 = [wave.steady.quantile(0.95) for wave in (alone, finished, dropped)]
    if not finished.received:
        raise BenchFailed("no download brought a byte")
    figures = {
        "failed requests": str(dropped.steady.errors),
        "p95 ms undisturbed": f"{p95[0]:.1f}",
        "beside whole downloads": f"{p95[1]:.1f}",
        "beside dropped ones": f"{p95[2]:.1f}",
        "requests": f"{dropped.steady.requests:,}",
        "MB received before the drop": f"{dropped.received / 1e6:.1f} of {finished.received / 1e6:.1f}",
        "connections left in a transaction": str(dropped.held),
    }
    return Row(
        f"P12 {links} links dropped within {seconds:g} s of a download of {OWN:,} tasks",
        figures,
        [
            most("failed", dropped.steady.errors, 0),
            most("p95", round(p95[2], 1), round(MORE_THAN_UNDISTURBED * p95[0], 1), "ms"),
            most("connections left", dropped.held, 0),
        ],
        "of eight phones that poll meanwhile",
        f"making {links / seconds:.0f} first loads a second on two workers, not the drops: the same downloads left to "
        f"end raise the p95 to {p95[1]:.1f} ms",
    )


def _median(waves: list[Wave]) -> Wave:
    middle = statistics.median_low([wave.steady.quantile(0.95) for wave in waves])
    worst = max(wave.steady.errors for wave in waves)
    # A single failed request in any run is told.
    return next(w for w in waves if (w.steady.errors == worst if worst else w.steady.quantile(0.95) == middle))


def _wave(world: World, message: bytes, links: int, seconds: float, *, drop: bool = True) -> Wave:
    chance = random.Random(links)
    plan = [(chance.uniform(0, seconds), chance.uniform(0, LONGEST_S) if drop else None) for _ in range(links)]

    async def all_together() -> tuple[Load, list[int]]:
        port = world.server.port
        steady = asyncio.create_task(send(port, polls(world), 8, seconds + LONGEST_S))
        received = await asyncio.gather(*(_download(port, message, start, life) for start, life in plan))
        return await steady, received

    load, received = asyncio.run(all_together())
    return Wave(load, sum(received), _left(world))


def _left(world: World) -> int:
    """Count connections that stay inside a transaction: what is at work at this moment has some seconds to end."""
    until = time.monotonic() + GRACE_S
    with world.bench.cluster.connect(world.database) as connection:
        while (held := int(connection.execute(HELD).fetchone()[0])) and time.monotonic() < until:
            time.sleep(0.2)
    return held


async def _download(port: int, message: bytes, start: float, life: float | None) -> int:
    """Fetch slowly, from a moment on and for so long; without a limit to the end. Returns the bytes that came."""
    await asyncio.sleep(start)
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW_BYTES)
    link.setblocking(False)
    received = 0

    async def fetch() -> None:
        nonlocal received
        loop = asyncio.get_running_loop()
        await loop.sock_connect(link, ("127.0.0.1", port))
        await loop.sock_sendall(link, message)
        while piece := await loop.sock_recv(link, PIECE_BYTES):
            received += len(piece)
            await asyncio.sleep(PAUSE_S)

    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(fetch(), life)
    finally:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        link.close()
    return received
