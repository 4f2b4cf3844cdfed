"""The strict shape of a delivery's brief and of one visit, as they travel (unknown fields are refused).

The shape only: lengths, ranges, known codes. Whether a signer may sign or a photo is missing is for rules.py.
"""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from grid.core.words.reasons import CONTACTS
from grid.core.words.service import SignerRelation
from grid.core.words.tasks import DeliveryMode
from grid.kinds.delivery import reasons
from grid.kinds.delivery.checklists import ITEMS
from grid.kinds.delivery.outcomes import OUTCOMES

_ID = validate.Regexp(r"\A[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z", error="编号不对")
_SHA256 = validate.Regexp(r"\A[0-9a-f]{64}\Z", error="文件校验值不对")
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_EVIDENCE = 20
MAX_LINES = 40


# PostgreSQL cannot store NUL, no database stores half a surrogate pair, and other control characters spoil prints.
_PLAIN = validate.Regexp(r"\A[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]*\Z", error="含有不能保存的字符，请重新填写")


def _text(most: int, least: int = 0, **rest: Any) -> fields.String:
    length = validate.Length(min=least, max=most, error=f"应为 {least} 至 {most} 个字")
    return fields.String(validate=[length, _PLAIN], **rest)


def _yes_no(**rest: Any) -> fields.Boolean:
    return fields.Boolean(truthy={True}, falsy={False}, **rest)


def _code(codes: Any, **rest: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(list(codes), error="没有这个选项，请重新选择"), **rest)


def _whole(least: int, most: int, **rest: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(min=least, max=most), **rest)


def _number(least: float, most: float, **rest: Any) -> fields.Float:
    return fields.Float(allow_nan=False, validate=validate.Range(min=least, max=most), **rest)


def _instant(**rest: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(format="iso", **rest)


class StrictSchema(Schema):
    """Refuse what was not asked for."""

    class Meta:
        """marshmallow's switch for unknown fields."""

        unknown = RAISE


class DocumentSchema(StrictSchema):
    """One paper line of the brief."""

    id = fields.String(required=True, validate=_ID, metadata={"label": "文书编号"})
    type = _text(40, 1, required=True, metadata={"label": "种类", "widget": "document_type"})
    name = _text(80, 1, required=True, metadata={"label": "名称"})
    no = _text(60, load_default="", metadata={"label": "文号"})
    copies = _whole(1, 99, load_default=1, metadata={"label": "份数"})


class BriefSchema(StrictSchema):
    """What the court asks for in one delivery."""

    mode = _code(DeliveryMode, required=True, metadata={"label": "协助方式", "widget": "mode"})
    documents = fields.List(
        fields.Nested(DocumentSchema),
        required=True,
        validate=validate.Length(min=1, max=MAX_LINES, error=f"请列出 1 至 {MAX_LINES} 份文书"),
        metadata={"label": "文书"},
    )
    instruction = _text(500, load_default="", metadata={"label": "办理要求", "help": "可选常用语，最多 500 字"})
    notes = _text(500, load_default="", metadata={"label": "特别提示", "help": "只有接单的网格员能看到"})


class SignerSchema(StrictSchema):
    """Who signed, as answered."""

    name = _text(60, 1, required=True, metadata={"label": "签收人姓名"})
    relation = _code(SignerRelation, required=True, metadata={"label": "与受送达人关系", "widget": "relation"})
    id_last4 = fields.String(
        validate=validate.Regexp(r"\A(?:[0-9]{3}[0-9Xx])?\Z", error="请填身份证后四位"),
        allow_none=True,
        metadata={"label": "身份证后四位"},
    )
    adult = _yes_no(allow_none=True, metadata={"label": "已满18周岁"})
    cohabiting = _yes_no(allow_none=True, metadata={"label": "住在同一套房屋"})
    adverse = _yes_no(allow_none=True, metadata={"label": "是对方当事人"})
    reason = _text(100, allow_none=True, metadata={"label": "代收理由"})
    seal = _text(60, allow_none=True, metadata={"label": "印章或职务"})
    guardian_of = _text(60, allow_none=True, metadata={"label": "被监护人"})


class LineSchema(StrictSchema):
    """One paper at the door: handed over, or why not."""

    document_id = fields.String(required=True, validate=_ID)
    handed = _yes_no(required=True, metadata={"label": "已交付"})
    reason = _text(100, allow_none=True, metadata={"label": "没有交付的原因"})


class AnswersSchema(StrictSchema):
    """The answers of one visit; which are asked depends on the outcome's path."""

    signer = fields.Nested(SignerSchema, allow_none=True)
    lines = fields.List(fields.Nested(LineSchema), load_default=list, validate=validate.Length(max=MAX_LINES))
    refusal_reason = _code(reasons.REFUSAL, allow_none=True, metadata={"label": "拒收理由"})
    refusal_note = _text(500, allow_none=True, metadata={"label": "拒收时的话"})
    statement_unit = _text(100, allow_none=True, metadata={"label": "出具说明的单位"})
    next_visit_on = fields.Date(allow_none=True, metadata={"label": "下次走访"})
    moved_to = _text(200, allow_none=True, metadata={"label": "新去向"})
    pickup_on = fields.Date(allow_none=True, metadata={"label": "约定领取日期"})
    receipt_date = fields.Date(allow_none=True, metadata={"label": "回证上写的签收日期"})
    signature_kind = _code(("signature", "thumbprint"), allow_none=True, metadata={"label": "签名或捺印"})


class PacketSchema(StrictSchema):
    """What became of the packet's QR."""

    token_text = _text(1000, load_default=None, allow_none=True)
    cti = _text(32, load_default=None, allow_none=True)
    checked = _code(("ok", "manual", "none"), required=True)
    reason = _text(200, allow_none=True)


class PlaceSchema(StrictSchema):
    """Where the phone says it was, or why it cannot say; never a reason to refuse."""

    lng = _number(-180, 180)
    lat = _number(-90, 90)
    accuracy_m = _number(0, 1_000_000)
    age_s = _number(0, 10_000_000)
    source = _text(20)
    none_reason = _text(40)


class ClockSchema(StrictSchema):
    """What the phone knows of its clock: skew, last contact with the server, monotonic time since then."""

    skew_ms = fields.Float(allow_nan=False, allow_none=True)
    anchor_at = _instant(allow_none=True)
    monotonic_ms = fields.Float(allow_nan=False, allow_none=True)


class DisplaySchema(StrictSchema):
    """The smaller copy made for screens."""

    sha256 = fields.String(required=True, validate=_SHA256)
    size = _whole(1, MAX_FILE_BYTES, required=True)


class EvidenceSchema(StrictSchema):
    """One photo or signature, declared by its hash before its bytes arrive."""

    id = fields.String(required=True, validate=_ID)
    item = _code(ITEMS, required=True, metadata={"label": "拍的是什么"})
    name = _text(200, load_default="")
    sha256 = fields.String(required=True, validate=_SHA256)
    size = _whole(1, MAX_FILE_BYTES, required=True)
    mime = _code(("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"), required=True)
    display = fields.Nested(DisplaySchema, load_default=None, allow_none=True)
    grade = _code(("A", "B", "C"), required=True)
    grade_reason = _text(100, allow_none=True)
    made_at = _instant(required=True)
    place = fields.Nested(PlaceSchema, allow_none=True)


class VisitSchema(StrictSchema):
    """One visit as the phone sends it."""

    id = fields.String(required=True, validate=_ID)
    task_id = fields.String(required=True, validate=_ID)
    outcome = _code([outcome.code for outcome in OUTCOMES], required=True, metadata={"label": "走访结果"})
    started_at = _instant(required=True)
    ended_at = _instant(required=True)
    made_at = _instant(required=True)
    contact = _code(CONTACTS, required=True, metadata={"label": "联系方式"})
    met_name = _text(60, load_default="", allow_none=True, metadata={"label": "见到了谁"})
    narrative = _text(1000, load_default="", allow_none=True, metadata={"label": "情况", "widget": "textarea"})
    answers = fields.Nested(AnswersSchema, required=True)
    packet = fields.Nested(PacketSchema, required=True)
    place = fields.Nested(PlaceSchema, required=True)
    clock = fields.Nested(ClockSchema, required=True)
    evidence = fields.List(
        fields.Nested(EvidenceSchema),
        required=True,
        validate=validate.Length(max=MAX_EVIDENCE, error=f"最多 {MAX_EVIDENCE} 个附件"),
    )
    companions = _text(200, allow_none=True, metadata={"label": "同行的人"})
    safety = _text(500, allow_none=True, metadata={"label": "安全情况"})
