"""Leaving papers after a refusal: rules 8, 9 and 11 (CPL 89; interpretation 130, 133). Only the court does it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from grid.core.words.roles import COURT_ROLES, Role
from grid.core.words.service import SignerRelation, WitnessClass
from grid.rules.documents import document_type
from grid.rules.law import Finding, error, warning

_MAY_REFUSE = frozenset(
    {
        SignerRelation.SELF,
        SignerRelation.COHABITING_ADULT,
        SignerRelation.LEGAL_REPRESENTATIVE,
        SignerRelation.MAIL_ROOM,
    }
)
LEFT_PHOTOS = ("door", "papers", "persons")
"""Photos that together stand in for a witness when there is no video: the door number, the papers left, the people."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Who watched the papers being left."""

    name: str
    unit: str
    post: str
    witness_class: WitnessClass
    is_committee_staff: bool = False
    is_party_or_relative: bool = False


@dataclass(frozen=True, slots=True)
class LeftFacts:
    """The record of one leaving: who refused and why, when, where, before whom and with what recordings."""

    refused_by: SignerRelation | None
    refusal_reason: str
    left_at: datetime | None
    at_domicile: bool
    witnesses: tuple[Witness, ...] = ()
    video: bool = False
    photos: frozenset[str] = frozenset()


def check_left(role: Role, facts: LeftFacts, documents: Collection[str]) -> list[Finding]:
    """Return every objection to recording left service: errors first, then warnings; documents are type codes."""
    found = [*_check_refusal(role, facts), *_check_proof(facts), *_check_witnesses(facts)]
    found += [
        error(11, f"{document_type(code).name}不能留置送达", "documents")
        for code in documents
        if not document_type(code).may_be_left
    ]
    return sorted(found, key=lambda finding: (finding.level, finding.rule_no))


def _check_refusal(role: Role, facts: LeftFacts) -> list[Finding]:
    found: list[Finding] = []
    if role not in COURT_ROLES:
        found.append(error(8, "留置送达只能由法院人员登记；请联系执行法官到场", "role"))
    if facts.refused_by not in _MAY_REFUSE:
        found.append(error(8, "须是受送达人或者同住成年家属拒收；无人在家不能留置", "refused_by"))
    if not facts.refusal_reason.strip():
        found.append(error(8, "请写明拒收事由", "refusal_reason"))
    if facts.left_at is None:
        found.append(error(8, "请写明留置的日期和时间", "left_at"))
    if not facts.at_domicile:
        found.append(error(8, "文书须留在受送达人的住所", "at_domicile"))
    return found


def _is_valid(witness: Witness) -> bool:
    allowed = witness.witness_class in (WitnessClass.COMMITTEE, WitnessClass.EMPLOYER) or witness.is_committee_staff
    named = bool(witness.name.strip() and witness.unit.strip())
    return allowed and named and not witness.is_party_or_relative


def _check_proof(facts: LeftFacts) -> list[Finding]:
    recorded = facts.video or facts.photos.issuperset(LEFT_PHOTOS)
    if recorded or any(_is_valid(witness) for witness in facts.witnesses):
        return []
    return [error(8, "须有一名合格见证人签名，或者录像，或者门牌、文书、人员三张照片", "witnesses")]


def _check_witnesses(facts: LeftFacts) -> list[Finding]:
    found: list[Finding] = []
    for witness in facts.witnesses:
        if not witness.name.strip() or not witness.unit.strip():
            found.append(error(8, "见证人须写明姓名和单位", "witnesses"))
        if witness.is_party_or_relative:
            found.append(error(9, "见证人不能是当事人或者其近亲属，请换人", "witnesses"))
        if witness.witness_class == WitnessClass.GRID_WORKER and not witness.is_committee_staff:
            found.append(warning(9, "这位网格员不是居委会、村委会工作人员，见证效力可能受质疑", "witnesses"))
        if witness.witness_class == WitnessClass.OTHER:
            found.append(warning(9, "这位见证人不是基层组织或者所在单位的工作人员", "witnesses"))
    return found
