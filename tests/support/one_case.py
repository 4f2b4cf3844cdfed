"""One invented case and its delivery task, made through the API as a program of the court would."""

from dataclasses import dataclass, field
from typing import Any

from grid.core.ids import new_id

PLACE = {
    "text": "安徽省马鞍山市花山区濮塘镇濮塘社区柳园小区北区三期十八栋二单元一千五百零一室（门口有石榴树）",
    "source": "confirmation", "community": "濮塘社区", "lng": 118.4752, "lat": 31.6751,
}  # fmt: skip


@dataclass
class OneCase:
    """Bodies of POST /api/cases and POST /api/tasks; ids are minted here."""

    case_no: str = "（2026）皖0503执8234号"
    name: str = "欧阳·古丽娜尔"
    case_id: str = field(default_factory=new_id)
    task_id: str = field(default_factory=new_id)
    debtor_id: str = field(default_factory=new_id)
    address_id: str = field(default_factory=new_id)

    def case(self) -> dict[str, Any]:
        """Return the case with both parties."""
        debtor = {
            "id": self.debtor_id, "role": "debtor", "kind": "natural", "name": self.name, "phone": "13900001111",
            "addresses": [{"id": self.address_id, **PLACE}],
        }  # fmt: skip
        creditor = {"id": new_id(), "role": "creditor", "kind": "natural", "name": "赵秀兰"}
        return {"id": self.case_id, "case_no": self.case_no, "cause": "民间借贷纠纷", "parties": [debtor, creditor]}

    def task(self) -> dict[str, Any]:
        """Return the task, dispatched at once."""
        return {
            "id": self.task_id, "case_id": self.case_id, "addressee_id": self.debtor_id,
            "address_id": self.address_id, "mode": "entrusted_handover", "dispatch": True,
            "documents": [{"id": new_id(), "type": kind} for kind in ("exec_notice", "asset_report_order")],
            "instruction": "请当面核对身份",
        }  # fmt: skip
