"""The report side of a task's dossier: visits with photos and flags, versions and their differences, decisions."""

import itertools
from collections import defaultdict
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.words import reasons
from grid.core.words.review import DECISION_LABELS, Decision
from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.kinds import BY_CODE, verdict_label
from grid.kinds.base import Kind
from grid.kinds.delivery.diligence import VisitTime, diligence
from grid.models import Address, Evidence, Party, Person, Receipt, Review, Task, Visit, VisitRevision, db
from grid.reads.court_settings import court_values, diligence_rule
from grid.reads.ownership import task_facts
from grid.reads.task_file import task_file
from grid.reads.visit_view import Point, mask_report, open_report, point_of, visit_view
from grid.rules import permissions
from grid.rules.differences import changes
from grid.rules.permissions import Action, ObjectFacts
from grid.tools.kit import Kit

REVIEW_VERBS = frozenset({Verb.VERIFY.value, Verb.SEND_BACK.value, Verb.APPROVE.value, Verb.RECORD_LEFT.value})
ORIGINAL_STATES = frozenset({TaskState.REPORTED.value, TaskState.VERIFYING.value, TaskState.CLOSED.value})


def dossier(actor: Actor, task: Task, kit: Kit, now: datetime) -> dict[str, Any]:
    """Return everything about one task that this person may see."""
    body = task_file(actor, task, kit, now)
    whose = task_facts(task, actor)
    if permissions.can(actor, Action.CASE_READ, whose):
        # Whoever decides has to compare the signer's name with the addressee's.
        party = db.session.get_one(Party, task.addressee_id)
        body["addressee"]["name"] = kit.vault.open_sealed(party.name_sealed, f"party.name:{party.id}")
    return body | report_part(actor, task, whose, body["verbs"], kit, local_date(now))


def awaits_review(actor: Actor, task: Task) -> bool:
    """Tell whether the task waits for a decision this person could make."""
    waits = task.state in (TaskState.REPORTED.value, TaskState.VERIFYING.value)
    return waits and permissions.can(actor, Action.TASK_REVIEW, task_facts(task))


def report_part(
    actor: Actor, task: Task, whose: ObjectFacts, verbs: list[str], kit: Kit, today: date
) -> dict[str, Any]:
    """Return what the dossier says of reports and reviews; verbs are those the task's state and the role allow."""
    visits = list(db.session.scalars(select(Visit).where(Visit.task_id == task.id).order_by(Visit.ordinal)))
    reviews = list(db.session.scalars(select(Review).where(Review.task_id == task.id).order_by(Review.at, Review.id)))
    whole = actor.id == task.worker_id or permissions.can(actor, Action.CASE_READ, whose)
    seen = permissions.can(actor, Action.EVIDENCE_READ, whose)
    people = _people({visit.worker_id for visit in visits} | {review.officer_id for review in reviews})
    part = {
        "verbs": _verbs(actor, task, whose, verbs, visits, reviews),
        "conclusion": _conclusion(task, kit) if seen else None,
        "verdict_label": verdict_label(task.kind, task.verdict) if task.verdict else None,
        "diligence": _diligence(task, visits, today),
        "reviews": [_review(row, people, kit, whole) for row in reviews],
        "visits_hidden": not seen,
        "visits": [],
        "revisions": [],
        "receipts": [],
    }
    if not seen:
        return part
    home, kind = _home(task), BY_CODE[task.kind]
    photos: dict[str, list[Evidence]] = defaultdict(list)
    for row in db.session.scalars(
        select(Evidence).where(Evidence.task_id == task.id).order_by(Evidence.visit_id, Evidence.position)
    ):
        photos[row.visit_id].append(row)
    reports = {visit.id: open_report(visit, kit) for visit in visits}
    part["visits"] = [
        visit_view(
            visit, reports[visit.id] if whole else mask_report(reports[visit.id], kind), photos[visit.id], home,
            people.get(visit.worker_id), kind,
        )
        for visit in visits
    ]  # fmt: skip
    part["revisions"] = _revisions(visits, reports, kind, kit, whole)
    part["receipts"] = _receipts(task.id)
    return part


def _verbs(
    actor: Actor, task: Task, whose: ObjectFacts, verbs: list[str], visits: list[Visit], reviews: list[Review]
) -> list[str]:
    makers = {visit.worker_id for visit in visits}
    makers |= {row.officer_id for row in reviews if row.decision == Decision.LEFT_RECORDED.value}
    found = [verb for verb in verbs if not (verb in REVIEW_VERBS and actor.id in makers)]
    paper = task.outcome is not None and (task.receipt_on is not None or task.outcome.startswith("signed_"))
    if paper and task.state in ORIGINAL_STATES and permissions.can(actor, Action.ORIGINAL_RECEIVE, whose):
        found.append("original")
    late = any(visit.supplementary and visit.decided_at is None for visit in visits)
    if late and actor.id not in makers and permissions.can(actor, Action.TASK_REVIEW, whose):
        found.append("decide_late")
    return found


def _people(ids: set[str]) -> dict[str, dict[str, Any]]:
    rows = db.session.execute(select(Person.id, Person.name, Person.staff_no).where(Person.id.in_(ids)))
    return {row.id: {"id": row.id, "name": row.name, "staff_no": row.staff_no} for row in rows}


def _home(task: Task) -> Point | None:
    row = db.session.execute(
        select(Address.lng, Address.lat, Address.datum).where(Address.id == task.address_id)
    ).one_or_none()
    return point_of(row.lng, row.lat, row.datum) if row else None


def _conclusion(task: Task, kit: Kit) -> str | None:
    sealed = task.brief.get("unserved_sealed")
    return kit.vault.open_sealed(sealed, f"task.unserved:{task.id}") if sealed else None


def _diligence(task: Task, visits: list[Visit], today: date) -> dict[str, Any]:
    rule = diligence_rule(court_values(task.court_id, today))
    times = [VisitTime(visit.happened_at, visit.contact) for visit in visits if not visit.supplementary]
    found = diligence(times, rule)
    return {
        "visits": found.count,
        "days": found.days,
        "off_hours": found.off_hours,
        "satisfied": found.satisfied,
        "text": found.missing_text,
    }


def _review(row: Review, people: dict[str, dict[str, Any]], kit: Kit, whole: bool) -> dict[str, Any]:
    facts = None
    if row.facts_sealed and whole:
        facts = orjson.loads(kit.vault.open_sealed(row.facts_sealed, f"review.facts:{row.id}"))
    by = people.get(row.officer_id)
    return {
        "id": row.id,
        "round": row.round,
        "decision": row.decision,
        "decision_label": DECISION_LABELS[Decision(row.decision)],
        "by": by["name"] if by else None,
        "at": row.at,
        "visit_id": row.visit_id,
        "revision": row.revision,
        "reason_code": row.reason_code or None,
        "reason_label": reasons.label_of(reasons.SEND_BACK, row.reason_code) if row.reason_code else None,
        "text": row.text or None,
        "comments": row.comments,
        "receipt_on": row.receipt_on,
        "effective_on": row.effective_on,
        "facts": facts,
    }


def _revisions(
    visits: list[Visit], reports: dict[str, dict[str, Any]], kind: Kind, kit: Kit, whole: bool
) -> list[dict[str, Any]]:
    mended = {visit.id: visit for visit in visits if visit.revision > 1}
    if not mended:
        return []
    rows = db.session.scalars(
        select(VisitRevision)
        .where(VisitRevision.visit_id.in_(mended))
        .order_by(VisitRevision.visit_id, VisitRevision.revision)
    )
    versions: dict[str, list[tuple[int, Any, dict[str, Any]]]] = defaultdict(list)
    for row in rows:
        report = open_report(mended[row.visit_id], kit, row.body_sealed, row.revision)
        versions[row.visit_id].append((row.revision, row.received_at, report))
    found = []
    for visit_id, visit in mended.items():
        line = [*versions[visit_id], (visit.revision, visit.mended_at, reports[visit_id])]
        for (_, _, old), (revision, at, new) in itertools.pairwise(line):
            pair = (old, new) if whole else (mask_report(old, kind), mask_report(new, kind))
            found.append(
                {
                    "visit_id": visit_id,
                    "revision": revision,
                    "at": at,
                    "changes": [{"path": c.path, "before": c.before, "after": c.after} for c in changes(*pair)],
                }
            )
    return found


def _receipts(task_id: str) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Receipt).where(Receipt.task_id == task_id).order_by(Receipt.issued_at))
    return [
        {
            "cti": row.cti, "short_code": row.short_code, "state": row.state, "seq": row.seq, "visit_id": row.visit_id,
            "revision": row.revision, "issued_at": row.issued_at, "confirmed": row.confirmed_at is not None,
            "corrected_by": row.corrected_by,
        }
        for row in rows
    ]  # fmt: skip
