"""Take in a visit from a phone: facts and evidence, never a legal decision; a late one becomes 补充材料."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import insert, select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.content import content_digest
from grid.core.errors import NotAllowed
from grid.core.errors.tasks import OtherKind
from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.flows import feed, hold, ledger
from grid.flows.flagging import flag_visit
from grid.flows.packets import use_packet
from grid.flows.receipts import issue_receipt
from grid.flows.visit_context import VisitContext, read_context
from grid.kinds.base import refuse_errors
from grid.kinds.delivery.diligence import VisitTime
from grid.kinds.delivery.rules import check_can_report_unserved
from grid.models import Evidence, Receipt, Task, Visit, db
from grid.rules.flags import CLOCK_TOLERANCE
from grid.rules.law import Finding
from grid.rules.masking import mask_name, signer_words
from grid.rules.trusted_time import disagreement, happened_at
from grid.tools.kit import Kit

_ADD_VISIT = insert(Visit)
_ADD_EVIDENCE = insert(Evidence)
OPEN_STATES = frozenset({TaskState.TAKEN, TaskState.WORKING})


@dataclass(frozen=True, slots=True)
class Judged:
    """A visit with the instant it is taken to have happened and what the rules say of it."""

    at: datetime
    findings: list[Finding]


def judge(context: VisitContext, data: dict[str, Any], now: datetime, *, late: bool = False) -> Judged:
    """Check a visit against the rules of its kind; raises VisitIncomplete on a violation.

    A late visit is judged but never refused: what happened at the door must reach the officer.
    """
    clock = data["clock"]
    at = happened_at(
        data["made_at"],
        now,
        skew_ms=clock.get("skew_ms"),
        anchor_at=clock.get("anchor_at"),
        elapsed_ms=clock.get("monotonic_ms"),
    )
    findings = sorted(
        context.kind.check(context.facts, data, local_date(at), local_date(now)), key=lambda found: found.level
    )
    if not late:
        refuse_errors(findings)
    return Judged(at, findings)


def seal_body(kit: Kit, visit_id: str, revision: int, data: dict[str, Any]) -> tuple[str, str]:
    """Return the whole report of one revision sealed, and the SHA-256 (hex) of its one spelling."""
    text = orjson.dumps(data, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
    return kit.vault.seal(text.decode(), f"visit.body:{visit_id}:{revision}"), hashlib.sha256(text).hexdigest()


def record(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Store a visit once; moves the task to working or reported, or keeps it as 补充材料 when the task moved on."""
    data = args["visit"]
    context = read_context(actor, data["task_id"], kit)
    check_kind(context, args["kind"])
    task = context.task
    reason = supplementary_reason(context)
    judged = judge(context, data, now, late=bool(reason))
    row = visit_row(actor, context, data, judged, kit, now, reason)
    visit = Visit(**row)
    packet_flag = ""
    if visit.outcome in context.kind.handover and data["packet"].get("cti") and not reason:
        packet_flag = use_packet(task, data["packet"]["cti"], visit.id, now)
    row["flags"] = flag_visit(visit, data, judged.at, judged.findings, context.kind, context.home, packet_flag)
    db.session.connection().execute(_ADD_VISIT, row)
    evidence = add_evidence(visit, data["evidence"], first=1)
    task.visit_count = visit.ordinal
    receipt = None
    if reason:
        task.changed_at = now
        ledger.record(
            "visit.supplementary", actor, now, object_id=visit.id, task_id=task.id, after=visit.digest, reason=reason
        )
        feed.tell_task(actor.id, task.id, now)
    else:
        receipt = advance(actor, context, visit, evidence, judged.at, kit, now)
    return answer(visit, task, evidence, receipt, [f.message for f in judged.findings])


def check_kind(context: VisitContext, kind: str) -> None:
    """Raise OtherKind when the report was written on the form of another kind of task."""
    if context.kind.code != kind:
        raise OtherKind(kind=context.kind.code)


def supplementary_reason(context: VisitContext) -> str:
    """Say why a visit cannot move the task any more: it was taken away, or it is past the open states."""
    if not context.holds:
        return "taken_away"
    state = TaskState(context.task.state)
    return "" if state in OPEN_STATES else f"task_{state.value}"


def visit_row(
    actor: Actor, context: VisitContext, data: dict[str, Any], judged: Judged, kit: Kit, now: datetime, reason: str
) -> dict[str, Any]:
    """Return the row of a new visit, without its flags."""
    signer = data["answers"].get("signer") or {}
    place = data["place"]
    sealed, digest = seal_body(kit, data["id"], 1, data)
    return {
        "id": data["id"],
        "task_id": context.task.id,
        "worker_id": actor.id,
        "device_id": actor.device_id,
        "ordinal": context.task.visit_count + 1,
        "revision": 1,
        "outcome": data["outcome"],
        "contact": data["contact"],
        "supplementary": bool(reason),
        "supplementary_reason": reason,
        "signer_masked": mask_name(signer["name"]) if signer.get("name") else "",
        "signer_relation": signer.get("relation") or "",
        "body_sealed": sealed,
        "digest": digest,
        "lng": place.get("lng"),
        "lat": place.get("lat"),
        "accuracy_m": place.get("accuracy_m"),
        "started_at": data["started_at"],
        "made_at": data["made_at"],
        "happened_at": judged.at,
        "received_at": now,
    }


def add_evidence(visit: Visit, items: list[dict[str, Any]], first: int) -> list[Evidence]:
    """Declare the photos and signatures of a visit; the bytes follow by upload."""
    rows = [
        {
            "id": item["id"],
            "visit_id": visit.id,
            "task_id": visit.task_id,
            "revision": visit.revision,
            "position": first + n,
            "item": item["item"],
            "name": item["name"],
            "sha256": item["sha256"],
            "size": item["size"],
            "mime": item["mime"],
            "display_sha256": item["display"]["sha256"] if item.get("display") else None,
            "display_size": item["display"]["size"] if item.get("display") else None,
            "grade": item["grade"],
            "grade_reason": item.get("grade_reason") or "",
            "place": item.get("place"),
            "made_at": item["made_at"],
        }
        for n, item in enumerate(items)
    ]
    if rows:
        db.session.connection().execute(_ADD_EVIDENCE, rows if len(rows) > 1 else rows[0])
    return [Evidence(**row) for row in rows]


def advance(
    actor: Actor,
    context: VisitContext,
    visit: Visit,
    evidence: list[Evidence],
    at: datetime,
    kit: Kit,
    now: datetime,
) -> Receipt | None:
    """Move the task along: the first visit begins it, a closing outcome reports it with a signed receipt."""
    task = context.task
    outcome = context.kind.outcomes[visit.outcome]
    facts: dict[str, Any] = {"visit": visit.id, "outcome": visit.outcome, "ordinal": visit.ordinal}
    if disagreement(visit.made_at, at) > CLOCK_TOLERANCE:
        facts["clock"] = "off"
    if task.first_visit_at is None:
        task.first_visit_at = at
    if task.state == TaskState.TAKEN:
        hold.move(task, Verb.BEGIN, actor, now, after=visit.digest, **facts)
    elif not outcome.closes:
        ledger.record("visit.recorded", actor, now, object_id=visit.id, task_id=task.id, after=visit.digest, **facts)
    receipt = None
    if outcome.closes:
        hold.move(task, Verb.REPORT, actor, now, after=visit.digest, **facts)
        task.reported_at = now
        task.outcome = visit.outcome
        task.signer_text = signer_words(visit.signer_masked, visit.signer_relation)
        if context.kind.papers:
            receipt = issue_receipt(actor, context, visit, evidence, kit, now)
    task.changed_at = now
    hold.tell(task, now)
    return receipt


def answer(
    visit: Visit,
    task: Task,
    evidence: list[Evidence],
    receipt: Receipt | None,
    warnings: list[str],
) -> dict[str, Any]:
    """Return what the phone shows for a stored visit."""
    return {
        "visit_id": visit.id,
        "ordinal": visit.ordinal,
        "revision": visit.revision,
        "state": TaskState(task.state).value,
        "version": task.version,
        "supplementary": visit.supplementary,
        "receipt": {"cti": receipt.cti, "short_code": receipt.short_code} if receipt else None,
        "missing": [row.sha256 for row in evidence] + [row.display_sha256 for row in evidence if row.display_sha256],
        "warnings": warnings,
    }


def report_unserved(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Report a task as unserved once enough visits were made; the court decides what follows."""
    context = read_context(actor, args["task_id"], kit)
    task = context.task
    if not context.holds:
        raise NotAllowed
    check_kind(context, "delivery")
    visits = db.session.execute(
        select(Visit.happened_at, Visit.contact).where(
            Visit.task_id == task.id, Visit.worker_id == actor.id, Visit.supplementary.is_(False)
        )
    ).all()
    check_can_report_unserved([VisitTime(row.happened_at, row.contact) for row in visits])
    hold.move(task, Verb.REPORT, actor, now, conclusion="unserved", after=content_digest(args["narrative"]))
    task.reported_at = now
    task.outcome, task.signer_text = "unserved", ""
    brief = dict(task.brief)
    brief["unserved_sealed"] = kit.vault.seal(args["narrative"], f"task.unserved:{task.id}")
    task.brief = brief
    hold.tell(task, now)
    return {"task_id": task.id, "state": TaskState(task.state).value, "version": task.version}
