"""Words of the signed tokens: their kinds, the purposes of keys, the verdicts of a check and their Chinese texts."""

from enum import IntEnum, StrEnum


class KeyPurpose(StrEnum):
    """What a signing key may sign; one key never serves two purposes."""

    SLIP = "slip"
    RECEIPT = "receipt"
    PACKET = "packet"
    STATUS = "status"
    LOG = "log"


class TokenKind(StrEnum):
    """The three signed QR contents; each is signed by the key purpose of the same name."""

    SLIP = "slip"
    RECEIPT = "receipt"
    PACKET = "packet"


class ReceiptMethod(IntEnum):
    """How the papers were served; UNSERVED makes the token a visit record, not a receipt."""

    DIRECT = 1
    COHABITING_ADULT = 2
    LEFT_WITNESSED = 3
    LEFT_RECORDED = 4
    FORWARDED = 5
    UNSERVED = 6


class AssistRole(IntEnum):
    """In which role the worker stood at the door; a grid worker is usually not the serving officer."""

    ASSISTANT = 1
    WITNESS = 2
    SERVING_OFFICER = 3


class Verdict(StrEnum):
    """What the check of a token found; everything but OK is a refusal. The browser uses the same words."""

    OK = "ok"
    TOO_LONG = "too_long"
    NOT_BASE32 = "not_base32"
    MALFORMED = "malformed"
    NOT_CANONICAL = "not_canonical"
    TRAILING = "trailing"
    UNPROTECTED = "unprotected"
    HEADER = "header"
    SIGNATURE_FORM = "signature_form"
    UNKNOWN_KEY = "unknown_key"
    WRONG_PURPOSE = "wrong_purpose"
    BAD_SIGNATURE = "bad_signature"
    PAYLOAD = "payload"
    TOO_NEW = "too_new"
    KEY_REVOKED = "key_revoked"
    KEY_PERIOD = "key_period"
    EXPIRED = "expired"


class QrVerdict(StrEnum):
    """Why a scanned text is not one of our codes."""

    NOT_OURS = "not_ours"
    FOREIGN_HOST = "foreign_host"
    OTHER_PATH = "other_path"
    NO_TOKEN = "no_token"  # noqa: S105 - a verdict word, not a password


class Standing(StrEnum):
    """What the verification page may say about a token; VALID only after the court's server was asked."""

    VALID = "valid"
    CORRECTED = "corrected"
    ANNULLED = "annulled"
    UNCONFIRMED = "unconfirmed"
    EXPIRED = "expired"
    KEY_REVOKED = "key_revoked"
    NOT_RECORDED = "not_recorded"
    TOO_NEW = "too_new"
    INVALID = "invalid"


METHOD_LABELS: dict[ReceiptMethod, str] = {
    ReceiptMethod.DIRECT: "直接送达",
    ReceiptMethod.COHABITING_ADULT: "同住成年家属代收",
    ReceiptMethod.LEFT_WITNESSED: "留置送达（见证）",
    ReceiptMethod.LEFT_RECORDED: "留置送达（拍照录像）",
    ReceiptMethod.FORWARDED: "转交送达",
    ReceiptMethod.UNSERVED: "未送达（上门记录）",
}

ROLE_IN_TOKEN_LABELS: dict[AssistRole, str] = {
    AssistRole.ASSISTANT: "协助送达人",
    AssistRole.WITNESS: "见证人",
    AssistRole.SERVING_OFFICER: "送达人",
}

_FORGED = "签名无效，这不是法院签发的码，请勿采信；请拨打法院电话核实"
_DAMAGED = "码的内容不完整或被改动，请对着原件重新扫描；仍不行请联系法院"

VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.OK: "签名有效",
    Verdict.TOO_LONG: _DAMAGED,
    Verdict.NOT_BASE32: _DAMAGED,
    Verdict.MALFORMED: _DAMAGED,
    Verdict.NOT_CANONICAL: _DAMAGED,
    Verdict.TRAILING: _DAMAGED,
    Verdict.UNPROTECTED: _DAMAGED,
    Verdict.HEADER: _FORGED,
    Verdict.SIGNATURE_FORM: _FORGED,
    Verdict.UNKNOWN_KEY: "本机没有签发这个码的密钥，请联网更新后再扫；仍不行请联系法院",
    Verdict.WRONG_PURPOSE: "这个码不是用于此处的，请核对要扫的是哪一张",
    Verdict.BAD_SIGNATURE: _FORGED,
    Verdict.PAYLOAD: "签名有效但内容不合规定，请联系法院核实",
    Verdict.TOO_NEW: "这个码的版本较新，请更新应用后再核验",
    Verdict.KEY_REVOKED: "签发这个码的密钥已停用，请联网核验或联系法院",
    Verdict.KEY_PERIOD: "签发时间不在密钥的使用期内，请联系法院核实",
    Verdict.EXPIRED: "这个码已过有效期，请联系法院换发",
}

QR_VERDICT_LABELS: dict[QrVerdict, str] = {
    QrVerdict.NOT_OURS: "这不是法院的二维码，请对准文书袋或回证上的码",
    QrVerdict.FOREIGN_HOST: "这个码指向别的网站，不是法院的，请勿打开，也不要付款",
    QrVerdict.OTHER_PATH: "这是本院的网址，但不是可核验的码，请对准文书袋或回证上的码",
    QrVerdict.NO_TOKEN: "码的内容不完整，请对着原件重新扫描",
}

STANDING_LABELS: dict[Standing, str] = {
    Standing.VALID: "有效",
    Standing.CORRECTED: "已更正",
    Standing.ANNULLED: "已作废",
    Standing.UNCONFIRMED: "验签通过但未联网核对",
    Standing.EXPIRED: "已过有效期",
    Standing.KEY_REVOKED: "签发密钥已停用，须联网核对",
    Standing.NOT_RECORDED: "法院没有登记，请勿采信",
    Standing.TOO_NEW: "版本过新，请更新",
    Standing.INVALID: "签名无效",
}
