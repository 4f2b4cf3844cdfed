"""The scheduler beside the server: what requests leave behind is its work, and counts as theirs."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from api.routines import ROUTINES
from tests.load.harness import ROOT, START_SECONDS, BenchFailed
from tests.load.world import World

DRAIN_SECONDS: Final = 600.0
LOOK_S: Final = 0.25
DAILY: Final = sum(routine.daily_at is not None for routine in ROUTINES)
ROUNDS: Final = "SELECT count(*) FROM counter WHERE name LIKE 'routine.%'"
UNCHECKED: Final = "SELECT count(*) FROM evidence WHERE original_at IS NOT NULL AND checked_at IS NULL"


@contextmanager
def scheduler(world: World) -> Iterator[int]:
    """Run the scheduler as `flask serve` does; yields its process id once it has made up its daily rounds."""
    command = [sys.executable, "-m", "flask", "--app", "app", "schedule"]
    with (world.bench.folder / "scheduler.log").open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **world.env}, stdout=out, stderr=out)
    try:
        _until(world, ROUNDS, lambda count: count >= DAILY, START_SECONDS, "the scheduler did not start")
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until_photos_are_checked(world: World) -> None:
    """Wait until the scheduler has looked at every photo that arrived."""
    _until(world, UNCHECKED, lambda count: count == 0, DRAIN_SECONDS, "photos still wait for their check")


def _until(world: World, question: str, done: Callable[[int], bool], seconds: float, problem: str) -> None:
    until = time.monotonic() + seconds
    with world.bench.cluster.connect(world.database) as connection:
        while not done(connection.execute(question).fetchone()[0]):
            if time.monotonic() > until:
                raise BenchFailed(problem)
            time.sleep(LOOK_S)
