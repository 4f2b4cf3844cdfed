"""Whose a task is, as the permission table asks it."""

from grid.core.actor import Actor
from grid.core.words.tasks import TaskState
from grid.models import Task
from grid.rules.permissions import ObjectFacts


def task_facts(task: Task, actor: Actor | None = None) -> ObjectFacts:
    """Return whose a task is; a routed task belongs to every worker of its cell until one takes it."""
    owners = {task.officer_id, task.worker_id} - {None}
    if actor and task.state == TaskState.ROUTED and task.worker_id is None and task.cell_id == actor.unit_id:
        owners.add(actor.id)
    return ObjectFacts(task.court_id, task.unit_path, frozenset(str(owner) for owner in owners))
