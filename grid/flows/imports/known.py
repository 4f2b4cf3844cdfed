"""Which rows were imported before: fingerprints that tell nothing about the people in them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from grid.models import ImportKey, db
from grid.tools.vault import Vault

CHUNK = 1_000


def fingerprint(vault: Vault, kind: str, parts: Iterable[object]) -> str:
    """Return the blind fingerprint of a row's content; equal content gives the same one for ever."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return vault.blind_index(text, f"import.{kind}")


def known_fingerprints(court_id: str, prints: Sequence[str]) -> set[str]:
    """Return those that were imported already."""
    found: set[str] = set()
    for start in range(0, len(prints), CHUNK):
        found.update(
            db.session.scalars(
                select(ImportKey.fingerprint).where(
                    ImportKey.court_id == court_id, ImportKey.fingerprint.in_(prints[start : start + CHUNK])
                )
            )
        )
    return found
