"""Who may sign for whom: rules 1 to 7, 11 and 12 of the service table (domain handbook §3).

The same table of relations goes to the phone in the delivery descriptor, so both ends ask the same questions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from grid.core.words.service import RELATION_LABELS, AddresseeKind, SignerRelation
from grid.rules.documents import document_type
from grid.rules.law import Finding, error, warning
from grid.rules.text import normalise_name

K = AddresseeKind
R = SignerRelation

MAJORITY = 18
"""Full years of age at which a family member may sign (CPL 88; Civil Code 17)."""

_ORGANISATIONS = (K.LEGAL, K.OTHER)


@dataclass(frozen=True, slots=True)
class RelationSpec:
    """What one relation demands: the addressees it fits, the column it signs in and the questions to answer."""

    relation: SignerRelation
    kinds: tuple[AddresseeKind, ...]
    substitute: bool
    asks: tuple[str, ...]
    rule_no: int
    hint: str


RELATIONS: tuple[RelationSpec, ...] = (
    RelationSpec(R.SELF, (K.NATURAL,), False, (), 2, "请核对身份证，只记后四位"),
    RelationSpec(R.COHABITING_ADULT, (K.NATURAL,), True, ("adult", "cohabiting", "adverse", "reason"), 2,
                 "同住是指住在同一套房屋，同楼、同村不算"),
    RelationSpec(R.GUARDIAN, (K.NATURAL,), True, ("guardian_of", "adverse", "reason"), 6,
                 "受送达人未成年或者没有完全行为能力时由其签收"),
    RelationSpec(R.LITIGATION_AGENT, (K.NATURAL, *_ORGANISATIONS), True, ("adverse", "reason"), 5, "请核对委托手续"),
    RelationSpec(R.DESIGNATED_RECEIVER, (K.NATURAL, *_ORGANISATIONS), True, ("adverse", "reason"), 5,
                 "以送达地址确认书上写明的人为准"),
    RelationSpec(R.LEGAL_REPRESENTATIVE, _ORGANISATIONS, False, (), 4, "请核对姓名，能盖章的请盖章"),
    RelationSpec(R.MAIL_ROOM, _ORGANISATIONS, True, ("seal", "adverse", "reason"), 4,
                 "须是负责收件的部门，请盖章或者写明职务"),
)  # fmt: skip

_SPECS: Mapping[SignerRelation, RelationSpec] = {spec.relation: spec for spec in RELATIONS}

_IN_PERSON = (R.SELF, R.LEGAL_REPRESENTATIVE)
_IN_PERSON_RULES: Mapping[str, tuple[int, tuple[SignerRelation, ...], str]] = {
    "mediation_statement": (11, (*_IN_PERSON, R.DESIGNATED_RECEIVER), "调解书只能由本人或者其指定的代收人签收"),
    "payment_order": (12, _IN_PERSON, "支付令只能由债务人本人签收"),
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom the papers go; agents and designated are names on the file, legal_rep the head of an organisation."""

    name: str
    kind: AddresseeKind
    minor: bool = False
    incapacitated: bool = False
    legal_rep: str = ""
    agents: frozenset[str] = frozenset()
    designated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, as answered at the door; None means not answered; seal: which seal was set or which post signed."""

    name: str
    relation: SignerRelation
    age: int | None = None
    adult: bool | None = None
    cohabiting: bool | None = None
    adverse: bool | None = None
    reason: str = ""
    seal: str = ""
    guardian_of: str = ""


def relation_spec(relation: SignerRelation) -> RelationSpec:
    """Return what a relation demands."""
    return _SPECS[relation]


def relations_for(addressee: Addressee, documents: Collection[str]) -> tuple[SignerRelation, ...]:
    """List the relations that may sign for this addressee and these paper types, in the order to offer them."""
    return tuple(
        spec.relation
        for spec in RELATIONS
        if addressee.kind in spec.kinds
        and (spec.relation == R.GUARDIAN) == _needs_guardian(addressee)
        and all(spec.relation in _may_sign(code, addressee) for code in documents)
    )


def _needs_guardian(addressee: Addressee) -> bool:
    return addressee.kind == K.NATURAL and (addressee.minor or addressee.incapacitated)


def _may_sign(code: str, addressee: Addressee) -> tuple[SignerRelation, ...]:
    if code not in _IN_PERSON_RULES:
        return tuple(R)
    allowed = _IN_PERSON_RULES[code][1]
    return (*allowed, R.GUARDIAN) if _needs_guardian(addressee) else allowed


def check_signer(
    addressee: Addressee, signer: Signer, documents: Collection[str], adverse_parties: Collection[str]
) -> list[Finding]:
    """Return every objection to this signature: errors first, then warnings; an empty list means it stands.

    documents are type codes (UnknownDocument when not in the catalogue), adverse_parties full names.
    """
    found = [
        *_check_name(addressee, signer),
        *_check_relation(addressee, signer),
        *_check_adverse(addressee, signer, adverse_parties),
        *_check_column(signer),
        *_check_documents(addressee, signer, documents),
        *_check_receivers(addressee, signer),
    ]
    return sorted(found, key=lambda finding: (finding.level, finding.rule_no))


def _check_name(addressee: Addressee, signer: Signer) -> list[Finding]:
    name = normalise_name(signer.name)
    if not name:
        return [error(1, "请填写签收人姓名", "signer.name")]
    expected = {R.SELF: addressee.name, R.LEGAL_REPRESENTATIVE: addressee.legal_rep}.get(signer.relation, "")
    if expected and name != normalise_name(expected):
        return [warning(1, "签收人姓名与登记的不一致，请核对", "signer.name")]
    return []


def _check_relation(addressee: Addressee, signer: Signer) -> list[Finding]:
    spec = _SPECS[signer.relation]
    label = RELATION_LABELS[signer.relation]
    found: list[Finding] = []
    if addressee.kind not in spec.kinds:
        no = 2 if addressee.kind == K.NATURAL else 4
        found.append(error(no, f"这类受送达人不能由{label}签收，请重新选择", "signer.relation"))
    if _needs_guardian(addressee) and signer.relation != R.GUARDIAN:
        found.append(error(6, "受送达人须由法定代理人签收", "signer.relation"))
    if signer.relation == R.GUARDIAN and not _needs_guardian(addressee):
        found.append(warning(6, "受送达人没有标记为未成年或者无行为能力，请核对", "signer.relation"))
    if signer.relation == R.COHABITING_ADULT:
        found += _check_family(signer)
    if addressee.kind != K.NATURAL and signer.relation == R.MAIL_ROOM and not signer.seal.strip():
        found.append(warning(4, "收件部门没有盖章，也没有写明职务", "signer.seal"))
    return found


def _check_family(signer: Signer) -> list[Finding]:
    found: list[Finding] = []
    if signer.adult is not True or (signer.age is not None and signer.age < MAJORITY):
        found.append(error(2, "家属须年满18周岁才能代收", "signer.adult"))
    if signer.cohabiting is not True:
        found.append(error(2, "家属须与受送达人住在同一套房屋才能代收", "signer.cohabiting"))
    return found


def _check_adverse(addressee: Addressee, signer: Signer, adverse_parties: Collection[str]) -> list[Finding]:
    name = normalise_name(signer.name)
    if signer.relation == R.SELF and name == normalise_name(addressee.name):
        return []  # two parties may share a name; the addressee is never their own opponent
    if signer.adverse or name in {normalise_name(each) for each in adverse_parties}:
        return [error(3, "对方当事人不能代收，请换人签收或者选择其他结果", "signer.adverse")]
    if signer.adverse is None and "adverse" in _SPECS[signer.relation].asks:
        return [error(3, "请先回答签收人是不是对方当事人", "signer.adverse")]
    return []


def _check_column(signer: Signer) -> list[Finding]:
    if _SPECS[signer.relation].substitute and not signer.reason.strip():
        return [error(7, "代收须写明代收理由，如“本人外出”", "signer.reason")]
    return []


def _check_documents(addressee: Addressee, signer: Signer, documents: Collection[str]) -> list[Finding]:
    found: list[Finding] = []
    for code in dict.fromkeys(document_type(each).code for each in documents):
        if signer.relation not in _may_sign(code, addressee):
            no, _, message = _IN_PERSON_RULES[code]
            found.append(error(no, message, "signer.relation"))
    return found


def _check_receivers(addressee: Addressee, signer: Signer) -> list[Finding]:
    name = normalise_name(signer.name)
    designated = {normalise_name(each) for each in addressee.designated}
    agents = {normalise_name(each) for each in addressee.agents}
    if signer.relation == R.DESIGNATED_RECEIVER and name not in designated:
        return [warning(5, "卷内没有登记这位指定代收人，请核对送达地址确认书", "signer.name")]
    if signer.relation == R.LITIGATION_AGENT and name not in agents:
        return [warning(5, "卷内没有登记这位诉讼代理人，请核对委托手续", "signer.name")]
    if designated and name not in designated and signer.relation not in (*_IN_PERSON, R.GUARDIAN):
        return [warning(5, "当事人指定了代收人，应当先联系指定代收人", "signer.relation")]
    return []


def check_receipt_date(
    receipt_on: date | None, *, dispatched_on: date, visited_on: date, today: date, max_gap_days: int = 1
) -> list[Finding]:
    """Return objections to the date on the receipt (rule 1): missing, future, before dispatch, far from the visit."""
    if receipt_on is None:
        return [error(1, "请填写回证上写的签收日期", "receipt_date")]
    if receipt_on > today:
        return [error(1, "回证上的签收日期不能晚于今天", "receipt_date")]
    if receipt_on < dispatched_on:
        return [error(1, "回证上的签收日期早于派发日期，请核对", "receipt_date")]
    if abs(receipt_on - visited_on) > timedelta(days=max_gap_days):
        return [warning(1, "回证上的签收日期与走访日期相差较大，请核对", "receipt_date")]
    return []


def opposing_roles(role: str) -> frozenset[str]:
    """Name the party roles of a case that oppose this one; an outsider is opposed by both sides."""
    return {"creditor": frozenset({"debtor"}), "debtor": frozenset({"creditor"})}.get(
        role, frozenset({"creditor", "debtor"})
    )
