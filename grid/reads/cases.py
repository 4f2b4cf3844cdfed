"""Case files for the desk: lists with masked parties, one file with its parties and addresses."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from grid.core.actor import Actor
from grid.core.errors import Problem
from grid.core.words.parties import PARTY_ROLE_LABELS, PartyRole
from grid.core.words.tasks import TaskState
from grid.models import Address, Case, Party, Person, Task, db
from grid.reads.paging import Order, page_of_ids
from grid.reads.scope import case_scope
from grid.rules import identity
from grid.tools.kit import Kit

ENDED = (TaskState.CLOSED.value, TaskState.ARCHIVED.value, TaskState.CANCELLED.value)
SORTS = {
    "created_at": (Case.created_at, Case.id),
    "case_no": (Case.case_no, Case.id),
}


def list_cases(actor: Actor, args: dict[str, Any], kit: Kit) -> dict[str, Any]:
    """Return one page of the cases within reach; q is a case number, its serial, or a party's full name."""
    sort = args["sort"] or "-created_at"
    columns = SORTS.get(sort.lstrip("-"), SORTS["created_at"])
    where = [case_scope(actor), *_filters(args, kit)]
    key = ("cases", actor.id, actor.court_id, sort, args["q"], args["case_no"], args["officer"])
    ids, total = page_of_ids(where, Order(columns, sort.startswith("-")), args["page"], args["size"], key)
    return {"items": case_rows(ids), "page": args["page"], "size": args["size"], "total": total}


def _filters(args: dict[str, Any], kit: Kit) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if args["case_no"]:
        found.append(Case.case_no == exact_case_no(args["case_no"]))
    if args["officer"]:
        found.append(Case.officer_id == args["officer"])
    q = args["q"].strip()
    if q.isascii() and q.isdigit():
        found.append(Case.serial == int(q[:15]))
    elif q and exact_case_no(q) != "":
        found.append(Case.case_no == exact_case_no(q))
    elif q:
        index = kit.vault.blind_index(q, "party.name")
        found.append(Case.id.in_(select(Party.case_id).where(Party.name_index == index)))
    return found


def exact_case_no(text: str) -> str:
    """Return the stored spelling of a case number typed in any way; '' when it is none."""
    try:
        return identity.parse_case_no(text).text
    except Problem:
        return ""


def case_rows(ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return list rows of these cases, in this order."""
    if not ids:
        return []
    rows = {
        row.id: row
        for row in db.session.execute(
            select(
                Case.id, Case.case_no, Case.cause, Case.created_at, Case.officer_id, Person.name.label("officer_name")
            )
            .join(Person, Person.id == Case.officer_id)
            .where(Case.id.in_(ids))
        )
    }
    parties: dict[str, list[str]] = defaultdict(list)
    for party in db.session.execute(
        select(Party.case_id, Party.role, Party.name_masked)
        .where(Party.case_id.in_(ids))
        .order_by(Party.created_at, Party.id)
    ):
        parties[party.case_id].append(f"{PARTY_ROLE_LABELS[PartyRole(party.role)]} {party.name_masked}")
    counts = {
        row.case_id: (row.total, row.open)
        for row in db.session.execute(
            select(
                Task.case_id,
                func.count().label("total"),
                func.sum(case((Task.state.in_(ENDED), 0), else_=1)).label("open"),
            )
            .where(Task.case_id.in_(ids))
            .group_by(Task.case_id)
        )
    }
    return [
        {
            "id": row.id,
            "case_no": row.case_no,
            "cause": row.cause,
            "officer": {"id": row.officer_id, "name": row.officer_name},
            "parties_text": "；".join(parties[row.id]),
            "tasks_total": counts.get(row.id, (0, 0))[0],
            "open_tasks": int(counts.get(row.id, (0, 0))[1]),
            "created_at": row.created_at,
        }
        for row in (rows[key] for key in ids if key in rows)
    ]


def case_file(actor: Actor, found: Case, kit: Kit) -> dict[str, Any]:
    """Return a whole case; numbers and phones masked, names and addresses whole for its own officer only."""
    full = actor.id == found.officer_id
    parties = db.session.scalars(
        select(Party).where(Party.case_id == found.id).order_by(Party.created_at, Party.id)
    ).all()
    addresses = _addresses_of([party.id for party in parties])
    return {
        **case_rows([found.id])[0],
        "title_instrument": found.title_instrument,
        "claim_amount_fen": found.claim_fen,
        "livelihood": found.livelihood,
        "sealed": found.sealed,
        "version": found.version,
        "parties": [_party(party, addresses[party.id], kit, full=full) for party in parties],
    }


def party_card(actor: Actor, party: Party, kit: Kit) -> dict[str, Any]:
    """Return one party with its addresses, whole for the case's own officer only."""
    full = db.session.scalar(select(Case.officer_id).where(Case.id == party.case_id)) == actor.id
    return _party(party, _addresses_of([party.id])[party.id], kit, full=full)


def _addresses_of(party_ids: Sequence[str]) -> dict[str, list[Address]]:
    found: dict[str, list[Address]] = defaultdict(list)
    for row in db.session.scalars(
        select(Address).where(Address.party_id.in_(party_ids)).order_by(Address.created_at, Address.id)
    ):
        found[row.party_id].append(row)
    return found


def _party(party: Party, addresses: list[Address], kit: Kit, *, full: bool) -> dict[str, Any]:
    name, legal_rep = party.name_masked, ""
    if full:
        name = kit.vault.open_sealed(party.name_sealed, f"party.name:{party.id}")
    if party.legal_rep_sealed:
        legal_rep = kit.vault.open_sealed(party.legal_rep_sealed, f"party.legal_rep:{party.id}")
    return {
        "id": party.id,
        "role": party.role,
        "role_label": PARTY_ROLE_LABELS[PartyRole(party.role)],
        "kind": party.kind,
        "name": name,
        "id_no_masked": party.id_no_masked,
        "phone_masked": party.phone_masked,
        "legal_rep": legal_rep if full else identity.mask_name(legal_rep) if legal_rep else "",
        "minor": party.minor,
        "incapacitated": party.incapacitated,
        "addresses": [address_card(row, kit, full=full) for row in addresses],
    }


def address_card(row: Address, kit: Kit, *, full: bool) -> dict[str, Any]:
    """Return an address, whole or down to its community."""
    return {
        "id": row.id,
        "text": kit.vault.open_sealed(row.text_sealed, f"address.text:{row.id}") if full else row.text_masked,
        "source": row.source,
        "confirmed_on": row.confirmed_on,
        "community": row.community,
        "street": row.street,
        "lng": row.lng if full else None,
        "lat": row.lat if full else None,
        "datum": row.datum,
    }
