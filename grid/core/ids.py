"""Ids are UUIDv7 (RFC 9562), minted where the thing is born, written as 36 lower-case characters."""

import re

import uuid_utils

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_id() -> str:
    """Mint a new time-ordered id."""
    return str(uuid_utils.uuid7())


def is_id(text: object) -> bool:
    """Tell whether text is an id in canonical spelling."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None
