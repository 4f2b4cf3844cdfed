"""The signed status list: which tokens were corrected or annulled, small enough for every phone to keep.

A token is named by the first 8 bytes of its cti. The counter only grows, so an older list never replaces a newer one.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grid.core.clock import iso, parse_iso
from grid.core.errors.tokens import ShortCodeWrong
from grid.core.words.tokens import KeyPurpose
from grid.rules.canonical import NotCanonical, canonical_bytes
from grid.tools.shortcode import read_short_code
from grid.tools.signing import PublicKey, Signer, has_low_s_form

VERSION = 1
PREFIX_SIZE = 8
MAX_ENTRIES = 100_000
CORRECTED, ANNULLED = "corrected", "annulled"

_CONTEXT = b"hs-status-v1\n"
_MEMBERS = {"version", "counter", "issued_at", "entries", "kid", "signature"}
_PREFIX = re.compile(r"[0-9a-f]{16}", re.ASCII)
_ISSUED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{86}", re.ASCII)


class StatusRefused(ValueError):
    """The list is not in its form, or no status key of ours signed it."""


@dataclass(frozen=True)
class Entry:
    """What became of a token; successor is the short code of the one that replaced it, if any."""

    state: str
    successor: str | None = None


@dataclass(frozen=True)
class StatusList:
    """A verified list; entries by the 8-byte front of the cti."""

    counter: int
    issued_at: datetime
    entries: Mapping[bytes, Entry]

    def entry_of(self, cti: bytes) -> Entry | None:
        """Return what the list says about a token, None when it says nothing."""
        return self.entries.get(cti[:PREFIX_SIZE])


def sign_status(counter: int, issued_at: datetime, entries: Mapping[bytes, Entry], signer: Signer) -> dict[str, Any]:
    """Write the list as signed JSON; entries by cti or its front. Raises ValueError for what may not stand in it."""
    if signer.purpose is not KeyPurpose.STATUS:
        raise ValueError("a status list is signed by the status key")
    rows = sorted(_row(cti[:PREFIX_SIZE].hex(), entry) for cti, entry in entries.items())
    body = {
        "version": VERSION,
        "counter": counter,
        "issued_at": iso(issued_at),
        "entries": rows,
        "kid": signer.kid.hex(),
    }
    signature = base64.urlsafe_b64encode(signer.sign(_CONTEXT + canonical_bytes(body))).rstrip(b"=")
    document = {**body, "signature": signature.decode("ascii")}
    _read_body(document)
    return document


def read_status(document: object, keys: Iterable[PublicKey]) -> StatusList:
    """Check form and signature of a list and read it. Raises StatusRefused."""
    if not isinstance(document, dict) or set(document) != _MEMBERS:
        raise StatusRefused("members too many or too few")
    read = _read_body(document)
    signature = _signature(document["signature"])
    body = {name: value for name, value in document.items() if name != "signature"}
    try:
        message = _CONTEXT + canonical_bytes(body)
    except NotCanonical:
        raise StatusRefused("not canonical") from None
    named = (key for key in keys if key.purpose is KeyPurpose.STATUS and key.kid.hex() == document["kid"])
    if not any(key.revoked_at is None and key.verify(signature, message) for key in named):
        raise StatusRefused("no status key in use signed it")
    return read


def _row(prefix: str, entry: Entry) -> list[str]:
    return [prefix, entry.state] if entry.successor is None else [prefix, entry.state, entry.successor]


def _read_body(document: Mapping[str, Any]) -> StatusList:
    counter, issued_at, rows = document["counter"], document["issued_at"], document["entries"]
    if type(document["version"]) is not int or document["version"] != VERSION:
        raise StatusRefused("another version")
    if type(counter) is not int or not 0 <= counter < 2**53:
        raise StatusRefused("no counter")
    if not isinstance(issued_at, str) or not _ISSUED.fullmatch(issued_at):
        raise StatusRefused("no time of issue")
    if not isinstance(rows, list) or len(rows) > MAX_ENTRIES:
        raise StatusRefused("no entries, or too many")
    entries: dict[bytes, Entry] = {}
    before = ""
    for row in rows:
        prefix, entry = _read_row(row)
        if prefix <= before:
            raise StatusRefused("entries out of order")
        before = prefix
        entries[bytes.fromhex(prefix)] = entry
    try:
        return StatusList(counter, parse_iso(issued_at), entries)
    except ValueError:
        raise StatusRefused("no time of issue") from None


def _read_row(row: object) -> tuple[str, Entry]:
    if not isinstance(row, list) or len(row) not in (2, 3) or not all(isinstance(part, str) for part in row):
        raise StatusRefused("an entry is not [front of cti, state, short code]")
    if not _PREFIX.fullmatch(row[0]) or row[1] not in (CORRECTED, ANNULLED):
        raise StatusRefused("an unknown state or no front of a cti")
    if len(row) == 2:
        return row[0], Entry(row[1])
    try:
        known = read_short_code(row[2]) == row[2]
    except ShortCodeWrong:
        known = False
    if not known or row[1] != CORRECTED:
        raise StatusRefused("a successor that is no short code, or of an annulled token")
    return row[0], Entry(row[1], row[2])


def _signature(text: object) -> bytes:
    if not isinstance(text, str) or not _SIGNATURE.fullmatch(text):
        raise StatusRefused("no signature")
    signature = base64.urlsafe_b64decode(text + "==")
    if base64.urlsafe_b64encode(signature).rstrip(b"=").decode("ascii") != text or not has_low_s_form(signature):
        raise StatusRefused("a signature with two spellings")
    return signature
