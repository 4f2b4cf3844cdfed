"""What the report of a blank task must hold before it counts, beyond what its form demands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from grid.kinds.base import TaskFacts
from grid.kinds.blank.questions import FORM
from grid.kinds.form import check_form
from grid.rules.law import Finding


def check(_task: TaskFacts, visit: Mapping[str, Any], visited_on: date, today: date) -> list[Finding]:
    """Return every objection to a report."""
    return check_form(FORM, visit, visited_on, today)
