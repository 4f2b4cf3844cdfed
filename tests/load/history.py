"""Years of stored reports in a database: copies of one real report and of all that stands around it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from psycopg import Connection, sql
from sqlalchemy import select

from grid.core import clock
from grid.flows import feed, ledger
from grid.flows.unit import transaction
from grid.models import (
    Address,
    Case,
    Device,
    DocumentLine,
    Evidence,
    Mutation,
    Packet,
    Party,
    Slip,
    Task,
    Visit,
    db,
)
from tests.load.world import World, workers_of
from tests.support.tasks import visit

VISITS_PER_TASK: Final = 4
LEAVES_AT_ONCE: Final = 20_000
# What a report touches or adds to; none of it may be read whole.
TABLES: Final = (
    "visit",
    "evidence",
    "mutation",
    "task",
    "document_line",
    "party",
    "address",
    "ledger_leaf",
    "ledger_node",
    "feed",
)
TASK_OF: Final = f"((n - 1) / {VISITS_PER_TASK} + 1)"


def _id(block: int, number: str) -> str:
    """Write an id as old as can be, in order of its number: where the ids of years ago stand in an index."""
    return f"('00000000-0000-7{block:03x}-8000-' || lpad(to_hex({number}), 12, '0'))"


def _text(length: int, number: str) -> str:
    """Write hexadecimal text that differs by number."""
    return f"left(md5(({number})::text) || md5((-({number}))::text), {length})"


CASE, DEBTOR, CREDITOR, ADDRESS, TASK, LINE, VISIT, EVIDENCE, MUTATION, DEVICE = range(1, 11)


@dataclass
class History:
    """Adds stored reports of all workers to a world; ids count on where the last ones ended."""

    world: World
    reports: int = 0

    def __post_init__(self) -> None:
        """Let one phone make one real report: everything added later is a copy of its rows."""
        phone = self.world.phones[0]
        card = phone.cards[0]
        body = visit(card, "absent")
        entry = phone.handset.push("visit.record", {"visit": body})
        assert entry["status"] == "done", entry
        self._actors = [
            self.world.district.actor(self.world.district.person(staff_no))
            for staff_no in workers_of(self.world.district)
        ]
        with self.world.app.app_context():
            task = db.session.get_one(Task, card["id"])
            parties = {
                row.role: row.id
                for row in db.session.execute(select(Party.role, Party.id).where(Party.case_id == task.case_id))
            }
            self._case, self._task, self._address, self._visit = task.case_id, task.id, task.address_id, body["id"]
            self._debtor, self._creditor = parties["debtor"], parties["creditor"]
            self._lines = [one["id"] for one in card["documents"]]
            self._evidence = [one["id"] for one in body["evidence"]]
            self._mutation, self._device = entry["id"], phone.handset.device_id
            db.session.rollback()
        with self._connect() as connection:
            self._copy(
                connection, Device, self._device, 0, len(self._actors) - 1,
                {"id": _id(DEVICE, "n"), "person_id": self._worker("n")},
            )  # fmt: skip

    def grow(self, reports: int) -> None:
        """Add reports until there are so many: rows by SQL, ledger and feed by the product's own writer."""
        first, last = self.reports + 1, reports
        with ThreadPoolExecutor(1) as beside:
            rows = beside.submit(self._add_rows, first, last)
            self._add_leaves(first, last)
            rows.result()
        self.reports = last
        with self._connect() as connection:
            # What autovacuum and the checkpointer do within minutes, so that they do not do it while we measure.
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def rows_scanned(self) -> int:
        """Return how many rows were ever read by going through one of the tables from its start."""
        with self._connect() as connection:
            found = connection.execute(
                "SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname = ANY(%s)", [list(TABLES)]
            ).fetchone()
        return int(found[0])

    def size_gb(self) -> float:
        """Return the size of the whole database."""
        with self._connect() as connection:
            return int(connection.execute("SELECT pg_database_size(current_database())").fetchone()[0]) / 1e9

    def _connect(self) -> Connection[Any]:
        return self.world.bench.cluster.connect(self.world.database)

    def _worker(self, number: str) -> str:
        ids = ", ".join(f"'{actor.id}'" for actor in self._actors)
        return f"(ARRAY[{ids}])[({number}) % {len(self._actors)} + 1]"

    def _add_rows(self, first: int, last: int) -> None:
        tasks = (first - 1) // VISITS_PER_TASK + 1, last // VISITS_PER_TASK
        long_ago = "now() - interval '30 days'"
        with self._connect() as connection:
            # The copies are right by construction; checking their foreign keys would take most of the time.
            connection.execute("SET session_replication_role = replica")
            about = {"id": _id(CASE, "n"), "case_no": "'（2020）皖0503执' || n || '号'"}
            self._copy(connection, Case, self._case, *tasks, about)
            for block, template in ((DEBTOR, self._debtor), (CREDITOR, self._creditor)):
                self._copy(connection, Party, template, *tasks, {"id": _id(block, "n"), "case_id": _id(CASE, "n")})
            self._copy(
                connection, Address, self._address, *tasks, {"id": _id(ADDRESS, "n"), "party_id": _id(DEBTOR, "n")}
            )
            about = {
                "id": _id(TASK, "n"), "no": "'送2020-' || n", "case_id": _id(CASE, "n"), "state": "'closed'",
                "addressee_id": _id(DEBTOR, "n"), "address_id": _id(ADDRESS, "n"), "worker_id": self._worker("n"),
                "closed_at": long_ago, "remind_at": "NULL", "visit_count": str(VISITS_PER_TASK),
            }  # fmt: skip
            self._copy(connection, Task, self._task, *tasks, about)
            for place, template in enumerate(self._lines):
                about = {"id": _id(LINE, f"2 * n + {place}"), "task_id": _id(TASK, "n")}
                self._copy(connection, DocumentLine, template, *tasks, about)
            for model in (Packet, Slip):
                about = {"cti": f"upper({_text(16, 'n')})", "task_id": _id(TASK, "n")}
                self._copy(connection, model, self._task, *tasks, about, key="task_id")
            self._add_visits(connection, first, last)

    def _add_visits(self, connection: Connection[Any], first: int, last: int) -> None:
        at = "now() - interval '30 days' - interval '5 seconds' * (5000000 - n)"
        about = {
            "id": _id(VISIT, "n"), "task_id": _id(TASK, TASK_OF), "worker_id": self._worker(TASK_OF),
            "ordinal": f"(n - 1) % {VISITS_PER_TASK} + 1", "digest": _text(64, "n"), "received_at": at,
        }  # fmt: skip
        self._copy(connection, Visit, self._visit, first, last, about)
        for place, template in enumerate(self._evidence):
            about = {
                "id": _id(EVIDENCE, f"2 * n + {place}"), "visit_id": _id(VISIT, "n"), "task_id": _id(TASK, TASK_OF),
                "sha256": _text(64, f"2 * n + {place}"), "original_at": at, "checked_at": at,
            }  # fmt: skip
            self._copy(connection, Evidence, template, first, last, about)
        about = {
            "id": _id(MUTATION, "n"), "device_id": _id(DEVICE, f"{TASK_OF} % {len(self._actors)}"), "seq": "n",
            "digest": _text(64, "n"),
        }  # fmt: skip
        self._copy(connection, Mutation, self._mutation, first, last, about)

    @staticmethod
    def _copy(
        connection: Connection[Any], model: Any, template: str, first: int, last: int, about: Mapping[str, str],
        key: str = "id",
    ) -> None:  # fmt: skip
        """Copy one row for each number; `about` are SQL expressions over n for the columns that differ."""
        table = sql.Identifier(model.__tablename__)
        names = [column.name for column in model.__table__.columns]
        values = [sql.SQL(about[name]) if name in about else sql.Identifier("t", name) for name in names]
        statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} t, generate_series({}, {}) n WHERE t.{} = {}")
        connection.execute(
            statement.format(
                table, sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(", ").join(values), table,
                sql.Literal(first), sql.Literal(last), sql.Identifier(key), sql.Literal(template),
            )
        )  # fmt: skip

    def _add_leaves(self, first: int, last: int) -> None:
        now = clock.now()
        for start in range(first, last + 1, LEAVES_AT_ONCE):
            with self.world.app.app_context(), transaction():
                for number in range(start, min(start + LEAVES_AT_ONCE, last + 1)):
                    task = (number - 1) // VISITS_PER_TASK + 1
                    actor = self._actors[task % len(self._actors)]
                    visit_id, task_id = _old_id(VISIT, number), _old_id(TASK, task)
                    ledger.record(
                        "visit.recorded", actor, now, object_id=visit_id, task_id=task_id, after=f"{number:064x}",
                        visit=visit_id, outcome="absent", ordinal=1,
                    )  # fmt: skip
                    feed.tell_task(actor.id, task_id, now)


def _old_id(block: int, number: int) -> str:
    """Return the same id as the SQL of `_id`."""
    return f"00000000-0000-7{block:03x}-8000-{number:012x}"
