"""A small keep-alive client over asyncio: bytes out, status and latency in; bounded in time and in number."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

# What a client sends one after another, each a whole HTTP/1.1 message; `yield` gives the head of its answer back.
Messages = Generator[bytes, bytes, None]
# Client number → its requests.
Source = Callable[[int], Messages]


@dataclass
class Load:
    """What came back: one latency a request, in seconds, and how often each status was seen."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    bytes_in: int = 0
    first_error: str = ""

    @property
    def requests(self) -> int:
        """Return how many were answered."""
        return len(self.latencies)

    @property
    def errors(self) -> int:
        """Return how many were answered with 400 or more, or not at all (counted as status 0)."""
        return sum(count for status, count in self.statuses.items() if status >= 400 or status == 0)

    def quantile(self, share: float) -> float:
        """Return a latency quantile in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """Write one HTTP/1.1 message; header names are given with underscores."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def drive(port: int, source: Source, clients: int, seconds: float, expect: bytes = b"") -> Load:
    """Send from so many connections until the time is up or the sources are empty.

    An answer whose body does not hold `expect` counts as an error (status 0): a 200 may say that work was refused.
    """
    return asyncio.run(send(port, source, clients, seconds, expect))


async def send(port: int, source: Source, clients: int, seconds: float, expect: bytes = b"") -> Load:
    """Do the same inside a running loop, beside whatever else happens there."""
    load = Load()
    start = time.perf_counter()
    until = start + seconds
    await asyncio.gather(*(_client(port, source(number), load, until, expect) for number in range(clients)))
    load.seconds = time.perf_counter() - start
    return load


def head_value(head: bytes, name: str) -> str:
    """Return one header of an answer's head, empty when it is not there."""
    for line in head.split(b"\r\n")[1:]:
        found, _, value = line.partition(b":")
        if found.strip().lower() == name.lower().encode():
            return value.strip().decode("latin-1")
    return ""


def _following(messages: Messages, head: bytes | None) -> bytes | None:
    try:
        return next(messages) if head is None else messages.send(head)
    except StopIteration:
        return None


async def _client(port: int, messages: Messages, load: Load, until: float, expect: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head: bytes | None = None
    try:
        # Time first: a numbered message that is taken from its source has to be sent.
        while time.perf_counter() < until and (message := _following(messages, head)) is not None:
            sent, head = time.perf_counter(), b""
            try:
                writer.write(message)
                status, size, body, head = await _answer(reader)
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                load.statuses[0] += 1
                load.first_error = load.first_error or repr(error)
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                continue
            load.latencies.append(time.perf_counter() - sent)
            good = status < 400 and expect in body
            load.statuses[status if good or status >= 400 else 0] += 1
            load.bytes_in += size
            if not good and not load.first_error:
                load.first_error = f"{status} {body[:300]!r}"
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int, bytes, bytes]:
    """Read one answer; returns status, bytes on the wire, body and head."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lowered = head.lower()
    if status in (204, 304) or status < 200:
        return status, len(head), b"", head
    if b"\r\ntransfer-encoding: chunked" in lowered:
        body = await _chunks(reader)
    else:
        at = lowered.index(b"\r\ncontent-length:") + 17
        body = await reader.readexactly(int(lowered[at : lowered.index(b"\r\n", at)]))
    return status, len(head) + len(body), body, head


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readexactly(2)
    return b"".join(parts)
