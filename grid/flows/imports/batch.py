"""One uploaded table: checked at once, its good rows sealed until they are created, then forgotten."""

import base64
import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.errors import InvalidInput, NotFound
from grid.core.errors.imports import ImportNotReady, NothingToImport
from grid.core.ids import new_id
from grid.flows import jobs, ledger
from grid.flows.imports import people_import, task_check, task_columns, unit_import
from grid.flows.imports.checked import Checked
from grid.models import ImportBatch, db
from grid.rules.permissions import Action
from grid.tools.kit import Kit
from grid.tools.tabular import Column, Table, read_table

JOB = "import"
AT_ONCE = 500
"""Rows created within the request; more become a job."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of table: its columns, its permission and its check."""

    code: str
    label: str
    action: Action
    columns: tuple[Column, ...]
    samples: Sequence[dict[str, Any]]
    notes: Sequence[str]
    check: Callable[[Actor, Table, Kit, datetime], Checked]
    always_job: bool = False


KINDS: dict[str, ImportKind] = {
    kind.code: kind
    for kind in (
        ImportKind("tasks", "任务", Action.IMPORT_DISPATCH, task_columns.COLUMNS, task_columns.SAMPLES,
                   task_columns.NOTES, task_check.check_tasks),
        ImportKind("people", "人员", Action.PERSON_IMPORT, people_import.COLUMNS, people_import.SAMPLES,
                   people_import.NOTES, people_import.check_people, always_job=True),
        ImportKind("units", "单位", Action.UNIT_WRITE, unit_import.COLUMNS, unit_import.SAMPLES, unit_import.NOTES,
                   unit_import.check_units),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read and checked, not yet kept."""

    kind: ImportKind
    file_name: str
    sha256: str
    checked: Checked


def check_file(actor: Actor, code: str, file_name: str, content: bytes, kit: Kit, now: datetime) -> Read:
    """Read and check a table without writing anything; raises the reader's problems, InvalidInput for no rows."""
    kind = KINDS[code]
    table = read_table(content, file_name, kind.columns)
    if not table.rows:
        raise InvalidInput(fields={"file": ["表里没有数据行，请填写后再导入"]})
    return Read(kind, file_name, hashlib.sha256(content).hexdigest(), kind.check(actor, table, kit, now))


def keep_batch(actor: Actor, read: Read, kit: Kit, now: datetime) -> ImportBatch:
    """Keep the dry run's result and the sealed good rows until they are committed."""
    checked, batch_id = read.checked, new_id()
    batch = ImportBatch(
        id=batch_id,
        court_id=actor.court_id,
        person_id=actor.id,
        kind=read.kind.code,
        file_name=read.file_name[:200],
        file_sha256=read.sha256,
        state="checked",
        rows_total=checked.total,
        rows_good=len(checked.rows),
        rows_bad=checked.bad,
        duplicates=checked.duplicates,
        problems=checked.problems,
        preview=checked.preview,
        rows_sealed=seal_rows(batch_id, checked.rows, kit) if checked.rows else None,
        created_at=now,
    )
    db.session.add(batch)
    ledger.record(
        "import.checked", actor, now, object_id=batch_id, after=read.sha256, kind=read.kind.code, rows=checked.total,
        good=len(checked.rows), bad=checked.bad, duplicates=checked.duplicates,
    )  # fmt: skip
    return batch


def seal_rows(batch_id: str, rows: list[dict[str, Any]], kit: Kit) -> str:
    """Return rows packed and sealed as one text."""
    packed = base64.b64encode(zlib.compress(orjson.dumps(rows), 1)).decode()
    return kit.vault.seal(packed, f"import_batch.rows:{batch_id}")


def open_rows(batch: ImportBatch, kit: Kit) -> list[dict[str, Any]]:
    """Return the good rows of a batch that was not committed yet."""
    if batch.rows_sealed is None:
        return []
    packed = kit.vault.open_sealed(batch.rows_sealed, f"import_batch.rows:{batch.id}")
    rows: list[dict[str, Any]] = orjson.loads(zlib.decompress(base64.b64decode(packed)))
    return rows


def own_batch(actor: Actor, batch_id: str, *, lock: bool = False) -> ImportBatch:
    """Return one of the actor's own imports; raises NotFound."""
    query = select(ImportBatch).where(ImportBatch.id == batch_id)
    batch = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if batch is None or batch.person_id != actor.id:
        raise NotFound
    return batch


def begin_commit(actor: Actor, batch_id: str, now: datetime) -> ImportBatch:
    """Start to create the good rows: small tables within the request, larger ones as a job."""
    batch = own_batch(actor, batch_id, lock=True)
    if batch.state != "checked":
        raise ImportNotReady(state=batch.state)
    if not batch.rows_good:
        raise NothingToImport
    batch.state = "committing"
    if batch.rows_good > AT_ONCE or KINDS[batch.kind].always_job:
        batch.job_id = jobs.enqueue(actor, JOB, {"import_id": batch.id}, now, total=batch.rows_good).id
    return batch


def end_commit(actor: Actor, batch: ImportBatch, now: datetime) -> None:
    """Close a batch: its personal data is forgotten, what it created stays."""
    batch.state = "done"
    batch.rows_sealed = None
    batch.preview = []
    batch.committed_at = now
    ledger.record("import.done", actor, now, object_id=batch.id, kind=batch.kind, created=batch.created_count)
