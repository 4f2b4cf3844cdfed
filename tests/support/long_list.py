"""Five hundred tasks for one worker, imported as an office does it, with addresses as long as real ones."""

import time

from tests.support.clerk_hands import ClerkHands
from tests.support.sheets import xlsx

COUNT = 500
STAFF_NO = "WG060101"
"""The worker of the only cell that the addresses lie in."""
TITLES = ["案号", "案由", "受送达人", "联系电话", "送达地址", "社区", "经度", "纬度", "文书", "是否加急"]
LNG, LAT = "118.5352", "31.6991"
READY_S = 60


def _row(n: int) -> list[str]:
    return [
        f"（2026）皖0503执{20_000 + n}号", "买卖合同纠纷", f"欧阳测试{n}", "13955501234",
        f"安徽省马鞍山市花山区解放路街道解放社区长安路 {n} 号柳园小区北区三期十八栋二单元一千五百零一室",
        "解放社区", LNG, LAT, "执行通知书1份；报告财产令1份", "是" if n % 25 == 0 else "否",
    ]  # fmt: skip


def fill(officer: ClerkHands) -> None:
    """Import the tasks; they lie on the worker's phone at its next pull."""
    answer = officer.page.request.post(
        f"{officer.origin}/api/imports/tasks",
        multipart={
            "file": {
                "name": "五百件.xlsx",
                "mimeType": "application/octet-stream",
                "buffer": xlsx(TITLES, *(_row(n) for n in range(COUNT))),
            }
        },
        headers={"X-CSRF-Token": officer.csrf},
    )
    assert answer.ok, answer.text()
    batch = answer.json()
    assert (batch["rows_good"], batch["rows_bad"]) == (COUNT, 0), batch["problems"][:3]
    assert {row["分派"] for row in batch["preview"]} == {"解放社区第1网格"}
    done = officer.post(f"/api/imports/{batch['id']}/commit", {"rows": "good"})
    until = time.monotonic() + READY_S
    while done["state"] != "done":
        assert time.monotonic() < until, done
        time.sleep(0.2)
        done = officer.get(f"/api/imports/{batch['id']}")
