"""Tables of tasks as an office would send them, and the way through an import."""

from grid.core import clock
from tests.support.signed_in import Browser

TODAY = clock.local_date(clock.now())
TITLES = ["案号", "案由", "受送达人", "证件号码", "联系电话", "送达地址", "社区", "文书", "是否加急", "办理期限"]


def line(n: int = 1, **cells) -> list:
    base = {
        "案号": f"（2026）皖0503执{7000 + n}号", "案由": "民间借贷纠纷", "受送达人": f"测试人{n}", "证件号码": "",
        "联系电话": "13955501234", "送达地址": f"濮塘镇濮塘社区第1网格测试路{n}号", "社区": "濮塘社区",
        "文书": "执行通知书1份；报告财产令1份", "是否加急": "否", "办理期限": None,
    } | cells  # fmt: skip
    return [base[title] for title in TITLES]


def check(who: Browser, content: bytes, name: str = "任务.xlsx", kind: str = "tasks") -> dict:
    answer = who.upload(f"/imports/{kind}", name, content)
    assert answer.status_code == 201, answer.json
    return answer.json


def commit(who: Browser, batch: dict) -> dict:
    answer = who.post(f"/imports/{batch['id']}/commit", {"rows": "good"})
    assert answer.status_code == 200, answer.json
    return answer.json
