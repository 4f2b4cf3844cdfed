"""What a kind of job is made of: its name and the function that carries it out (grid.flows.job_table lists them)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from grid.core.actor import Actor
from grid.flows.jobs import Claimed
from grid.tools.kit import Kit


@dataclass
class RunningJob:
    """What a job's function gets: its arguments, the tools, and the edge's ways to commit and to tell progress."""

    claimed: Claimed
    actor: Actor | None
    kit: Kit
    now: datetime
    step: Callable[[], AbstractContextManager[None]]
    keep: Callable[[int, int], None]
    file_name: str = ""
    mime: str = ""
    total: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def args(self) -> dict[str, Any]:
        """Return the arguments the job was asked with."""
        return self.claimed.args

    @property
    def who(self) -> Actor:
        """Return who asked; raises ValueError for a job nobody asked for."""
        if self.actor is None:
            raise ValueError("this kind of job is asked for by a person")
        return self.actor

    def file(self, name: str, mime: str) -> Path:
        """Say that the job makes a file for its asker and return where to write it."""
        self.file_name, self.mime = name, mime
        return self.kit.files.draft(self.claimed.id, self.claimed.attempt)

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is and prolong the lease; never inside a step. Raises LeaseLost."""
        self.keep(done, total)


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of job: its name for people and the function that does it.

    The function reads in the session it is given and writes only inside `with job.step():`, one step one commit;
    it may be run again after a crash, so each step must be harmless when repeated.
    """

    label: str
    run: Callable[[RunningJob], None]
