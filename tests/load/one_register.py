"""One figure of a register in a process of its own: `csv`, `xlsx` or `pages`; prints one JSON line."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app import create_app
from grid.core import clock
from grid.core.actor import Actor
from grid.core.settings import load_settings
from grid.models import Person, Unit, db
from grid.reads.actors import actor_of
from grid.reads.registers import delivery
from grid.reads.registers.files import table_of, write_file
from grid.tools.kit import Kit

ARGS: dict[str, Any] = {"sort": "", "page": 1, "size": 50}


def main() -> None:
    """Measure what the command line names."""
    app = create_app(load_settings())
    kit: Kit = app.extensions["grid_kit"]
    with app.app_context():
        officer = db.session.scalars(select(Person.id).where(Person.staff_no == "ZH001")).one()
        actor = actor_of(officer)
        assert actor is not None
        found = _pages(actor, kit) if sys.argv[1] == "pages" else _file(sys.argv[1], actor, kit)
    print(json.dumps(found))


def _file(kind: str, actor: Actor, kit: Kit) -> dict[str, Any]:
    path = Path(kit.settings.data_dir) / f"measured.{kind}"
    _write(kind, path, actor, kit, {**ARGS, "q": "nobody at all"})  # modules loaded, nothing written
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark starts anew
    before = _memory_kib("VmRSS")
    started, cpu = time.perf_counter(), time.process_time()
    lines = _write(kind, path, actor, kit, ARGS)
    seconds, spent = time.perf_counter() - started, time.process_time() - cpu
    after = _memory_kib("VmHWM")
    size = path.stat().st_size
    path.unlink()
    return {"lines": lines, "seconds": seconds, "cpu": spent, "growth": (after - before) / 1024, "bytes": size}


def _memory_kib(name: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _write(kind: str, path: Path, actor: Actor, kit: Kit, args: dict[str, Any]) -> int:
    now = clock.now()
    return write_file(path, kind, table_of("delivery", actor, args, "", kit, now), actor.name, now)


def _pages(actor: Actor, kit: Kit) -> dict[str, Any]:
    def page(number: int, **filters: Any) -> Callable[[], None]:
        def read() -> None:
            delivery.page(actor, {**ARGS, "page": number, **filters}, "", kit, clock.now())
            db.session.rollback()

        return read

    wanted = {
        "first": page(1),
        "middle": page(1_000),
        "last": page(2_000),
        "by number": page(500, sort="no"),
        "one street": page(3, street=_street()),
    }
    return {"ms": {name: _median(read) for name, read in wanted.items()}}


def _street() -> str:
    return db.session.scalars(select(Unit.id).where(Unit.kind == "street").limit(1)).one()


def _median(read: Callable[[], None]) -> float:
    read()
    times = []
    for _ in range(9):
        started = time.perf_counter()
        read()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[4]


main()
