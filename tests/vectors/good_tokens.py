"""Tokens that must pass, with their facts, and the facts as the JSON both languages compare."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

from grid.core.words.tokens import AssistRole, ReceiptMethod
from grid.rules.tokens import PacketFacts, ReceiptFacts, SlipFacts, TokenFacts, kind_of
from grid.tools.signing import KeySigner
from tests.vectors.forge import DAY, NOW, NOW_S, OLD, PACKET, RECEIPT, SLIP, octets

TASK = "019acb2e-5d40-7c3a-9f10-0123456789ab"

BASE_RECEIPT = ReceiptFacts(
    issued_at=NOW - timedelta(days=3),
    cti=octets("cti", 10),
    root=octets("root", 32),
    name="欧阳*华",
    method=ReceiptMethod.DIRECT,
    grid="340503001002",
    worker=10234,
    seq=0,
    documents=octets("documents", 16),
    served_at=NOW - timedelta(days=3, minutes=42),
    role=AssistRole.ASSISTANT,
)
BASE_SLIP = SlipFacts(
    issued_at=NOW - timedelta(hours=5),
    cti=octets("slip cti", 10),
    order=octets("order", 32),
    name="李*",
    grid="HL-07",
    worker=10234,
    seq=0,
    documents=octets("documents", 16),
    valid_until=NOW + timedelta(days=3),
    role=AssistRole.ASSISTANT,
)
BASE_PACKET = PacketFacts(
    issued_at=NOW - timedelta(days=1),
    cti=octets("packet cti", 10),
    task_id=TASK,
    documents=octets("documents", 16),
    expires_at=NOW + timedelta(days=30),
)

vary = dataclasses.replace


def good_tokens() -> list[tuple[str, TokenFacts, KeySigner]]:
    """List name, facts and signer of every token that must pass at NOW."""
    receipts: dict[str, dict[str, Any]] = {
        "receipt": {},
        "receipt with the smallest values": {
            "name": "*",
            "grid": "0",
            "worker": 0,
            "served_at": datetime.fromtimestamp(0, NOW.tzinfo),
        },
        "receipt with the largest values": {
            "name": "马鞍山市花山*服务公司",
            "grid": "Z" * 24,
            "worker": 999_999_999,
            "seq": 9_999,
            "served_at": datetime.fromtimestamp(4_102_444_799, NOW.tzinfo),
        },
        "receipt with a name beyond the basic plane": {"name": "𠮷*𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷"},
        "receipt with a foreign name": {"name": "买买提·*"},
        "receipt with three digits in a firm's name": {"name": "361*公司"},
        "receipt with the largest grid number": {"grid": "9" * 15},
        "receipt with a grid of 16 digits": {"grid": "9" * 16},
        "receipt with a grid that starts with 0": {"grid": "0340503"},
        "receipt that corrects another": {"seq": 1},
        "receipt issued this second": {"issued_at": NOW},
        "receipt served a year after it was issued, says the phone": {"served_at": NOW + timedelta(days=365)},
        "receipt issued in the first second of its key": {"issued_at": NOW - timedelta(days=200)},
    }
    receipts |= {f"receipt by method {method.value}": {"method": method} for method in ReceiptMethod}
    receipts |= {f"receipt in role {role.value}": {"role": role} for role in AssistRole}
    made: list[tuple[str, TokenFacts, KeySigner]] = []
    made += [(name, vary(BASE_RECEIPT, **changes), RECEIPT) for name, changes in receipts.items()]
    old = vary(BASE_RECEIPT, issued_at=NOW - timedelta(days=300), served_at=NOW - timedelta(days=300))
    made.append(("receipt by a retired key", old, OLD))
    last = vary(old, issued_at=datetime.fromtimestamp(NOW_S - 200 * DAY, NOW.tzinfo))
    made.append(("receipt in the last second of a retired key", last, OLD))
    made += [
        ("slip", BASE_SLIP, SLIP),
        ("slip in its last second", vary(BASE_SLIP, valid_until=NOW), SLIP),
        ("slip issued again", vary(BASE_SLIP, seq=2, role=AssistRole.WITNESS), SLIP),
        ("packet", BASE_PACKET, PACKET),
        ("packet in its last second", vary(BASE_PACKET, expires_at=NOW), PACKET),
    ]
    return made


def facts_json(facts: TokenFacts) -> dict[str, Any]:
    """Write facts as JSON: bytes in hex, instants in unix seconds."""

    def plain(value: object) -> object:
        if isinstance(value, bytes):
            return value.hex()
        if isinstance(value, datetime):
            return int(value.timestamp())
        return int(value) if isinstance(value, int) else value

    return {"kind": kind_of(facts).value, **{name: plain(value) for name, value in vars(facts).items()}}
