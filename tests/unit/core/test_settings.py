"""Settings: one file, overridden by the environment, refused when unknown or unsafe."""

from dataclasses import replace
from pathlib import Path

import pytest

from grid.core.settings import Settings, UnknownSetting, UnsafeSetting, load_settings

SAFE = {"GRID_MODE": "production", "GRID_PUBLIC_ORIGIN": "https://grid.example"}


PLAIN = replace(Settings(), data_dir=Path.cwd() / "var")
"""The defaults, with the folder spelled out: whoever sends a file may look from another folder."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "grid.toml"


def test_without_file_and_variables_the_defaults_stand(file: Path) -> None:
    assert load_settings(file, {}) == PLAIN


def test_the_file_is_read_and_the_environment_wins(file: Path) -> None:
    file.write_text('listen_port = 8100\nserver_workers = 4\ndata_dir = "data"\n', "utf-8")
    settings = load_settings(file, {"GRID_LISTEN_PORT": "8200"})
    assert (settings.listen_port, settings.server_workers, settings.data_dir) == (8200, 4, Path.cwd() / "data")


def test_the_environment_may_name_the_file(file: Path) -> None:
    file.write_text("listen_port = 8100\n", "utf-8")
    assert load_settings(environ={"GRID_CONFIG": str(file)}).listen_port == 8100


def test_other_variables_are_not_ours(file: Path) -> None:
    assert load_settings(file, {"PATH": "/bin", "GRIDLOCK": "1"}) == PLAIN


@pytest.mark.parametrize("environ", [{"GRID_LISTEN_PROT": "80"}, {"GRID_": "x"}])
def test_a_misspelt_name_is_refused(file: Path, environ: dict[str, str]) -> None:
    with pytest.raises(UnknownSetting):
        load_settings(file, environ)


def test_a_misspelt_name_in_the_file_is_named(file: Path) -> None:
    file.write_text("listen_prot = 80\n", "utf-8")
    with pytest.raises(UnknownSetting, match="listen_prot"):
        load_settings(file, {})


def test_a_number_must_be_a_number(file: Path) -> None:
    with pytest.raises(ValueError, match="eighty"):
        load_settings(file, {"GRID_LISTEN_PORT": "eighty"})


def test_production_runs_when_it_is_safe(file: Path) -> None:
    settings = load_settings(file, SAFE)
    assert not settings.is_demo
    assert Settings().is_demo


@pytest.mark.parametrize(
    "unsafe",
    [
        {"GRID_MODE": "prod"},
        SAFE | {"GRID_PUBLIC_ORIGIN": "http://grid.example"},
        SAFE | {"GRID_ARGON2_MEMORY_KIB": "64"},
    ],
)
def test_an_unsafe_value_is_refused_outside_the_demo(file: Path, unsafe: dict[str, str]) -> None:
    with pytest.raises(UnsafeSetting):
        load_settings(file, unsafe)


def test_the_database_is_a_file_beside_the_data_unless_named(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).effective_database_url == f"sqlite:///{tmp_path}/grid.sqlite3"
    assert Settings(database_url="postgresql+psycopg://x/y").effective_database_url == "postgresql+psycopg://x/y"


def test_settings_cannot_change_while_the_program_runs() -> None:
    with pytest.raises(AttributeError):
        Settings().mode = "production"  # type: ignore[misc]  # the point of the test
