"""Tell people outside the app that something waits in it: 企业微信, 钉钉, 飞书, mail, SMS gateways, through apprise.

The address list is the setting `notify_urls`, separated by spaces. An address with {phone} or {staff_no} is filled in
for each person; one without is a group's and gets one line for all. No message says what it is about.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

import apprise

PLACEHOLDERS = ("{phone}", "{staff_no}")


class Channel(Protocol):
    """Whatever carries a line of text to an address."""

    def send(self, url: str, title: str, body: str) -> bool:
        """Tell whether the line was taken."""


class AppriseChannel:
    """Any service apprise knows; an address it does not understand counts as not delivered."""

    def __init__(self) -> None:
        # It logs addresses, which hold tokens and phone numbers.
        logging.getLogger("apprise").setLevel(logging.CRITICAL)

    def send(self, url: str, title: str, body: str) -> bool:
        """Send one line; False on any failure."""
        service = apprise.Apprise()
        return bool(service.add(url)) and bool(service.notify(title=title, body=body))


@dataclass(frozen=True, slots=True)
class Addresses:
    """The configured addresses: those of single persons and those of groups."""

    personal: tuple[str, ...]
    shared: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "Addresses":
        """Read the setting; nothing configured gives two empty lists."""
        urls = text.split()
        personal = tuple(url for url in urls if any(mark in url for mark in PLACEHOLDERS))
        return cls(personal, tuple(url for url in urls if url not in personal))

    @property
    def wants_phone(self) -> bool:
        """Tell whether phone numbers have to be opened at all."""
        return any("{phone}" in url for url in self.personal)


def filled(url: str, *, phone: str, staff_no: str) -> str | None:
    """Return a personal address for one person; None when the number it needs is not known."""
    if "{phone}" in url and not phone:
        return None
    return url.replace("{phone}", quote(phone, safe="")).replace("{staff_no}", quote(staff_no, safe=""))


def all_taken(channel: Channel, urls: Sequence[str], title: str, body: str) -> bool:
    """Send to every address; False when one of them failed."""
    taken = [channel.send(url, title, body) for url in urls]
    return all(taken)
