"""Begin to verify a report, or send it back to its author with comments on single fields."""

import re
from datetime import datetime

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors.review import AnotherWorkersVisit, NothingToReview
from grid.core.words.reasons import SEND_BACK
from grid.core.words.review import Decision
from grid.core.words.roles import Role
from grid.core.words.verbs import Verb
from grid.flows import hold, messages
from grid.flows.faults import Faults
from grid.flows.review_ground import decide, hold_for_review, visit_in_question
from grid.models import Person, Task, db
from grid.reads.court_settings import court_values
from grid.rules.lifecycle import send_back_reaches_leader

FIELD = re.compile(
    r"(?:outcome|contact|met_name|narrative|packet|place|companions|safety"
    r"|answers(?:\.[A-Za-z0-9_-]{1,40}){1,3}|evidence(?:\.[A-Za-z0-9_-]{1,40})?)"
)
MAX_COMMENTS, MAX_COMMENT = 40, 200


def verify(actor: Actor, task_id: str, version: int | None, now: datetime) -> Task:
    """Mark a report as being verified, so that two reviewers do not read the same one."""
    task = hold_for_review(actor, task_id, version)
    hold.move(task, Verb.VERIFY, actor, now)
    decide(actor, task, visit_in_question(task), Decision.VERIFYING, now)
    hold.tell(task, now)
    return task


def send_back(
    actor: Actor,
    task_id: str,
    version: int | None,
    now: datetime,
    *,
    reason_code: str,
    text: str,
    comments: dict[str, str],
    visit_id: str | None = None,
) -> Task:
    """Give a report back to the worker who made it; past the court's limit the grid leader is told as well."""
    check_words(reason_code, text, comments)
    task = hold_for_review(actor, task_id, version)
    visit = visit_in_question(task, visit_id)
    if visit is None:
        raise NothingToReview
    if visit.worker_id != task.worker_id:
        raise AnotherWorkersVisit
    limit = court_values(task.court_id, local_date(now))["send_back_limit"]
    escalated = send_back_reaches_leader(task.rounds, limit)
    task.rounds += 1
    task.first_reported_at = task.first_reported_at or task.reported_at
    hold.move(task, Verb.SEND_BACK, actor, now, visit=visit.id, round=task.rounds, reason=reason_code)
    decide(actor, task, visit, Decision.SENT_BACK, now, reason_code=reason_code, text=text, comments=comments)
    messages.send(
        visit.worker_id, "sent_back", f"任务 {task.no} 需要补正", now,
        text=f"{SEND_BACK[reason_code]}。已填内容和照片都在，只改批注的地方，没有网络也能改。", task_id=task.id,
    )  # fmt: skip
    if escalated:
        for leader_id in leaders_of(task):
            messages.send(
                leader_id, "sent_back_often", f"任务 {task.no} 已是第 {task.rounds} 次退回", now,
                text="请协助网格员补正，必要时转派。", task_id=task.id,
            )  # fmt: skip
    hold.tell(task, now)
    return task


def check_words(reason_code: str, text: str, comments: dict[str, str]) -> None:
    """Raise InvalidInput unless there is a known reason and something a worker can act on."""
    faults = Faults()
    if reason_code not in SEND_BACK:
        faults.add("reason_code", "请选择退回原因")
    if not text.strip() and not any(words.strip() for words in comments.values()):
        faults.add("text", "请批注具体哪一项，或写明要怎么改")
    if len(comments) > MAX_COMMENTS:
        faults.add("comments", f"批注最多 {MAX_COMMENTS} 处")
    for path, words in comments.items():
        if not FIELD.fullmatch(path):
            faults.add("comments", "批注的位置不对，请刷新后重试")
        elif not words.strip() or len(words) > MAX_COMMENT:
            faults.add(f"comments.{path}", f"每处批注请写 1 至 {MAX_COMMENT} 个字")
    faults.refuse()


def leaders_of(task: Task) -> list[str]:
    """Return the grid leaders of the units the task lies in."""
    units = [part for part in task.unit_path.split("/") if part]
    return list(
        db.session.scalars(
            select(Person.id).where(
                Person.unit_id.in_(units), Person.role == Role.GRID_LEADER.value, Person.deactivated_at.is_(None)
            )
        )
    )
