"""The catalogue of court papers: which may go to the grid, in which modes, who may take them (domain handbook §3.4)."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from grid.core.errors.documents import DocumentNotDispatchable, ModeNotAllowed, UnknownDocument
from grid.core.words.tasks import MODE_LABELS, DeliveryMode
from grid.rules.law import Finding, warning
from grid.rules.text import compact

M = DeliveryMode


class Dispatch(StrEnum):
    """Whether a paper may go to the grid at all."""

    YES = "yes"
    OFFICER = "officer"
    GUIDE = "guide"
    NEVER = "never"


MODES_OF: Mapping[Dispatch, tuple[DeliveryMode, ...]] = {
    Dispatch.YES: tuple(DeliveryMode),
    Dispatch.OFFICER: (M.GUIDE, M.VERIFY_ADDRESS),
    Dispatch.GUIDE: (M.GUIDE, M.POSTING_PHOTO),
    Dispatch.NEVER: (),
}
"""The widest modes by class; the court's setting narrows them per type."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One line of the catalogue; modes are the widest the law leaves, before the court's setting."""

    code: str
    name: str
    dispatch: Dispatch
    modes: tuple[DeliveryMode, ...]
    article: str
    note: str
    aliases: tuple[str, ...] = ()
    in_person_only: bool = False
    may_be_left: bool = True
    pair_with: str = ""
    serve_before_days: int = 0


def _paper(code: str, name: str, dispatch: Dispatch, article: str, note: str, *aliases: str) -> DocumentType:
    return DocumentType(code, name, dispatch, MODES_OF[dispatch], article, note, aliases)


def _never(code: str, name: str, *aliases: str, article: str = "查封扣押冻结规定第1条") -> DocumentType:
    note = "强制措施文书只由执行人员办理，交给他人会走漏消息、影响效力"
    return DocumentType(code, name, Dispatch.NEVER, (), article, note, aliases, may_be_left=False)


_GENERAL = "民事诉讼法第87、88条"

CATALOGUE: tuple[DocumentType, ...] = (
    DocumentType("exec_notice", "执行通知书", Dispatch.YES, MODES_OF[Dispatch.YES], "民诉法解释第480条",
                 "金钱债权案件同时附报告财产令", ("执行通知",), pair_with="asset_report_order"),
    _paper("asset_report_order", "报告财产令", Dispatch.YES, "财产调查规定第3条", "附财产调查表，与执行通知书同时送达",
           "报告财产令（附财产调查表）", "财产报告令"),
    DocumentType("summons", "传票", Dispatch.YES, MODES_OF[Dispatch.YES], _GENERAL, "至少在到庭日三天前送到",
                 ("询问传票", "到庭传票"), serve_before_days=3),
    _paper("consumption_limit_order", "限制消费令", Dispatch.YES, _GENERAL, "送到后当面说明限制内容", "限制高消费令"),
    _paper("dishonest_decision", "纳入失信被执行人名单决定书", Dispatch.YES, _GENERAL, "送到后说明可以向法院申请纠正",
           "失信决定书", "失信被执行人决定书"),
    _paper("info_sheet", "告知材料", Dispatch.YES, _GENERAL, "风险告知书、廉政监督卡、当事人须知等",
           "风险告知书", "廉政监督卡", "当事人须知", "执行风险告知书"),
    _paper("ruling_procedural", "终本、中止、终结裁定书", Dispatch.YES, "民事诉讼法第269条",
           "中止、终结裁定送达后立即生效",
           "终本裁定", "终本裁定书", "终结本次执行程序裁定书", "中止执行裁定书", "终结执行裁定书"),
    _paper("appraisal_notice", "评估、拍卖、结案通知", Dispatch.YES, _GENERAL, "评估、拍卖、结案等程序性通知",
           "评估通知书", "拍卖通知书", "结案通知书"),
    _paper("settlement_notice", "执行和解通知", Dispatch.YES, "执行和解规定第1、2条", "网格员不替任何一方拟条款",
           "和解通知书", "执行和解通知书"),
    _paper("acceptance_notice", "受理案件通知书", Dispatch.YES, _GENERAL, "送给申请执行人", "受理通知书"),
    _paper("address_confirmation", "送达地址确认书", Dispatch.YES, "法院专递邮寄送达规定第3、4条",
           "请当事人填写并签名后带回"),
    _paper("admin_ruling", "准予执行裁定书（行政非诉）", Dispatch.YES, "行政强制法第57条", "是否派发由执行法官决定",
           "准予执行裁定书", "行政裁定书"),
    DocumentType("other", "其他文书", Dispatch.YES, (M.GUIDE, M.VERIFY_ADDRESS, M.NOTIFY_PICKUP), _GENERAL,
                 "目录外的文书只能带路、核实住址或通知领取，名称须写明"),
    _paper("eviction_notice", "腾退、迁出公告", Dispatch.GUIDE, "民事诉讼法第261条", "由法院张贴，网格员带路或拍照",
           "腾退公告", "迁出公告", "强制迁出公告"),
    DocumentType("third_party_notice", "履行到期债务通知", Dispatch.OFFICER, MODES_OF[Dispatch.OFFICER],
                 "执行工作规定第45条", "必须由法院直接送达第三人，网格员只带路",
                 ("履行到期债务通知书", "到期债务通知书"), may_be_left=False),
    DocumentType("mediation_statement", "调解书", Dispatch.OFFICER, MODES_OF[Dispatch.OFFICER], "民诉法解释第133条",
                 "须本人或其指定的代收人签收，不能留置", ("民事调解书",), in_person_only=True, may_be_left=False),
    DocumentType("payment_order", "支付令", Dispatch.OFFICER, (*MODES_OF[Dispatch.OFFICER], M.WITNESS_LEFT),
                 "民诉法解释第429条", "须送达债务人本人；拒收的由法院留置", in_person_only=True),
    _never("coercive_seal", "查封裁定书"),
    _never("coercive_seize", "扣押裁定书"),
    _never("coercive_freeze", "冻结裁定书"),
    _never("coercive_assist", "协助执行通知书", article="民事诉讼法第253、254条"),
    _never("coercive_bank", "查询、冻结、扣划、解冻通知书", "协助查询通知书", "协助冻结通知书", "协助扣划通知书",
           article="银发〔2002〕1号"),
    _never("coercive_search", "搜查令", article="民事诉讼法第259条"),
    _never("coercive_summons", "拘传票", article="民诉法解释第482条"),
    _never("coercive_detention", "拘留决定书", article="民事诉讼法第114条"),
    _never("coercive_fine", "罚款决定书", article="民事诉讼法第114条"),
)  # fmt: skip

_BY_CODE: dict[str, DocumentType] = {paper.code: paper for paper in CATALOGUE}
_BY_NAME: dict[str, DocumentType] = {
    compact(name): paper for paper in CATALOGUE for name in (paper.name, *paper.aliases)
}

COERCIVE_WORDS: tuple[str, ...] = (
    "查封", "扣押", "冻结", "解冻", "扣划", "划拨", "拘留", "拘传", "搜查", "罚款", "逮捕", "协助执行", "协助查询",
    "银行",
    "凍結", "罰款", "協助執行", "銀行",
)  # fmt: skip
"""A paper whose name holds one of these is for the court alone, whatever type it is filed under."""

_NOT_A_CHARACTER = re.compile(r"[\W_]+")


def document_type(code: str) -> DocumentType:
    """Return the catalogue line of a code; raises UnknownDocument."""
    if code not in _BY_CODE:
        raise UnknownDocument(doc_type=code)
    return _BY_CODE[code]


def type_of_name(name: str) -> DocumentType | None:
    """Return the catalogue line of a Chinese name or alias, however it is spaced; None when the catalogue has none."""
    return _BY_NAME.get(compact(name))


def looks_coercive(name: str) -> bool:
    """Tell whether a paper's name holds a word of coercion, spaces and signs inside it disregarded."""
    bare = _NOT_A_CHARACTER.sub("", compact(name))
    return any(word in bare for word in COERCIVE_WORDS)


def check_name(name: str) -> None:
    """Raise DocumentNotDispatchable when the written name looks like a coercive paper."""
    if looks_coercive(name):
        raise DocumentNotDispatchable(
            f"文书名称“{name[:40]}”属于强制措施或银行文书，只能由执行人员办理（民事诉讼法第239条，银发〔2002〕1号）",
            doc_type="other",
        )


def default_modes(*, handover: bool = False) -> dict[str, tuple[DeliveryMode, ...]]:
    """Return the enabled modes per type before the court has set them; handover by a worker only when it says so."""
    return {
        paper.code: tuple(mode for mode in paper.modes if handover or mode != M.ENTRUSTED_HANDOVER)
        for paper in CATALOGUE
    }


def effective_modes(code: str, enabled_modes: Mapping[str, Collection[str]]) -> tuple[DeliveryMode, ...]:
    """Return the modes both the law and the court's setting leave to this type; a type the setting lacks has none."""
    enabled = enabled_modes.get(code, ())
    return tuple(mode for mode in document_type(code).modes if mode in enabled)


def common_modes(codes: Iterable[str], enabled_modes: Mapping[str, Collection[str]]) -> tuple[DeliveryMode, ...]:
    """Return the modes that every one of these types may go out in; none when there are no papers."""
    sets = [set(effective_modes(code, enabled_modes)) for code in codes]
    return tuple(mode for mode in DeliveryMode if sets and all(mode in modes for modes in sets))


def check_dispatchable(code: str, mode: DeliveryMode, enabled_modes: Mapping[str, Collection[str]]) -> None:
    """Raise UnknownDocument, DocumentNotDispatchable or ModeNotAllowed unless the paper may go out in this mode."""
    paper = document_type(code)
    if paper.dispatch == Dispatch.NEVER:
        raise DocumentNotDispatchable(f"{paper.name}：{paper.note}（{paper.article}）", doc_type=code)
    modes = effective_modes(code, enabled_modes)
    if mode not in modes:
        names = "、".join(MODE_LABELS[each] for each in modes) or "无"
        raise ModeNotAllowed(
            f"{paper.name}不能用“{MODE_LABELS[mode]}”；{paper.note}（{paper.article}）。可用方式：{names}",
            doc_type=code,
            mode=str(mode),
            modes=[str(each) for each in modes],
        )


def packing_warnings(codes: Collection[str], *, money_case: bool = True) -> list[Finding]:
    """Warn of a paper that is packed without its pair in a money case (rule 23)."""
    return [
        warning(23, f"有{paper.name}，没有{document_type(paper.pair_with).name}，请确认", "documents")
        for paper in map(document_type, codes)
        if money_case and paper.pair_with and paper.pair_with not in codes
    ]
