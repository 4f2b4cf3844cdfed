"""Personal data at rest: fields sealed with AES-256-GCM, found again through keyed hashes.

A sealed field reads `s1.<key id>.<base64url(nonce || ciphertext || tag)>` and opens only in the place it was sealed
for: the additional data names table, column and row, so that nobody can copy a sealed value into another row.
"""

import base64
import binascii
import hmac
import json
import os
import re
import secrets
import unicodedata
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from grid.core.errors.vault import SealBroken, SealKeyMissing
from grid.tools.durable import make_directories, sync_directory, write_all

KEY_FILE = "vault.json"
_MARK = "s1"
_NONCE_BYTES = 12
_SPACE = re.compile(r"\s+")
# The dots people type in names such as 欧阳·古丽娜尔 are one dot when we search.
_DOTS = re.compile("[•‧∙⋅・･．]")


class VaultUnusable(RuntimeError):
    """The key file is missing, readable by others or not ours: the server must not start."""


class Vault:
    """The open key file; immutable, shared by threads. One operation costs a few microseconds."""

    def __init__(self, keys: dict[str, bytes], active: str, index_key: bytes) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._active = active
        self._index_key = index_key

    @classmethod
    def open(cls, directory: Path, *, create: bool = False) -> "Vault":
        """Open the key file of a directory; raises VaultUnusable.

        Only the first start may `create` one: making new keys beside old data would hide that the old keys are lost.
        """
        path = directory / KEY_FILE
        if create and not path.exists():
            _write_first(path)
        return cls(*_read(path))

    @staticmethod
    def rotate(directory: Path) -> str:
        """Add a key, make it the active one and return its id; old keys stay to open what they sealed."""
        path = directory / KEY_FILE
        keys, _, index_key = _read(path)
        key_id, keys = _with_new_key(keys)
        _write(path, keys, key_id, index_key)
        return key_id

    @property
    def active_key_id(self) -> str:
        """Return the id of the key that seals from now on."""
        return self._active

    def seal(self, text: str, aad: str) -> str:
        """Encrypt a field; `aad` is `table.column:row_id` and must be given again to open it."""
        nonce = os.urandom(_NONCE_BYTES)
        boxed = self._ciphers[self._active].encrypt(nonce, text.encode(), aad.encode())
        return f"{_MARK}.{self._active}.{base64.urlsafe_b64encode(nonce + boxed).rstrip(b'=').decode()}"

    def open_sealed(self, sealed: str, aad: str) -> str:
        """Decrypt a field; raises SealBroken for a changed or displaced one, SealKeyMissing for an unknown key."""
        mark, _, rest = sealed.partition(".")
        key_id, _, encoded = rest.partition(".")
        if mark != _MARK:
            raise SealBroken
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise SealKeyMissing(key_id=key_id[:16])
        try:
            boxed = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
            return cipher.decrypt(boxed[:_NONCE_BYTES], boxed[_NONCE_BYTES:], aad.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            raise SealBroken from None

    def needs_reseal(self, sealed: str) -> bool:
        """Tell whether a field was sealed with a key that is no longer the active one."""
        return not sealed.startswith(f"{_MARK}.{self._active}.")

    def blind_index(self, text: str, purpose: str) -> str:
        """Return 64 hex characters that are equal for equal text of the same purpose and tell nothing else.

        Text is normalised first (see `normalise_for_index`), so full-width digits or a stray space still match.
        """
        message = f"{purpose}\0{normalise_for_index(text)}".encode()
        return hmac.digest(self._index_key, message, "sha256").hex()


def normalise_for_index(text: str) -> str:
    """Return text as it is compared: NFKC, no spaces, one kind of name dot, no difference of case."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", _DOTS.sub("·", text))).casefold()


def _with_new_key(keys: dict[str, bytes]) -> tuple[str, dict[str, bytes]]:
    key_id = secrets.token_hex(4)
    return key_id, {**keys, key_id: AESGCM.generate_key(256)}


def _write_first(path: Path) -> None:
    make_directories(path.parent)
    key_id, keys = _with_new_key({})
    _write(path, keys, key_id, secrets.token_bytes(32), first=True)


def _write(path: Path, keys: dict[str, bytes], active: str, index_key: bytes, *, first: bool = False) -> None:
    content: dict[str, Any] = {
        "active": active,
        "index_key": base64.b64encode(index_key).decode(),
        "keys": {key_id: base64.b64encode(key).decode() for key_id, key in keys.items()},
    }
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        write_all(fd, json.dumps(content, indent=1).encode())
        os.fsync(fd)
    finally:
        os.close(fd)
    try:
        if first:
            os.link(temporary, path)
        else:
            os.rename(temporary, path)
    except FileExistsError:
        pass  # another process started first: its keys count
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(path.parent)


def _read(path: Path) -> tuple[dict[str, bytes], str, bytes]:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = json.load(file)
        keys = {str(key_id): base64.b64decode(key) for key_id, key in content["keys"].items()}
        active, index_key = content["active"], base64.b64decode(content["index_key"])
    except FileNotFoundError:
        raise VaultUnusable(f"no key file {path}: restore it from the sealed backup, or create it once") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise VaultUnusable(f"{path} is not a key file") from None
    if mode & 0o077:
        raise VaultUnusable(f"{path} may be read by others: chmod 600 it")
    if active not in keys or {len(key) for key in keys.values()} | {len(index_key)} != {32}:
        raise VaultUnusable(f"{path} is not a key file")
    return keys, active, index_key
