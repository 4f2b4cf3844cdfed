"""Files are kept once, whole, under their own hash, through crashes and full disks."""

import errno
import hashlib
import os
import signal
import stat
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grid.core.errors.storage import BlobDamaged, BlobMissing, DigestMismatch, StorageFailed, StorageFull
from grid.tools.blobstore import BlobStore, DirectoryBlobStore

PHOTO = bytes(range(256)) * 1200


@pytest.fixture
def store(tmp_path: Path) -> DirectoryBlobStore:
    return DirectoryBlobStore(tmp_path / "blobs")


def read(store: BlobStore, digest: str) -> bytes:
    with store.open_range(digest) as file:
        return file.read()


def kept_files(store: DirectoryBlobStore) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in store.root.rglob("*") if p.is_file()}


def test_keeps_bytes_under_their_hash(store: BlobStore) -> None:
    digest = store.put(PHOTO)
    assert digest == hashlib.sha256(PHOTO).hexdigest()
    assert store.size(digest) == len(PHOTO)
    assert read(store, digest) == PHOTO
    assert list(store.list()) == [digest]


@pytest.mark.parametrize(("start", "length"), [(0, 10), (5, 100_000), (307_190, 100), (400_000, 5), (0, 0), (17, None)])
def test_reads_a_range(store: BlobStore, start: int, length: int | None) -> None:
    digest = store.put(PHOTO)
    end = None if length is None else start + length
    with store.open_range(digest, start, length) as file:
        assert file.read() == PHOTO[start:end]


def test_the_file_is_read_only_and_in_its_folder(store: DirectoryBlobStore) -> None:
    digest = store.put(b"x")
    path = store.root / digest[:2] / digest[2:4] / digest
    assert path.stat().st_mode & 0o777 == 0o400


def test_never_replaces(store: DirectoryBlobStore) -> None:
    digest = store.put(PHOTO)
    inode = store.path_of(digest).stat().st_ino
    assert store.put(PHOTO, digest) == digest
    assert store.path_of(digest).stat().st_ino == inode
    assert list(kept_files(store)) == [digest]


def test_takes_over_a_file(store: DirectoryBlobStore, tmp_path: Path) -> None:
    source = tmp_path / "part"
    source.write_bytes(PHOTO)
    digest = store.put(source)
    assert not source.exists()
    source.write_bytes(PHOTO)
    assert store.put(source, digest) == digest
    assert kept_files(store) == {digest: PHOTO}


def test_refuses_bytes_that_are_not_the_declared_ones(store: DirectoryBlobStore) -> None:
    with pytest.raises(DigestMismatch):
        store.put(PHOTO, "0" * 64)
    assert kept_files(store) == {}


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_what_is_not_there_is_missing(store: BlobStore, name: str) -> None:
    assert store.size(name) is None
    with pytest.raises(BlobMissing):
        store.open_range(name)


def test_deletes(store: BlobStore) -> None:
    digest = store.put(b"x")
    assert store.delete(digest)
    assert not store.delete(digest)
    assert store.size(digest) is None


def test_damage_is_found_and_never_papered_over(store: DirectoryBlobStore) -> None:
    digest = store.put(PHOTO)
    store.verify(digest)
    path = store.path_of(digest)
    path.chmod(0o600)
    path.write_bytes(PHOTO[:-1])
    with pytest.raises(BlobDamaged):
        store.verify(digest)
    with pytest.raises(BlobDamaged):
        store.put(PHOTO)


def test_sweeps_only_old_temporaries(store: DirectoryBlobStore) -> None:
    stale = store.root / "tmp" / "stale"
    stale.write_bytes(b"x")
    os.utime(stale, (1, 1))
    (store.root / "tmp" / "fresh").write_bytes(b"x")
    assert store.sweep(datetime.now(UTC) - timedelta(hours=1)) == 1
    assert [p.name for p in (store.root / "tmp").iterdir()] == ["fresh"]


def test_bytes_are_durable_before_the_name_and_the_name_before_the_answer(
    store: DirectoryBlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(PHOTO)
    steps = []
    real_sync, real_link = os.fsync, os.link

    def sync(fd: int) -> None:
        steps.append(("folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file") + " synced")
        real_sync(fd)

    def link(source: Path, target: Path) -> None:
        steps.append("linked")
        real_link(source, target)

    store.delete(hashlib.sha256(PHOTO).hexdigest())
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "link", link)
    store.put(PHOTO)
    assert steps == ["file synced", "linked", "folder synced"]


@pytest.mark.parametrize("call", ["open", "write", "fsync", "link"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_every_fault_leaves_nothing_half_written(
    store: DirectoryBlobStore, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    real = getattr(os, call)
    expected = StorageFull if number == errno.ENOSPC else StorageFailed
    faults = 0
    for nth in range(1, 20):
        count = 0

        def failing(*args: object, nth: int = nth, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count == nth:
                raise OSError(number, "injected")
            return real(*args, **kwargs)

        data = bytes([nth]) + PHOTO
        with monkeypatch.context() as patched:
            patched.setattr(os, call, failing)
            try:
                store.put(data)
            except expected:
                faults += 1
        for name, content in kept_files(store).items():
            assert hashlib.sha256(content).hexdigest() == name
        assert read(store, store.put(data)) == data
    assert faults > 0


WRITER = textwrap.dedent("""
    import sys, pathlib
    from grid.tools.blobstore import DirectoryBlobStore
    store = DirectoryBlobStore(pathlib.Path(sys.argv[1]))
    for n in range(100_000):
        print(store.put(str(n).encode() * 50_000), flush=True)
""")


def test_a_killed_writer_leaves_only_whole_files_and_all_it_acknowledged(tmp_path: Path) -> None:
    for _ in range(3):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        acknowledged = [child.stdout.readline().strip() for _ in range(20)]
        child.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]
        child.wait()
        child.stdout.close()
        store = DirectoryBlobStore(tmp_path)
        kept = set(store.list())
        assert kept >= set(acknowledged)
        for digest in kept:
            store.verify(digest)


def test_two_writers_of_the_same_file_both_succeed(tmp_path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", WRITER.replace("100_000", "40"), str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    outputs = [child.communicate()[0] for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert outputs[0] == outputs[1]
    store = DirectoryBlobStore(tmp_path)
    assert len(list(store.list())) == 40
    assert not list((tmp_path / "tmp").iterdir())
