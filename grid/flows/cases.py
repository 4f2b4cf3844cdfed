"""Found a case file, mend it, add parties and addresses, and show one personal field with a reason."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import Conflict, InvalidInput, NotFound
from grid.core.errors.cases import CaseChanged, CaseExists
from grid.core.words.parties import PersonalField
from grid.core.words.roles import Role
from grid.flows import ledger
from grid.flows.faults import Faults
from grid.flows.parties import build_address, build_party
from grid.models import Address, Case, Party, db
from grid.rules import identity, permissions
from grid.rules.permissions import Action, ObjectFacts
from grid.tools.kit import Kit
from grid.tools.vault import Vault

MAX_PARTIES = 50


def facts_of_case(case: Case) -> ObjectFacts:
    """Return whose a case is: its officer's."""
    return ObjectFacts(case.court_id, "", frozenset({case.officer_id}))


def case_for(actor: Actor, case_id: str, action: Action, *, lock: bool = False) -> Case:
    """Return a case the actor may use so; raises NotFound out of reach."""
    query = select(Case).where(Case.id == case_id)
    case = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if case is None:
        raise NotFound
    permissions.check(actor, action, facts_of_case(case))
    return case


def create_case(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> Case:
    """Found a case with its parties; the same id again returns what was founded. Raises CaseExists, InvalidInput."""
    known = db.session.get(Case, args["id"])
    if known is not None:
        permissions.check(actor, Action.CASE_WRITE, facts_of_case(known))
        return known
    faults = Faults()
    number = faults.check("case_no", identity.parse_case_no, args["case_no"])
    instrument = _instrument(args["title_instrument"], faults)
    parties = [
        _party_with_addresses(args["id"], data, f"parties.{n}.", faults, kit.vault, now)
        for n, data in enumerate(args["parties"])
    ]
    faults.refuse()
    if number is None:
        raise InvalidInput
    if db.session.scalar(select(Case.id).where(Case.court_id == actor.court_id, Case.case_no == number.text)):
        raise CaseExists(fields={"case_no": [CaseExists.title]})
    case = Case(
        id=args["id"],
        court_id=actor.court_id,
        department_id=actor.unit_id if actor.role == Role.CASE_OFFICER else None,
        officer_id=actor.id,
        case_no=number.text,
        serial=number.serial,
        cause=identity.normalise_text(args["cause"]),
        title_instrument=instrument,
        claim_fen=args["claim_amount_fen"],
        livelihood=args["livelihood"],
        sealed=args["sealed"],
        created_at=now,
    )
    db.session.add(case)
    db.session.flush()
    for party, addresses in parties:
        _store_party(party, addresses)
    ledger.record("case.created", actor, now, object_id=case.id, parties=len(parties))
    return case


def _instrument(text: str | None, faults: Faults) -> str:
    if not text:
        return ""
    checked = faults.check("title_instrument", identity.check_title_instrument, text)
    return checked.value if checked else ""


def _party_with_addresses(
    case_id: str, data: dict[str, Any], path: str, faults: Faults, vault: Vault, now: datetime
) -> tuple[Party, list[Address]]:
    party = build_party(case_id, data, path, faults, vault, now)
    addresses = [
        build_address(data["id"], item, f"{path}addresses.{n}.", faults, vault, now)
        for n, item in enumerate(data["addresses"])
    ]
    return party, addresses


def _store_party(party: Party, addresses: list[Address]) -> None:
    db.session.add(party)
    db.session.flush()
    db.session.add_all(addresses)
    db.session.flush()


def change_case(actor: Actor, case_id: str, change: dict[str, Any], now: datetime) -> Case:
    """Mend a case's own facts, never its number; raises CaseChanged when the screen was old."""
    case = case_for(actor, case_id, Action.CASE_WRITE, lock=True)
    version = change.pop("version", None)
    if version is not None and version != case.version:
        raise CaseChanged(version=case.version)
    faults = Faults()
    if "title_instrument" in change:
        case.title_instrument = _instrument(change["title_instrument"], faults)
    faults.refuse()
    if "cause" in change:
        case.cause = identity.normalise_text(change["cause"])
    if "claim_amount_fen" in change:
        case.claim_fen = change["claim_amount_fen"]
    for flag in ("livelihood", "sealed"):
        if flag in change:
            setattr(case, flag, change[flag])
    case.version += 1
    ledger.record("case.changed", actor, now, object_id=case.id, columns=sorted(change))
    return case


def add_party(actor: Actor, case_id: str, data: dict[str, Any], kit: Kit, now: datetime) -> Party:
    """Add a party to a case; the same id again returns the party that is there."""
    case = case_for(actor, case_id, Action.CASE_WRITE, lock=True)
    known = db.session.get(Party, data["id"])
    if known is not None:
        if known.case_id != case.id:
            raise Conflict
        return known
    if len(db.session.scalars(select(Party.id).where(Party.case_id == case.id)).all()) >= MAX_PARTIES:
        raise InvalidInput(fields={"_": [f"一个案件最多 {MAX_PARTIES} 名当事人"]})
    faults = Faults()
    party, addresses = _party_with_addresses(case.id, data, "", faults, kit.vault, now)
    faults.refuse()
    _store_party(party, addresses)
    case.version += 1
    ledger.record("party.added", actor, now, object_id=party.id, case=case.id, role=party.role)
    return party


def party_for(actor: Actor, party_id: str, action: Action) -> Party:
    """Return a party of a case the actor may use so; raises NotFound out of reach."""
    party = db.session.get(Party, party_id)
    if party is None:
        raise NotFound
    case_for(actor, party.case_id, action)
    return party


def add_address(actor: Actor, party_id: str, data: dict[str, Any], kit: Kit, now: datetime) -> Party:
    """Add an address with its source to a party; the same id again changes nothing."""
    party = party_for(actor, party_id, Action.CASE_WRITE)
    known = db.session.get(Address, data["id"])
    if known is not None:
        if known.party_id != party.id:
            raise Conflict
        return party
    faults = Faults()
    address = build_address(party.id, data, "", faults, kit.vault, now)
    faults.refuse()
    db.session.add(address)
    ledger.record("address.added", actor, now, object_id=party.id, address=address.id, source=address.source)
    return party


def reveal(actor: Actor, party_id: str, field: PersonalField, reason: str, kit: Kit, now: datetime) -> str:
    """Show one personal field once; who, what and why is written down, the value is not."""
    party = party_for(actor, party_id, Action.PARTY_REVEAL)
    ledger.record("personal.revealed", actor, now, object_id=party.id, field=str(field), reason=reason)
    if field == PersonalField.ADDRESS:
        rows = db.session.scalars(select(Address).where(Address.party_id == party.id).order_by(Address.created_at))
        texts = [kit.vault.open_sealed(row.text_sealed, f"address.text:{row.id}") for row in rows]
        return "；".join(texts)
    sealed = {
        PersonalField.NAME: party.name_sealed,
        PersonalField.ID_NO: party.id_no_sealed,
        PersonalField.PHONE: party.phone_sealed,
    }[field]
    return kit.vault.open_sealed(sealed, f"party.{field}:{party.id}") if sealed else ""
