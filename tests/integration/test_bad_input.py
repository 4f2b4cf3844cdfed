"""Bad input on every route: a clear problem, never a 5xx; generated from the routes themselves."""

import pytest
from flask import Flask

from grid.rules.permissions import Scope, scope_of
from tests.integration.test_permission_matrix import WRITES, World, address, routes, world

pytestmark = pytest.mark.only_database("postgresql", reason="the stricter of the two about types and null bytes")

__all__ = ["world"]

DEEP: object = {}
for _ in range(100):
    DEEP = {"a": DEEP}

BODIES: list[bytes] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"\xff\xfe",
    b'{"a": NaN}',
    b'{"unknown_field": 1}',
    b'{"reason": "\\u0000\\u0000\\u0000\\u0000\\u0000", "version": 1}',
    b'{"version": 1e400}',
    b'{"version": 99999999999999999999999999}',
    b'{"version": 1.5, "reason": "abcdefgh"}',
    b'{"version": 1, "reason": "' + "字".encode() * 5000 + b'"}',
    b'{"version": -1, "cell_id": "x", "worker_id": "x", "reason": "abcdefgh"}',
    b'{"id": "00000000-0000-7000-8000-000000000000", "reason": "\xf0\x9f\x98\x80\xf0\x9f\x98\x80abcd"}',
    b"[" * 10_000,
]
QUERIES = [
    "page=-1", "page=99999999999", "page=x", "size=0", "size=100000", "size=1.5", "sort=;drop", "sort=-no_such_column",
    "q=%00", "q=" + "x" * 5000, "q=%27%20OR%201=1", "q=%25%25%25", "cursor=x", "cursor=-5",
    "cursor=99999999999999999999",
    "state=nonsense", "states=a,b,c", "officer=%00", "from=2026-13-45", "to=yesterday", "month=2026-99", "by=nobody",
    "unknown=1", "urgent=maybe", "kind=%F0%9F%98%80", "parent=x", "mode=x",
]  # fmt: skip


def someone_who_may(world: World, action) -> list[str]:
    return [n for n, actor in world.actors.items() if scope_of(action, actor.role) is not Scope.NONE][:2]


def check(answer, what: tuple) -> list[tuple]:
    bad = []
    if answer.status_code >= 500:
        bad.append((*what, answer.status_code))
    elif answer.status_code >= 400 and answer.mimetype != "application/problem+json":
        bad.append((*what, answer.status_code, answer.mimetype))
    elif answer.status_code >= 400 and not (answer.json or {}).get("title"):
        bad.append((*what, "no title"))
    answer.close()
    return bad


def test_no_body_breaks_a_route(app: Flask, world: World) -> None:
    wrong: list[tuple] = []
    for rule, method, action in routes(app):
        if method not in WRITES or rule.rule in ("/api/session",):
            continue
        url = address(rule, world)
        for number in someone_who_may(world, action)[:1]:
            for body in BODIES:
                headers = {"X-CSRF-Token": world.csrf[number], "Content-Type": "application/json"}
                answer = world.clients[number].open(url, method=method, data=body, headers=headers)
                wrong += check(answer, (method, rule.rule, body[:40]))
    assert wrong == []


def test_no_query_breaks_a_route(app: Flask, world: World) -> None:
    wrong: list[tuple] = []
    for rule, method, action in routes(app):
        if method != "GET" or not rule.rule.startswith("/api/"):
            continue
        url = address(rule, world)
        for number in someone_who_may(world, action)[:1]:
            for query in QUERIES:
                wrong += check(world.clients[number].get(f"{url}?{query}"), (rule.rule, query[:40]))
    assert wrong == []


@pytest.mark.parametrize("value", ["%00", "x" * 3000, "..%2f..%2fetc%2fpasswd", "%F0%9F%98%80", "null", "-1", "1e9"])
def test_no_path_breaks_a_route(app: Flask, world: World, value: str) -> None:
    wrong: list[tuple] = []
    for rule, method, action in routes(app):
        if method != "GET" or not rule.arguments or not rule.rule.startswith("/api/"):
            continue
        url = rule.rule
        for name in rule.arguments:
            url = url.replace(f"<{name}>", value).replace(f"<int:{name}>", value)
        for number in someone_who_may(world, action)[:1]:
            wrong += check(world.clients[number].get(url), (rule.rule, value[:20]))
    assert wrong == []
