"""Who may do what to whose: one table, Action × Role → Scope (domain handbook §13).

A flow or a route asks `check`; a list filters its query by `scope_of`. A role without a line has no scope.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from grid.core.actor import Actor
from grid.core.errors import NotAllowed, NotFound
from grid.core.errors.permissions import OwnWork
from grid.core.words.roles import Role
from grid.core.words.verbs import Verb


class Scope(StrEnum):
    """How far a role's hand reaches, from nothing to everything."""

    NONE = "none"
    OWN = "own"
    UNIT = "unit"
    COURT = "court"
    ANY = "any"


class Action(StrEnum):
    """Everything a person can ask of the product; one line of the table each."""

    SIGN_IN = "session.sign_in"
    SESSION_SELF = "session.self"
    ACCOUNT_SELF = "account.self"
    UNIT_READ = "unit.read"
    UNIT_WRITE = "unit.write"
    PERSON_READ = "person.read"
    PERSON_WRITE = "person.write"
    PERSON_IMPORT = "person.import"
    CASE_READ = "case.read"
    CASE_WRITE = "case.write"
    PARTY_REVEAL = "party.reveal"
    TASK_CREATE = "task.create"
    TASK_DISPATCH = "task.dispatch"
    TASK_READ = "task.read"
    TASK_ROUTE = "task.route"
    TASK_TRANSFER = "task.transfer"
    TASK_RECALL = "task.recall"
    TASK_TAKE = "task.take"
    TASK_RETURN = "task.return"
    TASK_REPORT = "task.report"
    TASK_REVIEW = "task.review"
    TASK_ARCHIVE = "task.archive"
    TASK_REOPEN = "task.reopen"
    TASK_APPROVE_SENSITIVE = "task.approve_sensitive"
    ORIGINAL_RECEIVE = "original.receive"
    LEFT_SERVICE_RECORD = "left_service.record"
    LEFT_SERVICE_APPROVE = "left_service.approve"
    EVIDENCE_READ = "evidence.read"
    EVIDENCE_ORIGINAL = "evidence.original"
    RECEIPT_READ = "receipt.read"
    RECEIPT_CORRECT = "receipt.correct"
    RECEIPT_APPROVE = "receipt.approve"
    REGISTER_READ = "register.read"
    REGISTER_EXPORT = "register.export"
    EXPORT_PERSONAL = "export.personal"
    EXPORT_APPROVE = "export.approve"
    ASSESSMENT_READ = "assessment.read"
    SETTING_READ = "setting.read"
    SETTING_WRITE = "setting.write"
    LEDGER_READ = "ledger.read"
    DEVICE_READ = "device.read"
    MESSAGE_READ = "message.read"
    REFERENCE_READ = "reference.read"
    IMPORT_DISPATCH = "import.dispatch"
    PRINT_PACKET = "print.packet"
    JOB_READ = "job.read"
    SYNC_PUSH = "sync.push"
    SYNC_PULL = "sync.pull"
    UPLOAD_WRITE = "upload.write"
    PUBLIC_VERIFY = "public.verify"
    PUBLIC_REFERENCE = "public.reference"
    METRICS_READ = "metrics.read"


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """Whose a thing is: its court, the path of the unit it lies in ('' when in none), the people it belongs to."""

    court_id: str
    unit_path: str
    owner_ids: frozenset[str] = frozenset()


PUBLIC_ACTIONS = frozenset({Action.SIGN_IN, Action.PUBLIC_VERIFY, Action.PUBLIC_REFERENCE, Action.METRICS_READ})
"""What anybody may ask without signing in; metrics has a door of its own (this machine, or a token)."""

_COLUMNS: dict[str, Role] = {
    "O": Role.CASE_OFFICER,
    "C": Role.COMMAND_CENTRE,
    "A": Role.COURT_ADMIN,
    "D": Role.DISTRICT_CENTRE,
    "S": Role.STREET_CENTRE,
    "L": Role.GRID_LEADER,
    "W": Role.GRID_WORKER,
    "X": Role.ASSESSOR,
    "U": Role.AUDITOR,
    "Y": Role.SYSADMIN,
}
_EVERYONE = "OCADSLWXUY"


def _line(own: str = "", unit: str = "", court: str = "", everything: str = "") -> dict[Role, Scope]:
    letters = {Scope.OWN: own, Scope.UNIT: unit, Scope.COURT: court, Scope.ANY: everything}
    return {_COLUMNS[letter]: scope for scope, roles in letters.items() for letter in roles}


A = Action
TABLE: Mapping[Action, Mapping[Role, Scope]] = {
    A.SIGN_IN: _line(everything=_EVERYONE),
    A.SESSION_SELF: _line(own=_EVERYONE),
    A.ACCOUNT_SELF: _line(own=_EVERYONE),
    A.UNIT_READ: _line(unit="DSLW", court="OCAXU", everything="Y"),
    A.UNIT_WRITE: _line(everything="Y"),
    A.PERSON_READ: _line(own="W", unit="DSL", court="OCAXU", everything="Y"),
    A.PERSON_WRITE: _line(unit="DS", everything="Y"),
    A.PERSON_IMPORT: _line(unit="DS", everything="Y"),
    # A worker meets the addressee on the task card (task.read), never the case file.
    A.CASE_READ: _line(own="O", court="CA"),
    A.CASE_WRITE: _line(own="O"),
    A.PARTY_REVEAL: _line(own="O", court="CA"),
    A.TASK_CREATE: _line(own="O", court="C"),
    A.TASK_DISPATCH: _line(own="O", court="C"),
    A.TASK_READ: _line(own="OW", unit="DSL", court="CAU"),
    A.TASK_ROUTE: _line(unit="DSL", court="C"),
    A.TASK_TRANSFER: _line(unit="DSL", court="C"),
    A.TASK_RECALL: _line(own="O", court="C"),
    A.TASK_TAKE: _line(own="W", unit="L"),
    A.TASK_RETURN: _line(own="W", unit="L"),
    A.TASK_REPORT: _line(own="WL"),
    A.TASK_REVIEW: _line(own="O", court="C"),
    A.TASK_ARCHIVE: _line(own="O", court="C"),
    A.TASK_REOPEN: _line(court="AU"),
    A.TASK_APPROVE_SENSITIVE: _line(court="A"),
    A.ORIGINAL_RECEIVE: _line(own="O", court="C"),
    A.LEFT_SERVICE_RECORD: _line(own="O"),
    A.LEFT_SERVICE_APPROVE: _line(court="A"),
    # The district centre counts visits but does not look at them; the assessor's masked sample comes with assessment.
    A.EVIDENCE_READ: _line(own="OW", unit="SL", court="CAU"),
    A.EVIDENCE_ORIGINAL: _line(own="O", court="CA"),
    A.RECEIPT_READ: _line(own="OW", unit="SL", court="CAU"),
    A.RECEIPT_CORRECT: _line(own="O", court="C"),
    A.RECEIPT_APPROVE: _line(court="A"),
    A.REGISTER_READ: _line(own="OW", unit="DSL", court="CAXU"),
    A.REGISTER_EXPORT: _line(own="O", unit="DS", court="CAX"),
    A.EXPORT_PERSONAL: _line(own="O", court="CA"),
    A.EXPORT_APPROVE: _line(court="A"),
    A.ASSESSMENT_READ: _line(own="OW", unit="DSL", court="CAXU"),
    A.SETTING_READ: _line(court="CAU", everything="Y"),
    A.SETTING_WRITE: _line(court="A", everything="Y"),
    A.LEDGER_READ: _line(court="CAU"),
    A.DEVICE_READ: _line(own="W", unit="DSL", court="CU", everything="Y"),
    A.MESSAGE_READ: _line(own=_EVERYONE),
    A.REFERENCE_READ: _line(own=_EVERYONE),
    A.IMPORT_DISPATCH: _line(own="O", court="C"),
    A.PRINT_PACKET: _line(own="O", court="C"),
    A.JOB_READ: _line(own=_EVERYONE),
    A.SYNC_PUSH: _line(own="WL"),
    A.SYNC_PULL: _line(own="WL"),
    A.UPLOAD_WRITE: _line(own="WL"),
    A.PUBLIC_VERIFY: _line(everything=_EVERYONE),
    A.PUBLIC_REFERENCE: _line(everything=_EVERYONE),
    A.METRICS_READ: _line(everything=_EVERYONE),
}

VERB_ACTIONS: Mapping[Verb, Action] = {
    Verb.DISPATCH: A.TASK_DISPATCH,
    Verb.ROUTE: A.TASK_ROUTE,
    Verb.TAKE: A.TASK_TAKE,
    Verb.RETURN_UNIT: A.TASK_RETURN,
    Verb.BEGIN: A.TASK_REPORT,
    Verb.REPORT: A.TASK_REPORT,
    Verb.VERIFY: A.TASK_REVIEW,
    Verb.SEND_BACK: A.TASK_REVIEW,
    Verb.RECORD_LEFT: A.LEFT_SERVICE_RECORD,
    Verb.APPROVE: A.TASK_REVIEW,
    Verb.ARCHIVE: A.TASK_ARCHIVE,
    Verb.RECALL: A.TASK_RECALL,
    Verb.SUSPEND: A.TASK_RECALL,
    Verb.RESUME: A.TASK_RECALL,
    Verb.TRANSFER: A.TASK_TRANSFER,
    Verb.REOPEN: A.TASK_REOPEN,
}


def scope_of(action: Action, role: Role | None) -> Scope:
    """Return how far the role reaches with this action; role None is a visitor who has not signed in."""
    if role is None:
        return Scope.ANY if action in PUBLIC_ACTIONS else Scope.NONE
    return TABLE[action].get(role, Scope.NONE)


def can(actor: Actor | None, action: Action, facts: ObjectFacts | None = None) -> bool:
    """Tell whether the actor may do this to that thing; without facts, whether to anything at all."""
    scope = scope_of(action, actor.role if actor else None)
    if scope in (Scope.NONE, Scope.ANY) or facts is None or actor is None:
        return scope != Scope.NONE
    return _reaches(scope, actor, facts)


def _reaches(scope: Scope, actor: Actor, facts: ObjectFacts) -> bool:
    if actor.id in facts.owner_ids:
        return True
    if scope == Scope.OWN or actor.court_id != facts.court_id:
        return False
    # An empty path would be a prefix of every path: somebody without a unit reaches nothing by unit.
    return scope == Scope.COURT or (actor.unit_path != "" and facts.unit_path.startswith(actor.unit_path))


def check(actor: Actor | None, action: Action, facts: ObjectFacts | None = None) -> None:
    """Raise NotAllowed when the role never may, NotFound when the thing lies out of reach and must stay unknown."""
    if can(actor, action, facts):
        return
    if scope_of(action, actor.role if actor else None) == Scope.NONE:
        raise NotAllowed(action=str(action))
    raise NotFound


def check_can_review(actor: Actor, made_by: frozenset[str]) -> None:
    """Raise OwnWork when the actor is among those who made the work under review."""
    if actor.id in made_by:
        raise OwnWork
