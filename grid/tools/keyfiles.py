"""The files behind a key ring: <purpose>.<kid>.json is public and stays, <purpose>.<kid>.key is private, mode 0600."""

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
    load_pem_private_key,
)

from grid.core.errors.tokens import SigningKeyUnsafe
from grid.core.words.tokens import KeyPurpose
from grid.tools.signing import KeySigner, PublicKey, fits_purpose, kid_of, signer_for, spki

_MAX_FILE = 4_096


def read_public(directory: Path) -> list[PublicKey]:
    """Read every public record, oldest first. Raises SigningKeyUnsafe for one that is damaged."""
    records = [_read_record(path) for path in sorted(directory.glob("*.json"))]
    return sorted(records, key=lambda record: (record.valid_from, record.kid))


def write_public(directory: Path, public: PublicKey) -> None:
    """Write or replace the public record, durably."""
    record = {
        "purpose": public.purpose.value,
        "spki": base64.b64encode(spki(public.key)).decode("ascii"),
        "valid_from": public.valid_from,
        "retired_at": public.retired_at,
        "revoked_at": public.revoked_at,
    }
    _write(_path(directory, public, "json"), json.dumps(record, indent=1).encode(), 0o644)


def read_private(directory: Path, public: PublicKey) -> KeySigner | None:
    """Load the private half if it is still held. Raises SigningKeyUnsafe when others can read it or it does not fit."""
    path = _path(directory, public, "key")
    try:
        if path.stat().st_mode & 0o077:
            raise SigningKeyUnsafe(f"{path.name} can be read by others")
        private = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise SigningKeyUnsafe(f"{path.name} is damaged") from error
    if not isinstance(private, EllipticCurvePrivateKey | Ed25519PrivateKey):
        raise SigningKeyUnsafe(f"{path.name} holds another kind of key")
    signer = signer_for(public.purpose, private)
    if signer.kid != public.kid:
        raise SigningKeyUnsafe(f"{path.name} does not belong to its record")
    return signer


def write_private(directory: Path, signer: KeySigner) -> None:
    """Write the private half as PKCS#8, readable by the owner only."""
    pem = signer.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(directory / f"{signer.purpose.value}.{signer.kid.hex()}.key", pem, 0o600)


def holds_private(directory: Path, public: PublicKey) -> bool:
    """Tell whether the private half is still there."""
    return _path(directory, public, "key").exists()


def destroy_private(directory: Path, public: PublicKey) -> None:
    """Overwrite and remove the private half; what a flash disk or a backup kept is beyond this program."""
    path = _path(directory, public, "key")
    try:
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    _sync(directory)


@contextmanager
def locked(directory: Path, shared: bool = False) -> Iterator[None]:
    """Hold the directory against changes by others; shared lets others read it too."""
    with (directory / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


def _read_record(path: Path) -> PublicKey:
    try:
        record = json.loads(path.read_bytes()[:_MAX_FILE])
        key = load_der_public_key(base64.b64decode(record["spki"], validate=True))
        purpose = KeyPurpose(record["purpose"])
        times = [record[name] for name in ("valid_from", "retired_at", "revoked_at")]
    except (ValueError, KeyError, TypeError) as error:
        raise SigningKeyUnsafe(f"{path.name} is damaged") from error
    if not isinstance(key, EllipticCurvePublicKey | Ed25519PublicKey) or not fits_purpose(key, purpose):
        raise SigningKeyUnsafe(f"{path.name} holds another kind of key")
    if not isinstance(times[0], int) or not all(time is None or isinstance(time, int) for time in times):
        raise SigningKeyUnsafe(f"{path.name} is damaged")
    return PublicKey(purpose, key, kid_of(key), *times)


def _path(directory: Path, public: PublicKey, suffix: str) -> Path:
    return directory / f"{public.purpose.value}.{public.kid.hex()}.{suffix}"


def _write(path: Path, data: bytes, mode: int) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    _sync(path.parent)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
