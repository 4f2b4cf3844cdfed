"""Words of service: addressees, signers, methods and their Chinese names."""

from enum import StrEnum


class AddresseeKind(StrEnum):
    """What the addressee is; it decides who may sign."""

    NATURAL = "natural"
    LEGAL = "legal"
    OTHER = "other"


class SignerRelation(StrEnum):
    """What the person who signs is to the addressee."""

    SELF = "self"
    COHABITING_ADULT = "cohabiting_adult"
    GUARDIAN = "guardian"
    LITIGATION_AGENT = "litigation_agent"
    LEGAL_REPRESENTATIVE = "legal_representative"
    DESIGNATED_RECEIVER = "designated_receiver"
    MAIL_ROOM = "mail_room"


class ServiceMethod(StrEnum):
    """How the court serves; chosen and certified by the court alone."""

    DIRECT = "direct"
    LEFT = "left"
    ENTRUSTED = "entrusted"
    POSTAL = "postal"
    FORWARDED = "forwarded"
    ELECTRONIC = "electronic"
    PUBLIC_NOTICE = "public_notice"


class ServiceBasis(StrEnum):
    """What fixes the legal date of service (domain handbook §3.1)."""

    SIGNED = "signed"
    LEFT = "left"
    REFUSED_RECORDED = "refused_recorded"
    POSTAL_SLIP = "postal_slip"
    POSTAL_RETURN = "postal_return"
    ELECTRONIC = "electronic"
    PUBLIC_NOTICE = "public_notice"
    FORWARDED = "forwarded"


class ReturnGround(StrEnum):
    """Why a returned letter still counts as served."""

    CONFIRMED_WRONG = "confirmed_wrong"
    WITHHELD = "withheld"
    CHANGED_SILENTLY = "changed_silently"
    REFUSED = "refused"


class WitnessClass(StrEnum):
    """Who may witness that papers were left."""

    COMMITTEE = "committee"
    EMPLOYER = "employer"
    GRID_WORKER = "grid_worker"
    OTHER = "other"


ADDRESSEE_LABELS: dict[AddresseeKind, str] = {
    AddresseeKind.NATURAL: "自然人",
    AddresseeKind.LEGAL: "法人",
    AddresseeKind.OTHER: "其他组织",
}

RELATION_LABELS: dict[SignerRelation, str] = {
    SignerRelation.SELF: "本人",
    SignerRelation.COHABITING_ADULT: "同住成年家属",
    SignerRelation.GUARDIAN: "法定代理人（监护人）",
    SignerRelation.LITIGATION_AGENT: "诉讼代理人",
    SignerRelation.LEGAL_REPRESENTATIVE: "法定代表人或主要负责人",
    SignerRelation.DESIGNATED_RECEIVER: "指定代收人",
    SignerRelation.MAIL_ROOM: "办公室、收发室、值班室",
}

METHOD_LABELS: dict[ServiceMethod, str] = {
    ServiceMethod.DIRECT: "直接送达",
    ServiceMethod.LEFT: "留置送达",
    ServiceMethod.ENTRUSTED: "委托送达",
    ServiceMethod.POSTAL: "邮寄送达",
    ServiceMethod.FORWARDED: "转交送达",
    ServiceMethod.ELECTRONIC: "电子送达",
    ServiceMethod.PUBLIC_NOTICE: "公告送达",
}

BASIS_LABELS: dict[ServiceBasis, str] = {
    ServiceBasis.SIGNED: "回证上签收的日期",
    ServiceBasis.LEFT: "回证上注明的留置日期",
    ServiceBasis.REFUSED_RECORDED: "拒签并记录在案的当日",
    ServiceBasis.POSTAL_SLIP: "邮件回执上的日期",
    ServiceBasis.POSTAL_RETURN: "邮件退回之日",
    ServiceBasis.ELECTRONIC: "到达特定系统的日期",
    ServiceBasis.PUBLIC_NOTICE: "公告之日起满三十日",
    ServiceBasis.FORWARDED: "转交回证上签收的日期",
}

RETURN_GROUND_LABELS: dict[ReturnGround, str] = {
    ReturnGround.CONFIRMED_WRONG: "当事人自己确认的地址不准确",
    ReturnGround.WITHHELD: "当事人拒不提供地址",
    ReturnGround.CHANGED_SILENTLY: "变更地址未告知法院",
    ReturnGround.REFUSED: "拒绝签收",
}

WITNESS_LABELS: dict[WitnessClass, str] = {
    WitnessClass.COMMITTEE: "居委会、村委会工作人员",
    WitnessClass.EMPLOYER: "受送达人所在单位工作人员",
    WitnessClass.GRID_WORKER: "网格员",
    WitnessClass.OTHER: "其他人员",
}
