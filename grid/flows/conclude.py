"""Close a report of a kind without papers: the court says what it found, in the words of the kind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grid.core.actor import Actor
from grid.core.content import content_bytes, content_digest
from grid.core.errors import InvalidInput
from grid.core.errors.review import NothingToReview
from grid.core.errors.tasks import OtherKind
from grid.core.words.review import Decision
from grid.core.words.verbs import Verb
from grid.flows import hold, messages
from grid.flows.review_ground import decide, hold_for_review, visit_in_question
from grid.kinds import BY_CODE
from grid.kinds.base import Court, CourtResult
from grid.models import Task
from grid.tools.kit import Kit


def conclude(
    actor: Actor, task_id: str, version: int, kit: Kit, now: datetime, *, kind: str, result: str,
    answers: Mapping[str, Any], note: str = "",
) -> Task:  # fmt: skip
    """Close a task with a result of its kind; raises OtherKind, NothingToReview, OwnWork, InvalidInput by field."""
    task = hold_for_review(actor, task_id, version)
    court = BY_CODE[task.kind].court
    if task.kind != kind or court is None:
        raise OtherKind(kind=task.kind)
    visit = visit_in_question(task)
    if visit is None or task.outcome is None:
        raise NothingToReview
    found = check_result(court, result, task.outcome, answers)
    kept = {ask: answers[ask] for ask in found.asks if answers.get(ask) is not None}
    hold.move(
        task, Verb.APPROVE, actor, now, visit=visit.id, revision=visit.revision, verdict=result, after=visit.digest,
        findings=content_digest(kept),
    )  # fmt: skip
    task.verdict = result
    task.closed_at, task.closed_by = now, actor.id
    review = decide(actor, task, visit, Decision.APPROVED, now, text=note)
    if kept:
        review.facts_sealed = kit.vault.seal(content_bytes(kept).decode(), f"review.facts:{review.id}")
    if task.worker_id is not None:
        messages.send(
            task.worker_id, "approved", f"任务 {task.no} 核实通过", now, text=f"法院核实结果：{found.label}。",
            task_id=task.id,
        )  # fmt: skip
    hold.tell(task, now)
    return task


def check_result(court: Court, result: str, outcome: str, answers: Mapping[str, Any]) -> CourtResult:
    """Return the result; raises InvalidInput when it does not follow from the report or lacks an answer."""
    found = court.results.get(result)
    if found is None or (found.outcomes and outcome not in found.outcomes):
        raise InvalidInput(fields={"result": ["这种反馈不能得出这个核实结果，请重新选择"]})
    missing = [ask for ask in found.required if answers.get(ask) in (None, "", [])]
    if missing:
        raise InvalidInput(fields={f"answers.{ask}": [f"请填写：{court.questions[ask].label}"] for ask in missing})
    return found
