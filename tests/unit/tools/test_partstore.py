"""An upload survives crashes, never counts a bad chunk, and becomes a blob only with the right hash."""

import base64
import errno
import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grid.core.errors.storage import (
    ChecksumUnknown,
    ChunkDamaged,
    DigestMismatch,
    PartBusy,
    PartIncomplete,
    PartMissing,
    PartOffsetWrong,
    PartTooLong,
    StorageFailed,
    StorageFull,
)
from grid.tools.blobstore import DirectoryBlobStore
from grid.tools.partstore import Checksum, PartStore

PHOTO = os.urandom(300_000)
DIGEST = hashlib.sha256(PHOTO).hexdigest()
ID = "upload-0123456789abcdef"


@pytest.fixture
def blobs(tmp_path: Path) -> DirectoryBlobStore:
    return DirectoryBlobStore(tmp_path / "blobs")


@pytest.fixture
def parts(tmp_path: Path, blobs: DirectoryBlobStore) -> PartStore:
    store = PartStore(tmp_path / "parts", blobs)
    store.create(ID)
    return store


def append(parts: PartStore, offset: int, data: bytes, algorithm: str = "") -> int:
    checksum = Checksum(algorithm, hashlib.new(algorithm, data).digest()) if algorithm else None
    return parts.append(ID, offset, data, length=len(PHOTO), checksum=checksum)


@pytest.mark.parametrize("algorithm", ["", "sha1", "sha256"])
@pytest.mark.parametrize("chunk", [300_000, 65_536, 99_999])
def test_chunks_become_a_blob(parts: PartStore, blobs: DirectoryBlobStore, chunk: int, algorithm: str) -> None:
    offset = 0
    while offset < len(PHOTO):
        offset = append(parts, offset, PHOTO[offset : offset + chunk], algorithm)
        assert parts.offset(ID) == offset
    assert parts.finish(ID, DIGEST, len(PHOTO)) == DIGEST
    assert blobs.path_of(DIGEST).read_bytes() == PHOTO
    assert list(parts.list()) == []


def test_another_process_resumes_and_the_whole_file_is_hashed(tmp_path: Path, blobs: DirectoryBlobStore) -> None:
    first, second = (PartStore(tmp_path / "parts", blobs) for _ in range(2))
    first.create(ID)
    append(first, 0, PHOTO[:1000])
    append(second, 1000, PHOTO[1000:2000])
    append(first, 2000, PHOTO[2000:])
    assert first.finish(ID, DIGEST, len(PHOTO)) == DIGEST
    blobs.verify(DIGEST)


def test_a_wrong_offset_says_where_the_upload_stands(parts: PartStore) -> None:
    append(parts, 0, PHOTO[:1000])
    for offset in (0, 999, 1001):
        with pytest.raises(PartOffsetWrong) as caught:
            append(parts, offset, PHOTO[:10])
        assert caught.value.facts == {"offset": 1000}


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_damaged_chunk_does_not_count(parts: PartStore, algorithm: str) -> None:
    append(parts, 0, PHOTO[:1000])
    wrong = Checksum(algorithm, hashlib.new(algorithm, b"other").digest())
    with pytest.raises(ChunkDamaged):
        parts.append(ID, 1000, PHOTO[1000:2000], length=len(PHOTO), checksum=wrong)
    assert parts.offset(ID) == 1000
    append(parts, 1000, PHOTO[1000:], algorithm)
    assert parts.finish(ID, DIGEST, len(PHOTO)) == DIGEST


@pytest.mark.parametrize(
    "header", ["", "sha256", "md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256 AAAA", "sha1 !!!", "sha256 é"]
)
def test_an_unknown_checksum_is_refused(header: str) -> None:
    with pytest.raises(ChecksumUnknown):
        Checksum.parse(header)


def test_a_checksum_header_is_read() -> None:
    digest = hashlib.sha1(b"x").digest()
    assert Checksum.parse("sha1 " + base64.b64encode(digest).decode()) == Checksum("sha1", digest)


def test_too_many_bytes_are_refused(parts: PartStore) -> None:
    for algorithm in ("", "sha1"):
        with pytest.raises(PartTooLong):
            append(parts, 0, PHOTO + b"x", algorithm)
        assert parts.offset(ID) == 0


def test_a_client_that_goes_away_keeps_what_arrived(parts: PartStore) -> None:
    def body() -> Iterator[bytes]:
        yield PHOTO[:500]
        yield PHOTO[500:900]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        parts.append(ID, 0, body(), length=len(PHOTO))
    assert parts.offset(ID) == 900
    append(parts, 900, PHOTO[900:])
    assert parts.finish(ID, DIGEST, len(PHOTO)) == DIGEST


def test_a_client_that_goes_away_inside_a_checked_chunk_leaves_nothing(parts: PartStore) -> None:
    def body() -> Iterator[bytes]:
        yield PHOTO[:500]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        parts.append(ID, 0, body(), length=len(PHOTO), checksum=Checksum("sha1", b"0" * 20))
    assert parts.offset(ID) == 0


def test_one_writer_at_a_time(parts: PartStore, tmp_path: Path, blobs: DirectoryBlobStore) -> None:
    inside, leave = threading.Event(), threading.Event()

    def body() -> Iterator[bytes]:
        yield PHOTO[:10]
        inside.set()
        assert leave.wait(10)
        yield PHOTO[10:]

    writer = threading.Thread(target=lambda: parts.append(ID, 0, body(), length=len(PHOTO)))
    writer.start()
    assert inside.wait(10)
    other = PartStore(tmp_path / "parts", blobs)
    for attempt in (lambda: append(other, 10, b"x"), lambda: other.drop(ID), lambda: other.finish(ID, DIGEST, 10)):
        with pytest.raises(PartBusy):
            attempt()
    leave.set()
    writer.join()
    assert other.finish(ID, DIGEST, len(PHOTO)) == DIGEST


def test_a_short_upload_is_kept_and_a_wrong_one_dropped(parts: PartStore, blobs: DirectoryBlobStore) -> None:
    append(parts, 0, PHOTO[:-1])
    with pytest.raises(PartIncomplete):
        parts.finish(ID, DIGEST, len(PHOTO))
    append(parts, len(PHOTO) - 1, bytes([PHOTO[-1] ^ 1]))
    with pytest.raises(DigestMismatch):
        parts.finish(ID, DIGEST, len(PHOTO))
    assert list(parts.list()) == []
    assert list(blobs.list()) == []


def test_finishing_twice_gives_the_same_answer(parts: PartStore) -> None:
    append(parts, 0, PHOTO)
    assert parts.finish(ID, DIGEST, len(PHOTO)) == parts.finish(ID, DIGEST, len(PHOTO)) == DIGEST
    with pytest.raises(PartMissing):
        parts.finish(ID, "0" * 64, len(PHOTO))


@pytest.mark.parametrize("part_id", ["", "../../../etc/passwd", "short", "x" * 65, "0123456789abcdef/0"])
def test_strange_ids_are_missing(parts: PartStore, part_id: str) -> None:
    with pytest.raises(PartMissing):
        parts.offset(part_id)
    with pytest.raises(PartMissing):
        parts.create(part_id)


def test_drops_and_lists_the_expired(parts: PartStore, tmp_path: Path) -> None:
    parts.create("second-0123456789abcdef")
    os.utime(tmp_path / "parts" / f"{ID}.part", (1, 1))
    expired = list(parts.list(before=datetime.now(UTC) - timedelta(days=7)))
    assert [part.id for part in expired] == [ID]
    assert parts.drop(ID)
    assert not parts.drop(ID)
    with pytest.raises(PartMissing):
        parts.offset(ID)
    assert [part.id for part in parts.list()] == ["second-0123456789abcdef"]


@pytest.mark.parametrize(("call", "number"), [("write", errno.ENOSPC), ("write", errno.EIO), ("fsync", errno.EIO)])
def test_a_failing_disk_acknowledges_nothing(
    parts: PartStore, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    append(parts, 0, PHOTO[:1000])
    real = os.write

    def failing(fd: int, data: bytes = b"") -> int:
        if call == "write":
            real(fd, data[: len(data) // 2])
        raise OSError(number, "injected")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, failing)
        with pytest.raises(StorageFull if number == errno.ENOSPC else StorageFailed):
            append(parts, 1000, PHOTO[1000:2000])
    assert parts.offset(ID) == 1000
    append(parts, 1000, PHOTO[1000:])
    assert parts.finish(ID, DIGEST, len(PHOTO)) == DIGEST


RECEIVER = textwrap.dedent("""
    import hashlib, pathlib, sys
    from grid.tools.blobstore import DirectoryBlobStore
    from grid.tools.partstore import Checksum, PartStore
    root, part_id = pathlib.Path(sys.argv[1]), sys.argv[2]
    data = pathlib.Path(sys.argv[3]).read_bytes()
    parts = PartStore(root / "parts", DirectoryBlobStore(root / "blobs"))
    offset = parts.offset(part_id)
    while offset < len(data):
        chunk = data[offset:offset + 1000]
        checksum = Checksum("sha256", hashlib.sha256(chunk).digest())
        offset = parts.append(part_id, offset, chunk, length=len(data), checksum=checksum)
        print(offset, flush=True)
    parts.finish(part_id, hashlib.sha256(data).hexdigest(), len(data))
    print("done", flush=True)
""")


def test_a_receiver_killed_again_and_again_still_ends_with_the_same_file(tmp_path: Path) -> None:
    source = tmp_path / "photo"
    source.write_bytes(PHOTO)
    blobs = DirectoryBlobStore(tmp_path / "blobs")
    parts = PartStore(tmp_path / "parts", blobs)
    parts.create(ID)
    acknowledged, kills = 0, 0
    for attempt in range(20):
        command = [sys.executable, "-c", RECEIVER, str(tmp_path), ID, str(source)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        lines = []
        for line in child.stdout:
            lines.append(line.strip())
            if len(lines) == 40 and attempt < 5:
                child.send_signal(signal.SIGKILL)
                kills += 1
        child.stdout.close()
        child.wait()
        numbers = [int(line) for line in lines if line.isdigit()]
        acknowledged = max([acknowledged, *numbers])
        if "done" in lines:
            break
        assert parts.offset(ID) >= acknowledged
    assert kills == 5
    assert blobs.path_of(DIGEST).read_bytes() == PHOTO
