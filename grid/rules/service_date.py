"""When service takes legal effect (domain handbook §3.1); no phone clock is ever asked."""

from dataclasses import dataclass
from datetime import date, datetime

from grid.core.clock import local_date
from grid.core.errors.service import ReturnDoesNotCount, ServiceDateInFuture, ServiceDateMissing
from grid.core.words.service import BASIS_LABELS, ReturnGround, ServiceBasis
from grid.rules.calendar import WorkCalendar

NOTICE_DAYS = 30
"""Days from the issue of a public notice to service (CPL 95)."""


@dataclass(frozen=True, slots=True)
class ServiceDates:
    """Dates from paper and platforms; only the one the basis names is used.

    receipt_on: written on the receipt by the signer; noted_on: noted on the receipt or record by the server;
    slip_on, returned_on: on the postal slip; arrived_at: arrival in the court's system; issued_on: last posting.
    """

    receipt_on: date | None = None
    noted_on: date | None = None
    slip_on: date | None = None
    returned_on: date | None = None
    return_ground: ReturnGround | None = None
    arrived_at: datetime | None = None
    issued_on: date | None = None


_NEEDS: dict[ServiceBasis, str] = {
    ServiceBasis.SIGNED: "receipt_on",
    ServiceBasis.FORWARDED: "receipt_on",
    ServiceBasis.LEFT: "noted_on",
    ServiceBasis.REFUSED_RECORDED: "noted_on",
    ServiceBasis.POSTAL_SLIP: "slip_on",
    ServiceBasis.POSTAL_RETURN: "returned_on",
    ServiceBasis.ELECTRONIC: "arrived_at",
    ServiceBasis.PUBLIC_NOTICE: "issued_on",
}


def effective_on(basis: ServiceBasis, dates: ServiceDates, calendar: WorkCalendar) -> date:
    """Return the legal date of service.

    Raises ServiceDateMissing when the basis lacks its date, ReturnDoesNotCount for a returned letter without a
    ground, CalendarYearMissing for a notice whose period leaves the holiday table.
    """
    given = getattr(dates, _NEEDS[basis])
    if given is None:
        raise ServiceDateMissing(f"缺少{BASIS_LABELS[basis]}", basis=str(basis), needs=_NEEDS[basis])
    if basis == ServiceBasis.POSTAL_RETURN and dates.return_ground is None:
        raise ReturnDoesNotCount
    if basis == ServiceBasis.PUBLIC_NOTICE:
        return calendar.legal_deadline(given, NOTICE_DAYS)
    return local_date(given) if isinstance(given, datetime) else given


def check_not_future(day: date, today: date) -> None:
    """Raise ServiceDateInFuture when the date has not come yet."""
    if day > today:
        raise ServiceDateInFuture(effective_on=day.isoformat())
