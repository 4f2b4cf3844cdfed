"""What a reviewer sends with each verb."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from api.schemas.tasks import VersionIn
from api.wire import IdField, PageQuery, Strict, text
from grid.core.words.service import SignerRelation, WitnessClass
from grid.flows.review import MAX_COMMENT
from grid.kinds import BY_CODE
from grid.rules.left_service import LEFT_PHOTOS


def yes_no(**options: object) -> fields.Boolean:
    """Return a strict boolean field."""
    return fields.Boolean(truthy={True}, falsy={False}, **options)


class ReviewQuery(PageQuery):
    """What of the queue to show."""

    mine = fields.Boolean(load_default=False)
    flagged = fields.Boolean(load_default=None, allow_none=True)
    seen = fields.Boolean(load_default=None, allow_none=True)
    urgent = fields.Boolean(load_default=None, allow_none=True)


class SendBackIn(VersionIn):
    """Reason, words, and comments on single fields of one visit."""

    reason_code = text(32, required=True, min_length=1)
    text = text(500)
    comments = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 160)),
        values=fields.String(validate=validate.Length(1, MAX_COMMENT)),
        load_default=dict,
    )
    visit_id = IdField(load_default=None, allow_none=True)


class ApproveIn(VersionIn):
    """The date read off the paper receipt by the officer, and a note."""

    receipt_date = fields.Date(load_default=None, allow_none=True)
    effective_on = fields.Date(load_default=None, allow_none=True)
    note = text(300)


class ConcludeIn(VersionIn):
    """What the court found, in the words of the task's kind."""

    kind = fields.String(required=True, validate=validate.OneOf([code for code, kind in BY_CODE.items() if kind.court]))
    result = text(32, required=True, min_length=1)
    answers = fields.Dict(keys=fields.String(), load_default=dict)
    note = text(300)

    @post_load
    def read_answers(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Read the answers by the schema of the kind."""
        court = BY_CODE[data["kind"]].court
        try:
            return data | {"answers": court.schema().load(data["answers"]) if court else {}}
        except ValidationError as error:
            raise ValidationError({"answers": error.normalized_messages()}) from None


class OriginalIn(VersionIn):
    """When the paper came back."""

    received_on = fields.Date(required=True)


class GroundsIn(VersionIn):
    """Why."""

    reason = text(200, required=True, min_length=4)


class LateDecisionIn(VersionIn):
    """Why late material counts or not."""

    reason = text(200)


class WitnessIn(Strict):
    """Who watched the papers being left."""

    name = text(60, required=True, min_length=1)
    unit = text(100, required=True, min_length=1)
    post = text(60)
    phone = text(20)
    witness_class = fields.String(required=True, validate=validate.OneOf([str(one) for one in WitnessClass]))
    is_committee_staff = yes_no(load_default=False)
    is_party_or_relative = yes_no(load_default=False)


class LeftIn(VersionIn):
    """The record of papers left by the court."""

    refused_by = fields.String(required=True, validate=validate.OneOf([str(one) for one in SignerRelation]))
    refusal_reason = text(200)
    left_at = fields.AwareDateTime(required=True, format="iso")
    at_domicile = yes_no(required=True)
    witnesses = fields.List(fields.Nested(WitnessIn), load_default=list, validate=validate.Length(max=5))
    video = yes_no(load_default=False)
    photos = fields.List(
        fields.String(validate=validate.OneOf(list(LEFT_PHOTOS))), load_default=list, validate=validate.Length(max=3)
    )
    note = text(300)
