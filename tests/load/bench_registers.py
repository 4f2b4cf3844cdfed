"""P10 and P11: a register of 100,000 lines as csv and xlsx, and pages of it, on the bench's PostgreSQL."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from app import create_app
from grid.core.settings import Settings
from grid.models import db
from tests.load.harness import Bench
from tests.load.many_tasks import put_many_tasks
from tests.load.rows import Row, most
from tests.support.databases import migrate
from tests.support.district import read_district

LINES: Final = 100_000
CSV_S, XLSX_S, GROWTH_MIB, PAGE_MS = 1.3, 30.0, 30.0, 10.0


def measure(bench: Bench) -> list[Row]:
    """Fill a database, then measure each file in a process of its own, whose memory starts empty."""
    bench.cluster.create("registers")
    data, url = bench.folder / "registers", bench.cluster.url("registers")
    migrate(url, data, district=True)
    app = create_app(Settings(data_dir=data, database_url=url, log_level="ERROR"))
    district = read_district(app)
    put_many_tasks(app, district, LINES)
    with app.app_context():
        db.engine.dispose()
    try:
        csv = [run("csv", url, data) for _ in range(bench.runs)]
        xlsx = run("xlsx", url, data)
        pages = run("pages", url, data)
    finally:
        bench.cluster.drop("registers")
    csv.sort(key=lambda found: found["seconds"])
    return [_file("P10 csv", csv[len(csv) // 2], CSV_S), _file("P10 xlsx", xlsx, XLSX_S), _pages(pages)]


def _file(name: str, found: dict[str, Any], limit: float) -> Row:
    figures = {
        "lines": f"{found['lines']:,}",
        "s": f"{found['seconds']:.2f}",
        "CPU s": f"{found['cpu']:.2f}",
        "growth MiB": f"{found['growth']:.1f}",
    }
    targets = (most("", found["seconds"], limit, "s"), most("growth", found["growth"], GROWTH_MIB, "MiB"))
    return Row(
        f"{name} of {LINES:,} lines",
        figures,
        targets,
        dominant=f"{100 * found['cpu'] / found['seconds']:.0f} % of the time is this process's own work: opening, "
        "masking and writing the cells; the rest waits for PostgreSQL or for a free core",
    )


def _pages(found: dict[str, Any]) -> Row:
    worst = max(found["ms"], key=lambda name: found["ms"][name])
    figures = {name: f"{ms:.1f} ms" for name, ms in found["ms"].items()}
    return Row(
        f"P11 pages of {LINES:,} lines",
        figures,
        [most("each", found["ms"][worst], PAGE_MS, "ms")],
        dominant=f"the slowest is: {worst}",
    )


def run(what: str, url: str, data: Path) -> dict[str, Any]:
    """Measure one thing in a fresh process and return its figures."""
    environ = os.environ | {"GRID_DATABASE_URL": url, "GRID_DATA_DIR": str(data), "GRID_LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.one_register", what], env=environ, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))
