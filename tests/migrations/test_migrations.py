"""Migrations: up, down and up again, with data; the head is what the models say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from grid.core import clock
from grid.flows import ledger
from grid.flows.unit import transaction
from grid.models import Base, LedgerHead, LedgerLeaf, db
from tests.support.databases import MIGRATIONS


def test_the_head_is_what_the_models_say(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = [row for row in compare_metadata(context, Base.metadata) if "alembic_version" not in str(row)]
    assert differences == []


def test_down_takes_everything_away_and_up_brings_it_back(app: Flask) -> None:
    with app.app_context():
        downgrade(directory=str(MIGRATIONS), revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade(directory=str(MIGRATIONS))
        assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())
        with transaction():
            ledger.record("test.after", None, clock.now())
        assert db.session.scalars(db.select(LedgerLeaf.action)).all() == ["test.after"]


def test_an_upgrade_of_a_living_database_changes_nothing(app: Flask, district) -> None:
    with app.app_context():
        before = db.session.get_one(LedgerHead, 1).size
        db.session.rollback()
        upgrade(directory=str(MIGRATIONS))
        assert db.session.get_one(LedgerHead, 1).size == before
