"""Fit names and codes of the register into the narrow fields of a token, whatever people wrote there.

A token can be read by whoever holds the paper. So even the name of a firm, which is no secret by itself, is masked:
that this firm is served by an enforcement court is nobody else's business.
"""

import hashlib
import re

from grid.rules.tokens import GRID_TEXT, HIDDEN, MAX_GRID, MAX_NAME, MAX_NAME_DIGITS

_DIGITS = re.compile(r"[0-9]+")
_STARS = re.compile(r"\*+")


def token_name(shown: str) -> str:
    """Return a name that may stand in a token: masked (马鞍*公司), at most 12 characters, no longer number in it."""
    text = HIDDEN.sub("", shown.encode("utf-8", "ignore").decode("utf-8")).strip()
    if "*" not in text:
        text = f"{text[:2]}*{text[-2:]}" if len(text) > 4 else f"{text[:1]}*"
    if sum(map(len, _DIGITS.findall(text))) > MAX_NAME_DIGITS:
        text = _STARS.sub("*", _DIGITS.sub("*", text))
    return text if len(text) <= MAX_NAME else f"{text[: MAX_NAME - 3]}*{text[-2:]}"


def token_grid(code: str) -> str:
    """Return the code of a cell as it may stand in a token; one of another form is named by its hash."""
    if len(code) <= MAX_GRID and GRID_TEXT.fullmatch(code):
        return code
    return f"h-{hashlib.sha256(code.encode('utf-8', 'replace')).hexdigest()[:12]}"
