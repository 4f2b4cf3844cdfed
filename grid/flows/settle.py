"""After the approval: the paper receipt comes back, the task is archived; or the approval is taken up again."""

from datetime import date, datetime

from sqlalchemy import update

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import InvalidInput
from grid.core.errors.lifecycle import WrongState
from grid.core.errors.review import OriginalMissing
from grid.core.words.review import SERVED_VERDICTS, Decision
from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.flows import hold, ledger, messages
from grid.flows.review_ground import decide, visit_in_question
from grid.models import Receipt, Task, db
from grid.rules.lifecycle import NEXT_STEP
from grid.rules.permissions import Action

ORIGINAL_STATES = frozenset({TaskState.REPORTED, TaskState.VERIFYING, TaskState.CLOSED})


def original_received(actor: Actor, task_id: str, version: int | None, received_on: date, now: datetime) -> Task:
    """Note that the signed paper is back in the court; a step of its own, beside the photo."""
    task = hold.lock_task(actor, task_id, Action.ORIGINAL_RECEIVE, version)
    if task.state not in ORIGINAL_STATES:
        raise WrongState(NEXT_STEP[TaskState(task.state)], state=task.state, verb="original")
    first = task.receipt_on or local_date(task.dispatched_at or task.created_at)
    if not first <= received_on <= local_date(now):
        raise InvalidInput(fields={"received_on": [f"交回日期应在 {first} 至今天之间"]})
    before = task.original_received_on
    task.original_received_on = received_on
    task.original_received_by = actor.id
    task.version += 1
    task.changed_at = now
    decide(actor, task, visit_in_question(task), Decision.ORIGINAL, now, receipt_on=received_on)
    ledger.record(
        "task.original_received", actor, now, object_id=task.id, task_id=task.id, received_on=received_on.isoformat(),
        earlier=before.isoformat() if before else None,
    )  # fmt: skip
    return task


def archive(actor: Actor, task_id: str, version: int | None, now: datetime) -> Task:
    """Put a closed task into the case file; a served one only with its paper receipt."""
    task = hold.lock_task(actor, task_id, Action.TASK_ARCHIVE, version)
    if task.verdict in {verdict.value for verdict in SERVED_VERDICTS} and task.original_received_on is None:
        raise OriginalMissing
    hold.move(task, Verb.ARCHIVE, actor, now)
    task.archived_at = now
    decide(actor, task, visit_in_question(task), Decision.ARCHIVED, now)
    hold.tell(task, now)
    return task


def reopen(actor: Actor, task_id: str, version: int | None, reason: str, now: datetime) -> Task:
    """Take an approval up again; what was decided stays in its row, the receipts count as unconfirmed again."""
    task = hold.lock_task(actor, task_id, Action.TASK_REOPEN, version)
    hold.move(task, Verb.REOPEN, actor, now, reason=reason, verdict=task.verdict)
    decide(
        actor, task, visit_in_question(task), Decision.REOPENED, now, text=reason, receipt_on=task.receipt_on,
        effective_on=task.effective_on,
    )  # fmt: skip
    task.verdict = task.receipt_on = task.effective_on = task.closed_at = task.closed_by = None
    db.session.execute(update(Receipt).where(Receipt.task_id == task.id).values(confirmed_at=None))
    for person_id in {task.officer_id, task.worker_id} - {None, actor.id}:
        messages.send(str(person_id), "reopened", f"任务 {task.no} 重新核实", now, text=reason, task_id=task.id)
    hold.tell(task, now)
    return task
