"""What a verification page may say, from its own check, the cached status list and the court's answer."""

from grid.core.words.tokens import Standing, Verdict

_OWN_WORDS = {
    Verdict.TOO_NEW: Standing.TOO_NEW,
    Verdict.EXPIRED: Standing.EXPIRED,
    Verdict.KEY_REVOKED: Standing.KEY_REVOKED,
    Verdict.OK: Standing.UNCONFIRMED,
}
_ONLINE = {
    "valid": Standing.VALID,
    "corrected": Standing.CORRECTED,
    "annulled": Standing.ANNULLED,
    "expired": Standing.EXPIRED,
    "unknown": Standing.NOT_RECORDED,
}
_LISTED = {"corrected": Standing.CORRECTED, "annulled": Standing.ANNULLED}


def standing(verdict: Verdict, listed: str | None = None, answered: str | None = None) -> Standing:
    """Decide what to say about a token.

    listed: its state in the signed status list ("corrected", "annulled" or None); answered: the state the server gave,
    None while offline. A signature that does not hold stays INVALID whatever anyone says; without the server's answer a
    good one is only UNCONFIRMED; VALID is never the page's own opinion. A later "valid" does not outweigh the list.
    """
    own = _OWN_WORDS.get(verdict, Standing.INVALID)
    if own in (Standing.INVALID, Standing.TOO_NEW):
        return own
    said = _ONLINE.get(answered, own) if answered is not None else own
    if said in (own, Standing.VALID, Standing.EXPIRED) and listed in _LISTED:
        return _LISTED[listed]
    return own if own is Standing.EXPIRED and said is Standing.VALID else said
