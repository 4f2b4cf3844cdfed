"""An operator finds every setting in docs/operate.md, with the default that the code has."""

import re
from dataclasses import fields
from typing import Final

import pytest

from grid.core.settings import Settings
from tests.house.tree import ROOT

PAGE: Final = (ROOT / "docs/operate.md").read_text("utf-8")
ROWS: Final = dict(re.findall(r"^\| `(\w+)` \| (\S+) \| .+ \|$", PAGE, re.MULTILINE))


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_a_setting_is_explained_with_its_default(name: str) -> None:
    default = str(getattr(Settings(), name))
    assert ROWS.get(name) == (f"`{default}`" if default else "空")


def test_no_setting_is_explained_that_nobody_reads() -> None:
    assert set(ROWS) <= {field.name for field in fields(Settings)}
