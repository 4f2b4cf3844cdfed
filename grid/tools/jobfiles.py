"""Files that jobs make for people: written as drafts, shown whole, removed after their time."""

import os
from collections.abc import Iterator
from pathlib import Path

from grid.core.ids import is_id
from grid.tools.durable import disk_problems, make_directories, sync_directory


class JobFiles:
    """One file a job, named by the job's id; a draft is never visible under that name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._drafts = root / "tmp"
        with disk_problems():
            make_directories(self._drafts)

    def draft(self, job_id: str, attempt: int) -> Path:
        """Return where one attempt writes; another attempt never writes to the same place."""
        return self._drafts / f"{_checked(job_id)}.{attempt}"

    def publish(self, job_id: str, attempt: int) -> int:
        """Make a draft the job's file, durably; returns its size. Raises StorageFull, StorageFailed."""
        draft = self.draft(job_id, attempt)
        with disk_problems():
            with draft.open("rb") as file:
                os.fsync(file.fileno())
                size = os.fstat(file.fileno()).st_size
            draft.chmod(0o400)
            draft.replace(self.root / job_id)
            sync_directory(self.root)
        return size

    def find(self, job_id: str) -> Path | None:
        """Return the file of a job, or None when there is none (any more)."""
        path = self.root / _checked(job_id)
        return path if path.is_file() else None

    def remove(self, job_id: str) -> None:
        """Remove the file of a job; removing it twice is fine."""
        (self.root / _checked(job_id)).unlink(missing_ok=True)

    def list(self) -> Iterator[str]:
        """Yield the id of every job that has a file."""
        yield from sorted(path.name for path in self.root.iterdir() if is_id(path.name))

    def sweep(self, before: float) -> int:
        """Remove drafts nobody has written to since an instant (seconds since 1970); returns how many."""
        count = 0
        for path in self._drafts.iterdir():
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
                count += 1
        return count


def _checked(job_id: str) -> str:
    if not is_id(job_id):
        raise ValueError("not a job id")
    return job_id
