"""When service takes effect, per basis."""

from datetime import UTC, date, datetime

import pytest

from grid.core.errors.calendar import CalendarYearMissing
from grid.core.errors.service import ReturnDoesNotCount, ServiceDateInFuture, ServiceDateMissing
from grid.core.words.service import (
    BASIS_LABELS,
    METHOD_LABELS,
    RETURN_GROUND_LABELS,
    WITNESS_LABELS,
    ReturnGround,
    ServiceBasis,
    ServiceMethod,
    WitnessClass,
)
from grid.rules.calendar import default_calendar
from grid.rules.service_date import ServiceDates, check_not_future, effective_on

CAL = default_calendar()
B = ServiceBasis
FULL = ServiceDates(
    receipt_on=date(2026, 11, 1),
    noted_on=date(2026, 11, 2),
    slip_on=date(2026, 11, 3),
    returned_on=date(2026, 11, 4),
    return_ground=ReturnGround.REFUSED,
    arrived_at=datetime(2026, 11, 4, 16, 30, tzinfo=UTC),  # 00:30 on the 5th in Shanghai
    issued_on=date(2024, 12, 31),
)


@pytest.mark.parametrize(
    ("basis", "day"),
    [
        (B.SIGNED, date(2026, 11, 1)),
        (B.FORWARDED, date(2026, 11, 1)),
        (B.LEFT, date(2026, 11, 2)),
        (B.REFUSED_RECORDED, date(2026, 11, 2)),
        (B.POSTAL_SLIP, date(2026, 11, 3)),
        (B.POSTAL_RETURN, date(2026, 11, 4)),
        (B.ELECTRONIC, date(2026, 11, 5)),
        (B.PUBLIC_NOTICE, date(2025, 2, 5)),  # the 30th day lies in the Spring Festival
    ],
)
def test_each_basis_has_its_date(basis: ServiceBasis, day: date) -> None:
    assert effective_on(basis, FULL, CAL) == day
    with pytest.raises(ServiceDateMissing) as caught:
        effective_on(basis, ServiceDates(return_ground=ReturnGround.REFUSED), CAL)
    assert caught.value.facts["basis"] == basis.value


def test_a_notice_takes_thirty_days_not_more() -> None:
    assert effective_on(B.PUBLIC_NOTICE, ServiceDates(issued_on=date(2026, 11, 2)), CAL) == date(2026, 12, 2)


def test_a_letter_that_came_back_needs_a_ground() -> None:
    with pytest.raises(ReturnDoesNotCount):
        effective_on(B.POSTAL_RETURN, ServiceDates(returned_on=date(2026, 11, 4)), CAL)


def test_a_notice_beyond_the_table_is_a_problem() -> None:
    with pytest.raises(CalendarYearMissing):
        effective_on(B.PUBLIC_NOTICE, ServiceDates(issued_on=date(2027, 12, 20)), CAL)


def test_the_future_is_no_service_date() -> None:
    check_not_future(date(2026, 11, 24), date(2026, 11, 24))
    with pytest.raises(ServiceDateInFuture):
        check_not_future(date(2026, 11, 25), date(2026, 11, 24))


def test_every_word_has_a_label() -> None:
    assert set(BASIS_LABELS) == set(B)
    assert set(METHOD_LABELS) == set(ServiceMethod)
    assert set(RETURN_GROUND_LABELS) == set(ReturnGround)
    assert set(WITNESS_LABELS) == set(WitnessClass)
