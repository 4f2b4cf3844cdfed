"""The catalogue of papers: what never leaves the court, in which modes the rest may go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.errors.documents import DocumentNotDispatchable, ModeNotAllowed, UnknownDocument
from grid.core.words.tasks import DeliveryMode
from grid.rules import documents
from grid.rules.documents import CATALOGUE, Dispatch
from grid.rules.law import Level

M = DeliveryMode
ALL = documents.default_modes(handover=True)

# domain §3.4, typed again by hand
HANDBOOK = {
    "exec_notice": "yes", "asset_report_order": "yes", "summons": "yes", "consumption_limit_order": "yes",
    "dishonest_decision": "yes", "info_sheet": "yes", "ruling_procedural": "yes", "appraisal_notice": "yes",
    "settlement_notice": "yes", "acceptance_notice": "yes", "eviction_notice": "guide", "third_party_notice": "officer",
    "mediation_statement": "officer", "admin_ruling": "yes", "coercive_seal": "never", "coercive_seize": "never",
    "coercive_freeze": "never", "coercive_assist": "never", "coercive_search": "never", "coercive_summons": "never",
    "coercive_detention": "never", "coercive_fine": "never", "coercive_bank": "never",
}  # fmt: skip


@pytest.mark.parametrize(("code", "dispatch"), HANDBOOK.items())
def test_the_handbook_decides(code: str, dispatch: str) -> None:
    assert documents.document_type(code).dispatch == dispatch


def test_codes_names_and_aliases_are_unique() -> None:
    names = [name for paper in CATALOGUE for name in (paper.name, *paper.aliases)]
    assert len(names) == len(set(names))
    assert len({paper.code for paper in CATALOGUE}) == len(CATALOGUE)
    assert all(paper.article and paper.note for paper in CATALOGUE)
    assert {paper.code: paper.serve_before_days for paper in CATALOGUE if paper.serve_before_days} == {"summons": 3}


@pytest.mark.parametrize("paper", CATALOGUE, ids=lambda paper: paper.code)
@pytest.mark.parametrize("mode", list(M))
def test_every_paper_in_every_mode(paper: documents.DocumentType, mode: DeliveryMode) -> None:
    if paper.dispatch == Dispatch.NEVER:
        with pytest.raises(DocumentNotDispatchable):
            documents.check_dispatchable(paper.code, mode, {paper.code: list(M)})
    elif mode in paper.modes:
        documents.check_dispatchable(paper.code, mode, ALL)
    else:
        with pytest.raises(ModeNotAllowed) as caught:
            documents.check_dispatchable(paper.code, mode, {paper.code: list(M)})
        assert caught.value.facts["modes"] == [str(each) for each in paper.modes]


def test_handover_waits_for_the_court() -> None:
    with pytest.raises(ModeNotAllowed, match="可用方式"):
        documents.check_dispatchable("exec_notice", M.ENTRUSTED_HANDOVER, documents.default_modes())
    with pytest.raises(ModeNotAllowed, match="可用方式：无"):
        documents.check_dispatchable("exec_notice", M.GUIDE, {})
    documents.check_dispatchable("exec_notice", M.ENTRUSTED_HANDOVER, ALL)


def test_a_mediation_statement_is_never_handed_over() -> None:
    with pytest.raises(ModeNotAllowed, match="不能留置"):
        documents.check_dispatchable("mediation_statement", M.ENTRUSTED_HANDOVER, {"mediation_statement": list(M)})


def test_no_setting_widens_the_law() -> None:
    everything = {paper.code: list(M) for paper in CATALOGUE}
    for paper in CATALOGUE:
        assert documents.effective_modes(paper.code, everything) == paper.modes
    assert documents.common_modes(["exec_notice", "mediation_statement"], everything) == (M.GUIDE, M.VERIFY_ADDRESS)
    assert documents.common_modes([], everything) == ()
    assert documents.common_modes(["exec_notice", "coercive_seal"], everything) == ()


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(UnknownDocument) as caught:
        documents.check_dispatchable("judgment", M.GUIDE, ALL)
    assert caught.value.facts == {"doc_type": "judgment"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("执行通知书", "exec_notice"), (" 执行 通知书　", "exec_notice"), ("报告财产令（附财产调查表）",
        "asset_report_order"),
        ("报告财产令(附财产调查表)", "asset_report_order"), ("协助执行通知书", "coercive_assist"), ("感谢信", None),
    ],
)  # fmt: skip
def test_types_are_found_by_name(name: str, code: str | None) -> None:
    found = documents.type_of_name(name)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    "name",
    [
        "查封裁定书", "扣押清单", "冻结存款裁定书", "拘留决定书", "拘传票", "搜查令", "罚款决定书", "协助执行通知书",
        "银行协查函", "冻 结 裁 定", "冻-结裁定", "解冻通知", "扣划裁定书", "凍結裁定書", "查\u200b封裁定",
        "关于“查封”的告知",
    ],
)  # fmt: skip
def test_names_of_coercion_are_refused(name: str) -> None:
    with pytest.raises(DocumentNotDispatchable):
        documents.check_name(name)


@given(st.sampled_from(documents.COERCIVE_WORDS), st.text(max_size=10), st.text(max_size=10), st.sampled_from(" -·_　"))
def test_a_word_of_coercion_is_found_wherever_it_hides(word: str, before: str, after: str, gap: str) -> None:
    assert documents.looks_coercive(before + gap.join(word) + after)


def test_papers_of_the_grid_have_harmless_names() -> None:
    for paper in CATALOGUE:
        for name in (paper.name, *paper.aliases):
            if paper.dispatch != Dispatch.NEVER:
                documents.check_name(name)


@pytest.mark.parametrize(
    ("codes", "money", "warned"),
    [
        (["exec_notice"], True, True), (["exec_notice"], False, False), (["exec_notice", "asset_report_order"], True,
        False),
        (["summons"], True, False), ([], True, False),
    ],
)  # fmt: skip
def test_the_pair_of_notice_and_asset_order(codes: list[str], money: bool, warned: bool) -> None:
    found = documents.packing_warnings(codes, money_case=money)
    assert [(each.rule_no, each.level) for each in found] == ([(23, Level.WARNING)] if warned else [])
