"""Mend a visit that was sent back; the earlier version is kept whole. Add a position that came late."""

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import func, select

from grid.core.actor import Actor
from grid.core.content import content_digest
from grid.core.errors import InvalidInput, NotFound
from grid.core.errors.tasks import MendNotAsked, VisitMissing
from grid.core.words.tasks import TaskState
from grid.core.words.verbs import Verb
from grid.flows import hold, ledger
from grid.flows.flagging import flag_visit
from grid.flows.receipts import correct_receipt
from grid.flows.visit import add_evidence, answer, check_kind, judge, seal_body
from grid.flows.visit_context import read_context
from grid.models import Evidence, Visit, VisitRevision, db
from grid.rules.masking import mask_name, signer_words
from grid.tools.kit import Kit


def mend(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Replace the answers of a sent-back visit; photos already accepted stay, new ones are added."""
    data = args["visit"]
    visit = db.session.scalars(select(Visit).where(Visit.id == args["visit_id"]).with_for_update()).one_or_none()
    if visit is None:
        raise VisitMissing
    if visit.worker_id != actor.id:
        raise NotFound
    if data["id"] != visit.id or data["task_id"] != visit.task_id:
        raise InvalidInput(fields={"visit.id": ["修改的记录与原记录不一致"]})
    context = read_context(actor, visit.task_id, kit)
    check_kind(context, args["kind"])
    task = context.task
    asked = context.holds and task.state == TaskState.WORKING and task.rounds > 0
    if not asked or args["base_revision"] != visit.revision:
        raise MendNotAsked(revision=visit.revision, state=TaskState(task.state).value)
    judged = judge(context, data, now)
    db.session.add(
        VisitRevision(
            visit_id=visit.id,
            revision=visit.revision,
            body_sealed=visit.body_sealed,
            digest=visit.digest,
            made_at=visit.made_at,
            received_at=visit.mended_at or visit.received_at,
        )
    )
    before = visit.digest
    signer = data["answers"].get("signer") or {}
    visit.revision += 1
    visit.outcome = data["outcome"]
    visit.signer_masked = mask_name(signer["name"]) if signer.get("name") else ""
    visit.signer_relation = signer.get("relation") or ""
    visit.body_sealed, visit.digest = seal_body(kit, visit.id, visit.revision, data)
    visit.mended_at = now
    known = set(db.session.scalars(select(Evidence.id).where(Evidence.visit_id == visit.id)))
    last = db.session.scalar(select(func.max(Evidence.position)).where(Evidence.visit_id == visit.id)) or 0
    added = add_evidence(visit, [item for item in data["evidence"] if item["id"] not in known], first=last + 1)
    visit.flags = flag_visit(visit, data, judged.at, judged.findings, context.kind, context.home)
    hold.move(
        task, Verb.REPORT, actor, now, after=visit.digest, before_digest=before, visit=visit.id, revision=visit.revision
    )
    task.reported_at = now
    task.outcome = visit.outcome
    task.signer_text = signer_words(visit.signer_masked, visit.signer_relation)
    evidence = list(
        db.session.scalars(select(Evidence).where(Evidence.visit_id == visit.id).order_by(Evidence.position))
    )
    receipt = correct_receipt(actor, context, visit, evidence, kit, now) if context.kind.papers else None
    hold.tell(task, now)
    return answer(visit, task, added, receipt, [finding.message for finding in judged.findings])


def add_place(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> dict[str, Any]:
    """Add a position that came after the visit was saved, as an event of its own; the report is not touched."""
    visit = db.session.scalars(select(Visit).where(Visit.id == args["visit_id"]).with_for_update()).one_or_none()
    if visit is None or visit.worker_id != actor.id:
        raise VisitMissing
    place = args["place"]
    if visit.lng is None and place.get("lng") is not None and place.get("lat") is not None:
        visit.lng, visit.lat, visit.accuracy_m = place["lng"], place["lat"], place.get("accuracy_m")
        visit.flags = [flag for flag in visit.flags if flag.get("code") != "place_missing"] + [{"code": "place_late"}]
    sealed = orjson.dumps(place, option=orjson.OPT_SORT_KEYS).decode()
    ledger.record(
        "visit.place_added", actor, now, object_id=visit.id, task_id=visit.task_id, after=content_digest(sealed)
    )
    return {"visit_id": visit.id}
