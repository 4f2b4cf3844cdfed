"""The texts in our QR codes: HTTPS://HOST/V#TOKEN to verify, HTTPS://HOST/P#TOKEN on a packet.

Upper case packs into alphanumeric mode; the fragment keeps the token out of every server log. A scanned text is
compared with the pinned origin as a whole: nothing of it is ever parsed as a URL, so there is no user part, port,
look-alike host or path to be fooled by.
"""

import re
from dataclasses import dataclass

from grid.core.errors.tokens import QrNotOurs
from grid.core.words.tokens import QR_VERDICT_LABELS, QrVerdict

MAX_QR_TEXT = 2_100
VERIFY_PATH, PACKET_PATH = "/V", "/P"

_ORIGIN = re.compile(r"(https?://)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?/?", re.ASCII)
_TOKEN = re.compile(r"[A-Z2-7]+", re.ASCII)
_PRINTABLE = re.compile(r"[!-~]+", re.ASCII)


@dataclass(frozen=True)
class QrText:
    """One of our codes: packet tells which path it was, token is the base32 text behind the #."""

    packet: bool
    token: str


def pin_origin(origin: str) -> str:
    """Bring the configured origin (https when it names no scheme) into the upper-case form that is printed.

    Raises ValueError when it is not scheme://host[:port] with a plain ASCII host.
    """
    text = origin.lower()
    if not origin.isascii() or not _ORIGIN.fullmatch(text) or ".." in text:
        raise ValueError(f"not an origin: {origin}")
    text = text.removesuffix("/")
    return (text if "://" in text else f"https://{text}").upper()


def receipt_url(origin: str, token: str) -> str:
    """Write the text of a receipt's or slip's QR code; token is base32."""
    return f"{pin_origin(origin)}{VERIFY_PATH}#{token}"


def packet_url(origin: str, token: str) -> str:
    """Write the text of a packet's QR code; token is base32."""
    return f"{pin_origin(origin)}{PACKET_PATH}#{token}"


def parse_qr_text(text: str, pinned_origin: str) -> QrText:
    """Take the token out of a scanned text that belongs to the pinned origin; the token is not yet verified.

    Scheme and host may come in either case, as browsers rewrite them; path and token may not. Raises QrNotOurs.
    """
    ours = pin_origin(pinned_origin)
    if len(text) > MAX_QR_TEXT or not text[:8].lower().startswith(("http://", "https://")):
        raise _not_ours(QrVerdict.NOT_OURS)
    head, mark, token = text.partition("#")
    if not _PRINTABLE.fullmatch(head):
        raise _not_ours(QrVerdict.FOREIGN_HOST)
    if head[: len(ours)].upper() != ours or head[len(ours) :][:1] not in ("", "/"):
        raise _not_ours(QrVerdict.FOREIGN_HOST)
    path = head[len(ours) :]
    if path not in (VERIFY_PATH, PACKET_PATH):
        raise _not_ours(QrVerdict.OTHER_PATH)
    if not mark or not _TOKEN.fullmatch(token):
        raise _not_ours(QrVerdict.NO_TOKEN)
    return QrText(packet=path == PACKET_PATH, token=token)


def _not_ours(verdict: QrVerdict) -> QrNotOurs:
    return QrNotOurs(QR_VERDICT_LABELS[verdict], verdict=verdict.value)
