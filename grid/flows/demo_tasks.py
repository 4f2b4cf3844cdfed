"""Invented cases and tasks of the demo district, brought where they stand by the flows everybody uses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.ids import new_id
from grid.flows import approve, cases, dispatch, review, take, task_moves
from grid.flows.demo_names import demo_party
from grid.flows.demo_visits import report_visit
from grid.models import Person, Task, Unit, db
from grid.reads.actors import actor_of
from grid.tools.kit import Kit

AGE = timedelta(days=9)
"""How far back the demo's history reaches; signing keys of a demo are made as old."""

PAPERS = (
    ("exec_notice", "asset_report_order"),
    ("exec_notice", "asset_report_order", "info_sheet"),
    ("summons",),
    ("consumption_limit_order", "dishonest_decision"),
    ("ruling_procedural",),
    ("appraisal_notice", "address_confirmation"),
)
CAUSES = ("民间借贷纠纷", "买卖合同纠纷", "劳动争议", "房屋租赁合同纠纷", "机动车交通事故责任纠纷", "追索赡养费")


@dataclass(frozen=True, slots=True)
class Story:
    """Where a task goes and what happens to it: steps are (hours before now, what)."""

    cell: str
    steps: tuple[tuple[float, str], ...]
    facts: dict[str, Any] = field(default_factory=dict)


def _old(hours: float, *later: tuple[float, str]) -> tuple[tuple[float, str], ...]:
    return ((hours, "dispatch"), *later)


_TAKEN = _old(30, (26, "take"))
_VISITED = _old(52, (48, "take"), (28, "absent"))
_TWICE = _old(98, (94, "take"), (75, "absent"), (29, "absent"))
_SIGNED = _old(54, (50, "take"), (5, "signed_self"))
_FAMILY = _old(60, (55, "take"), (8, "signed_cohabiting_adult"))
_CLOSED = _old(150, (146, "take"), (120, "signed_self"), (96, "approve"))
_MENDING = _old(74, (70, "take"), (49, "signed_self"), (26, "send_back"))

STORIES: tuple[Story, ...] = (
    Story("010101", _old(2)),
    Story(
        "010101",
        _old(
            1,
        ),
        {"urgent": True, "papers": 2},
    ),
    Story("010101", _TAKEN, {"long": True, "instruction": "先打电话约好时间再上门。"}),
    Story("010101", _old(190, (180, "take")), {"papers": 3, "notes": "家中有老人，请轻声敲门", "due_days": 4}),
    Story("010101", _VISITED, {"name": "阿依古丽·买买提"}),
    Story("010101", _TWICE),
    Story("010101", _MENDING),
    Story("010101", _SIGNED, {"company": True}),
    Story("010101", _CLOSED),
    Story("010102", _old(4)),
    Story("010102", _old(70, (66, "take"), (20, "refused"))),
    Story("010201", _FAMILY),
    Story("010202", _TAKEN),
    Story("010301", _CLOSED, {"papers": 4}),
    Story("020101", _old(3)),
    Story("020101", _SIGNED, {"papers": 1}),
    Story("020102", _VISITED),
    Story("020201", _old(26, (22, "return"))),
    Story("030101", _SIGNED),
    Story("030102", _old(5), {"urgent": True}),
    Story("030201", _CLOSED),
    Story("030202", _old(80, (76, "take"), (31, "moved"))),
    Story("040101", _FAMILY, {"long": True}),
    Story("040102", _old(28, (24, "suspend"))),
    Story("040201", _TAKEN, {"company": True}),
    Story("040202", _CLOSED),
    Story("050101", _old(6)),
    Story("050102", _old(120, (116, "take"), (90, "absent"), (60, "absent"), (6, "absent"))),
    Story("060101", _SIGNED, {"papers": 5, "photos_under_way": True}),
    Story("060201", _old(40, (20, "recall"))),
    Story("070101", _TAKEN),
    Story("070102", _old(7)),
    Story("070201", _SIGNED),
    Story("080101", _VISITED, {"company": True}),
    Story("080201", _CLOSED),
    Story("090101", _old(3)),
    Story("090201", _old(180, (170, "take")), {"papers": 3, "due_days": 4}),
    Story("", _old(9), {"community": "南苑社区"}),
    Story("", _old(5), {"community": "濮塘社区"}),
    Story("", _old(8), {"address": "马鞍山市花山区北京路 5 号"}),
    Story("010101", ((3, "draft"),), {"papers": 2}),
    Story("010102", ((6, "dispatch"),), {"minor": True}),
)


def make_tasks(kit: Kit, now: datetime) -> int:
    """Tell every story in the order of time; returns how many tasks there are."""
    teller = Teller(kit, now)
    events: list[tuple[datetime, int, str]] = []
    for number, story in enumerate(STORIES):
        events += [(now - timedelta(hours=hours), number, what) for hours, what in story.steps]
    for at, number, what in sorted(events):
        teller.tell(number, what, at)
    return len(STORIES)


class Teller:
    """Acts for the demo's people, one event after another."""

    def __init__(self, kit: Kit, now: datetime) -> None:
        self.kit, self.now = kit, now
        self.tasks: dict[int, str] = {}
        numbers = dict(db.session.execute(select(Person.staff_no, Person.id)).all())
        self.people: dict[str, str] = numbers
        cell, community, street = aliased(Unit), aliased(Unit), aliased(Unit)
        self.cells = {
            row.code[-6:]: row
            for row in db.session.execute(
                select(cell.code, cell.polygon, community.name.label("community"), street.name.label("street"))
                .join(community, community.id == cell.parent_id)
                .join(street, street.id == community.parent_id)
                .where(cell.kind == "cell")
            )
        }
        self.acts: dict[str, Callable[[int, Task, datetime], Any]] = {
            "take": lambda n, task, at: take.take(self.worker(n), {"task_id": task.id, "recusal": "none"}, kit, at),
            "return": self._return,
            "suspend": lambda n, task, at: task_moves.suspend(self.officer(n), task.id, task.version, "suspended", at),
            "recall": lambda n, task, at: task_moves.recall(self.officer(n), task.id, task.version, "settled", at),
            "send_back": self._send_back,
            "approve": self._approve,
        }

    def person(self, staff_no: str) -> Actor:
        """Return somebody of the demo as an actor."""
        found = actor_of(self.people[staff_no])
        if found is None:
            raise RuntimeError(f"the demo has no {staff_no}")
        return found

    def officer(self, number: int) -> Actor:
        """Return the officer of a story."""
        return self.person("FG001" if number % 4 else "FG002")

    def worker(self, number: int) -> Actor:
        """Return the worker of a story's cell."""
        return self.person(f"WG{STORIES[number].cell}")

    def tell(self, number: int, what: str, at: datetime) -> None:
        """Let one event happen."""
        if what in ("dispatch", "draft"):
            self.tasks[number] = self._create(number, at, send=what == "dispatch")
            return
        task = db.session.get_one(Task, self.tasks[number])
        if what in self.acts:
            self.acts[what](number, task, at)
        else:
            # A phone in a dead spot: the newest report's photos are still under way.
            arrived = not STORIES[number].facts.get("photos_under_way", False)
            report_visit(self.worker(number), task, what, self.kit, at, bring_photos=arrived)
        db.session.flush()

    def _create(self, number: int, at: datetime, *, send: bool) -> str:
        story = STORIES[number]
        officer = self.officer(number)
        place = self.cells.get(story.cell)
        party = demo_party(number, story.facts, place)
        year = local_date(self.now).year
        case_id = new_id()
        cases.create_case(
            officer,
            {
                "id": case_id, "case_no": f"（{year}）皖0503执{1001 + number * 7}号",
                "cause": CAUSES[number % len(CAUSES)],
                "title_instrument": f"（{year - 1}）皖0503民初{2000 + number}号",
                "claim_amount_fen": 1_280_000 + number * 371_900, "livelihood": number % 6 == 2, "sealed": False,
                "parties": [party, demo_party(number + 500, {"role": "creditor"}, None)],
            },
            self.kit, at,
        )  # fmt: skip
        papers = PAPERS[story.facts.get("papers", number % 2)]
        # A day of its own, so that what is told as overdue is so whatever holidays lie between.
        days = story.facts.get("due_days")
        due_on = local_date(at) + timedelta(days=days) if days else None
        task = dispatch.create_task(
            officer,
            {
                "id": new_id(), "kind": "delivery", "brief": {}, "case_id": case_id, "addressee_id": party["id"],
                "address_id": party["addresses"][0]["id"], "mode": "entrusted_handover",
                "documents": [{"type": code, "no": f"（{year}）皖0503执{1001 + number * 7}号"} for code in papers],
                "urgent": story.facts.get("urgent", False), "sensitive": False, "due_on": due_on,
                "instruction": story.facts.get("instruction", "请当面逐份清点文书，再请签收人在回证上签名、写日期。"),
                "notes": story.facts.get("notes", ""), "previous_task_id": None, "dispatch": send,
            },
            self.kit, at,
        )  # fmt: skip
        db.session.flush()
        return task.id

    def _return(self, number: int, task: Task, at: datetime) -> None:
        args = {"task_id": task.id, "reason_code": "not_my_grid", "note": "这个门牌在路对面的网格"}
        take.hand_back(self.worker(number), args, self.kit, at)

    def _send_back(self, number: int, task: Task, at: datetime) -> None:
        review.send_back(
            self.officer(number), task.id, task.version, at, reason_code="photo_unclear",
            text="回证正面的日期看不清，请重拍。", comments={"evidence.receipt_front": "日期反光看不清"},
        )  # fmt: skip

    def _approve(self, number: int, task: Task, at: datetime) -> None:
        approve.approve(
            self.officer(number), task.id, task.version, self.kit, at,
            receipt_date=local_date(task.reported_at or at), note="照片与回证一致",
        )  # fmt: skip
