"""Files kept under their own SHA-256, written once, never replaced.

Layout: `<root>/ab/cd/<sha256>` (mode 0400), unfinished ones in `<root>/tmp`. The name is the integrity check and the
link into place is the only moment a file becomes visible, so a reader never meets half a file.
"""

import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from grid.core.errors.storage import BlobDamaged, BlobMissing, DigestMismatch
from grid.tools.durable import disk_problems, make_directories, sync_directory, write_all

_DIGEST = re.compile(r"[0-9a-f]{64}")
_READ_BYTES = 1024 * 1024


class BlobStore(Protocol):
    """What any store of files must do; digests are 64 lower-case hex characters."""

    def put(self, source: bytes | Path, sha256: str | None = None) -> str:
        """Keep bytes, or take over a durable file of the same disk; returns the digest once it is durable."""

    def open_range(self, sha256: str, start: int = 0, length: int | None = None) -> BinaryIO:
        """Open a file for reading from `start`, at most `length` bytes; raises BlobMissing."""

    def size(self, sha256: str) -> int | None:
        """Tell the size in bytes, or None when nothing is kept under the digest."""

    def delete(self, sha256: str) -> bool:
        """Remove a file; False when it was not there."""

    def list(self) -> Iterator[str]:
        """Yield the digest of every file kept, in order."""


def is_digest(text: object) -> bool:
    """Tell whether text is a SHA-256 as 64 lower-case hex characters."""
    return isinstance(text, str) and _DIGEST.fullmatch(text) is not None


def file_digest(source: BinaryIO) -> str:
    """Hash an open file from where it stands, as hex."""
    state = hashlib.sha256()
    while piece := source.read(_READ_BYTES):
        state.update(piece)
    return state.hexdigest()


class DirectoryBlobStore:
    """The store on a POSIX directory; safe for many processes at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._temporary = root / "tmp"
        self._durable: set[str] = set()  # folders whose own names this process has seen to
        with disk_problems():
            make_directories(self._temporary)

    def path_of(self, sha256: str) -> Path:
        """Return where a file is or would be; raises BlobMissing for what is no digest."""
        if not is_digest(sha256):
            raise BlobMissing
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def put(self, source: bytes | Path, sha256: str | None = None) -> str:
        """Keep bytes or take over a file; the digest names it.

        A given `sha256` for a Path is trusted (the caller has just verified it and fsynced the file, which must be on
        the same disk; the file's own name is removed). Bytes are always hashed; another digest raises DigestMismatch.
        Raises StorageFull, StorageFailed; then nothing is visible and a file source is left as it was.
        """
        if isinstance(source, Path):
            return self._adopt(source, sha256)
        found = hashlib.sha256(source).hexdigest()
        if sha256 is not None and sha256 != found:
            raise DigestMismatch(declared=sha256, found=found)
        target = self.path_of(found)
        with disk_problems():
            if not self._holds(target, len(source)):
                temporary = self._temporary / secrets.token_hex(16)
                try:
                    self._write(temporary, source)
                    self._link(temporary, target)
                finally:
                    temporary.unlink(missing_ok=True)
        return found

    def open_range(self, sha256: str, start: int = 0, length: int | None = None) -> BinaryIO:
        """Open a file for reading from `start`, at most `length` bytes; raises BlobMissing."""
        try:
            file = self.path_of(sha256).open("rb", buffering=0)
        except FileNotFoundError:
            raise BlobMissing(sha256=sha256) from None
        file.seek(start)
        raw = file if length is None else _Window(file, length)
        return cast(BinaryIO, io.BufferedReader(raw, 64 * 1024))

    def size(self, sha256: str) -> int | None:
        """Tell the size in bytes, or None when nothing is kept under the digest."""
        try:
            return self.path_of(sha256).stat().st_size
        except (FileNotFoundError, BlobMissing):
            return None

    def delete(self, sha256: str) -> bool:
        """Remove a file durably; False when it was not there."""
        path = self.path_of(sha256)
        with disk_problems():
            try:
                path.unlink()
            except FileNotFoundError:
                return False
            sync_directory(path.parent)
        return True

    def list(self) -> Iterator[str]:
        """Yield the digest of every file kept, in order."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for inner in sorted(path.glob("[0-9a-f][0-9a-f]")):
                yield from sorted(name for name in os.listdir(inner) if is_digest(name))

    def verify(self, sha256: str) -> None:
        """Read a file again; raises BlobMissing or BlobDamaged when it is not what its name promises."""
        with self.open_range(sha256) as file:
            if file_digest(file) != sha256:
                raise BlobDamaged(sha256=sha256)

    def sweep(self, before: datetime) -> int:
        """Remove temporaries a killed process left before an instant; returns how many."""
        stale = [path for path in self._temporary.iterdir() if modified_at(path) < before]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def _adopt(self, source: Path, sha256: str | None) -> str:
        if sha256 is None:
            with source.open("rb") as file:
                sha256 = file_digest(file)
                os.fsync(file.fileno())
        target = self.path_of(sha256)
        with disk_problems():
            if not self._holds(target, source.stat().st_size):
                source.chmod(0o400)
                self._link(source, target)
            source.unlink()
        return sha256

    def _holds(self, target: Path, size: int) -> bool:
        try:
            kept = target.stat().st_size
        except FileNotFoundError:
            return False
        if kept != size:
            # Equal hash, other length: the disk lost something. Never paper over it, fsck must see it.
            raise BlobDamaged(sha256=target.name)
        # A process killed between link and directory fsync left a name that may not be durable yet.
        sync_directory(target.parent)
        return True

    def _write(self, temporary: Path, data: bytes) -> None:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        try:
            write_all(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)

    def _link(self, source: Path, target: Path) -> None:
        self._make_folder(target)
        try:
            os.link(source, target)
        except FileExistsError:
            # Another process kept the same bytes a moment earlier: the first copy stays.
            self._holds(target, source.stat().st_size)
            return
        sync_directory(target.parent)

    def _make_folder(self, target: Path) -> None:
        if target.name[:4] in self._durable:
            return
        make_directories(target.parent)
        # Made by a process that was killed before it could sync, the name may still be in memory only.
        sync_directory(target.parent.parent)
        sync_directory(self.root)
        self._durable.add(target.name[:4])


def modified_at(path: Path) -> datetime:
    """Tell when a file was last written, as an aware UTC instant; a file that has just gone counts as new."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


class _Window(io.RawIOBase):
    """The first bytes of an open file, then the end."""

    def __init__(self, file: io.FileIO, length: int) -> None:
        self._file = file
        self._left = length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed names a wider buffer type
        count = self._file.readinto(memoryview(buffer)[: max(self._left, 0)]) or 0
        self._left -= count
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
