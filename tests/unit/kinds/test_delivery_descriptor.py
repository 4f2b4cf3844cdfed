"""The phone can ask, check and explain a visit from the descriptor alone."""

import pytest

from grid.core.words import reasons as shared
from grid.core.words.service import AddresseeKind, SignerRelation
from grid.core.words.tasks import DeliveryMode
from grid.kinds.delivery import checklists, descriptor, reasons
from grid.kinds.delivery.outcomes import ASKS, BY_CODE, OUTCOMES, REQUIRED, REQUIRED_LABELS, Path, offered_in
from grid.kinds.form import DRAWN, MAX_PHOTOS
from grid.rules.documents import CATALOGUE, Dispatch, default_modes
from grid.rules.law import errors_of
from grid.rules.service import Addressee, Signer, check_signer

D = descriptor.descriptor()
HANDBOOK = {
    "signed_self", "signed_cohabiting_adult", "signed_guardian", "signed_litigation_agent", "signed_mail_room",
    "signed_legal_representative", "signed_designated_receiver", "refused", "absent", "moved", "wrong_address",
    "whereabouts_unknown", "dead_or_dissolved", "in_custody", "military", "agreed_pickup", "agreed_electronic",
    "unsafe_left",
}  # fmt: skip


def test_the_handbook_s_visit_results_are_all_there() -> None:
    codes = [outcome["code"] for outcome in D["outcomes"]]
    assert len(codes) == len(set(codes))
    assert set(codes) == HANDBOOK | {"address_confirmed", "witnessed_left", "posting_photographed"}


@pytest.mark.parametrize("mode", list(DeliveryMode))
def test_every_mode_can_be_finished(mode: DeliveryMode) -> None:
    offered = {outcome.code for outcome in offered_in(mode)}
    assert any(BY_CODE[code].closes for code in offered - {"unsafe_left"})
    assert {"absent", "unsafe_left"} <= offered
    assert any(code.startswith("signed_") for code in offered) is (
        mode in {DeliveryMode.GUIDE, DeliveryMode.ENTRUSTED_HANDOVER}
    )


def test_every_path_has_its_questions_and_lists() -> None:
    for path in Path:
        assert path.value in D["checklists"]
        assert D["must_not"][path.value]
        assert set(D["required"][path.value]) <= set(D["asks"][path.value])
    assert set(ASKS) == set(REQUIRED) == set(Path) == {outcome.path for outcome in OUTCOMES}
    assert {ask for asks in REQUIRED.values() for ask in asks} == set(REQUIRED_LABELS)


def test_lists_speak_of_known_items_and_fit_the_limit() -> None:
    for key, items in D["checklists"].items():
        assert key in set(Path) | set(BY_CODE)
        assert len({item["item"] for item in items}) == len(items)
        assert all(0 <= item["min"] <= item["max"] and item["label"] and item["hint"] for item in items)
        assert all(item["required"] is (item["min"] > 0) for item in items)
        photos = sum(item["max"] for item in items if item["item"] not in DRAWN)
        assert photos <= MAX_PHOTOS
    assert {item["item"] for items in D["checklists"].values() for item in items} == set(checklists.ITEMS)


# domain §17, typed again by hand: what each scene must show at least and may show at most
SCENES = {
    "handover": "door1-2 envelope1-1 receipt_front1-2 receipt_back1-1 signer_with_papers0-1 signature0-1 thumbprint0-1",
    "refused": "door1-2 scene0-3",
    "absent": "locked_door1-2 door0-1 notice_slip0-1",
    "moved": "door1-2 statement0-2 scene0-2",
    "whereabouts_unknown": "door1-2 statement1-3 scene0-2",
    "pickup": "pickup_form0-2",
    "agreed_electronic": "confirmation1-2",
    "handback": "statement0-2 scene0-2",
    "unsafe": "scene0-2",
    "address_confirmed": "door1-2 statement0-2 scene0-2",
    "witnessed_left": "door1-2 receipt_front1-2 scene1-4",
    "posting_photographed": "door1-2 scene2-5",
}


def test_scenes_show_what_the_handbook_asks() -> None:
    lists = {
        key: " ".join(f"{item['item']}{item['min']}-{item['max']}" for item in items)
        for key, items in D["checklists"].items()
    }
    assert lists == SCENES


def test_never_papers_have_no_mode_and_handover_waits_for_the_court() -> None:
    by_code = {paper["code"]: paper for paper in D["documents"]}
    assert set(by_code) == {paper.code for paper in CATALOGUE}
    for paper in CATALOGUE:
        assert bool(by_code[paper.code]["modes"]) is (paper.dispatch != Dispatch.NEVER)
        assert "entrusted_handover" not in by_code[paper.code]["modes"]
    opened = descriptor.descriptor(default_modes(handover=True))
    assert "entrusted_handover" in opened["documents"][0]["modes"]
    assert by_code["exec_notice"]["pair_with"] == "asset_report_order"


def phone_stops(relation: dict, answers: dict) -> bool:
    """Judge the way a phone does: from the descriptor's must alone."""
    return any(answers[field] != wanted for field, wanted in relation["must"].items())


@pytest.mark.parametrize("relation", D["relations"], ids=lambda relation: relation["code"])
@pytest.mark.parametrize("adult", [True, False])
@pytest.mark.parametrize("cohabiting", [True, False])
@pytest.mark.parametrize("adverse", [True, False])
def test_phone_and_court_stop_the_same_signers(relation: dict, adult: bool, cohabiting: bool, adverse: bool) -> None:
    answers = {"adult": adult, "cohabiting": cohabiting, "adverse": adverse}
    asked = {field: value for field, value in answers.items() if field in relation["asks"]}
    addressee = Addressee("甲", AddresseeKind(relation["addressee_kinds"][0]), minor=relation["code"] == "guardian")
    signer = Signer("乙", SignerRelation(relation["code"]), reason="away", seal="章", **asked)
    assert phone_stops(relation, answers) is bool(errors_of(check_signer(addressee, signer, [], [])))
    assert set(relation["blocks"]) == set(relation["must"])


def test_reasons_have_labels() -> None:
    lists = [
        reasons.REFUSAL, reasons.SUBSTITUTE, reasons.LINE, reasons.MANUAL_PACKET, shared.GRADE, shared.NO_PLACE,
        shared.CONTACTS, shared.RECUSAL, shared.SEND_BACK, shared.RETURN, shared.RECALL, shared.TRANSFER,
        shared.ADDRESS_SOURCES,
    ]  # fmt: skip
    for each in lists:
        assert all(code and label for code, label in each.items())
        assert shared.coded(each)[0] == dict(zip(("code", "label"), next(iter(each.items())), strict=True))
    assert shared.label_of(reasons.SUBSTITUTE, "away") == "本人外出"
    assert shared.label_of(reasons.SUBSTITUTE, "去外婆家了") == "去外婆家了"


def test_no_text_offers_a_worker_to_leave_papers() -> None:
    for outcome in OUTCOMES:
        if "留置" in outcome.label + outcome.hint + outcome.next:
            assert outcome.modes == (DeliveryMode.WITNESS_LEFT,)
