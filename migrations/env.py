"""Alembic's entry: the app's engine, the models' metadata, SQLite in batch mode."""

from alembic import context
from flask import current_app

import grid.models  # every table must be known

database = current_app.extensions["migrate"].db


def run() -> None:
    """Migrate over one connection in one transaction."""
    with database.engine.connect().execution_options(grid_writing=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=grid.models.Base.metadata,
            compare_type=True,
            render_as_batch=connection.dialect.name == "sqlite",
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
