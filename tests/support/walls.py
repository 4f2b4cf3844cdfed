"""No test talks to the outside: sockets reach loopback and Unix sockets, and nothing else."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest


class OutsideWorld(RuntimeError):
    """A test tried to reach another machine; not an OSError, so that no retry code swallows it."""


def is_loopback(host: str | bytes | None) -> bool:
    """Tell whether a host, as given to connect or getaddrinfo, stays on this machine."""
    text = host.decode() if isinstance(host, bytes) else host
    if text is None or text in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(host: object) -> None:
    if not is_loopback(host if isinstance(host, str | bytes) or host is None else str(host)):
        raise OutsideWorld(f"a test tried to reach {host!r}")


def raise_walls(patch: pytest.MonkeyPatch) -> None:
    """Guard name look-up and connecting for this process until the patch is undone."""

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: socket.socket, *args: Any) -> Any:
            # The address is the last argument of connect, connect_ex and sendto alike.
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse(args[-1][0])
            return original(self, *args)

        return method

    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))

    look_up = socket.getaddrinfo

    def getaddrinfo(host: str | bytes | None, *args: Any, **options: Any) -> Any:
        _refuse(host)
        return look_up(host, *args, **options)

    patch.setattr(socket, "getaddrinfo", getaddrinfo)
