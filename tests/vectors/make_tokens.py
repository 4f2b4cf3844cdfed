"""Write tests/vectors/tokens.json: what both verifiers must say, from fixed keys and a fixed clock.

Run `python -m tests.vectors.make_tokens`; a test fails when the committed file is not what this makes.
"""

import json
from pathlib import Path
from typing import Any

from grid.core.words.tokens import Verdict
from grid.rules.tokens import kind_of
from grid.tools.jwks import to_jwks
from grid.tools.shortcode import short_code
from grid.tools.tokens import issue_token
from tests.vectors import other_vectors
from tests.vectors.bad_tokens import bad_tokens
from tests.vectors.forge import KEYS, NOW_S
from tests.vectors.good_tokens import facts_json, good_tokens

FILE = Path(__file__).with_name("tokens.json")


def vectors() -> dict[str, Any]:
    """Make all vectors; the verdicts of bad tokens are declared beside them, not computed."""
    tokens: list[dict[str, Any]] = []
    for name, facts, signer in good_tokens():
        row = {"name": name, "kind": kind_of(facts).value, "token": issue_token(facts, signer)}
        tokens.append({**row, "verdict": Verdict.OK.value, "facts": facts_json(facts), "code": short_code(facts.cti)})
    for name, kind, token, verdict in bad_tokens():
        tokens.append({"name": name, "kind": kind.value, "token": token, "verdict": verdict.value})
    return {
        "now": NOW_S,
        "jwks": to_jwks(KEYS),
        "tokens": tokens,
        "qr": other_vectors.qr_texts(),
        "codes": other_vectors.short_codes(),
        "status": other_vectors.status_lists(),
        "standings": other_vectors.standings(),
        "canonical": other_vectors.canonical(),
        "labels": other_vectors.labels(),
    }


def render(made: dict[str, Any]) -> str:
    """Write the vectors as JSON with one row a line, so that a change shows as a small difference."""
    parts = []
    for name, value in made.items():
        if isinstance(value, list):
            rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=True)}" for row in value)
            parts.append(f' "{name}": [\n{rows}\n ]')
        else:
            parts.append(f' "{name}": {json.dumps(value, ensure_ascii=name != "labels")}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(render(vectors()), encoding="utf-8")
