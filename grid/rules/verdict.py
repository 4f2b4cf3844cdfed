"""What the court's approval of a report amounts to, read from its outcome."""

from collections.abc import Collection

from grid.core.words.review import Verdict

_ASSISTED = frozenset(
    {"address_confirmed", "witnessed_left", "posting_photographed", "agreed_pickup", "agreed_electronic"}
)
MAY_BE_LEFT = frozenset({"refused", "witnessed_left"})
"""Outcomes after which the court may have left the papers; an absence is none (CPL 89)."""


def is_signed(outcome: str | None) -> bool:
    """Tell whether somebody signed the receipt."""
    return outcome is not None and outcome.startswith("signed_")


def verdict_of(outcome: str | None, kept_back: Collection[str] = (), *, left: bool = False) -> Verdict:
    """Return the verdict; kept_back are the papers that were not handed over, left whether the court left them."""
    if left:
        return Verdict.LEFT
    if is_signed(outcome):
        return Verdict.PARTLY_SERVED if kept_back else Verdict.SERVED
    return Verdict.ASSISTED if outcome in _ASSISTED else Verdict.NOT_SERVED
