"""The strict shape of a delivery's brief and of one visit, as they travel (unknown fields are refused).

The shape only: lengths, ranges, known codes. Whether a signer may sign or a photo is missing is for rules.py.
"""

from marshmallow import fields, validate

from grid.core.words.service import SignerRelation
from grid.core.words.tasks import DeliveryMode
from grid.kinds.delivery import reasons
from grid.kinds.delivery.checklists import ITEMS
from grid.kinds.delivery.outcomes import OUTCOMES
from grid.kinds.schema import ID, StrictSchema, VisitBase, code, evidence_list, text, whole, yes_no

MAX_LINES = 40


class DocumentSchema(StrictSchema):
    """One paper line of the brief."""

    id = fields.String(required=True, validate=ID, metadata={"label": "文书编号"})
    type = text(40, 1, required=True, metadata={"label": "种类", "widget": "document_type"})
    name = text(80, 1, required=True, metadata={"label": "名称"})
    no = text(60, load_default="", metadata={"label": "文号"})
    copies = whole(1, 99, load_default=1, metadata={"label": "份数"})


class BriefSchema(StrictSchema):
    """What the court asks for in one delivery."""

    mode = code(DeliveryMode, required=True, metadata={"label": "协助方式", "widget": "mode"})
    documents = fields.List(
        fields.Nested(DocumentSchema),
        required=True,
        validate=validate.Length(min=1, max=MAX_LINES, error=f"请列出 1 至 {MAX_LINES} 份文书"),
        metadata={"label": "文书"},
    )
    instruction = text(500, load_default="", metadata={"label": "办理要求", "help": "可选常用语，最多 500 字"})
    notes = text(500, load_default="", metadata={"label": "特别提示", "help": "只有接单的网格员能看到"})


class SignerSchema(StrictSchema):
    """Who signed, as answered."""

    name = text(60, 1, required=True, metadata={"label": "签收人姓名"})
    relation = code(SignerRelation, required=True, metadata={"label": "与受送达人关系", "widget": "relation"})
    id_last4 = fields.String(
        validate=validate.Regexp(r"\A(?:[0-9]{3}[0-9Xx])?\Z", error="请填身份证后四位"),
        allow_none=True,
        metadata={"label": "身份证后四位"},
    )
    adult = yes_no(allow_none=True, metadata={"label": "已满18周岁"})
    cohabiting = yes_no(allow_none=True, metadata={"label": "住在同一套房屋"})
    adverse = yes_no(allow_none=True, metadata={"label": "是对方当事人"})
    reason = text(100, allow_none=True, metadata={"label": "代收理由"})
    seal = text(60, allow_none=True, metadata={"label": "印章或职务"})
    guardian_of = text(60, allow_none=True, metadata={"label": "被监护人"})


class LineSchema(StrictSchema):
    """One paper at the door: handed over, or why not."""

    document_id = fields.String(required=True, validate=ID)
    handed = yes_no(required=True, metadata={"label": "已交付"})
    reason = text(100, allow_none=True, metadata={"label": "没有交付的原因"})


class AnswersSchema(StrictSchema):
    """The answers of one visit; which are asked depends on the outcome's path."""

    signer = fields.Nested(SignerSchema, allow_none=True)
    lines = fields.List(fields.Nested(LineSchema), load_default=list, validate=validate.Length(max=MAX_LINES))
    refusal_reason = code(reasons.REFUSAL, allow_none=True, metadata={"label": "拒收理由"})
    refusal_note = text(500, allow_none=True, metadata={"label": "拒收时的话"})
    statement_unit = text(100, allow_none=True, metadata={"label": "出具说明的单位"})
    next_visit_on = fields.Date(allow_none=True, metadata={"label": "下次走访"})
    moved_to = text(200, allow_none=True, metadata={"label": "新去向"})
    pickup_on = fields.Date(allow_none=True, metadata={"label": "约定领取日期"})
    receipt_date = fields.Date(allow_none=True, metadata={"label": "回证上写的签收日期"})
    signature_kind = code(("signature", "thumbprint"), allow_none=True, metadata={"label": "签名或捺印"})


class PacketSchema(StrictSchema):
    """What became of the packet's QR."""

    token_text = text(1000, load_default=None, allow_none=True)
    cti = text(32, load_default=None, allow_none=True)
    checked = code(("ok", "manual", "none"), required=True)
    reason = text(200, allow_none=True)


class VisitSchema(VisitBase):
    """One visit of a delivery as the phone sends it."""

    outcome = code([outcome.code for outcome in OUTCOMES], required=True, metadata={"label": "走访结果"})
    answers = fields.Nested(AnswersSchema, required=True)
    packet = fields.Nested(PacketSchema, required=True)
    evidence = evidence_list(ITEMS)
