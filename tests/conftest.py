"""What every test gets: walls against the outside; and, for those that ask, an app on a fresh database of each kind.

Fixtures import the app themselves: a unit test must start without loading it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.walls import raise_walls

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from grid.core.settings import Settings
    from tests.support.district import District
    from tests.support.postgres import Cluster

BACKENDS: Final = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever needs a database on both kinds, unless its marker names one and says why."""
    if "backend" not in metafunc.fixturenames:
        return
    only = metafunc.definition.get_closest_marker("only_database")
    if only is not None and not only.kwargs.get("reason"):
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: only_database needs a reason")
    metafunc.parametrize("backend", only.args if only else BACKENDS, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests last: the loop Playwright leaves running would meet those of other tests."""
    items.sort(key=lambda item: "functional" in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def walls() -> Iterator[None]:
    """Forbid sockets to anywhere but this machine for the whole session."""
    with pytest.MonkeyPatch.context() as patch:
        raise_walls(patch)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Give a private PostgreSQL server."""
    from tests.support.postgres import running_cluster

    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgresql_template(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the name of a migrated database nobody is connected to."""
    from tests.support import databases

    return databases.postgresql_template(postgres, tmp_path_factory.mktemp("postgresql-template"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file nobody has open."""
    from tests.support import databases

    return databases.sqlite_template(tmp_path_factory.mktemp("sqlite-template"))


@pytest.fixture(scope="session")
def district_folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a folder for the keys of each kind's district template."""
    return {backend: tmp_path_factory.mktemp(f"{backend}-district") for backend in BACKENDS}


@pytest.fixture(scope="session")
def postgresql_district(postgres: Cluster, district_folders: dict[str, Path]) -> str:
    """Give the name of a database with the demo district."""
    from tests.support import databases

    return databases.postgresql_template(postgres, district_folders["postgresql"], district=True)


@pytest.fixture(scope="session")
def sqlite_district(district_folders: dict[str, Path]) -> Path:
    """Give a SQLite file with the demo district."""
    from tests.support import databases

    return databases.sqlite_template(district_folders["sqlite"], district=True)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a fresh migrated database of the test's own, with the district when asked for; once on each kind."""
    from tests.support import databases

    template = "district" if "district" in request.fixturenames else "template"
    if backend == "sqlite":
        yield databases.sqlite_copy(request.getfixturevalue(f"sqlite_{template}"), tmp_path)
    else:
        cluster = request.getfixturevalue("postgres")
        with databases.postgresql_copy(cluster, request.getfixturevalue(f"postgresql_{template}")) as url:
            yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Give the settings of the app under test: cheap passwords, no brake; override the fixture to change them."""
    from grid.core.settings import Settings

    return Settings(
        data_dir=tmp_path / "data",
        database_url=database_url,
        argon2_memory_kib=64,
        argon2_time_cost=1,
        sign_in_per_minute=1_000_000,
        verify_per_minute=1_000_000,
        sync_per_minute=1_000_000,
        log_level="ERROR",
    )


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Flask]:
    """Give the whole application on its own database; push `app.app_context()` to reach it without HTTP."""
    from api import limits, shell
    from app import create_app
    from grid.models import db

    limits.forget()
    # Reading the built front end takes longer than all the rest; test_shell.py builds a small one to look at.
    monkeypatch.setattr(shell, "DIST", tmp_path / "no-front-end")
    application = create_app(settings)
    application.testing = True
    yield application
    application.extensions["grid_kit"].close()
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a client that keeps cookies, like one browser."""
    return app.test_client()


@pytest.fixture
def district(app: Flask, backend: str, district_folders: dict[str, Path], settings: Settings) -> District:
    """Give the demo district with its people and a copy of its keys."""
    from tests.support.district import read_district

    shutil.copytree(district_folders[backend] / "keys", settings.data_dir / "keys")
    return read_district(app)
