"""Write files so that what was acknowledged survives a power cut (write, fsync, link, fsync of the directory)."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grid.core.errors.storage import StorageFailed, StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def disk_problems() -> Iterator[None]:
    """Turn an OSError of the disk into StorageFull or StorageFailed."""
    try:
        yield
    except OSError as error:
        facts = {"errno": errno.errorcode.get(error.errno or 0, "?")}
        raise (StorageFull if error.errno in _FULL else StorageFailed)(**facts) from error


def write_all(fd: int, data: bytes | memoryview) -> None:
    """Write every byte; a short write is continued, an error is raised as the OSError it is."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def sync_directory(directory: Path) -> None:
    """Make the names inside a directory durable."""
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_directories(directory: Path) -> None:
    """Create a directory and its parents (0700) durably; does nothing when it is there."""
    missing = []
    while not directory.is_dir():
        missing.append(directory)
        directory = directory.parent
    for made in reversed(missing):
        made.mkdir(mode=0o700, exist_ok=True)
        sync_directory(made.parent)
