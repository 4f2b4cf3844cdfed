"""What a person may list, as conditions of a query: the permission table's scopes over tasks and cases."""

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from grid.core.actor import Actor
from grid.core.words.roles import Role
from grid.core.words.tasks import TaskState
from grid.models import Case, Task
from grid.rules.permissions import Action, Scope, scope_of


def below(column: InstrumentedAttribute[str], path: str) -> ColumnElement[bool]:
    """Return the condition that a unit path lies under another (a range, which an index serves)."""
    return and_(column >= path, column < path[:-1] + "0")


def task_scope(actor: Actor, action: Action = Action.TASK_READ) -> ColumnElement[bool]:
    """Return the tasks within the actor's reach."""
    scope = scope_of(action, actor.role)
    if scope == Scope.ANY:
        return true()
    if scope == Scope.COURT:
        return Task.court_id == actor.court_id
    if scope == Scope.UNIT and actor.unit_path:
        return and_(Task.court_id == actor.court_id, below(Task.unit_path, actor.unit_path))
    if scope not in (Scope.OWN, Scope.UNIT):
        return false()
    if actor.role == Role.CASE_OFFICER:
        return Task.officer_id == actor.id
    waiting = and_(
        Task.cell_id == actor.unit_id, Task.worker_id.is_(None), Task.state == TaskState.ROUTED.value
    )  # fmt: skip
    return or_(Task.officer_id == actor.id, Task.worker_id == actor.id, waiting)


def case_scope(actor: Actor, action: Action = Action.CASE_READ) -> ColumnElement[bool]:
    """Return the cases within the actor's reach."""
    scope = scope_of(action, actor.role)
    if scope == Scope.ANY:
        return true()
    if scope == Scope.COURT:
        return Case.court_id == actor.court_id
    if scope == Scope.OWN:
        return and_(Case.court_id == actor.court_id, Case.officer_id == actor.id)
    return false()
