"""Fresh migrated databases, cheap enough for one a test: a copied SQLite file, a PostgreSQL copy of a template."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from flask_migrate import upgrade

from app import create_app
from grid.core.settings import Settings
from grid.models import db
from tests.support.district import found_district
from tests.support.postgres import Cluster

MIGRATIONS: Final = Path(__file__).resolve().parents[2] / "migrations"
_numbers = count(1)


def migrate(url: str, data_dir: Path, *, district: bool = False) -> None:
    """Bring a database to the newest migration, as `flask setup` does, found the district if asked, and let go."""
    app = create_app(
        Settings(data_dir=data_dir, database_url=url, log_level="ERROR", argon2_memory_kib=64, argon2_time_cost=1)
    )
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        if district:
            found_district(app)
        db.session.remove()
        db.engine.dispose()


def sqlite_template(folder: Path, *, district: bool = False) -> Path:
    """Make the SQLite file that every test's file is copied from; its keys lie beside it."""
    path = folder / "template.sqlite3"
    migrate(f"sqlite:///{path}", folder, district=district)
    # Nobody holds it any more, so SQLite has folded the log back into the file; a copy of it alone is whole.
    if path.with_name(path.name + "-wal").exists():
        raise RuntimeError("the template is still open: a copy would lack its latest pages")
    return path


def postgresql_template(cluster: Cluster, folder: Path, *, district: bool = False) -> str:
    """Make the database that every test's database is copied from; returns its name."""
    name = "grid_district" if district else "grid_template"
    cluster.create(name)
    migrate(cluster.url(name), folder, district=district)
    return name


def sqlite_copy(template: Path, folder: Path) -> str:
    """Copy the template into a folder; returns the url."""
    path = folder / "grid.sqlite3"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


@contextmanager
def postgresql_copy(cluster: Cluster, template: str) -> Iterator[str]:
    """Copy the template to a database with a name of its own, dropped at the end; yields the url."""
    name = f"grid_test_{next(_numbers)}"
    cluster.create(name, template)
    try:
        yield cluster.url(name)
    finally:
        cluster.drop(name)
