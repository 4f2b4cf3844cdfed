"""What a delivery's brief and visits must hold."""

import copy
from dataclasses import replace
from datetime import date, datetime

import pytest

from grid.core.clock import SHANGHAI
from grid.core.errors.delivery import NotDiligentYet, VisitIncomplete
from grid.core.errors.documents import DocumentNotDispatchable, ModeNotAllowed
from grid.core.words.service import AddresseeKind, SignerRelation
from grid.core.words.tasks import DeliveryMode
from grid.kinds.base import Line, TaskFacts, refuse_errors
from grid.kinds.delivery import rules
from grid.kinds.delivery.diligence import VisitTime
from grid.kinds.delivery.rules import VisitFacts
from grid.kinds.delivery.samples import BRIEF, SAMPLES
from grid.kinds.delivery.schema import VisitSchema
from grid.rules.documents import default_modes
from grid.rules.law import errors_of
from grid.rules.service import Addressee, Signer

M = DeliveryMode
TODAY = date(2026, 11, 24)
LINES = tuple(Line(each["id"], each["type"], each["name"]) for each in BRIEF["documents"])
ONE, TWO = (line.document_id for line in LINES)
TASK = TaskFacts(M.ENTRUSTED_HANDOVER, Addressee("李四", AddresseeKind.NATURAL), LINES, frozenset({"张三"}), TODAY)
GOOD = VisitFacts(
    "signed_self",
    Signer("李四", SignerRelation.SELF),
    {ONE: None, TWO: None},
    {"receipt_date": TODAY},
    "ok",
    "",
    ("door", "envelope", "receipt_front", "receipt_back", "signature"),
)
ABSENT = VisitFacts("absent", items=("locked_door",))


def judge(visit: VisitFacts, task: TaskFacts = TASK, today: date = TODAY) -> list[tuple[str, str]]:
    return [(f.field, f.level.value) for f in rules.check_visit(task, visit, visited_on=TODAY, today=today)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_samples_are_judged_as_they_say(sample) -> None:
    visit = rules.visit_facts(VisitSchema().load(copy.deepcopy(sample.visit)))
    found = rules.check_visit(TASK, visit, visited_on=TODAY, today=TODAY)
    assert {each.field for each in errors_of(found)} == sample.refused_fields
    if sample.refused_fields:
        with pytest.raises(VisitIncomplete) as caught:
            refuse_errors(found)
        assert set(caught.value.facts["fields"]) == sample.refused_fields
    else:
        refuse_errors(found)


CASES = [
    ("all well", GOOD, []),
    ("nobody home", ABSENT, []),
    ("an outcome nobody knows", replace(GOOD, outcome="eaten"), [("outcome", "E")]),
    ("no receipt date", replace(GOOD, answers={}), [("answers.receipt_date", "E")]),
    ("tomorrow's date", replace(GOOD, answers={"receipt_date": date(2026, 11, 25)}), [("answers.receipt_date", "E")]),
    ("no signer", replace(GOOD, signer=None), [("answers.signer", "E")]),
    ("another relation", replace(GOOD, outcome="signed_guardian"), [("answers.signer.relation", "E")]),
    ("a name that differs", replace(GOOD, signer=Signer("李斯", SignerRelation.SELF)), [("answers.signer.name", "W")]),
    ("a paper not looked at", replace(GOOD, kept_back={ONE: None}), [(f"answers.lines.{TWO}", "E")]),
    ("a paper kept back", replace(GOOD, kept_back={ONE: None, TWO: "refused"}), []),
    ("a paper kept back silently", replace(GOOD, kept_back={ONE: None, TWO: ""}), [(f"answers.lines.{TWO}", "E")]),
    ("every paper kept back", replace(GOOD, kept_back={ONE: "refused", TWO: "refused"}), [("answers.lines", "E")]),
    ("a paper of another task", replace(GOOD, kept_back={ONE: None, TWO: None, "x": None}), [("answers.lines", "E")]),
    ("the packet was not scanned", replace(GOOD, packet_checked="none"), [("packet", "E")]),
    ("the packet was not scanned, with a reason", replace(GOOD, packet_checked="none", packet_reason="damaged"), []),
    ("typed by hand", replace(GOOD, packet_checked="manual"), []),
    ("no photo of the door", replace(GOOD, items=GOOD.items[1:]), [("evidence.door", "E")]),
    ("no signature", replace(GOOD, items=GOOD.items[:-1]), [("evidence.signature", "E")]),
    ("a thumbprint instead", replace(GOOD, items=(*GOOD.items[:-1], "thumbprint")), []),
    ("a photo not on the list", replace(GOOD, items=(*GOOD.items, "locked_door")), [("evidence.locked_door", "W")]),
    ("nine photos", replace(ABSENT, items=("locked_door",) * 9), [("evidence.locked_door", "W")]),
    ("ten photos", replace(ABSENT, items=("locked_door",) * 10), [("evidence", "E"), ("evidence.locked_door", "W")]),
    ("refused without a reason", VisitFacts("refused", items=("door",)), [("answers.refusal_reason", "E")]),
    ("refused for other reasons", VisitFacts("refused", answers={"refusal_reason": "other"}, items=("door",)),
     [("answers.refusal_note", "W")]),
    ("moved, untold", VisitFacts("moved", answers={"narrative": "  "}, items=("door",)), [("narrative", "E")]),
    ("unknown without a statement", VisitFacts("whereabouts_unknown", answers={"narrative": "x"}, items=("door",)),
     [("evidence.statement", "E")]),
    ("pickup without a day", VisitFacts("agreed_pickup", answers={"met_name": "李四"}), [("answers.pickup_on", "W")]),
    ("e-service without the form", VisitFacts("agreed_electronic", answers={"met_name": "李四"}),
     [("evidence.confirmation", "E")]),
    ("left by a worker alone", VisitFacts("witnessed_left", answers={"narrative": "x"},
                                          items=("door", "receipt_front", "scene")), [("outcome", "E")]),
]  # fmt: skip


@pytest.mark.parametrize(("visit", "found"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_visits(visit: VisitFacts, found: list[tuple[str, str]]) -> None:
    assert judge(visit) == found


def test_a_mediation_statement_reaches_only_the_person() -> None:
    task = replace(TASK, lines=(Line(ONE, "mediation_statement", "调解书"),))
    wife = Signer("赵六", SignerRelation.COHABITING_ADULT, adult=True, cohabiting=True, adverse=False, reason="away")
    visit = replace(GOOD, outcome="signed_cohabiting_adult", signer=wife, kept_back={ONE: None})
    assert judge(visit, task) == [("answers.signer.relation", "E")]


@pytest.mark.parametrize("mode", list(M))
def test_leaving_papers_is_only_ever_witnessed(mode: DeliveryMode) -> None:
    visit = VisitFacts("witnessed_left", answers={"narrative": "x"}, items=("door", "receipt_front", "scene"))
    assert (judge(visit, replace(TASK, mode=mode)) == []) is (mode == M.WITNESS_LEFT)


def test_a_brief_is_checked_by_type_and_by_name() -> None:
    modes = default_modes(handover=True)
    assert rules.check_brief(LINES, M.ENTRUSTED_HANDOVER, modes) == []
    assert [each.rule_no for each in rules.check_brief(LINES[:1], M.GUIDE, modes)] == [23]
    assert rules.check_brief(LINES[:1], M.GUIDE, modes, money_case=False) == []
    with pytest.raises(ModeNotAllowed):
        rules.check_brief(LINES, M.ENTRUSTED_HANDOVER, default_modes())
    with pytest.raises(DocumentNotDispatchable):
        rules.check_brief([Line(ONE, "coercive_freeze", "冻结裁定书")], M.GUIDE, modes)
    with pytest.raises(DocumentNotDispatchable):
        rules.check_brief([Line(ONE, "exec_notice", "冻结存款通知")], M.GUIDE, modes)


def test_fields_left_empty_read_as_nothing() -> None:
    raw = copy.deepcopy(dict(SAMPLES[0].visit))
    raw["packet"] |= {"checked": "none", "reason": None}
    raw["answers"]["signer"] |= {"seal": None, "guardian_of": "李小四", "reason": None}
    visit = rules.visit_facts(VisitSchema().load(raw))
    assert visit.packet_reason == ""
    assert visit.signer == Signer("李四", SignerRelation.SELF, guardian_of="李小四")
    raw["answers"]["signer"]["seal"] = "收发章"
    filled = rules.visit_facts(VisitSchema().load(raw)).signer
    assert filled is not None
    assert filled.seal == "收发章"


def test_unserved_waits_for_enough_visits() -> None:
    visits = [VisitTime(datetime(2026, 11, day, hour, tzinfo=SHANGHAI)) for day, hour in ((23, 10), (24, 18), (24, 19))]
    rules.check_can_report_unserved(visits)
    with pytest.raises(NotDiligentYet, match="再走访 1 次") as caught:
        rules.check_can_report_unserved(visits[:2])
    assert caught.value.facts == {"visits": 2, "days": 2, "off_hours": 1}
