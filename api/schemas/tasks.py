"""What tasks and their verbs look like on the wire."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from api.schemas.cases import choice
from api.wire import IdField, PageQuery, Strict, integer, text
from grid.core.words.tasks import DeliveryMode, TaskState
from grid.kinds import BY_CODE

VERSION = 2**31 - 1
STATES = frozenset(state.value for state in TaskState)


class States(fields.String):
    """A comma list of states; 'all' and nothing mean every state."""

    default_error_messages = {"unknown": "没有这种状态，请从列表中选择"}

    def _deserialize(self, value, attr, data, **kwargs):  # type: ignore[no-untyped-def,override]  # a list comes out of a string field
        names = [name for name in super()._deserialize(value, attr, data, **kwargs).split(",") if name]
        if names == ["all"]:
            return []
        if not STATES.issuperset(names):
            raise self.make_error("unknown")
        return names


class TaskQuery(PageQuery):
    """Filters of the task list."""

    states = States(load_default=list, validate=validate.Length(max=20))
    state = choice((*TaskState, ""), load_default="")
    kind = choice((*BY_CODE, ""), load_default="")
    mode = choice((*DeliveryMode, ""), load_default="")
    officer = text(36)
    street = text(36)
    cell = text(36)
    worker = text(36)
    batch = text(36)
    case_no = text(60)
    overdue = fields.Boolean(load_default=None)
    urgent = fields.Boolean(load_default=None)
    unrouted = fields.Boolean(load_default=None)
    approval = fields.Boolean(load_default=None)


class DocumentIn(Strict):
    """One paper to hand over."""

    id = IdField(required=True)
    type = text(32, required=True, min_length=1)
    name = text(80)
    no = text(80, allow_none=True)
    copies = integer(1, 99, load_default=1)


class TaskIn(Strict):
    """A new task: papers and a mode for a delivery, the kind's own brief for every other."""

    id = IdField(required=True)
    kind = choice(BY_CODE, load_default="delivery")
    case_id = IdField(required=True)
    addressee_id = IdField(required=True)
    address_id = IdField(required=True)
    mode = choice((*DeliveryMode, ""), load_default="")
    documents = fields.List(
        fields.Nested(DocumentIn), load_default=list, validate=validate.Length(max=40, error="请列出 1 至 40 份文书")
    )
    brief = fields.Dict(keys=fields.String(), load_default=dict)
    urgent = fields.Boolean(load_default=False)
    sensitive = fields.Boolean(load_default=False)
    due_on = fields.Date(load_default=None, allow_none=True)
    instruction = text(500)
    notes = text(500)
    previous_task_id = IdField(load_default=None, allow_none=True)
    dispatch = fields.Boolean(load_default=True)

    @post_load
    def read_brief(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Ask for papers and mode, or read the brief by its kind's schema."""
        kind = BY_CODE[data["kind"]]
        wrong: dict[str, Any] = {}
        if kind.papers:
            wrong |= {} if data["documents"] else {"documents": ["请列出 1 至 40 份文书"]}
            wrong |= {} if data["mode"] else {"mode": ["请选择协助方式"]}
            wrong |= {"brief": ["送达任务没有这一项"]} if data["brief"] else {}
        else:
            wrong |= {"documents": [f"{kind.label}任务不带文书，请另派送达任务"]} if data["documents"] else {}
            wrong |= {"mode": [f"{kind.label}任务没有协助方式"]} if data["mode"] else {}
            try:
                data["brief"] = kind.brief_schema().load(data["brief"])
            except ValidationError as error:
                wrong["brief"] = error.normalized_messages()
        if wrong:
            raise ValidationError(wrong)
        return data


class DefaultsQuery(Strict):
    """What a new task will be like."""

    kind = choice(BY_CODE, load_default="delivery")
    mode = text(24)
    urgent = fields.Boolean(load_default=False)
    documents = text(800)


class VersionIn(Strict):
    """The version on the screen, so that a decision on an old screen is refused."""

    version = integer(0, VERSION, required=True)


class RouteIn(VersionIn):
    """Which cell a task goes to."""

    cell_id = IdField(required=True)


class ReasonIn(VersionIn):
    """Why a task is taken away."""

    reason = text(200, required=True, min_length=2)


class TransferIn(ReasonIn):
    """Where a task goes instead: a cell, a worker, or a unit that decides."""

    cell_id = IdField(load_default="", allow_none=True)
    worker_id = IdField(load_default="", allow_none=True)
    unit_id = IdField(load_default="", allow_none=True)
