"""`make lighthouse`: Lighthouse as a phone on a slow line, against a fresh installation; prints and judges the scores.

Not a part of `make test`: fetched when asked for (114 packages), and its performance score moves with the machine.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.chromium import CHROMIUM
from tests.support.live import live_server

LIGHTHOUSE = "lighthouse@13.5.0"
PAGES = ("/", "/V")
LEAST = {"performance": 90, "accessibility": 100}
SHOWN = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index")
FLAGS = "--headless=new --no-sandbox --disable-gpu --lang=zh-CN"


def measure(url: str, folder: Path) -> dict[str, Any]:
    """Run Lighthouse in its phone setting on one page; returns its report."""
    out = folder / "report.json"
    bin_folder = Path(sys.executable).parent
    env = os.environ | {"CHROME_PATH": CHROMIUM, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(
        [
            bin_folder / "npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={out}",
            f"--only-categories={','.join(LEAST)}", f"--chrome-flags={FLAGS}", "--no-enable-error-reporting",
        ],
        cwd=folder, env=env, check=True,
    )  # fmt: skip
    return dict(json.loads(out.read_text("utf-8")))


def main() -> int:
    """Measure each page once; 1 when a score is below what we promise."""
    low = 0
    with tempfile.TemporaryDirectory() as name, live_server(Path(name) / "data") as server:
        for page in PAGES:
            report = measure(server.origin + page, Path(name))
            scores = {kind: round(report["categories"][kind]["score"] * 100) for kind in LEAST}
            times = [f"{report['audits'][audit]['title']} {report['audits'][audit]['displayValue']}" for audit in SHOWN]
            print(f"{page:3} {scores}  {', '.join(times)}; load {os.getloadavg()[0]:.1f}")
            for audit in report["categories"]["accessibility"]["auditRefs"]:
                found = report["audits"][audit["id"]]
                if found["score"] not in (1, None):
                    print(f"    {found['title']}")
            low += sum(scores[kind] < least for kind, least in LEAST.items())
    return int(low > 0)


if __name__ == "__main__":
    sys.exit(main())
