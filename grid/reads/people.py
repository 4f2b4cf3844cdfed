"""People and units for the desk, within each role's reach."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from grid.core.actor import Actor
from grid.core.words.roles import ROLE_LABELS, Role
from grid.models import Person, SignedSession, Task, Unit, db
from grid.reads.scope import below
from grid.rules.permissions import Action, Scope, scope_of
from grid.tools.kit import Kit

SORTS: dict[str, Any] = {"staff_no": Person.staff_no, "name": Person.name, "role": Person.role}
_OPEN = ("routed", "taken", "working", "suspended")


def _reach(actor: Actor, action: Action) -> ColumnElement[bool]:
    scope = scope_of(action, actor.role)
    if scope == Scope.ANY:
        return true()
    if scope == Scope.COURT:
        return Unit.court_id == actor.court_id
    if scope == Scope.UNIT and actor.unit_path:
        return and_(Unit.court_id == actor.court_id, below(Unit.path, actor.unit_path))
    return false()


def list_people(actor: Actor, args: dict[str, Any], kit: Kit) -> dict[str, Any]:
    """Return one page of the accounts within reach; q is part of a name or staff number, or a whole phone number."""
    reach = _reach(actor, Action.PERSON_READ)
    where = [or_(reach, Person.id == actor.id)]
    if args["unit"]:
        path = db.session.scalar(select(Unit.path).where(Unit.id == args["unit"]))
        where.append(below(Unit.path, path) if path else false())
    if args["role"]:
        where.append(Person.role == args["role"])
    if args["active"] is not None:
        where.append(Person.deactivated_at.is_(None) if args["active"] else Person.deactivated_at.is_not(None))
    q = args["q"].strip()
    if q:
        where.append(
            or_(
                Person.name.contains(q, autoescape=True),
                func.lower(Person.staff_no).startswith(q.lower(), autoescape=True),
                Person.phone_index == kit.vault.blind_index(q, "person.phone"),
            )
        )
    base = select(Person.id).join(Unit, Unit.id == Person.unit_id).where(*where)
    total = db.session.scalar(select(func.count()).select_from(base.subquery())) or 0
    column = SORTS.get(args["sort"].lstrip("-"), Person.staff_no)
    order = column.desc() if args["sort"].startswith("-") else column.asc()
    page = base.order_by(order, Person.id).limit(args["size"]).offset((args["page"] - 1) * args["size"])
    ids = list(db.session.scalars(page))
    return {"items": person_rows(ids), "page": args["page"], "size": args["size"], "total": total}


def person_rows(ids: list[str]) -> list[dict[str, Any]]:
    """Return list rows of these accounts, in this order."""
    if not ids:
        return []
    rows = {
        row.Person.id: row
        for row in db.session.execute(
            select(Person, Unit.name.label("unit_name"), Unit.kind)
            .join(Unit, Unit.id == Person.unit_id)
            .where(Person.id.in_(ids))
        )
    }
    seen = {
        row.person_id: row.seen_at
        for row in db.session.execute(
            select(SignedSession.person_id, func.max(SignedSession.created_at).label("seen_at"))
            .where(SignedSession.person_id.in_(ids))
            .group_by(SignedSession.person_id)
        )
    }
    held = {
        row.worker_id: row.held
        for row in db.session.execute(
            select(Task.worker_id, func.count().label("held"))
            .where(Task.worker_id.in_(ids), Task.state.in_(_OPEN))
            .group_by(Task.worker_id)
        )
    }
    return [_person(rows[key], seen.get(key), held.get(key, 0)) for key in ids if key in rows]


def _person(row: Any, seen_at: datetime | None, open_tasks: int) -> dict[str, Any]:
    person: Person = row.Person
    return {
        "id": person.id,
        "staff_no": person.staff_no,
        "worker_no": person.worker_no,
        "name": person.name,
        "role": person.role,
        "role_label": ROLE_LABELS[Role(person.role)],
        "phone_masked": person.phone_masked,
        "unit": {"id": person.unit_id, "name": row.unit_name, "kind": row.kind},
        "active": person.deactivated_at is None,
        "employment": person.employment,
        "is_committee_staff": person.is_committee_staff,
        "is_mediator": person.is_mediator,
        "must_change_password": person.must_change_password,
        "confidentiality_signed_at": person.confidentiality_signed_at,
        "last_sign_in_at": seen_at,
        "open_tasks": open_tasks,
    }


def list_units(actor: Actor, kind: str, parent: str) -> list[dict[str, Any]]:
    """Return the units within reach, parents before children."""
    where = [_reach(actor, Action.UNIT_READ), Unit.closed_at.is_(None)]
    if kind:
        where.append(Unit.kind == kind)
    if parent:
        where.append(Unit.parent_id == parent)
    columns = (Unit.id, Unit.court_id, Unit.parent_id, Unit.kind, Unit.name, Unit.code, Unit.path, Unit.contact_phone)
    rows = db.session.execute(
        select(*columns, Unit.polygon.is_not(None).label("has_area")).where(*where).order_by(Unit.code, Unit.id)
    )
    return sorted((dict(row._mapping) for row in rows), key=lambda unit: unit["path"].count("/"))


def unit_card(unit: Unit) -> dict[str, Any]:
    """Return one unit with its area."""
    return {
        "id": unit.id,
        "court_id": unit.court_id,
        "parent_id": unit.parent_id,
        "kind": unit.kind,
        "name": unit.name,
        "code": unit.code,
        "path": unit.path,
        "contact_phone": unit.contact_phone,
        "has_area": unit.polygon is not None,
        "polygon": unit.polygon,
        "closed_at": unit.closed_at,
    }
