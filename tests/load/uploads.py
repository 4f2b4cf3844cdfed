"""Reports with a photo as the load client sends them: the visit first, then the file over tus."""

import base64
import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Final

from tests.load.client import Messages, Source, head_value
from tests.load.pictures import Film, Photo
from tests.load.world import Phone
from tests.support.tasks import evidence, visit

TUS: Final = "1.0.0"
MEDIA: Final = "application/offset+octet-stream"
PHONE_CHUNK: Final = 256 * 1024  # what the phone's engine sends at once


@dataclass(frozen=True)
class Way:
    """How a file travels: in chunks of so many bytes behind a creation, or whole in the creation itself."""

    words: str
    chunk: int | None

    def requests(self, length: int) -> int:
        """Return how many requests one report takes, the visit's own included."""
        return 2 if self.chunk is None else 2 + math.ceil(length / self.chunk)


IN_CHUNKS: Final = Way(f"created, then in chunks of {PHONE_CHUNK // 1024} KiB as the phone sends it", PHONE_CHUNK)
WHOLE: Final = Way("whole in one creation-with-upload", None)


def reports_with_photo(phones: Sequence[Phone], films: Sequence[Film], way: Way, each: int | None = None) -> Source:
    """Let each client send one report with a photo after another, for ever or `each` times."""

    def source(client: int) -> Messages:
        phone, rolls = phones[client], cycle(films)
        for number, card in enumerate(cycle(phone.cards)):
            if number == each:
                return
            photo = next(rolls).expose()
            declared = declare(photo)
            yield phone.push("visit.record", {"visit": visit(card, "absent", evidence=[declared])})
            yield from send_file(phone, declared["id"], photo, way)

    return source


def declare(photo: Photo) -> dict[str, Any]:
    """Return the photo as a visit declares it."""
    return evidence("locked_door") | {"sha256": photo.sha256, "size": len(photo.data)}


def send_file(phone: Phone, evidence_id: str, photo: Photo, way: Way) -> Messages:
    """Send one declared file to its end."""
    words = {"sha256": photo.sha256, "evidence": evidence_id, "role": "original"}
    metadata = ",".join(f"{key} {_base64(value.encode())}" for key, value in words.items())
    headers = {"Tus_Resumable": TUS, "Upload_Length": str(len(photo.data)), "Upload_Metadata": metadata}
    if way.chunk is None:
        whole = _base64(bytes.fromhex(photo.sha256))
        yield phone.raw(
            "POST", "/api/uploads", photo.data, Content_Type=MEDIA, Upload_Checksum=f"sha256 {whole}", **headers
        )
        return
    location = head_value((yield phone.raw("POST", "/api/uploads", **headers)), "Location")
    for offset, chunk in _chunks(photo.data, way.chunk):
        digest = _base64(hashlib.sha256(chunk).digest())
        yield phone.raw(
            "PATCH", location, chunk, Content_Type=MEDIA, Tus_Resumable=TUS, Upload_Offset=str(offset),
            Upload_Checksum=f"sha256 {digest}",
        )  # fmt: skip


def _chunks(data: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    for offset in range(0, len(data), size):
        yield offset, data[offset : offset + size]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
