"""The ledger's signed checkpoint: a C2SP tlog-checkpoint in a signed note, Ed25519.

    <origin>\\n<size>\\n<root in base64>\\n\\n— <origin> <base64 of 4-byte key id ‖ 64-byte signature>\\n

Further signature lines (witness cosignatures) may follow ours; extension lines are neither written nor read.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from grid.core.words.tokens import KeyPurpose
from grid.tools.signing import PublicKey, Signer

_ED25519 = b"\x01"
_ORIGIN = re.compile(r"[!-*,-~]{1,128}", re.ASCII)  # printable, no space, no plus
_BODY = re.compile(r"([!-*,-~]{1,128})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n", re.ASCII)
_SIGNATURE = re.compile(r"— ([!-*,-~]{1,128}) ([A-Za-z0-9+/]+={0,2})", re.ASCII)
MAX_NOTE = 16_384


class CheckpointRefused(ValueError):
    """The note is no checkpoint of this log, or no key of ours signed it."""


@dataclass(frozen=True)
class Checkpoint:
    """What a signed note states: the log's name, its number of leaves and its 32-byte root."""

    origin: str
    size: int
    root: bytes


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer, public: PublicKey) -> str:
    """Write the signed note; signer and public are the two halves of one log key."""
    if not _ORIGIN.fullmatch(checkpoint.origin) or checkpoint.size < 0 or len(checkpoint.root) != 32:
        raise ValueError("an origin without space and plus, a size and a 32-byte root make a checkpoint")
    if signer.purpose is not KeyPurpose.LOG or signer.kid != public.kid:
        raise ValueError("a checkpoint is signed by the log's key")
    root = base64.b64encode(checkpoint.root).decode("ascii")
    body = f"{checkpoint.origin}\n{checkpoint.size}\n{root}\n"
    signature = signer.sign(body.encode("utf-8"))
    line = base64.b64encode(note_key_id(checkpoint.origin, public) + signature).decode("ascii")
    return f"{body}\n— {checkpoint.origin} {line}\n"


def verify_checkpoint(note: str, origin: str, keys: Iterable[PublicKey]) -> Checkpoint:
    """Read a note that one of the log keys signed under this origin. Raises CheckpointRefused."""
    if len(note) > MAX_NOTE or not note.endswith("\n"):
        raise CheckpointRefused("not a signed note")
    body, gap, signatures = note.partition("\n\n")
    read = _BODY.fullmatch(body + "\n")
    if not gap or not read or read[1] != origin:
        raise CheckpointRefused("not a checkpoint of this log")
    root = base64.b64decode(read[3])
    if base64.b64encode(root).decode("ascii") != read[3]:
        raise CheckpointRefused("the root has two spellings")
    lines = [_SIGNATURE.fullmatch(line) for line in signatures.removesuffix("\n").split("\n")]
    if None in lines:
        raise CheckpointRefused("a signature line is damaged")
    ours = {note_key_id(origin, key): key for key in keys if key.purpose is KeyPurpose.LOG}
    signed = f"{body}\n".encode()
    for line in lines:
        if line and line[1] == origin and _holds(line[2], ours, signed):
            return Checkpoint(origin, int(read[2]), root)
    raise CheckpointRefused("no key of this log signed it")


def note_key_id(name: str, key: PublicKey) -> bytes:
    """Return the 4-byte key id of a signed note: SHA-256(name ‖ LF ‖ 0x01 ‖ public key), its front."""
    return hashlib.sha256(name.encode("utf-8") + b"\n" + _ED25519 + _raw(key)).digest()[:4]


def verifier_key(name: str, key: PublicKey) -> str:
    """Write the public half as a C2SP verifier key, which a witness is given: name+id+base64(0x01 ‖ key)."""
    return f"{name}+{note_key_id(name, key).hex()}+{base64.b64encode(_ED25519 + _raw(key)).decode('ascii')}"


def _holds(encoded: str, ours: dict[bytes, PublicKey], signed: bytes) -> bool:
    try:
        blob = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return False
    key = ours.get(blob[:4])
    return key is not None and len(blob) == 68 and key.verify(blob[4:], signed)


def _raw(key: PublicKey) -> bytes:
    if not isinstance(key.key, Ed25519PublicKey):
        raise TypeError("a checkpoint key is an Ed25519 key")
    return key.key.public_bytes(Encoding.Raw, PublicFormat.Raw)
