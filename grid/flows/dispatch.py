"""Create a task and send it into the grid."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.content import content_bytes, content_digest
from grid.core.errors import InvalidInput, NotFound
from grid.core.errors.tasks import ApprovalMissing
from grid.core.words.tasks import DeliveryMode, TaskState
from grid.core.words.verbs import Verb
from grid.flows import hold, ledger
from grid.flows.cases import case_for
from grid.flows.numbers import task_numbers
from grid.flows.packets import issue_packet
from grid.flows.papers import build_lines, papers_summary
from grid.flows.routing import route_by_address
from grid.kinds import BY_CODE
from grid.kinds.base import Kind
from grid.models import Address, Case, Party, Task, Unit, db
from grid.reads.court_settings import court_values, enabled_modes, sla_of
from grid.reads.ownership import task_facts
from grid.reads.task_rows import waits_for_approval
from grid.rules import identity, permissions, sla
from grid.rules.calendar import end_of_day
from grid.rules.permissions import Action
from grid.tools.kit import Kit

LONGEST = timedelta(days=180)


def create_task(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> Task:
    """Create a task and, when asked and allowed, dispatch it; the same id again returns what was created.

    Raises NotFound for a case out of reach, InvalidInput by field, DocumentNotDispatchable, ModeNotAllowed.
    """
    known = db.session.get(Task, args["id"])
    if known is not None:
        permissions.check(actor, Action.TASK_CREATE, task_facts(known))
        return known
    case = case_for(actor, args["case_id"], Action.TASK_CREATE)
    addressee, address = _addressee(case, args["addressee_id"], args["address_id"])
    values = court_values(case.court_id, local_date(now))
    kind, lines = BY_CODE[args["kind"]], []
    if kind.papers:
        lines = build_lines(args["id"], args["documents"], DeliveryMode(args["mode"]), enabled_modes(values))
    due_at, due_on = deadline(kind, args["due_on"], args["urgent"], values, kit, now)
    unit = db.session.get_one(Unit, actor.unit_id)
    notes = identity.normalise_text(args["notes"])
    task = Task(
        id=args["id"],
        no=task_numbers(case.court_id, local_date(now).year, mark=kind.mark)[0],
        kind=kind.code,
        court_id=case.court_id,
        case_id=case.id,
        case_no=case.case_no,
        addressee_id=addressee.id,
        address_id=address.id,
        mode=args["mode"],
        state=TaskState.DRAFT.value,
        officer_id=case.officer_id,
        unit_id=unit.id,
        unit_path=unit.path,
        urgent=args["urgent"],
        sensitive=args["sensitive"] or is_sensitive(case, addressee, values),
        instruction=args["instruction"].strip(),
        notes_sealed=kit.vault.seal(notes, f"task.notes:{args['id']}") if notes else None,
        brief=seal_brief(kit, args["id"], args["brief"]),
        flags=[],
        created_at=now,
        changed_at=now,
        due_on=due_on,
        due_at=due_at,
        previous_task_id=_previous(case, args["previous_task_id"]),
    )
    task.papers_text, task.copies = papers_summary((line.name, line.copies) for line in lines)
    db.session.add(task)
    db.session.flush()
    db.session.add_all(lines)
    db.session.flush()
    ledger.record(
        "task.created", actor, now, object_id=task.id, task_id=task.id, no=task.no, kind=task.kind, mode=task.mode,
        papers=[line.type for line in lines], due_on=due_on.isoformat(),
        after=content_digest(args["brief"]) if args["brief"] else None,
    )  # fmt: skip
    if args["dispatch"] and not waits_for_approval(task):
        send_out(actor, task, address, kit, now)
    return task


def _addressee(case: Case, party_id: str, address_id: str) -> tuple[Party, Address]:
    party = db.session.get(Party, party_id)
    if party is None or party.case_id != case.id:
        raise InvalidInput(fields={"addressee_id": ["受送达人不在本案中，请重新选择"]})
    address = db.session.get(Address, address_id)
    if address is None or address.party_id != party.id:
        raise InvalidInput(fields={"address_id": ["这不是该受送达人的地址，请重新选择"]})
    return party, address


def _previous(case: Case, task_id: str | None) -> str | None:
    if task_id is None:
        return None
    if db.session.scalar(select(Task.case_id).where(Task.id == task_id)) != case.id:
        raise InvalidInput(fields={"previous_task_id": ["前次任务不在本案中"]})
    return task_id


def is_sensitive(case: Case, addressee: Party, values: dict[str, Any]) -> bool:
    """Tell whether the court wants to look first: a sealed case, or a minor where the court has set so."""
    return case.sealed or (addressee.minor and bool(values["minors_need_approval"]))


def seal_brief(kit: Kit, task_id: str, brief: dict[str, Any]) -> dict[str, Any]:
    """Return what a task keeps of its kind's brief: all of it, sealed."""
    if not brief:
        return {}
    return {"sealed": kit.vault.seal(content_bytes(brief).decode(), f"task.brief:{task_id}")}


def deadline(
    kind: Kind, due_on: date | None, urgent: bool, values: dict[str, Any], kit: Kit, now: datetime
) -> tuple[datetime, date]:
    """Return when the report is due: the officer's day until its end, else the court's span in working days."""
    if due_on is None:
        due_at = sla.due_at(kind.step, urgent, now, kit.calendar, sla_of(values))
        return due_at, local_date(due_at)
    today = local_date(now)
    if not today <= due_on <= today + LONGEST:
        raise InvalidInput(fields={"due_on": [f"办理期限应在今天到 {LONGEST.days} 天之内"]})
    return end_of_day(due_on), due_on


def dispatch(actor: Actor, task_id: str, version: int, kit: Kit, now: datetime) -> Task:
    """Send a draft out; raises ApprovalMissing while a sensitive task waits for the court administrator."""
    task = hold.lock_task(actor, task_id, Action.TASK_DISPATCH, version)
    if waits_for_approval(task):
        raise ApprovalMissing
    send_out(actor, task, db.session.get_one(Address, task.address_id), kit, now)
    return task


def approve_sensitive(actor: Actor, task_id: str, version: int, kit: Kit, now: datetime) -> Task:
    """Approve a sensitive draft, which then goes out; never by the officer whose task it is."""
    task = hold.lock_task(actor, task_id, Action.TASK_APPROVE_SENSITIVE, version)
    permissions.check_can_review(actor, frozenset({task.officer_id}))
    if not waits_for_approval(task):
        raise NotFound
    task.sensitive_approved_at = now
    task.sensitive_approved_by = actor.id
    ledger.record("task.sensitive_approved", actor, now, object_id=task.id, task_id=task.id)
    # The administrator approves; the sending is the officer's wish and carries no other hand.
    send_out(None, task, db.session.get_one(Address, task.address_id), kit, now)
    return task


def send_out(actor: Actor | None, task: Task, address: Address, kit: Kit, now: datetime) -> None:
    """Dispatch: deadlines start, the packet is signed, and the address decides where the task goes."""
    if task.due_on is None or task.due_on < local_date(now):
        raise InvalidInput(fields={"due_on": ["办理期限已过，请先改期限"]})
    hold.move(task, Verb.DISPATCH, actor, now, mode=task.mode)
    task.dispatched_at = now
    if BY_CODE[task.kind].papers:
        issue_packet(task, kit, now)
    route_by_address(task, address, kit, now)
