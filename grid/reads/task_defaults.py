"""What the desk fills in for a new task: its deadline, the modes that fit the papers, and warnings."""

from datetime import datetime
from typing import Any

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.kinds import BY_CODE
from grid.reads.court_settings import court_values, enabled_modes, sla_of
from grid.rules import documents, sla
from grid.tools.kit import Kit


def task_defaults(actor: Actor, kind: str, urgent: bool, codes: list[str], kit: Kit, now: datetime) -> dict[str, Any]:
    """Return due date, allowed modes and warnings; raises UnknownDocument."""
    values = court_values(actor.court_id, local_date(now))
    due_at = sla.due_at(BY_CODE[kind].step, urgent, now, kit.calendar, sla_of(values))
    types = [documents.document_type(code) for code in codes]
    warnings = [finding.message for finding in documents.packing_warnings(codes)]
    warnings += [f"{paper.name}：{paper.note}（{paper.article}）" for paper in types if paper.in_person_only]
    for paper in types:
        if paper.serve_before_days:
            warnings.append(f"{paper.name}应在到庭日 {paper.serve_before_days} 天前送到，请核对期限")
        if paper.dispatch == documents.Dispatch.NEVER:
            warnings.append(f"{paper.name}不能派给网格：{paper.note}（{paper.article}）")
    if kit.calendar.is_provisional(local_date(due_at)):
        warnings.append(f"{local_date(due_at).year} 年放假安排尚未公布，期限按预计日历计算")
    return {
        "due_on": local_date(due_at),
        "due_at": due_at,
        "due_text": sla.due_text(due_at, now),
        "modes": list(documents.common_modes(codes, enabled_modes(values))),
        "warnings": warnings,
    }
