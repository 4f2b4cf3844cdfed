"""The mutations a phone may send: name, argument schema and the flow that carries each out."""

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from api.wire import IdField, Strict, integer, text
from grid.flows import messages, take, visit, visit_mend
from grid.flows.sync import Handler
from grid.kinds import BY_CODE
from grid.kinds.schema import PlaceSchema


class Take(Strict):
    """Take a task."""

    task_id = IdField(required=True)
    version = integer(0, 2**31 - 1, load_default=None, allow_none=True)
    recusal = fields.String(required=True, validate=validate.OneOf(["none", "conflict"]))
    recusal_note = text(200)


class Return(Strict):
    """Hand a task back."""

    task_id = IdField(required=True)
    reason_code = text(32, required=True, min_length=1)
    note = text(200)


VISITS: dict[str, Schema] = {code: kind.visit_schema() for code, kind in BY_CODE.items()}


class Record(Strict):
    """Hand in a visit, on the form of its kind of task."""

    kind = fields.String(load_default="delivery", validate=validate.OneOf(list(VISITS), error="没有这种任务"))
    visit = fields.Dict(keys=fields.String(), required=True)

    @post_load
    def read_visit(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Read the visit by the schema of its kind."""
        try:
            return data | {"visit": VISITS[data["kind"]].load(data["visit"])}
        except ValidationError as error:
            raise ValidationError({"visit": error.normalized_messages()}) from None


class Mend(Record):
    """Hand in a mended visit."""

    visit_id = IdField(required=True)
    base_revision = integer(1, 1000, required=True)


class LatePlace(Strict):
    """A position that came after the visit was saved."""

    visit_id = IdField(required=True)
    place = fields.Nested(PlaceSchema, required=True)


class Report(Strict):
    """Report the task as unserved after enough visits."""

    task_id = IdField(required=True)
    conclusion = fields.String(required=True, validate=validate.OneOf(["unserved"]))
    narrative = text(500, required=True, min_length=1)


class Read(Strict):
    """Mark messages read."""

    ids = fields.List(IdField(), required=True, validate=validate.Length(1, 200))


@dataclass(frozen=True, slots=True)
class MutationKind:
    """How one kind of mutation is read and carried out."""

    schema: Schema
    handler: Handler


MUTATIONS: dict[str, MutationKind] = {
    "task.take": MutationKind(Take(), take.take),
    "task.return": MutationKind(Return(), take.hand_back),
    "task.report": MutationKind(Report(), visit.report_unserved),
    "visit.record": MutationKind(Record(), visit.record),
    "visit.mend": MutationKind(Mend(), visit_mend.mend),
    "visit.place": MutationKind(LatePlace(), visit_mend.add_place),
    "message.read": MutationKind(Read(), messages.mark_read),
}


class DeviceFacts(Strict):
    """What a phone says of its own state at each contact."""

    unsent = integer(0, 1_000_000, load_default=0)
    oldest_unsent_at = fields.AwareDateTime(load_default=None, allow_none=True, format="iso")
    free_mb = integer(0, 100_000_000, load_default=None, allow_none=True)
    persisted = fields.Boolean(load_default=None, allow_none=True)
    app_version = text(40)
    device_time = fields.AwareDateTime(load_default=None, allow_none=True, format="iso")
    large_type = fields.Boolean(load_default=False)


class MutationIn(Strict):
    """One numbered change."""

    seq = integer(1, 2**53, required=True)
    id = IdField(required=True)
    name = text(40, required=True, min_length=1)
    args = fields.Dict(keys=fields.String(), required=True)
    made_at = fields.AwareDateTime(required=True, format="iso")


class Push(Strict):
    """A batch of changes of one device, in order."""

    device_id = IdField(required=True)
    protocol = integer(1, 1000, required=True)
    facts = fields.Nested(DeviceFacts, load_default=None, allow_none=True)
    mutations = fields.List(fields.Nested(MutationIn), required=True, validate=validate.Length(max=50))


PUSH = Push()
