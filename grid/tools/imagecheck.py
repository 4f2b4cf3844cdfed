"""Check and copy photos in child processes, so that no picture can bring the server down.

A child is reused for many photos (a check costs a few milliseconds), has limits on CPU and memory, sees no secret, and
is killed and replaced when it dies, hangs or has done its share.
"""

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from grid.core.errors.base import Problem
from grid.core.errors.images import ImageDamaged, ImageTooLarge, ImageUncheckable, ImageUnsupported
from grid.tools.image_child import facts_from, write_frame
from grid.tools.image_facts import MAX_BYTES, ImageFacts
from grid.tools.image_kinds import kind_of
from grid.tools.stamp import MAX_SIDE, THUMB_SIDE, Stamp

_ROOT = Path(__file__).resolve().parents[2]
_PROBLEMS: dict[str, type[Problem]] = {p.code: p for p in (ImageUnsupported, ImageDamaged, ImageTooLarge)}
_MAX_ANSWER = 40_000_000


@dataclass(frozen=True)
class Limits:
    """What one photo may cost; a child is replaced after `photos_per_child`."""

    cpu_seconds: int = 10
    memory_mb: int = 512
    wall_seconds: float = 30.0
    photos_per_child: int = 1_000


class ImageChecker:
    """The children and the way to ask them; safe for threads and after a fork. Close it to end them."""

    def __init__(self, children: int = 1, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._free: list[_Child] = []
        self._turns = threading.BoundedSemaphore(children)
        self._owner = os.getpid()

    def check(self, data: bytes) -> ImageFacts:
        """Return the facts of a photo; raises ImageUnsupported, ImageDamaged, ImageTooLarge, ImageUncheckable."""
        said, _ = self._ask({"do": "check"}, data)
        return ImageFacts(**facts_from(said["facts"]))

    def stamp(self, data: bytes, stamp: Stamp, side: int = MAX_SIDE) -> bytes:
        """Return the marked copy as JPEG (see stamp.stamped_copy); raises as `check`."""
        return self._ask({"do": "stamp", "stamp": asdict(stamp), "side": side}, data)[1]

    def thumbnail(self, data: bytes, side: int = THUMB_SIDE) -> bytes:
        """Return a small JPEG; raises as `check`."""
        return self._ask({"do": "thumbnail", "side": side}, data)[1]

    def child_pids(self) -> list[int]:
        """Return the process ids of the idle children, for whoever watches their memory."""
        return [child.pid for child in self._free]

    def close(self) -> None:
        """End the children; the next question starts new ones."""
        while self._free:
            self._free.pop().end()

    def __enter__(self) -> "ImageChecker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        if len(data) > MAX_BYTES:
            raise ImageTooLarge(limit=MAX_BYTES)
        if kind_of(data) == "unknown":
            raise ImageUnsupported(found="unknown")  # the common mistake needs no child
        with self._child() as child:
            said, made = child.ask(request, data)
        if code := said.get("problem"):
            raise _PROBLEMS[code](said["detail"], **said["facts"])
        return said, made

    @contextlib.contextmanager
    def _child(self) -> Iterator["_Child"]:
        if self._owner != os.getpid():
            # After a fork the children belong to the parent: two askers on one pipe would mix their answers.
            self._free, self._owner = [], os.getpid()
        with self._turns:
            try:
                child = self._free.pop()
            except IndexError:
                child = _Child(self._limits)
            try:
                yield child
            except BaseException:
                child.end()
                raise
            if child.served >= self._limits.photos_per_child:
                child.end()
            else:
                self._free.append(child)


class _Child:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.served = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no outside words
            [sys.executable, "-m", "grid.tools.image_child", str(limits.cpu_seconds), str(limits.memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},  # no settings, no secrets
        )
        self.pid = self._process.pid
        # With PIPE both are there; the type of Popen cannot say so.
        self._questions = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """Send one photo and wait for the answer; raises ImageUncheckable when the child dies or is too slow."""
        self.served += 1
        deadline = time.monotonic() + self._limits.wall_seconds
        try:
            write_frame(self._questions, json.dumps(request).encode())
            write_frame(self._questions, data)
            self._questions.flush()
            said: dict[str, Any] = json.loads(self._frame(deadline))
            return said, self._frame(deadline)
        except (OSError, EOFError, ValueError) as error:
            raise ImageUncheckable(why=type(error).__name__) from error

    def end(self) -> None:
        """Kill the child and wait for it."""
        self._process.kill()
        for pipe in (self._questions, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()

    def _frame(self, deadline: float) -> bytes:
        length = int.from_bytes(self._exactly(4, deadline), "big")
        if length > _MAX_ANSWER:
            raise ValueError("an answer longer than any copy")
        return self._exactly(length, deadline)

    def _exactly(self, count: int, deadline: float) -> bytes:
        # os.read, not the buffered reader: select must see what has not been taken yet.
        fd = self._answers.fileno()
        parts = bytearray()
        while len(parts) < count:
            ready, _, _ = select.select([fd], [], [], max(deadline - time.monotonic(), 0))
            piece = os.read(fd, min(count - len(parts), 1 << 20)) if ready else b""
            if not piece:
                raise EOFError("no answer in time" if not ready else "the child died")
            parts += piece
        return bytes(parts)
