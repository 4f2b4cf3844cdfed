"""Who may sign for whom, case by case, and what holds for every signature."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.errors.documents import UnknownDocument
from grid.core.words.service import RELATION_LABELS, AddresseeKind, SignerRelation
from grid.rules import service
from grid.rules.law import Finding, Level, errors_of
from grid.rules.service import Addressee, Signer

K = AddresseeKind
R = SignerRelation

DEBTOR = Addressee("李四", K.NATURAL)
CHILD = Addressee("李小四", K.NATURAL, minor=True)
COMPANY = Addressee("马鞍山某某商贸有限公司", K.LEGAL, legal_rep="王五")
ADVERSE = ["张三"]

SELF = Signer("李四", R.SELF)
WIFE = Signer("赵六", R.COHABITING_ADULT, adult=True, cohabiting=True, adverse=False, reason="本人外出")
GUARDIAN = Signer("李四", R.GUARDIAN, adverse=False, reason="受送达人未成年", guardian_of="李小四")
AGENT = Signer("钱七", R.LITIGATION_AGENT, adverse=False, reason="代理人代收")
RECEIVER = Signer("孙八", R.DESIGNATED_RECEIVER, adverse=False, reason="指定代收")
HEAD = Signer("王五", R.LEGAL_REPRESENTATIVE)
DESK = Signer("周九", R.MAIL_ROOM, adverse=False, reason="收发室代收", seal="收发章")
PLAIN = ["exec_notice", "asset_report_order"]


def codes(found: list[Finding]) -> list[tuple[int, str]]:
    return [(each.rule_no, each.level.value) for each in found]


CASES = [
    ("the debtor signs", DEBTOR, SELF, PLAIN, []),
    ("a wife at home signs", DEBTOR, WIFE, PLAIN, []),
    ("nobody is named", DEBTOR, replace(SELF, name="  "), PLAIN, [(1, "E")]),
    ("another name than the debtor's", DEBTOR, replace(SELF, name="李四四"), PLAIN, [(1, "W")]),
    ("the son is 17", DEBTOR, replace(WIFE, age=17), PLAIN, [(2, "E")]),
    ("the son is 18", DEBTOR, replace(WIFE, age=18), PLAIN, []),
    ("the sister did not say she is adult", DEBTOR, replace(WIFE, adult=None), PLAIN, [(2, "E")]),
    ("the uncle lives upstairs", DEBTOR, replace(WIFE, cohabiting=False), PLAIN, [(2, "E")]),
    ("nobody asked who lives there", DEBTOR, replace(WIFE, cohabiting=None, adult=False), PLAIN, [(2, "E"), (2, "E")]),
    ("the applicant is the wife", DEBTOR, replace(WIFE, name="张 三"), PLAIN, [(3, "E")]),
    ("she says she is the other side", DEBTOR, replace(WIFE, adverse=True), PLAIN, [(3, "E")]),
    ("nobody asked whose side", DEBTOR, replace(WIFE, adverse=None), PLAIN, [(3, "E")]),
    ("the other side says it is the debtor", DEBTOR, replace(SELF, name="张三"), PLAIN, [(3, "E"), (1, "W")]),
    ("two parties share a name", Addressee("张三", K.NATURAL), replace(SELF, name="张三"), PLAIN, []),
    ("no reason for signing instead", DEBTOR, replace(WIFE, reason=" "), PLAIN, [(7, "E")]),
    ("a mail room for a person", DEBTOR, DESK, PLAIN, [(2, "E")]),
    ("a head for a person", DEBTOR, HEAD, PLAIN, [(2, "E")]),
    ("a wife for a company", COMPANY, WIFE, PLAIN, [(4, "E")]),
    ("a person signs as the company itself", COMPANY, SELF, PLAIN, [(4, "E"), (1, "W")]),
    ("the head of the company", COMPANY, HEAD, PLAIN, []),
    ("another head", COMPANY, replace(HEAD, name="郑十"), PLAIN, [(1, "W")]),
    ("a head the file does not know", replace(COMPANY, legal_rep=""), replace(HEAD, name="郑十"), PLAIN, []),
    ("the mail room with a seal", COMPANY, DESK, PLAIN, []),
    ("the mail room without seal or post", COMPANY, replace(DESK, seal=" "), PLAIN, [(4, "W")]),
    ("a small shop's head", Addressee("某便利店", K.OTHER), HEAD, PLAIN, []),
    ("a child signs", CHILD, replace(SELF, name="李小四"), PLAIN, [(6, "E")]),
    ("a guardian signs", CHILD, GUARDIAN, PLAIN, []),
    ("incapacitated, the wife signs", replace(DEBTOR, incapacitated=True), WIFE, PLAIN, [(6, "E")]),
    ("a guardian for a capable adult", DEBTOR, GUARDIAN, PLAIN, [(6, "W")]),
    ("a minor flag on a company means nothing", replace(COMPANY, minor=True), HEAD, PLAIN, []),
    ("an agent on file", replace(DEBTOR, agents=frozenset({"钱七"})), AGENT, PLAIN, []),
    ("an agent not on file", DEBTOR, AGENT, PLAIN, [(5, "W")]),
    ("a receiver on file", replace(DEBTOR, designated=frozenset({"孙八", "吴十"})), RECEIVER, PLAIN, []),
    ("a receiver not on file", DEBTOR, RECEIVER, PLAIN, [(5, "W")]),
    ("the receiver was passed by", replace(DEBTOR, designated=frozenset({"孙八"})), WIFE, PLAIN, [(5, "W")]),
    ("the debtor though a receiver is named", replace(DEBTOR, designated=frozenset({"孙八"})), SELF, PLAIN, []),
    ("a mediation statement to the wife", DEBTOR, WIFE, ["mediation_statement"], [(11, "E")]),
    ("a mediation statement to the debtor", DEBTOR, SELF, ["mediation_statement", "mediation_statement"], []),
    ("a mediation statement to the receiver", replace(DEBTOR, designated=frozenset({"孙八"})), RECEIVER,
     ["mediation_statement"], []),
    ("a mediation statement to a guardian", CHILD, GUARDIAN, ["mediation_statement"], []),
    ("a mediation statement to the 'guardian' of an adult", DEBTOR, GUARDIAN, ["mediation_statement"],
     [(11, "E"), (6, "W")]),
    ("a mediation statement to the mail room", COMPANY, DESK, ["mediation_statement"], [(11, "E")]),
    ("a payment order to the receiver", replace(DEBTOR, designated=frozenset({"孙八"})), RECEIVER, ["payment_order"],
     [(12, "E")]),
    ("a payment order to the debtor", DEBTOR, SELF, ["payment_order"], []),
]  # fmt: skip


@pytest.mark.parametrize(("addressee", "signer", "papers", "found"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_signers(addressee: Addressee, signer: Signer, papers: list[str], found: list[tuple[int, str]]) -> None:
    objections = service.check_signer(addressee, signer, papers, ADVERSE)
    assert codes(objections) == found
    assert all(each.article and each.message and each.field for each in objections)


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(UnknownDocument):
        service.check_signer(DEBTOR, SELF, ["judgment"], [])


GOOD = [SELF, WIFE, GUARDIAN, AGENT, RECEIVER, HEAD, DESK]
ADDRESSEES = [
    DEBTOR, CHILD, replace(DEBTOR, incapacitated=True), COMPANY, Addressee("某便利店", K.OTHER, legal_rep="王五"),
]  # fmt: skip


@given(
    st.sampled_from(ADDRESSEES),
    st.sampled_from(GOOD),
    st.lists(st.sampled_from(["exec_notice", "mediation_statement", "payment_order"]), max_size=3),
)
def test_the_offered_relations_are_those_without_error(addressee: Addressee, signer: Signer, papers: list[str]) -> None:
    offered = signer.relation in service.relations_for(addressee, papers)
    stopped = bool(errors_of(service.check_signer(addressee, signer, papers, [])))
    # a guardian of an unflagged adult is not offered, yet only warned of: the worker may know better than the file
    unflagged = signer.relation == R.GUARDIAN and addressee == DEBTOR and not stopped
    assert unflagged or offered is not stopped


@given(st.sampled_from(ADDRESSEES), st.sampled_from(GOOD), st.booleans())
def test_the_opponent_never_signs(addressee: Addressee, signer: Signer, named: bool) -> None:
    signer = replace(signer, name="张三") if named else replace(signer, adverse=True, name="无名")
    assert any(each.rule_no == 3 for each in errors_of(service.check_signer(addressee, signer, PLAIN, ADVERSE)))


def test_errors_come_first() -> None:
    found = service.check_signer(DEBTOR, replace(AGENT, reason="", adverse=True), PLAIN, [])
    assert [each.level for each in found] == [Level.ERROR, Level.ERROR, Level.WARNING]


RULE_OF = {R.SELF: 2, R.COHABITING_ADULT: 2, R.GUARDIAN: 6, R.LITIGATION_AGENT: 5, R.DESIGNATED_RECEIVER: 5}


def test_every_relation_is_described() -> None:
    assert {spec.relation for spec in service.RELATIONS} == set(R) == set(RELATION_LABELS)
    for relation in R:
        spec = service.relation_spec(relation)
        assert spec.substitute is ("reason" in spec.asks)
        assert spec.rule_no == (4 if relation in (R.LEGAL_REPRESENTATIVE, R.MAIL_ROOM) else RULE_OF[relation])
        assert spec.hint


@pytest.mark.parametrize(
    ("receipt", "found"),
    [
        (None, [(1, "E")]),
        (date(2026, 11, 25), [(1, "E")]),
        (date(2026, 11, 19), [(1, "E")]),
        (date(2026, 11, 20), [(1, "W")]),
        (date(2026, 11, 24), []),
        (date(2026, 11, 22), []),
        (date(2026, 11, 21), [(1, "W")]),
    ],
)
def test_the_date_on_the_receipt(receipt: date | None, found: list[tuple[int, str]]) -> None:
    objections = service.check_receipt_date(
        receipt, dispatched_on=date(2026, 11, 20), visited_on=date(2026, 11, 23), today=date(2026, 11, 24)
    )
    assert codes(objections) == found


@pytest.mark.parametrize(
    ("role", "opposed"),
    [
        ("creditor", {"debtor"}),
        ("debtor", {"creditor"}),
        ("outsider", {"creditor", "debtor"}),
        ("third_party", {"creditor", "debtor"}),
    ],
)
def test_who_opposes_whom(role: str, opposed: set[str]) -> None:
    assert service.opposing_roles(role) == opposed
