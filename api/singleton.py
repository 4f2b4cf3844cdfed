"""One scheduler at a time: an advisory lock on PostgreSQL, a locked file beside an SQLite database."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

KEY = 0x67726964_73636864  # "gridschd": the same number in every process of this product


class Lock(Protocol):
    """What only one process may hold; it goes when the process goes."""

    def take(self) -> bool:
        """Try to get it; False while another holds it."""

    def held(self) -> bool:
        """Tell whether it is still ours."""

    def release(self) -> None:
        """Let it go; letting it go twice is fine."""


class FileLock:
    """A lock on a file; the kernel frees it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None

    def take(self) -> bool:
        """Try to get it; False while another holds it."""
        if self._fd is not None:
            return True
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return False
        self._fd = fd
        return True

    def held(self) -> bool:
        """Tell whether it is still ours."""
        return self._fd is not None

    def release(self) -> None:
        """Let it go; letting it go twice is fine."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


class AdvisoryLock:
    """A lock of one database session; the server frees it when the connection breaks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Try to get it; False while another holds it, or while the database does not answer."""
        if self._connection is not None:
            return True
        try:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()  # it lives as long as the lock: the pool must not count it as its own
            if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY}):
                self._connection = connection
                return True
            connection.close()
        except DBAPIError:
            return False
        return False

    def held(self) -> bool:
        """Tell whether the session that holds it still answers."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self.release()
        return self._connection is not None

    def release(self) -> None:
        """Let it go; letting it go twice is fine."""
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None


def scheduler_lock(engine: Engine, data_dir: Path) -> Lock:
    """Return the lock that fits the database."""
    return AdvisoryLock(engine) if engine.dialect.name == "postgresql" else FileLock(data_dir / "scheduler.lock")
