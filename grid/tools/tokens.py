"""Issue and check tokens: layout, signature, the key's life and the expiry in one answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from grid.core.errors.tokens import TokenRefused
from grid.core.words.tokens import VERDICT_LABELS, TokenKind, Verdict
from grid.rules.tokens import LayoutRefused, TokenFacts, build, expires_at, kind_of, parse
from grid.tools import base32
from grid.tools.cose import MAX_TOKEN, TokenBroken, sign, verify
from grid.tools.signing import PublicKey, Signer

MAX_TEXT = (MAX_TOKEN * 8 + 4) // 5


@dataclass(frozen=True)
class Checked:
    """The outcome of a check. facts and key are there once signature and layout held, whatever the verdict is then."""

    verdict: Verdict
    facts: TokenFacts | None = None
    key: PublicKey | None = None

    def demand(self) -> TokenFacts:
        """Return the facts of a good token. Raises TokenRefused."""
        if self.verdict is not Verdict.OK or self.facts is None:
            raise TokenRefused(VERDICT_LABELS[self.verdict], verdict=self.verdict.value)
        return self.facts


def issue_token(facts: TokenFacts, signer: Signer) -> str:
    """Sign facts and return the token as base32 text. Raises LayoutRefused, ValueError for a key of another purpose."""
    return base32.encode(sign(build(facts), signer, kind_of(facts)))


def check_token(token: str | bytes, keys: Iterable[PublicKey], kind: TokenKind, now: datetime) -> Checked:
    """Check a token (base32 text or bytes) as of now; never raises for what the token holds."""
    if isinstance(token, str):
        if len(token) > MAX_TEXT:
            return Checked(Verdict.TOO_LONG)
        try:
            token = base32.decode(token)
        except base32.NotBase32:
            return Checked(Verdict.NOT_BASE32)
    try:
        payload, key = verify(token, keys, kind)
        facts = parse(kind, payload)
    except (TokenBroken, LayoutRefused) as refused:
        return Checked(refused.verdict)
    return Checked(_life(facts, key, now), facts, key)


def _life(facts: TokenFacts, key: PublicKey, now: datetime) -> Verdict:
    if key.revoked_at is not None:  # a thief can date tokens as he likes, so only the ledger can tell (online)
        return Verdict.KEY_REVOKED
    issued_at = facts.issued_at.timestamp()
    if issued_at < key.valid_from or (key.retired_at is not None and issued_at > key.retired_at):
        return Verdict.KEY_PERIOD
    end = expires_at(facts)
    return Verdict.EXPIRED if end is not None and now > end else Verdict.OK
