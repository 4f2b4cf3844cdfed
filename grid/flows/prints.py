"""Print envelopes: a label and the 送达回证 with the packet's QR for each task, in one PDF off the request path."""

from datetime import datetime

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import InvalidInput, NotFound
from grid.core.words.tasks import TaskState
from grid.flows import hold, jobs, ledger
from grid.flows.job_kinds import JobKind, RunningJob
from grid.flows.packets import issue_packet
from grid.kinds import BY_CODE
from grid.models import Job, Task, db
from grid.reads.ownership import task_facts
from grid.reads.print_sheets import live_tokens, packet_sheets
from grid.rules import permissions
from grid.rules.permissions import Action

KIND = "print"
MOST = 200
BATCH = 25
PRINTABLE = frozenset(
    {TaskState.DISPATCHED, TaskState.ROUTED, TaskState.RETURNED_UNIT, TaskState.TAKEN, TaskState.WORKING}
)
"""States in which an envelope may still go out."""


def ask_print(actor: Actor, task_ids: list[str], now: datetime) -> Job:
    """Ask for the sheets of some tasks; raises NotFound out of reach, InvalidInput for one that cannot go out."""
    wanted = list(dict.fromkeys(task_ids))
    tasks = db.session.scalars(select(Task).where(Task.id.in_(wanted))).all()
    if len(tasks) != len(wanted):
        raise NotFound
    for task in tasks:
        permissions.check(actor, Action.PRINT_PACKET, task_facts(task))
    unfit = [task.no for task in tasks if task.state not in PRINTABLE]
    if unfit:
        raise InvalidInput(fields={"task_ids": [f"这些任务尚未派发或已经办完，不能打印：{'、'.join(unfit[:5])}"]})
    bare = [task.no for task in tasks if not BY_CODE[task.kind].papers]
    if bare:
        raise InvalidInput(fields={"task_ids": [f"这些任务不带文书，没有封签可打印：{'、'.join(bare[:5])}"]})
    return jobs.enqueue(actor, KIND, {"task_ids": wanted}, now, total=len(wanted))


def print_packets(job: RunningJob) -> None:
    """Sign a packet where there is none yet, set all sheets, and note each printing in the task's own history."""
    wanted: list[str] = job.args["task_ids"]
    for start in range(0, len(wanted), BATCH):
        with job.step():
            _prepare(job, wanted[start : start + BATCH])
        job.progress(min(start + BATCH, len(wanted)), len(wanted))
    sheets = packet_sheets([task_id for task_id in wanted if task_id in live_tokens(wanted)], job.kit)
    if not sheets:
        raise NotFound
    missing = job.kit.papers.missing_glyphs(*sheets)
    path = job.file(f"文书袋和送达回证（{len(sheets)}件）.pdf", "application/pdf")
    path.write_bytes(job.kit.papers.render_packets(sheets, job.now))
    job.facts["missing_glyphs"] = len(missing)


def _prepare(job: RunningJob, task_ids: list[str]) -> None:
    tasks = db.session.scalars(select(Task).where(Task.id.in_(task_ids)).order_by(Task.id).with_for_update()).all()
    have = live_tokens(task_ids)
    for task in tasks:
        # Since it was asked a task may have been recalled: its envelope must not go out.
        if task.state not in PRINTABLE:
            continue
        if task.id not in have:
            issue_packet(task, job.kit, job.now)
            hold.tell(task, job.now)
        ledger.record("task.printed", job.who, job.now, object_id=job.claimed.id, task_id=task.id)


PRINT = JobKind("打印文书袋", print_packets)
