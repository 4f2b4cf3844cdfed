"""Unfinished uploads: append at the exact offset, resume after any crash, become a blob when the hash is right.

The offset of an upload *is* the length of its `.part` file; there is no second counter that could disagree. Bytes are
fsynced before they are acknowledged. A chunk with a checksum is verified in memory before its first byte is written.
"""

import base64
import binascii
import fcntl
import hashlib
import hmac
import os
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from grid.core.errors.storage import (
    ChecksumUnknown,
    ChunkDamaged,
    DigestMismatch,
    PartBusy,
    PartIncomplete,
    PartMissing,
    PartOffsetWrong,
    PartTooLong,
)
from grid.tools.blobstore import BlobStore, modified_at
from grid.tools.durable import disk_problems, make_directories, sync_directory, write_all

_NAME = re.compile(r"[0-9a-zA-Z_-]{16,64}")
_SUFFIX = ".part"
_SIZES = {"sha256": 32, "sha1": 20}
_REMEMBERED = 256


@dataclass(frozen=True)
class Checksum:
    """An announced checksum of one chunk; `sha1` only because tus 1.0.0 demands it."""

    algorithm: str
    digest: bytes

    @classmethod
    def parse(cls, header: str) -> "Checksum":
        """Read `<algorithm> <base64>` (tus Upload-Checksum); raises ChecksumUnknown."""
        algorithm, _, encoded = header.strip().partition(" ")
        try:
            digest = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            raise ChecksumUnknown from None
        if _SIZES.get(algorithm) != len(digest):
            raise ChecksumUnknown
        return cls(algorithm, digest)


@dataclass(frozen=True)
class Part:
    """An unfinished upload as it lies on the disk; `touched_at` is its last write."""

    id: str
    offset: int
    touched_at: datetime


class PartStore:
    """The store of unfinished uploads; safe for many processes, one writer per upload.

    `root` must be on the same disk as the blob store's directory.
    """

    def __init__(self, root: Path, blobs: BlobStore) -> None:
        self.root = root
        self._blobs = blobs
        # Hash states of uploads this process is receiving; only a saving, any miss is rehashed from the disk.
        self._hashes: OrderedDict[str, tuple[int, Any]] = OrderedDict()
        with disk_problems():
            make_directories(root)

    def create(self, part_id: str) -> None:
        """Open an empty upload; a second call for the same id changes nothing. Ids: 16 to 64 of `0-9a-zA-Z_-`."""
        with disk_problems():
            try:
                os.close(os.open(self._path(part_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                return
            sync_directory(self.root)

    def offset(self, part_id: str) -> int:
        """Tell how many bytes are safely here; raises PartMissing."""
        try:
            return self._path(part_id).stat().st_size
        except FileNotFoundError:
            raise PartMissing from None

    def append(
        self,
        part_id: str,
        offset: int,
        data: bytes | Iterable[bytes],
        *,
        length: int,
        checksum: Checksum | None = None,
    ) -> int:
        """Add bytes at the exact offset and return the new offset once they are durable.

        `length` is the announced size of the whole upload. With a checksum the chunk counts whole or not at all.
        Without one, pieces count as they arrive: when `data` raises (a client that went away) what came before is kept.
        Raises PartMissing, PartBusy, PartOffsetWrong, PartTooLong, ChunkDamaged, StorageFull, StorageFailed.
        """
        pieces: Iterable[bytes] = (data,) if isinstance(data, bytes) else data
        with self._locked(part_id) as fd:
            stands_at = os.fstat(fd).st_size
            if stands_at != offset:
                raise PartOffsetWrong(offset=stands_at)
            if checksum is not None:
                pieces = (_verified(pieces, checksum, length - offset),)
            state = self._recall(part_id, offset)
            try:
                for piece in pieces:
                    if offset + len(piece) > length:
                        raise PartTooLong(length=length)
                    _write(fd, offset, piece)
                    offset += len(piece)
                    if state is not None:
                        state.update(piece)
            finally:
                if offset > stands_at:
                    _sync(fd, stands_at)
                    self._remember(part_id, offset, state)
        return offset

    def finish(self, part_id: str, sha256: str, length: int) -> str:
        """Turn a complete upload into a blob and return its digest; a repeat after a crash returns the same.

        Raises PartIncomplete (kept), DigestMismatch (dropped), PartMissing, PartBusy, StorageFull, StorageFailed.
        """
        try:
            with self._locked(part_id) as fd:
                stands_at = os.fstat(fd).st_size
                if stands_at != length:
                    raise PartIncomplete(offset=stands_at, length=length)
                state = self._recall(part_id, length) or _rehash(fd)
                found = state.hexdigest()
                if not hmac.compare_digest(found, sha256):
                    self._path(part_id).unlink()
                    raise DigestMismatch(declared=sha256, found=found)
                with disk_problems():
                    return self._blobs.put(self._path(part_id), sha256)
        except PartMissing:
            if self._blobs.size(sha256) == length:
                return sha256
            raise

    def drop(self, part_id: str) -> bool:
        """Forget an upload; False when it was not there; raises PartBusy while it is being written."""
        try:
            with self._locked(part_id), disk_problems():
                self._path(part_id).unlink()
        except PartMissing:
            return False
        return True

    def list(self, before: datetime | None = None) -> Iterator[Part]:
        """Yield the unfinished uploads, all or those last written before an instant (the expired ones)."""
        for path in sorted(self.root.glob("*" + _SUFFIX)):
            touched_at = modified_at(path)
            if before is None or touched_at < before:
                try:
                    yield Part(path.name.removesuffix(_SUFFIX), path.stat().st_size, touched_at)
                except FileNotFoundError:  # finished while we were listing
                    continue

    def _path(self, part_id: str) -> Path:
        if not _NAME.fullmatch(part_id):
            raise PartMissing
        return self.root / (part_id + _SUFFIX)

    @contextmanager
    def _locked(self, part_id: str) -> Iterator[int]:
        path = self._path(part_id)
        try:
            fd = os.open(path, os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            raise PartMissing from None
        try:
            try:
                # flock belongs to the open file, so it holds between threads too and dies with the process.
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise PartBusy from None
            if not path.exists() or path.stat().st_ino != os.fstat(fd).st_ino:
                raise PartMissing  # finished or dropped between open and lock
            yield fd
        finally:
            os.close(fd)

    def _recall(self, part_id: str, offset: int) -> Any | None:
        """Take the hash state out: it comes back only with bytes that are durable."""
        known = self._hashes.pop(part_id, None)
        if not offset:
            return hashlib.sha256()
        return known[1] if known is not None and known[0] == offset else None

    def _remember(self, part_id: str, offset: int, state: Any | None) -> None:
        if state is not None:
            self._hashes[part_id] = (offset, state)
            if len(self._hashes) > _REMEMBERED:
                self._hashes.popitem(last=False)


def _write(fd: int, offset: int, piece: bytes) -> None:
    with disk_problems():
        try:
            write_all(fd, piece)
        except OSError:
            os.ftruncate(fd, offset)
            raise


def _sync(fd: int, known_good: int) -> None:
    with disk_problems():
        try:
            os.fsync(fd)
        except OSError:
            # The kernel may have dropped the pages and will not say so twice: these bytes must come again.
            os.ftruncate(fd, known_good)
            raise


def _rehash(fd: int) -> Any:
    with os.fdopen(os.dup(fd), "rb") as file:
        file.seek(0)
        return hashlib.file_digest(file, "sha256")


def _verified(pieces: Iterable[bytes], checksum: Checksum, room: int) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > room:
            raise PartTooLong
    if not hmac.compare_digest(hashlib.new(checksum.algorithm, data, usedforsecurity=False).digest(), checksum.digest):
        raise ChunkDamaged
    return bytes(data)
