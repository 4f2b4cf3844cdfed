"""The scheduler notices when somebody sets the clock."""

from datetime import datetime, time

import pytest

from api.routines import latest_due
from api.scheduler import Beat
from grid.core.clock import SHANGHAI


class Clocks:
    """A wall clock that can be set and a steady one that cannot."""

    def __init__(self) -> None:
        self.steady, self.shift = 100.0, 1_800_000_000.0

    def wall(self) -> float:
        """Tell the time on the wall."""
        return self.steady + self.shift


@pytest.mark.parametrize("jump", [86_400.0, -86_400.0, 31_536_000.0, -3_600.0, 6.0])
def test_a_jump_is_told_once(jump: float) -> None:
    clocks = Clocks()
    beat = Beat(clocks.wall, lambda: clocks.steady)
    clocks.steady += 1000
    assert beat.jumped() == 0
    clocks.shift += jump
    clocks.steady += 2
    assert beat.jumped() == pytest.approx(jump)
    assert beat.jumped() == 0


def test_slow_correction_by_a_time_server_is_no_jump() -> None:
    clocks = Clocks()
    beat = Beat(clocks.wall, lambda: clocks.steady)
    clocks.shift += 0.4
    clocks.steady += 2
    assert beat.jumped() == 0


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24 03:29", "2026-11-23 03:30"),
        ("2026-11-24 03:30", "2026-11-24 03:30"),
        ("2027-01-01 00:00", "2026-12-31 03:30"),
    ],
)
def test_the_latest_time_of_a_daily_routine(now: str, due: str) -> None:
    local = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)
    assert latest_due(time(3, 30), local).strftime("%Y-%m-%d %H:%M") == due
