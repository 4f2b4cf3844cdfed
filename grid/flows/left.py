"""Record that the court left papers after a refusal: witnesses or recordings, reason, time, place (CPL 89)."""

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import iso, local_date
from grid.core.errors import InvalidInput
from grid.core.errors.review import NoRefusal
from grid.core.errors.tasks import OtherKind
from grid.core.words.review import Decision
from grid.core.words.service import SignerRelation, WitnessClass
from grid.core.words.verbs import Verb
from grid.flows import hold
from grid.flows.review_ground import decide, hold_for_review, visit_in_question
from grid.kinds import BY_CODE
from grid.models import DocumentLine, Task, db
from grid.rules.law import Finding, errors_of
from grid.rules.left_service import LeftFacts, Witness, check_left
from grid.rules.permissions import Action
from grid.rules.verdict import MAY_BE_LEFT
from grid.tools.kit import Kit


def record_left(
    actor: Actor, task_id: str, version: int | None, record: dict[str, Any], kit: Kit, now: datetime
) -> tuple[Task, list[Finding]]:
    """Record left service; raises NoRefusal, InvalidInput naming each missing part with its article.

    The recording officer counts as an author: somebody else approves. Returns the task and the warnings.
    """
    task = hold_for_review(actor, task_id, version, Action.LEFT_SERVICE_RECORD)
    if not BY_CODE[task.kind].papers:
        raise OtherKind(kind=task.kind)
    if task.outcome not in MAY_BE_LEFT:
        raise NoRefusal(outcome=task.outcome)
    left_at: datetime = record["left_at"]
    day = local_date(left_at)
    if left_at > now or day < local_date(task.dispatched_at or task.created_at):
        raise InvalidInput(fields={"left_at": ["留置时间应在派发之后、现在之前"]})
    papers = db.session.scalars(select(DocumentLine.type).where(DocumentLine.task_id == task.id)).all()
    findings = check_left(actor.role, facts_of(record), papers)
    if wrong := errors_of(findings):
        fields: dict[str, list[str]] = {}
        for finding in wrong:
            fields.setdefault(finding.field, []).append(f"{finding.message}（{finding.article}）")
        raise InvalidInput(fields=fields)
    visit = visit_in_question(task)
    review = decide(actor, task, visit, Decision.LEFT_RECORDED, now, effective_on=day, text=record["note"])
    kept = orjson.dumps({**record, "left_at": iso(left_at)}, option=orjson.OPT_SORT_KEYS).decode()
    review.facts_sealed = kit.vault.seal(kept, f"review.facts:{review.id}")
    hold.move(
        task, Verb.RECORD_LEFT, actor, now, left_on=day.isoformat(), witnesses=len(record["witnesses"]),
        video=record["video"], warnings=[finding.rule_no for finding in findings],
    )  # fmt: skip
    hold.tell(task, now)
    return task, findings


def facts_of(record: dict[str, Any]) -> LeftFacts:
    """Return the record as the rules see it."""
    return LeftFacts(
        refused_by=SignerRelation(record["refused_by"]),
        refusal_reason=record["refusal_reason"],
        left_at=record["left_at"],
        at_domicile=record["at_domicile"],
        witnesses=tuple(
            Witness(
                name=one["name"],
                unit=one["unit"],
                post=one["post"],
                witness_class=WitnessClass(one["witness_class"]),
                is_committee_staff=one["is_committee_staff"],
                is_party_or_relative=one["is_party_or_relative"],
            )
            for one in record["witnesses"]
        ),
        video=record["video"],
        photos=frozenset(record["photos"]),
    )
