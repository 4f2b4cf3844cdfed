"""What stands in a signed token: facts ⇄ the CBOR map {6: issued at, 7: cti, -65537: [version, …]}; no cryptography.

Times are whole UTC seconds (a fraction is dropped when written). Every field has one encoding, so equal facts give
equal bytes. A token is a bearer thing: it holds a masked name and numbers that only the server resolves.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from grid.core.ids import is_id
from grid.core.words.tokens import AssistRole, ReceiptMethod, TokenKind, Verdict

VERSION: Final = 1
CTI_SIZE: Final = 10
MAX_NAME: Final = 12
MAX_WORKER: Final = 999_999_999
MAX_SEQ: Final = 9_999
MAX_GRID: Final = 24
FIRST_SECOND: Final = 1_577_836_800  # 2020-01-01: no token is older than the product
END_SECOND: Final = 4_102_444_800  # 2100-01-01
MAX_NAME_DIGITS: Final = 3

AADS: dict[TokenKind, bytes] = {
    TokenKind.SLIP: b"hs-slip-v1",
    TokenKind.RECEIPT: b"hs-receipt-v1",
    TokenKind.PACKET: b"hs-packet-v1",
}
"""What is signed along with the token, so that one kind can never pass as another."""

ISSUED_AT, CTI, FIELDS = 6, 7, -65537

GRID_TEXT = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*", re.ASCII)
_GRID_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
# Controls, zero-width and direction marks could make a name read as another one.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_DIGIT = re.compile(r"[0-9]")

Fields = Mapping[Any, Any]
_Choice = TypeVar("_Choice", AssistRole, ReceiptMethod)


class LayoutRefused(ValueError):
    """Facts or fields that may not stand in a token; verdict is PAYLOAD or TOO_NEW."""

    def __init__(self, reason: str, verdict: Verdict = Verdict.PAYLOAD) -> None:
        super().__init__(reason)
        self.verdict = verdict


@dataclass(frozen=True)
class ReceiptFacts:
    """A served visit as the server records it after sync (UNSERVED: a visit record).

    root: 32 bytes, of the evidence manifest; name: the masked addressee; worker: internal number, resolved online;
    seq: 0, then one more for each correction; documents: first 16 bytes of the SHA-256 of what was served;
    served_at: claimed by the phone.
    """

    issued_at: datetime
    cti: bytes
    root: bytes
    name: str
    method: ReceiptMethod
    grid: str
    worker: int
    seq: int
    documents: bytes
    served_at: datetime
    role: AssistRole


@dataclass(frozen=True)
class SlipFacts:
    """Who may come to whose door until when: signed ahead by the server, shown by the worker.

    order: 32 bytes, SHA-256 of the task order; name: the masked addressee; seq: counts re-issued slips.
    """

    issued_at: datetime
    cti: bytes
    order: bytes
    name: str
    grid: str
    worker: int
    seq: int
    documents: bytes
    valid_until: datetime
    role: AssistRole


@dataclass(frozen=True)
class PacketFacts:
    """The envelope that belongs to one task: printed on its label, scanned when it is handed over.

    documents: first 16 bytes of the digest of the document set; cti: random, known to whoever holds the envelope.
    """

    issued_at: datetime
    cti: bytes
    task_id: str
    documents: bytes
    expires_at: datetime


TokenFacts = ReceiptFacts | SlipFacts | PacketFacts


def kind_of(facts: TokenFacts) -> TokenKind:
    """Name the kind of token these facts make."""
    if isinstance(facts, ReceiptFacts):
        return TokenKind.RECEIPT
    return TokenKind.SLIP if isinstance(facts, SlipFacts) else TokenKind.PACKET


def expires_at(facts: TokenFacts) -> datetime | None:
    """Return the last moment a slip or packet may be used; a receipt does not expire."""
    if isinstance(facts, ReceiptFacts):
        return None
    return facts.valid_until if isinstance(facts, SlipFacts) else facts.expires_at


def build(facts: TokenFacts) -> dict[int, Any]:
    """Lay facts out as the payload map. Raises LayoutRefused when one is out of type or range."""
    fields: list[Any]
    if isinstance(facts, PacketFacts):
        if not is_id(facts.task_id):
            raise LayoutRefused("the task id is not an id")
        fields = [uuid.UUID(facts.task_id).bytes, facts.documents, _seconds(facts.expires_at)]
    elif isinstance(facts, SlipFacts):
        fields = _person_fields(facts, facts.order, 0, _seconds(facts.valid_until))
    else:
        # A phone's claim may be off by any number of years: beyond the range it is written as the range's edge.
        served_at = min(max(_seconds(facts.served_at), 0), END_SECOND - 1)
        fields = _person_fields(facts, facts.root, int(facts.method), served_at)
    payload = {ISSUED_AT: _seconds(facts.issued_at), CTI: facts.cti, FIELDS: [VERSION, *fields]}
    parse(kind_of(facts), payload)  # what may not be read is never written
    return payload


def parse(kind: TokenKind, payload: object) -> TokenFacts:
    """Read the payload map of a token of this kind. Raises LayoutRefused (TOO_NEW for a later version)."""
    fields = payload.get(FIELDS) if isinstance(payload, Mapping) else None
    if not isinstance(payload, Mapping) or not isinstance(fields, list) or not fields:
        raise LayoutRefused("no fields")
    if _whole(fields[0], 1, 2**53 - 1, "version") > VERSION:
        raise LayoutRefused("a later version", Verdict.TOO_NEW)
    if set(payload) != {ISSUED_AT, CTI, FIELDS} or len(fields) != (4 if kind is TokenKind.PACKET else 10):
        raise LayoutRefused("fields too many or too few")
    issued_at, cti = _time(payload[ISSUED_AT], "issued_at"), _octets(payload[CTI], CTI_SIZE, "cti")
    if kind is TokenKind.PACKET:
        return _parse_packet(issued_at, cti, fields)
    _, digest, name, method, grid, worker, seq, documents, at, role = fields
    shared: dict[str, Any] = {
        "issued_at": issued_at,
        "cti": cti,
        "name": _masked(name),
        "grid": _grid_code(grid),
        "worker": _whole(worker, 0, MAX_WORKER, "worker"),
        "seq": _whole(seq, 0, MAX_SEQ, "seq"),
        "documents": _octets(documents, 16, "documents"),
        "role": _choice(AssistRole, role),
    }
    if kind is TokenKind.SLIP:
        _whole(method, 0, 0, "method")
        return SlipFacts(order=_octets(digest, 32, "order"), valid_until=_after(issued_at, at), **shared)
    served_at = _moment(_whole(at, 0, END_SECOND - 1, "served_at"))
    return ReceiptFacts(
        root=_octets(digest, 32, "root"), method=_choice(ReceiptMethod, method), served_at=served_at, **shared
    )


def _parse_packet(issued_at: datetime, cti: bytes, fields: list[Any]) -> PacketFacts:
    task_id = str(uuid.UUID(bytes=_octets(fields[1], 16, "task_id")))
    if not is_id(task_id):
        raise LayoutRefused("the task id is not an id")
    return PacketFacts(issued_at, cti, task_id, _octets(fields[2], 16, "documents"), _after(issued_at, fields[3]))


def _person_fields(facts: ReceiptFacts | SlipFacts, digest: bytes, method: int, at: int) -> list[Any]:
    if not isinstance(facts.grid, str):
        raise LayoutRefused("the grid code is not text")
    grid = int(facts.grid) if _GRID_NUMBER.fullmatch(facts.grid) else facts.grid  # digits are shorter as a number
    return [digest, facts.name, method, grid, facts.worker, facts.seq, facts.documents, at, int(facts.role)]


def _whole(value: object, least: int, most: int, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise LayoutRefused(f"{field} is out of range")
    return value


def _octets(value: object, size: int, field: str) -> bytes:
    if not isinstance(value, bytes) or len(value) != size:
        raise LayoutRefused(f"{field} does not have {size} bytes")
    return value


def _masked(name: object) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= MAX_NAME:
        raise LayoutRefused(f"the name does not have 1 to {MAX_NAME} characters")
    if "*" not in name or len(_DIGIT.findall(name)) > MAX_NAME_DIGITS or HIDDEN.search(name):
        raise LayoutRefused("the name is not masked, or holds a number or hidden characters")
    return name


def _grid_code(grid: object) -> str:
    if isinstance(grid, int):
        return str(_whole(grid, 0, 10**15 - 1, "grid"))
    if not isinstance(grid, str) or len(grid) > MAX_GRID or not GRID_TEXT.fullmatch(grid):
        raise LayoutRefused("the grid code is neither a number nor a short code")
    if _GRID_NUMBER.fullmatch(grid):
        raise LayoutRefused("a grid code of digits is written as a number")
    return grid


def _choice(words: type[_Choice], value: object) -> _Choice:
    if not isinstance(value, int) or isinstance(value, bool) or value not in list(words):
        raise LayoutRefused(f"no such {words.__name__}")
    return words(value)


def _seconds(at: datetime) -> int:
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise LayoutRefused("a time is not an aware instant")
    return int(at.timestamp() // 1)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _time(value: object, field: str) -> datetime:
    return _moment(_whole(value, FIRST_SECOND, END_SECOND - 1, field))


def _after(issued_at: datetime, value: object) -> datetime:
    end = _time(value, "end")
    if end <= issued_at:
        raise LayoutRefused("it ends before it begins")
    return end
