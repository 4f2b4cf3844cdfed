"""Create the good rows of a task table, a chunk a transaction: every row once, whoever imports it how often."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.words.roles import GRID_ROLES, Role
from grid.core.words.tasks import TaskState
from grid.flows import feed, ledger, messages
from grid.flows.bulk import insert_rows
from grid.flows.imports.known import known_fingerprints
from grid.flows.imports.task_check import is_organisation
from grid.flows.imports.task_rows import TABLES, Clocks, Rows
from grid.flows.numbers import next_number, task_numbers
from grid.models import Address, Case, ImportBatch, Party, Person, Task, db
from grid.reads.court_settings import court_values, sla_of
from grid.reads.places import picture_of
from grid.tools.kit import Kit


def commit_tasks(
    actor: Actor, batch: ImportBatch, rows: Sequence[dict[str, Any]], kit: Kit, now: datetime, *, sure: bool = False
) -> int:  # fmt: skip
    """Create these rows' cases, parties, addresses and tasks and dispatch them; returns how many tasks are new.

    `sure` leaves out the second look for rows imported since the dry run: if there are any, the database refuses the
    chunk as a whole with IntegrityError, and the caller comes again without it.
    """
    # One import of a court at a time: two that found the same case must not both be refused.
    next_number(f"import:{batch.court_id}")
    known = set() if sure else known_fingerprints(batch.court_id, [row["fp"] for row in rows])
    fresh = [row for row in rows if row["fp"] not in known]
    if not fresh:
        return 0
    return _Chunk(actor, batch, kit, now).create(fresh)


class _Chunk:
    def __init__(self, actor: Actor, batch: ImportBatch, kit: Kit, now: datetime) -> None:
        self.actor, self.batch, self.kit, self.now = actor, batch, kit, now
        self.picture = picture_of(batch.court_id)
        values = court_values(batch.court_id, local_date(now))
        clocks = Clocks(sla_of(values), kit.calendar, now)
        self.rows = Rows(batch.court_id, batch.id, kit.vault, self.picture, clocks)
        self.cases: dict[str, tuple[str, str, bool]] = {}
        self.parties: dict[tuple[str, str, str], str] = {}
        self.addresses: dict[tuple[str, str], str] = {}

    def create(self, rows: list[dict[str, Any]]) -> int:
        self._read_known(rows)
        court = self.batch.court_id
        numbers = iter(task_numbers(court, local_date(self.now).year, len(rows)))
        record = partial(_record, self.actor, self.now)
        workers = _workers_by_cell(court)
        made = 0
        for row in rows:
            case = self._case(row)
            if case is None:
                continue
            row["sensitive"] = row["sensitive"] or self.cases[row["case_no"]][2]
            address = row["address"]
            goal = self.picture.destination(address["text"], address["community"], address["lng"], address["lat"])
            party_id = self._party(case, row["party"])
            self._creditor(case, row["creditor"])
            key = (party_id, address["text"])
            if key not in self.addresses:
                self.addresses[key] = self.rows.address(party_id, address, goal)
            home = (self.actor.unit_id, self.actor.unit_path)
            task_id, state = self.rows.task(
                row, next(numbers), case, party_id, self.addresses[key], goal, home, record
            )  # fmt: skip
            made += 1
            if state is TaskState.ROUTED:
                for person_id in workers.get(goal.cell_id or "", ()):
                    feed.tell_task(person_id, task_id, self.now)
        connection = db.session.connection()
        for table, columns in TABLES:
            insert_rows(connection, table.__table__, columns, self.rows.found[table])
        return made

    def _read_known(self, rows: list[dict[str, Any]]) -> None:
        numbers = {row["case_no"] for row in rows}
        for row in db.session.execute(
            select(Case.id, Case.case_no, Case.officer_id, Case.sealed).where(
                Case.court_id == self.batch.court_id, Case.case_no.in_(numbers)
            )
        ):
            self.cases[row.case_no] = (row.id, row.officer_id, row.sealed)
        case_ids = [case_id for case_id, _, _ in self.cases.values()]
        if not case_ids:
            return
        for party in db.session.execute(
            select(Party.id, Party.case_id, Party.role, Party.name_index).where(Party.case_id.in_(case_ids))
        ):
            self.parties[(party.case_id, party.role, party.name_index)] = party.id
        ids = list(self.parties.values())
        for address in db.session.execute(
            select(Address.id, Address.party_id, Address.text_sealed).where(Address.party_id.in_(ids))
        ):
            text = self.kit.vault.open_sealed(address.text_sealed, f"address.text:{address.id}")
            self.addresses[(address.party_id, text)] = address.id

    def _case(self, row: dict[str, Any]) -> str | None:
        known = self.cases.get(row["case_no"])
        if known is not None:
            # Founded by somebody else since the dry run: the row is left for that officer.
            return known[0] if known[1] == row["officer"] else None
        department = self.actor.unit_id if self.actor.role == Role.CASE_OFFICER else None
        case_id = self.rows.case(row, department)
        self.cases[row["case_no"]] = (case_id, row["officer"], False)
        return case_id

    def _party(self, case_id: str, party: dict[str, Any]) -> str:
        index = self.kit.vault.blind_index(party["name"], "party.name")
        key = (case_id, party["role"], index)
        if key not in self.parties:
            self.parties[key] = self.rows.party(case_id, party, index)
        return self.parties[key]

    def _creditor(self, case_id: str, name: str) -> None:
        if len(name) >= 2:
            kind = "legal" if is_organisation(name, "") else "natural"
            empty = {"id_no": "", "phone": "", "legal_rep": "", "minor": False}
            self._party(case_id, {"role": "creditor", "kind": kind, "name": name} | empty)


def _record(actor: Actor, now: datetime, action: str, **facts: Any) -> None:
    ledger.record(action, actor, now, **facts)


def _workers_by_cell(court_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in db.session.execute(
        select(Person.id, Person.unit_id).where(
            Person.court_id == court_id,
            Person.role.in_([role.value for role in GRID_ROLES]),
            Person.deactivated_at.is_(None),
        )
    ):
        found[row.unit_id].append(row.id)
    return found


def announce_batch(batch: ImportBatch, now: datetime) -> None:
    """Tell each worker once how many new tasks a whole import brought."""
    counts: dict[str, int] = defaultdict(int)
    workers = _workers_by_cell(batch.court_id)
    cells = db.session.scalars(
        select(Task.cell_id).where(Task.batch_id == batch.id, Task.state == TaskState.ROUTED.value)
    )
    for cell_id in cells:
        for person_id in workers.get(cell_id or "", ()):
            counts[person_id] += 1
    for person_id, count in counts.items():
        messages.send(
            person_id, "task.new", f"您有 {count} 件新任务", now, text="请及时接单",
            dedupe_key=f"import:{batch.id}:{person_id}",
        )  # fmt: skip
