"""A coarse brake per process and address; the lock-out that counts lives in the database."""

import time
from collections import OrderedDict
from threading import Lock

from flask import request

from grid.core.errors.auth import Throttled

WINDOW_S = 60
MAX_KEYS = 20_000
_windows: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
_lock = Lock()


def throttle(name: str, per_minute: int, key: str | None = None) -> None:
    """Count one use; raises Throttled past the limit of this minute."""
    mark = time.monotonic()
    who = (name, key or request.remote_addr or "")
    with _lock:
        start, count = _windows.pop(who, (mark, 0))
        if mark - start >= WINDOW_S:
            start, count = mark, 0
        _windows[who] = (start, count + 1)
        while len(_windows) > MAX_KEYS:
            _windows.popitem(last=False)
    if count + 1 > per_minute:
        raise Throttled(retry_after=int(WINDOW_S - (mark - start)) + 1)


def forget() -> None:
    """Forget all counts (tests)."""
    with _lock:
        _windows.clear()
