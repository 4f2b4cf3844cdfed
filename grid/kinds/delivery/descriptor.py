"""The delivery kind as JSON: everything the phone needs to ask, check and explain a visit without network."""

from collections.abc import Collection, Mapping
from typing import Any

from grid.core.words import reasons as shared
from grid.core.words.reasons import coded
from grid.core.words.service import RELATION_LABELS
from grid.core.words.tasks import MODE_LABELS, DeliveryMode
from grid.kinds.delivery import reasons
from grid.kinds.delivery.checklists import MUST_NOT, SIGNED_BY, wire_lists
from grid.kinds.delivery.diligence import DEFAULT_RULE, DiligenceRule
from grid.kinds.delivery.outcomes import ASKS, OUTCOMES, REQUIRED, Outcome, Path
from grid.kinds.form import MAX_PHOTOS
from grid.rules.documents import CATALOGUE, COERCIVE_WORDS, DocumentType, default_modes, effective_modes
from grid.rules.service import RELATIONS, RelationSpec

VERSION = 1
"""Raised when a key changes its meaning; phones refuse a version they do not know."""

SAY: Mapping[DeliveryMode, str] = {
    DeliveryMode.GUIDE: "带法院人员上门，指认住址和当事人",
    DeliveryMode.VERIFY_ADDRESS: "核实是否住在这里，不送文书",
    DeliveryMode.NOTIFY_PICKUP: "告知有法院文书，约好到法院领取",
    DeliveryMode.ENTRUSTED_HANDOVER: "把封好的文书当面交付，请签收人签回证",
    DeliveryMode.WITNESS_LEFT: "法院人员留置文书时到场见证并签名",
    DeliveryMode.POSTING_PHOTO: "法院人员张贴时拍照",
}

_MUST: Mapping[str, tuple[bool, str]] = {
    "adult": (True, "未满18周岁不能代收，请找成年家属或改选结果"),
    "cohabiting": (True, "不住在同一套房屋不能代收，请改选结果"),
    "adverse": (False, "对方当事人不能代收，请找其他人或改选结果"),
}


def descriptor(
    enabled_modes: Mapping[str, Collection[str]] | None = None, diligence_rule: DiligenceRule = DEFAULT_RULE
) -> dict[str, Any]:
    """Return the JSON description; enabled_modes is the court's setting (default: all but handover by a worker)."""
    enabled = default_modes() if enabled_modes is None else enabled_modes
    return {
        "version": VERSION,
        "documents": [_document(paper, enabled) for paper in CATALOGUE],
        "coercive_words": list(COERCIVE_WORDS),
        "modes": [{"code": mode, "label": MODE_LABELS[mode], "say": SAY[mode]} for mode in DeliveryMode],
        "outcomes": [_outcome(outcome) for outcome in OUTCOMES],
        "relations": [_relation(spec) for spec in RELATIONS],
        "checklists": wire_lists(),
        "one_of": {Path.HANDOVER.value: [sorted(SIGNED_BY)]},
        "must_not": {path.value: list(texts) for path, texts in MUST_NOT.items()},
        "asks": {path.value: list(asks) for path, asks in ASKS.items()},
        "required": {path.value: list(asks) for path, asks in REQUIRED.items()},
        "refusal_reasons": coded(reasons.REFUSAL),
        "substitute_reasons": coded(reasons.SUBSTITUTE),
        "line_reasons": coded(reasons.LINE),
        "manual_packet_reasons": coded(reasons.MANUAL_PACKET),
        "grade_reasons": coded(shared.GRADE),
        "no_place_reasons": coded(shared.NO_PLACE),
        "contacts": coded(shared.CONTACTS),
        "recusal_question": shared.RECUSAL_QUESTION,
        "recusal_reasons": coded(shared.RECUSAL),
        "phrases": list(reasons.PHRASES),
        "diligence": _diligence(diligence_rule),
        "max_photos": MAX_PHOTOS,
    }


def _document(paper: DocumentType, enabled: Mapping[str, Collection[str]]) -> dict[str, Any]:
    line: dict[str, Any] = {
        "code": paper.code,
        "name": paper.name,
        "grid": paper.dispatch.value,
        "modes": [mode.value for mode in effective_modes(paper.code, enabled)],
        "note": f"{paper.note}（{paper.article}）",
    }
    return line | ({"pair_with": paper.pair_with} if paper.pair_with else {})


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "code": outcome.code,
        "label": outcome.label,
        "hint": outcome.hint,
        "path": outcome.path.value,
        "relation": outcome.relation.value if outcome.relation else None,
        "modes": [mode.value for mode in outcome.modes],
        "next": outcome.next,
        "closes": outcome.closes,
    }


def _relation(spec: RelationSpec) -> dict[str, Any]:
    musts = {ask: _MUST[ask] for ask in spec.asks if ask in _MUST}
    return {
        "code": spec.relation.value,
        "label": RELATION_LABELS[spec.relation],
        "hint": spec.hint,
        "addressee_kinds": [kind.value for kind in spec.kinds],
        "column": "substitute" if spec.substitute else "addressee",
        "asks": ["name", *spec.asks],
        "optional": ["id_last4"],
        "must": {ask: wanted for ask, (wanted, _) in musts.items()},
        "blocks": {ask: text for ask, (_, text) in musts.items()},
    }


def _diligence(rule: DiligenceRule) -> dict[str, Any]:
    evening = f"{rule.evening_from:%H:%M}"
    return {
        "visits": rule.visits,
        "days": rule.days,
        "off_hours": rule.off_hours,
        "evening_from": evening,
        "text": f"走访 {rule.visits} 次、分在 {rule.days} 天以上，其中 {rule.off_hours} 次在 {evening} 以后或周末",
    }
