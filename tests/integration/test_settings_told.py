"""What is wrong with the settings is told in one line, by every command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("GRID_LISTEN_PROT", "80", "listen_prot"), ("GRID_MODE", "production", "public_origin must be https")],
)
def test_a_wrong_setting_is_one_line(tmp_path: Path, name: str, value: str, words: str) -> None:
    env = {key: text for key, text in os.environ.items() if not key.startswith("GRID_")}
    env |= {name: value, "GRID_DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "setup"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "设置有误" in ended.stderr
    assert "Traceback" not in ended.stderr
