"""Invented case files and tasks as an officer's desk would send them."""

from itertools import count
from typing import Any

from grid.core.ids import new_id

_numbers = count(1001)
ID_NO = "11010519491231002X"


def party_body(**facts: Any) -> dict[str, Any]:
    """Return a debtor with one address in the first community."""
    return {
        "id": new_id(), "role": "debtor", "kind": "natural", "name": "欧阳测试", "id_no": ID_NO, "phone": "13955501234",
        "addresses": [address_body()],
    } | facts  # fmt: skip


def address_body(**facts: Any) -> dict[str, Any]:
    """Return an address of the first community, without coordinates."""
    return {
        "id": new_id(), "text": "濮塘镇濮塘社区测试路12号3栋201室", "source": "confirmation",
        "confirmed_on": "2026-01-05", "community": "濮塘社区",
    } | facts  # fmt: skip


def case_body(**facts: Any) -> dict[str, Any]:
    """Return a case with a debtor and a creditor; every call has a number of its own."""
    return {
        "id": new_id(), "case_no": f"（2026）皖0503执{next(_numbers)}号", "cause": "民间借贷纠纷",
        "title_instrument": "（2025）皖0503民初77号", "claim_amount_fen": 12_345_600,
        "parties": [
            party_body(),
            party_body(role="creditor", kind="legal", name="马鞍山市测试商贸有限公司", id_no="91440300738816612N",
                       phone="0555-1234567", legal_rep="钱测试", addresses=[]),
        ],
    } | facts  # fmt: skip


def paper(kind: str = "exec_notice", **facts: Any) -> dict[str, Any]:
    """Return one paper line."""
    return {"id": new_id(), "type": kind, "name": "", "no": "（2026）皖0503执1号", "copies": 1} | facts


def task_body(case: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """Return a delivery to the first party of a case at its first address."""
    party = case["parties"][0]
    return {
        "id": new_id(), "case_id": case["id"], "addressee_id": party["id"], "address_id": party["addresses"][0]["id"],
        "mode": "entrusted_handover", "documents": [paper(), paper("asset_report_order")], "urgent": False,
        "instruction": "先打电话约好时间再上门。", "notes": "家中有老人",
    } | facts  # fmt: skip
