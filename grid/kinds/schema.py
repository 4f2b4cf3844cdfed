"""What the visits of every kind have in common on the wire, and the strict fields their schemas are made of.

The shape only: lengths, ranges, known codes (unknown fields are refused). What a visit must hold is for the rules.
"""

from collections.abc import Collection, Mapping
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from grid.core.words.reasons import CONTACTS
from grid.kinds.form import Question, Widget

ID = validate.Regexp(r"\A[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z", error="编号不对")
SHA256 = validate.Regexp(r"\A[0-9a-f]{64}\Z", error="文件校验值不对")
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_EVIDENCE = 20
MOST_FEN = 10**13
"""A hundred milliards of yuan: more than any case of a district court."""

# PostgreSQL cannot store NUL, no database stores half a surrogate pair, and other control characters spoil prints.
_PLAIN = validate.Regexp(r"\A[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]*\Z", error="含有不能保存的字符，请重新填写")


def text(most: int, least: int = 0, **rest: Any) -> fields.String:
    """Return a text field of so many characters."""
    length = validate.Length(min=least, max=most, error=f"应为 {least} 至 {most} 个字")
    return fields.String(validate=[length, _PLAIN], **rest)


class YesNo(fields.Boolean):
    """True and false and nothing that looks like them: 1 equals True, but nobody ticked it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **rest: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


def yes_no(**rest: Any) -> fields.Boolean:
    """Return a field for a question answered by yes or no."""
    return YesNo(**rest)


def code(codes: Any, **rest: Any) -> fields.String:
    """Return a field that takes one of the codes."""
    return fields.String(validate=validate.OneOf(list(codes), error="没有这个选项，请重新选择"), **rest)


def whole(least: int, most: int, **rest: Any) -> fields.Integer:
    """Return a whole-number field within limits."""
    limits = validate.Range(min=least, max=most, error=f"应为 {least} 到 {most} 的整数")
    return fields.Integer(strict=True, validate=limits, **rest)


def number(least: float, most: float, **rest: Any) -> fields.Float:
    """Return a finite number within limits."""
    return fields.Float(allow_nan=False, validate=validate.Range(min=least, max=most), **rest)


def instant(**rest: Any) -> fields.AwareDateTime:
    """Return an RFC 3339 instant with its offset."""
    return fields.AwareDateTime(format="iso", **rest)


class StrictSchema(Schema):
    """Refuse what was not asked for."""

    class Meta:
        """marshmallow's switch for unknown fields."""

        unknown = RAISE


class PlaceSchema(StrictSchema):
    """Where the phone says it was, or why it cannot say; never a reason to refuse."""

    lng = number(-180, 180)
    lat = number(-90, 90)
    accuracy_m = number(0, 1_000_000)
    age_s = number(0, 10_000_000)
    source = text(20)
    none_reason = text(40)


class ClockSchema(StrictSchema):
    """What the phone knows of its clock: skew, last contact with the server, monotonic time since then."""

    skew_ms = fields.Float(allow_nan=False, allow_none=True)
    anchor_at = instant(allow_none=True)
    monotonic_ms = fields.Float(allow_nan=False, allow_none=True)


class DisplaySchema(StrictSchema):
    """The smaller copy made for screens."""

    sha256 = fields.String(required=True, validate=SHA256)
    size = whole(1, MAX_FILE_BYTES, required=True)


def evidence_list(items: Collection[str]) -> fields.Field[Any]:
    """Return the field of a visit's photos and signatures: declared by hash before their bytes arrive."""
    shape: Any = StrictSchema.from_dict(
        {
            "id": fields.String(required=True, validate=ID),
            "item": code(items, required=True, metadata={"label": "拍的是什么"}),
            "name": text(200, load_default=""),
            "sha256": fields.String(required=True, validate=SHA256),
            "size": whole(1, MAX_FILE_BYTES, required=True),
            "mime": code(("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"), required=True),
            "display": fields.Nested(DisplaySchema, load_default=None, allow_none=True),
            "grade": code(("A", "B", "C"), required=True),
            "grade_reason": text(100, allow_none=True),
            "made_at": instant(required=True),
            "place": fields.Nested(PlaceSchema, allow_none=True),
        },
        name="EvidenceSchema",
    )
    most = validate.Length(max=MAX_EVIDENCE, error=f"最多 {MAX_EVIDENCE} 个附件")
    return fields.List(fields.Nested(shape), required=True, validate=most)


class VisitBase(StrictSchema):
    """One visit as the phone sends it; a kind adds outcome, answers and evidence."""

    id = fields.String(required=True, validate=ID)
    task_id = fields.String(required=True, validate=ID)
    started_at = instant(required=True)
    ended_at = instant(required=True)
    made_at = instant(required=True)
    contact = code(CONTACTS, required=True, metadata={"label": "联系方式"})
    met_name = text(60, load_default="", allow_none=True, metadata={"label": "见到了谁"})
    narrative = text(1000, load_default="", allow_none=True, metadata={"label": "情况", "widget": "textarea"})
    place = fields.Nested(PlaceSchema, required=True)
    clock = fields.Nested(ClockSchema, required=True)
    companions = text(200, allow_none=True, metadata={"label": "同行的人"})
    safety = text(500, allow_none=True, metadata={"label": "安全情况"})


def question_field(question: Question, *, required: bool = False) -> fields.Field[Any]:
    """Return the field of one question; an answer that was not given is absent or null."""
    rest: dict[str, Any] = {"required": required, "allow_none": not required, "metadata": {"label": question.label}}
    match question.widget:
        case Widget.CHOICE:
            return code(question.options, **rest)
        case Widget.MANY:
            few = validate.Length(min=1 if required else 0, max=len(question.options), error="请至少选择一项")
            return fields.List(code(question.options), validate=few, **rest)
        case Widget.YES_NO:
            return yes_no(**rest)
        case Widget.DATE:
            return fields.Date(**rest)
        case Widget.INSTANT:
            return instant(**rest)
        case Widget.MONEY:
            return whole(0, MOST_FEN, **rest)
        case Widget.COUNT:
            return whole(0, question.most, **rest)
        case _:  # a line or a paragraph
            return text(question.most, 1 if required else 0, **rest)


def questions_schema(name: str, questions: Mapping[str, Question], required: Collection[str] = ()) -> type[Schema]:
    """Return a strict schema with a field for each question."""
    return StrictSchema.from_dict(
        {key: question_field(question, required=key in required) for key, question in questions.items()}, name=name
    )


def visit_schema(name: str, outcomes: Collection[str], items: Collection[str], answers: type[Schema]) -> type[Schema]:
    """Return the strict schema of the visits of a kind that is drawn from its questions."""
    return VisitBase.from_dict(
        {
            "outcome": code(outcomes, required=True, metadata={"label": "走访结果"}),
            "answers": fields.Nested(answers, required=True),
            "evidence": evidence_list(items),
        },
        name=name,
    )
