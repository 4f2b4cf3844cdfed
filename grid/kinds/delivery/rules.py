"""What a brief and a visit must hold before they count: the court's checks, the same the phone made offline."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from grid.core.errors.delivery import NotDiligentYet
from grid.core.words.service import SignerRelation
from grid.core.words.tasks import MODE_LABELS, DeliveryMode
from grid.kinds.base import Line, TaskFacts
from grid.kinds.delivery import checklists
from grid.kinds.delivery.diligence import DEFAULT_RULE, DiligenceRule, VisitTime, diligence
from grid.kinds.delivery.outcomes import BY_CODE, REQUIRED, REQUIRED_LABELS, Outcome, Path, offered_in
from grid.kinds.form import DRAWN, MAX_PHOTOS
from grid.rules.documents import check_dispatchable, check_name, packing_warnings
from grid.rules.law import Finding, form_error, form_warning
from grid.rules.service import Signer, check_receipt_date, check_signer


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What the worker recorded; kept_back maps each paper's id to None when handed over, else to the reason or ''."""

    outcome: str
    signer: Signer | None = None
    kept_back: Mapping[str, str | None] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    packet_checked: str = "none"
    packet_reason: str = ""
    items: tuple[str, ...] = ()


def check_brief(
    lines: Collection[Line],
    mode: DeliveryMode,
    enabled_modes: Mapping[str, Collection[str]],
    *,
    money_case: bool = True,
) -> list[Finding]:
    """Return warnings about a task's papers; raise the document problems when one may not go out this way."""
    for line in lines:
        check_dispatchable(line.doc_type, mode, enabled_modes)
        check_name(line.name)
    return packing_warnings([line.doc_type for line in lines], money_case=money_case)


def visit_facts(visit: Mapping[str, Any]) -> VisitFacts:
    """Read the facts out of a visit that VisitSchema has loaded."""
    answers = visit["answers"]
    raw = answers.get("signer")
    signer = None
    if raw is not None:
        signer = Signer(
            name=raw["name"],
            relation=SignerRelation(raw["relation"]),
            adult=raw.get("adult"),
            cohabiting=raw.get("cohabiting"),
            adverse=raw.get("adverse"),
            reason=raw.get("reason") or "",
            seal=raw.get("seal") or "",
            guardian_of=raw.get("guardian_of") or "",
        )
    return VisitFacts(
        outcome=visit["outcome"],
        signer=signer,
        kept_back={
            line["document_id"]: None if line["handed"] else line.get("reason") or "" for line in answers["lines"]
        },
        answers={**answers, "narrative": visit.get("narrative"), "met_name": visit.get("met_name")},
        packet_checked=visit["packet"]["checked"],
        packet_reason=visit["packet"].get("reason") or "",
        items=tuple(item["item"] for item in visit["evidence"]),
    )


def check(task: TaskFacts, visit: Mapping[str, Any], visited_on: date, today: date) -> list[Finding]:
    """Return every objection to a visit as it came over the wire."""
    return check_visit(task, visit_facts(visit), visited_on=visited_on, today=today)


def check_visit(task: TaskFacts, visit: VisitFacts, *, visited_on: date, today: date) -> list[Finding]:
    """Return every objection to a visit, errors first; visited_on is the corrected date, today the server's."""
    outcome = BY_CODE.get(visit.outcome)
    if outcome is None:
        return [form_error("没有这种走访结果，请重新选择", "outcome")]
    found = [*_check_offer(task, outcome), *_check_answers(outcome, visit), *_check_items(outcome, visit)]
    if outcome.path == Path.HANDOVER:
        found += _check_handover(task, outcome, visit, visited_on, today)
    return sorted(found, key=lambda finding: finding.level)


def _check_offer(task: TaskFacts, outcome: Outcome) -> list[Finding]:
    if outcome in offered_in(DeliveryMode(task.mode)):
        return []
    return [form_error(f"“{MODE_LABELS[DeliveryMode(task.mode)]}”任务不能选“{outcome.label}”，请改选", "outcome")]


def _check_answers(outcome: Outcome, visit: VisitFacts) -> list[Finding]:
    found = [
        form_error(REQUIRED_LABELS[ask], ask if ask in ("narrative", "met_name") else f"answers.{ask}")
        for ask in REQUIRED[outcome.path]
        if ask != "receipt_date" and not (visit.answers.get(ask) or "").strip()
    ]
    if visit.answers.get("refusal_reason") == "other" and not visit.answers.get("refusal_note"):
        found.append(form_warning("选了其他理由，没有写明拒收时怎么说", "answers.refusal_note"))
    if outcome.code == "agreed_pickup" and not visit.answers.get("pickup_on"):
        found.append(form_warning("没有约定领取日期", "answers.pickup_on"))
    return found


def _check_items(outcome: Outcome, visit: VisitFacts) -> list[Finding]:
    found = [
        form_error(f"还缺照片：{checklists.ITEMS[item][0]}", f"evidence.{item}")
        for item in checklists.missing_items(outcome.code, visit.items)
    ]
    photos = sum(item not in DRAWN for item in visit.items)
    if photos > MAX_PHOTOS:
        found.append(form_error(f"一次走访最多 {MAX_PHOTOS} 张照片，请删去多余的", "evidence"))
    found += [
        form_warning("照片不在这种结果的清单里，或者张数过多", f"evidence.{item}")
        for item in checklists.surplus_items(outcome.code, visit.items)
    ]
    return found


def _check_handover(
    task: TaskFacts, outcome: Outcome, visit: VisitFacts, visited_on: date, today: date
) -> list[Finding]:
    found = _check_lines(task, visit)
    receipt_on = visit.answers.get("receipt_date")
    dates = check_receipt_date(receipt_on, dispatched_on=task.dispatched_on, visited_on=visited_on, today=today)
    found += [_under_answers(finding) for finding in dates]
    if visit.packet_checked == "none" and not visit.packet_reason.strip():
        found.append(form_error("请扫描文书袋上的二维码，或说明没有扫码的原因", "packet"))
    if visit.signer is None:
        return [*found, form_error("请填写签收人", "answers.signer")]
    if visit.signer.relation != outcome.relation:
        found.append(form_error("签收人的关系与结果不一致，请重新选择", "answers.signer.relation"))
    types = [line.doc_type for line in task.lines]
    objections = check_signer(task.addressee, visit.signer, types, task.adverse)
    return [*found, *(_under_answers(finding) for finding in objections)]


def _under_answers(finding: Finding) -> Finding:
    return Finding(finding.rule_no, finding.level, finding.message, finding.article, f"answers.{finding.field}")


def _check_lines(task: TaskFacts, visit: VisitFacts) -> list[Finding]:
    found: list[Finding] = []
    known = {line.document_id for line in task.lines}
    for line in task.lines:
        path = f"answers.lines.{line.document_id}"
        if line.document_id not in visit.kept_back:
            found.append(form_error(f"请核对：{line.name}", path))
        elif visit.kept_back[line.document_id] == "":
            found.append(form_error(f"请说明没有交付的原因：{line.name}", path))
    if set(visit.kept_back) - known:
        found.append(form_error("有文书不属于这项任务，请刷新后重新核对", "answers.lines"))
    if visit.kept_back and None not in visit.kept_back.values():
        found.append(form_error("没有交付任何文书，请改选走访结果", "answers.lines"))
    return found


def check_can_report_unserved(visits: Iterable[VisitTime], rule: DiligenceRule = DEFAULT_RULE) -> None:
    """Raise NotDiligentYet, saying what is left, unless enough visits were made."""
    done = diligence(visits, rule)
    if not done.satisfied:
        raise NotDiligentYet(done.missing_text, visits=done.count, days=done.days, off_hours=done.off_hours)
