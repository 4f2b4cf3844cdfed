"""The real server ends when it is told to, at any moment of its life."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from api.cli.serve import STOP_SECONDS, server_command
from grid.core.settings import Settings
from tests.load.processes import tree
from tests.support.postgres import free_port

ROOT = Path(__file__).parents[2]


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    env = {**os.environ, "GRID_DATA_DIR": str(settings.data_dir), "GRID_DATABASE_URL": settings.database_url}
    return subprocess.Popen(server_command(settings), cwd=ROOT, env=env, start_new_session=True)


@pytest.mark.only_database("sqlite", reason="no row is read")
def test_a_server_that_is_still_starting_ends_when_told(settings: Settings) -> None:
    process = _start(replace(settings, listen_host="127.0.0.1", listen_port=free_port()))
    try:
        until = time.monotonic() + 60
        # The workers are there and load the app: the moment in which a worker loses the signal.
        while len(tree(process.pid)) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        process.terminate()
        process.wait(STOP_SECONDS + 30)
        # Nobody of the server's group is left, not even a worker that lost its parent.
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


LOOK = """
import sys
from app import create_app, create_server
server = create_server()
rules = {str(rule) for rule in server.url_map.iter_rules()}
print(sorted({"alembic", "apscheduler", "apprise", "flask_migrate"} & set(sys.modules)))
whole = create_app()
print(rules == {str(rule) for rule in whole.url_map.iter_rules()}, len(rules) > 50)
"""


@pytest.mark.only_database("sqlite", reason="no row is read")
def test_a_worker_of_the_server_loads_no_commands_and_lacks_nothing_else(settings: Settings) -> None:
    assert server_command(settings)[server_command(settings).index("--factory") + 1] == "app:create_server"
    env = {**os.environ, "GRID_DATA_DIR": str(settings.data_dir), "GRID_DATABASE_URL": settings.database_url}
    seen = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert seen.stdout.splitlines() == ["[]", "True True"]
