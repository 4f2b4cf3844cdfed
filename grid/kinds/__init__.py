"""The kinds of task the product can carry; a new kind is a folder and one line here."""

from collections.abc import Mapping

from grid.core.words.review import VERDICT_LABELS, Verdict
from grid.kinds.base import Kind
from grid.kinds.delivery import KIND as DELIVERY
from grid.kinds.witness import KIND as WITNESS

KINDS: tuple[Kind, ...] = (DELIVERY, WITNESS)
BY_CODE: Mapping[str, Kind] = {kind.code: kind for kind in KINDS}
KIND_LABELS: Mapping[str, str] = {kind.code: kind.label for kind in KINDS}

UNSERVED_LABEL = "多次走访未能送达"


def verdict_label(kind: str, verdict: str | None) -> str:
    """Return the Chinese name of what the court found a task to be."""
    court = BY_CODE[kind].court
    if verdict is None:
        return ""
    return court.results[verdict].label if court else VERDICT_LABELS[Verdict(verdict)]


def outcome_label(kind: str, outcome: str | None) -> str:
    """Return the Chinese name of an outcome; a report without a visit says that nobody could be served."""
    if outcome is None or outcome == "unserved":
        return UNSERVED_LABEL
    return BY_CODE[kind].outcomes[outcome].label
