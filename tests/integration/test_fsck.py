"""fsck: clean on honest data, and each kind of tampering is found and named."""

import hashlib
import os

import pytest
from flask import Flask
from sqlalchemy import text

from grid.core import clock
from grid.flows.checkpoint import make_checkpoint
from grid.flows.fsck import Report, fsck
from grid.flows.unit import transaction
from grid.models import Evidence, LedgerCheckpoint, Receipt, Task, Visit, db
from tests.integration.test_uploads import JPEG, create
from tests.support.district import District
from tests.support.handset import Handset
from tests.support.tasks import evidence, make_task, visit


@pytest.fixture
def lived(app: Flask, district: District) -> District:
    """A district with one reported delivery, its photo and a checkpoint."""
    phone = Handset(app, district)
    card = phone.take(make_task(app, district))
    report = visit(card)
    item = evidence("door") | {"sha256": hashlib.sha256(JPEG).hexdigest(), "size": len(JPEG)}
    report["evidence"][0] = item
    assert phone.push("visit.record", {"visit": report})["status"] == "done"
    assert create(phone, item, body=JPEG).status_code == 201
    with app.app_context(), transaction():
        make_checkpoint(district.kit, clock.now())
    return district


def run(app: Flask, district: District) -> Report:
    with app.app_context(), transaction():
        return fsck(district.kit, clock.now())


def unguarded(*statements: str) -> None:
    """Change ledger rows as somebody with full power over the database could."""
    name = db.engine.dialect.name
    if name == "postgresql":
        db.session.execute(text("ALTER TABLE ledger_leaf DISABLE TRIGGER USER"))
        db.session.execute(text("ALTER TABLE ledger_node DISABLE TRIGGER USER"))
    else:
        for trigger in db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            db.session.execute(text(f"DROP TRIGGER {trigger}"))
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()


def test_honest_data_is_clean_and_the_check_is_logged(app: Flask, lived: District, client) -> None:
    report = run(app, lived)
    assert report.findings == []
    assert (report.files, report.leaves > 100) == (1, True)
    with app.app_context():
        from grid.reads.ledger import overview

        assert overview()["last_fsck"]["findings"] == 0


FORGED = "UPDATE ledger_leaf SET body = replace(body, 'task.taken', 'task.tokem') WHERE action = 'task.taken'"
MOVED = (
    "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE level = 2 AND idx = 0) "
    "WHERE level = 1 AND idx = 3"
)
TAMPERINGS: dict[str, tuple[str, str]] = {
    "a leaf's words": ("leaf", FORGED),
    "a leaf's column": ("leaf", "UPDATE ledger_leaf SET action = 'x' WHERE idx = 3"),
    "a missing leaf": ("leaf", "DELETE FROM ledger_leaf WHERE idx = 7"),
    "a node": ("node", MOVED),
    "the head": ("head", "UPDATE ledger_head SET size = size - 1"),
    "a cut tail": ("checkpoint", "DELETE FROM ledger_leaf WHERE idx > 20"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_the_ledger_is_found(app: Flask, lived: District, name: str) -> None:
    kind, statement = TAMPERINGS[name]
    with app.app_context():
        unguarded(statement)
    assert kind in {finding.kind for finding in run(app, lived).findings}


def _change(model: type, **values: object) -> None:
    row = db.session.scalars(db.select(model)).first()
    for key, value in values.items():
        setattr(row, key, value)
    db.session.commit()


@pytest.mark.parametrize(
    ("kind", "model", "values"),
    [
        ("task", Task, {"state": "closed"}),
        ("visit", Visit, {"outcome": "refused"}),
        ("visit", Visit, {"digest": "0" * 64}),
        ("visit", Visit, {"body_sealed": "x"}),
        ("receipt", Receipt, {"manifest": [{"kind": "report", "name": "x", "sha256": "0" * 64}]}),
        ("receipt", Receipt, {"root": "0" * 64}),
        ("checkpoint", LedgerCheckpoint, {"root": os.urandom(32)}),
        ("file", Evidence, {"sha256": "0" * 64}),
    ],
)
def test_changed_rows_are_found(app: Flask, lived: District, kind: str, model: type, values: dict) -> None:
    with app.app_context():
        if model is Evidence:
            db.session.execute(text("UPDATE evidence SET sha256 = :x WHERE original_at IS NOT NULL"), {"x": "0" * 64})
            db.session.commit()
        else:
            _change(model, **values)
    assert kind in {finding.kind for finding in run(app, lived).findings}


def test_a_damaged_and_a_missing_file_are_found(app: Flask, lived: District) -> None:
    path = lived.kit.blobs.path_of(hashlib.sha256(JPEG).hexdigest())
    path.chmod(0o600)
    path.write_bytes(JPEG[:-1] + b"\x00")
    assert "损坏" in run(app, lived).findings[0].text
    path.unlink()
    assert "丢失" in run(app, lived).findings[0].text


def test_proofs_hold_for_every_leaf(app: Flask, lived: District) -> None:
    from grid.reads.ledger import proof
    from grid.rules.merkle import verify_inclusion

    with app.app_context():
        size = proof(0)["size"]
        for index in range(0, size, 7):
            found = proof(index)
            path = [bytes.fromhex(value) for value in found["path"]]
            assert verify_inclusion(bytes.fromhex(found["leaf_hash"]), index, size, path, bytes.fromhex(found["root"]))
