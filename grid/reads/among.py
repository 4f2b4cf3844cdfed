"""Ask for the rows of many ids at once."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, String, any_, literal

from grid.models import db


def among(column: Any, ids: Iterable[str]) -> Any:
    """Return the condition that a column holds one of these ids; on PostgreSQL one parameter, however many they are.

    A thousand parameters cost more to write into a statement than their rows cost to read.
    """
    if db.engine.dialect.name == "postgresql":
        return column == any_(literal(list(ids), ARRAY(String)))
    return column.in_(list(ids))
