"""Tokens: how many this machine checks, issues and draws in a second on one core, beside its bare signatures."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from grid.core.words.tokens import TokenKind, Verdict
from grid.rules.merkle import append, leaf_hash
from grid.rules.qrtext import receipt_url
from grid.tools.qr import qr_svg
from grid.tools.tokens import check_token, issue_token
from tests.load.harness import Bench
from tests.load.rows import Row, least
from tests.vectors.forge import KEYS, NOW, RECEIPT
from tests.vectors.good_tokens import BASE_RECEIPT

TARGETS: Final = {"verify": 2_000, "issue": 500, "draw QR": 40}
LEAVES: Final = 100_000
NOTES: Final = {
    "sign": "bare ES256",
    "check": "bare ES256",
    "verify": "a receipt's whole token: signature, form, times, words",
    "append leaf": "the tree's arithmetic alone; with the database under Proofs",
}


def run(seconds: float = 1.0) -> dict[str, float]:
    """Return operations a second of one thread, each measured for that long; "sign" and "check" are the bare ES256."""
    token = issue_token(BASE_RECEIPT, RECEIPT)
    key, message = KEYS[3], bytes(120)
    signature = RECEIPT.sign(message)
    text = receipt_url("https://fy.example.gov.cn", token)
    leaves = [leaf_hash(number.to_bytes(8)) for number in range(LEAVES)]

    def verify(_: int) -> None:
        if check_token(token, KEYS, TokenKind.RECEIPT, NOW).verdict is not Verdict.OK:
            raise AssertionError("a good token was refused")

    return {
        "sign": _rate(lambda _: RECEIPT.sign(message), seconds),
        "check": _rate(lambda _: key.verify(signature, message), seconds),
        "verify": _rate(verify, seconds),
        "issue": _rate(lambda number: issue_token(replace(BASE_RECEIPT, seq=number % 10_000), RECEIPT), seconds),
        "draw QR": _rate(lambda _: qr_svg(text), seconds),
        "append leaf": LEAVES * _rate(lambda _: append(0, [], leaves), seconds),
    }


def measure(bench: Bench) -> list[Row]:
    """Return the report's lines."""
    rates = run(bench.seconds / 5)
    return [
        Row(
            f"{name} (one thread)",
            {"a second": f"{rate:,.0f}"},
            [least("", rate, TARGETS[name], "/s")] if name in TARGETS else (),
            NOTES.get(name, ""),
        )
        for name, rate in rates.items()
    ]


def _rate(work: Callable[[int], object], seconds: float) -> float:
    """Count how often work can be done in CPU time; the first call, outside the count, warms up."""
    work(0)
    done, started = 0, time.process_time()
    while (spent := time.process_time() - started) < seconds:
        work(done)
        done += 1
    return done / spent


if __name__ == "__main__":
    for what, rate in run().items():
        print(f"{what:12} {rate:12,.0f}/s")
