"""Announce messages outside the app: read, send without holding the database, note what was taken."""

import structlog

from grid.core import clock
from grid.flows import notify_out
from grid.flows.unit import back_out, transaction
from grid.tools.kit import Kit
from grid.tools.notify import Addresses, AppriseChannel, Channel, all_taken, filled

log = structlog.get_logger()


def announce(kit: Kit, channel: Channel | None = None) -> int:
    """Send what waits; returns to how many people. A person whose line was not taken is tried again next time."""
    addresses = Addresses.parse(kit.settings.notify_urls)
    if not addresses.personal and not addresses.shared:
        return 0
    channel = channel or AppriseChannel()
    origin = kit.settings.public_origin
    people = notify_out.waiting(kit, clock.now(), with_phone=addresses.wants_phone)
    back_out()  # sending may take seconds: no connection is held meanwhile
    if not people:
        return 0
    taken: list[str] = []
    for person in people:
        urls = [filled(url, phone=person.phone, staff_no=person.staff_no) for url in addresses.personal]
        known = [url for url in urls if url is not None]
        if all_taken(channel, known, notify_out.TITLE, person.line(origin)):
            taken += person.message_ids
    count = sum(len(person.message_ids) for person in people)
    if not all_taken(channel, addresses.shared, notify_out.TITLE, notify_out.group_line(len(people), count, origin)):
        log.warning("a group was not reached")
    if len(taken) < count:
        log.warning("announcements not taken", count=count - len(taken))
    with transaction():
        notify_out.note_sent(taken, clock.now())
    return len(people)
