"""The checking process: decodes strangers' photos behind limits, one after the other, and holds no secret.

Speaks on stdin and stdout in frames: 4 bytes length, then the bytes. Request: JSON, picture. Answer: JSON, picture.
Limits: CPU per photo, memory, no writing of files, and no new file or socket after the start.
"""

import json
import resource
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from grid.core.errors.base import Problem


def read_frame(source: BinaryIO) -> bytes | None:
    """Read one frame; None at the end of the stream or when it breaks off."""
    head = source.read(4)
    if len(head) < 4:
        return None
    length = int.from_bytes(head, "big")
    body = source.read(length)
    return body if len(body) == length else None


def write_frame(target: BinaryIO, body: bytes) -> None:
    """Write one frame."""
    target.write(len(body).to_bytes(4, "big") + body)


def answer(request: dict[str, Any], picture: bytes) -> tuple[dict[str, Any], bytes]:
    """Do what one request asks: `check`, `stamp` or `thumbnail`."""
    from grid.tools import image_facts, stamp  # the parent imports this module for its frames, without Pillow

    try:
        if request["do"] == "check":
            facts = asdict(image_facts.inspect_image(picture))
            taken_at = facts["taken_at"]
            return {"facts": facts | {"taken_at": taken_at and taken_at.isoformat()}}, b""
        if request["do"] == "stamp":
            return {}, stamp.stamped_copy(picture, stamp.Stamp(**request["stamp"]), request["side"])
        return {}, stamp.thumbnail(picture, request["side"])
    except Problem as problem:
        return {"problem": problem.code, "detail": problem.detail, "facts": problem.facts}, b""
    except MemoryError:
        return {"problem": "image_too_large", "detail": "", "facts": {}}, b""


def facts_from(given: dict[str, Any]) -> dict[str, Any]:
    """Turn the facts of an answer back into what ImageFacts takes."""
    taken_at = given["taken_at"]
    return given | {
        "taken_at": datetime.fromisoformat(taken_at) if taken_at else None,
        "lurking": tuple(given["lurking"]),
    }


def _limit(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_AS, (2 * memory_bytes, 2 * memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Everything needed is open by now: a decoder gone wrong can open neither a file nor a socket.
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _allow_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _warm_up() -> None:
    """Load every decoder and the font while files may still be opened."""
    import io

    from PIL import Image

    from grid.tools import stamp

    for kind in ("JPEG", "PNG", "WEBP"):
        out = io.BytesIO()
        Image.new("RGB", (64, 48), "white").save(out, kind)
        answer({"do": "check"}, out.getvalue())
        stamp.stamped_copy(out.getvalue(), stamp.Stamp("", "", "", "热"))


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    cpu_seconds, memory_mb = int(sys.argv[1]), int(sys.argv[2])
    source, target = sys.stdin.buffer, sys.stdout.buffer
    _warm_up()
    _limit(memory_mb * 1024 * 1024)
    while (head := read_frame(source)) is not None and (picture := read_frame(source)) is not None:
        _allow_cpu(cpu_seconds)
        said, made = answer(json.loads(head), picture)
        write_frame(target, json.dumps(said).encode())
        write_frame(target, made)
        target.flush()


if __name__ == "__main__":
    main()
