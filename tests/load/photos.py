"""Reports with photos: 300 KB (P4), 2 MB (P5), fifty of 5 MB at once, and the server's memory under it (P13)."""

from typing import Final

from tests.load.background import scheduler, until_photos_are_checked
from tests.load.client import drive
from tests.load.harness import Bench, Run
from tests.load.pictures import Film
from tests.load.processes import watched_memory
from tests.load.rows import Row, least, most
from tests.load.uploads import IN_CHUNKS, WHOLE, Way, reports_with_photo
from tests.load.world import World, running_world, sign_in, workers_of

TASKS: Final = 30
DISPLAY: Final = ((1600, 1200), 300_000)
CAMERA: Final = ((4000, 3000), 2_000_000)
LARGE: Final = ((4000, 3000), 5_000_000)
P4_MS, P4_RATE, P5_MS, P5_RATE, P13_MIB = 5.0, 400, 14.0, 130, 250
CROWD: Final = 50
CROWD_SECONDS: Final = 60.0
NOTE: Final = "CPU includes the scheduler decoding and checking every photo until none waits"


def measure(bench: Bench) -> list[Row]:
    """Measure all in one world with its scheduler at work, which looks at every photo that arrives."""
    small = [Film(seed, *DISPLAY) for seed in range(12)]
    large = [Film(seed, *CAMERA) for seed in range(4)]
    with running_world(bench, "photos", TASKS) as world, scheduler(world) as pid:
        fourth = {way: _run(world, pid, small, way) for way in (IN_CHUNKS, WHOLE)}
        fifth = {way: _run(world, pid, large, way) for way in (IN_CHUNKS, WHOLE)}
        return [
            *(_row(world, "P4", run, DISPLAY[1], way, P4_MS, P4_RATE) for way, run in fourth.items()),
            *(_row(world, "P5", run, CAMERA[1], way, P5_MS, P5_RATE) for way, run in fifth.items()),
            _crowd(world),
            _memory(fourth),
        ]


def _run(world: World, pid: int, films: list[Film], way: Way) -> Run:
    source = reports_with_photo(world.phones, films, way)
    return world.bench.median(world.server, source, settle=lambda: until_photos_are_checked(world), background=pid)


def _row(world: World, name: str, run: Run, length: int, way: Way, cpu_ms: float, rate: float) -> Row:
    share = way.requests(length)
    reports, per_second, cpu = run.load.requests / share, run.per_second / share, run.cpu_ms * share
    figures = {
        "reports/s": f"{per_second:,.0f}",
        "with their checks": f"{reports / (run.load.seconds + run.settle_s):,.0f}/s",
        "CPU ms": f"{cpu:.1f}",
        "of it PostgreSQL": f"{run.postgres_ms * share:.1f}",
        "of it background": f"{run.background_ms * share:.1f}",
        "requests a report": str(share),
        "p95 ms of a request": f"{run.load.quantile(0.95):.0f}",
        "errors": str(run.load.errors),
        "memory MiB": f"{run.memory_mib:.0f}",
    }
    return Row(
        f"{name} report with a photo of {length // 1000:,} KB, {way.words}",
        figures,
        [most("CPU", cpu, cpu_ms, "ms"), least("", per_second, rate, "/s")],
        NOTE,
        f"{run.shares}: {share} requests, each with its session and its fsync, and decoding the photo behind them",
    )


def _crowd(world: World) -> Row:
    """Send one report of 5 MB from each of fifty phones at once; every byte must be there at the end."""
    phones = [sign_in(world.app, world.district, staff_no, 1) for staff_no in workers_of(world.district)[:CROWD]]
    film = Film(1, *LARGE)
    source = reports_with_photo(phones, [film], IN_CHUNKS, each=1)
    with watched_memory(world.server.pid) as memory:
        load = drive(world.server.port, source, CROWD, CROWD_SECONDS)
    with world.bench.cluster.connect(world.database) as connection:
        arrived = connection.execute(
            "SELECT count(*) FROM evidence WHERE size = %s AND original_at IS NOT NULL", [LARGE[1]]
        ).fetchone()[0]
    until_photos_are_checked(world)
    figures = {
        "arrived": f"{arrived} of {CROWD}",
        "errors": str(load.errors),
        "s for all": f"{load.seconds:.1f}",
        "p95 ms of a chunk": f"{load.quantile(0.95):.0f}",
        "memory MiB": f"{memory.peak_mib:.0f}",
    }
    return Row(
        f"one report of 5 MB from each of {CROWD} phones at once, {IN_CHUNKS.words}",
        figures,
        [most("errors", load.errors, 0), most("not arrived", CROWD - arrived, 0)],
        dominant=load.first_error or f"the time of {CROWD_SECONDS:g} s was over",
    )


def _memory(runs: dict[Way, Run]) -> Row:
    way = max(runs, key=lambda way: runs[way].memory_mib)
    peak = runs[way].memory_mib
    return Row(
        "P13 memory of two workers under P4",
        {"peak MiB": f"{peak:.0f}", "when": way.words},
        [most("", peak, P13_MIB, "MiB")],
        "proportional (PSS) of granian and its two workers",
        "the modules each worker loads for itself",
    )
