"""The drawing shows the whole table, and the committed page is the drawn one."""

from pathlib import Path

from grid.rules.diagram import state_diagram, states_page
from grid.rules.lifecycle import TRANSITIONS

AGAIN = "python -c 'from grid.rules.diagram import states_page; print(states_page(), end=\"\")' > docs/states.md"
PAGE = Path(__file__).parents[3] / "docs" / "states.md"


def test_every_arrow_is_drawn_once() -> None:
    arrows = [line for line in state_diagram().splitlines() if " --> " in line and "[*]" not in line]
    assert len(arrows) == len(set(arrows)) == sum(len(row.from_states) for row in TRANSITIONS)
    assert "    reported --> working: 退回修改" in arrows


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == states_page(), AGAIN
