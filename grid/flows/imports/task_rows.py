"""Turn checked task rows into table rows: sealed once, in the order the columns below name them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from grid.core.ids import new_id
from grid.core.words.deadlines import Step
from grid.core.words.tasks import TaskState
from grid.flows.papers import papers_summary
from grid.flows.parties import masked_address
from grid.kinds import DELIVERY
from grid.models import Address, Case, DocumentLine, ImportKey, Party, Task
from grid.reads.places import Picture
from grid.rules import identity, sla
from grid.rules.calendar import WorkCalendar, end_of_day
from grid.rules.routing import Destination
from grid.rules.sla import LADDER
from grid.tools.vault import Vault

CASE = ("id", "court_id", "department_id", "officer_id", "case_no", "serial", "cause", "title_instrument", "claim_fen",
        "stage", "livelihood", "sealed", "version", "created_at")  # fmt: skip
PARTY = ("id", "case_id", "role", "kind", "name_sealed", "name_index", "name_masked", "id_no_sealed", "id_no_index",
         "id_no_masked", "phone_sealed", "phone_masked", "legal_rep_sealed", "minor", "incapacitated", "facts",
         "created_at")  # fmt: skip
ADDRESS = ("id", "party_id", "text_sealed", "text_masked", "street", "community", "source", "confirmed_on", "lng",
           "lat", "datum", "created_at")  # fmt: skip
TASK = ("id", "no", "kind", "court_id", "case_id", "case_no", "addressee_id", "address_id", "mode", "state", "version",
        "officer_id", "unit_id", "unit_path", "street_id", "cell_id", "urgent", "sensitive", "instruction",
        "notes_sealed", "brief", "flags", "route_note", "rules_version", "batch_id", "rounds", "visit_count",
        "papers_text", "copies", "created_at", "dispatched_at", "routed_at", "take_due_at", "first_visit_due_at",
        "due_on", "due_at", "changed_at", "remind_at")  # fmt: skip
LINE = ("id", "task_id", "position", "type", "name", "no", "copies", "not_handed_reason")
KEY = ("court_id", "fingerprint", "object_id", "batch_id", "at")
TABLES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Case, CASE),
    (Party, PARTY),
    (Address, ADDRESS),
    (Task, TASK),
    (DocumentLine, LINE),
    (ImportKey, KEY),
)
"""The tables in the order that foreign keys ask for."""


class Clocks:
    """Deadlines of one import: the same for all rows that are equally urgent and due."""

    def __init__(self, table: dict[Step, sla.Sla], calendar: WorkCalendar, now: datetime) -> None:
        self.table, self.calendar, self.now = table, calendar, now
        self.kept: dict[tuple[bool, str | None], tuple[datetime, datetime, date, datetime]] = {}

    def of(self, urgent: bool, due_on: str | None) -> tuple[datetime, datetime, date, datetime]:
        """Return when to take, first visit, report (day and instant)."""
        key = (urgent, due_on)
        if key not in self.kept:
            due_at = end_of_day(date.fromisoformat(due_on)) if due_on else self._due(Step.REPORT_DELIVERY, urgent)
            local = sla.local_date(due_at)
            take, first = self._due(Step.TAKE, urgent), self._due(Step.FIRST_VISIT, urgent)
            self.kept[key] = (min(take, due_at), min(first, due_at), local, due_at)
        return self.kept[key]

    def _due(self, step: Step, urgent: bool) -> datetime:
        return sla.due_at(step, urgent, self.now, self.calendar, self.table)


class Rows:
    """Collects the rows of one chunk for every table."""

    def __init__(self, court_id: str, batch_id: str, vault: Vault, picture: Picture, clocks: Clocks) -> None:
        self.court_id, self.batch_id = court_id, batch_id
        self.vault, self.picture, self.clocks = vault, picture, clocks
        self.now = clocks.now
        self.found: dict[Any, list[tuple[Any, ...]]] = {table: [] for table, _ in TABLES}

    def case(self, row: dict[str, Any], department_id: str | None) -> str:
        """Add a case; returns its id."""
        case_id = new_id()
        self.found[Case].append(
            (case_id, self.court_id, department_id, row["officer"], row["case_no"], row["serial"], row["cause"],
             row["instrument"], None, "open", False, False, 1, self.now)
        )  # fmt: skip
        return case_id

    def party(self, case_id: str, party: dict[str, Any], name_index: str) -> str:
        """Add a party; returns its id."""
        party_id, seal = new_id(), self.vault.seal
        natural, number, phone = party["kind"] == "natural", party["id_no"], party["phone"]
        self.found[Party].append(
            (
                party_id, case_id, party["role"], party["kind"], seal(party["name"], f"party.name:{party_id}"),
                name_index, identity.mask_party_name(party["name"], natural=natural)[:80],
                seal(number, f"party.id_no:{party_id}") if number else None,
                self.vault.blind_index(number, "party.id_no") if number else None,
                identity.mask_id(number) if number else "",
                seal(phone, f"party.phone:{party_id}") if phone else None,
                identity.mask_phone(phone) if phone else "",
                seal(party["legal_rep"], f"party.legal_rep:{party_id}") if party["legal_rep"] else None,
                party["minor"], False, {}, self.now,
            )
        )  # fmt: skip
        return party_id

    def address(self, party_id: str, address: dict[str, Any], goal: Destination) -> str:
        """Add an address; returns its id."""
        address_id = new_id()
        community = address["community"] or goal.community
        self.found[Address].append(
            (
                address_id, party_id, self.vault.seal(address["text"], f"address.text:{address_id}"),
                masked_address(address["text"], community), goal.street, community, address["source"],
                date.fromisoformat(address["confirmed_on"]) if address["confirmed_on"] else None, address["lng"],
                address["lat"], "wgs84", self.now,
            )
        )  # fmt: skip
        return address_id

    def task(
        self, row: dict[str, Any], no: str, case_id: str, party_id: str, address_id: str, goal: Destination,
        home: tuple[str, str], record: Callable[..., None],
    ) -> tuple[str, TaskState]:  # fmt: skip
        """Add a task with its papers, its fingerprint and its event; returns its id and state."""
        task_id, now = new_id(), self.now
        take, first, due_on, due_at = self.clocks.of(row["urgent"], row["due_on"])
        waits = row["sensitive"]
        state = TaskState.DRAFT if waits else TaskState.ROUTED if goal.cell_id else TaskState.DISPATCHED
        routed = state is TaskState.ROUTED
        unit_id, unit_path = home if waits else (goal.unit_id, goal.unit_path)
        self.found[Task].append(
            (
                task_id, no, DELIVERY.code, self.court_id, case_id, row["case_no"], party_id, address_id,
                row["mode"], state.value, 1, row["officer"], unit_id, unit_path, None if waits else goal.street_id,
                None if waits else goal.cell_id, row["urgent"], waits, row["instruction"],
                self.vault.seal(row["notes"], f"task.notes:{task_id}") if row["notes"] else None, {}, [],
                "" if waits else goal.note, "1", self.batch_id, 0, 0,
                *papers_summary((name[:80], copies) for _, name, copies in row["papers"]), now, None if waits else now,
                now if routed else None, take if routed else None, first if routed else None, due_on, due_at, now,
                now + (take - now) * LADDER[0].share if routed else None,
            )
        )  # fmt: skip
        for position, (code, name, copies) in enumerate(row["papers"], 1):
            line = (new_id(), task_id, position, code, name[:80], row["paper_no"][:80], copies, "")
            self.found[DocumentLine].append(line)
        self.found[ImportKey].append((self.court_id, row["fp"], task_id, self.batch_id, now))
        record(
            "task.imported", object_id=task_id, task_id=task_id, to=state.value, no=no, mode=row["mode"],
            papers=[code for code, _, _ in row["papers"]], cell=None if waits else goal.cell_id, batch=self.batch_id,
        )  # fmt: skip
        return task_id, state
