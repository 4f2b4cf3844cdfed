"""The wall of the tests themselves: loopback passes, everything else is refused before a packet leaves."""

import asyncio
import socket

import pytest

from tests.support.walls import OutsideWorld, is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "", None, b"127.0.0.1"])
def test_loopback_stays_open(host: str | bytes | None) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.8", "2001:db8::1", "court.example", b"192.0.2.1", "0.0.0.0"])
def test_everything_else_is_outside(host: str | bytes) -> None:
    assert not is_loopback(host)


def test_a_connection_to_the_outside_is_refused() -> None:
    with socket.socket() as outward:
        with pytest.raises(OutsideWorld, match=r"192\.0\.2\.1"):
            outward.connect(("192.0.2.1", 80))
        with pytest.raises(OutsideWorld):
            outward.connect_ex(("192.0.2.1", 80))


def test_a_datagram_to_the_outside_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward, pytest.raises(OutsideWorld):
        outward.sendto(b"x", ("192.0.2.1", 53))


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(OutsideWorld):
        socket.create_connection(("court.example", 80), timeout=1)


def test_asyncio_is_behind_the_same_wall() -> None:
    with pytest.raises(OutsideWorld):
        asyncio.run(asyncio.open_connection("192.0.2.1", 80))


def test_loopback_connects() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as inward:
        assert inward.getpeername() == server.getsockname()
