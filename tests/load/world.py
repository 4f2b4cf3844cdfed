"""The product under load: a district on the bench's PostgreSQL, signed-in phones with tasks, a real server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask

from app import create_app
from grid.core.settings import Settings
from grid.models import db
from tests.load.client import request
from tests.load.harness import Bench, Server
from tests.support.databases import migrate
from tests.support.district import District, read_district
from tests.support.handset import Handset
from tests.support.tasks import make_task

PHONES: Final = 8
NO_BRAKE: Final = 1_000_000_000


@dataclass
class Phone:
    """A signed-in phone whose requests are written as bytes, for the load client."""

    staff_no: str
    handset: Handset
    cards: list[dict[str, Any]]

    def message(self, method: str, path: str, body: Any = None, **headers: str) -> bytes:
        """Write a request with a JSON body or none."""
        text = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        kind = {} if method == "GET" else {"Content_Type": "application/json"}
        return self.raw(method, path, text, **kind, **headers)

    def raw(self, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
        """Write a request with the phone's cookie, and for unsafe methods its token."""
        cookie = self.handset.client.get_cookie("grid_session")
        assert cookie is not None
        headers = {"Cookie": f"grid_session={cookie.value}", "Accept_Encoding": "gzip", **headers}
        if method != "GET":
            headers["X_CSRF_Token"] = self.handset.headers["X-CSRF-Token"]
        return request(method, path, body, **headers)

    def push(self, name: str, args: dict[str, Any]) -> bytes:
        """Write a sync request with the next mutation."""
        mutations = [self.handset.mutation(name, args)]
        body = {"device_id": self.handset.device_id, "protocol": 1, "mutations": mutations}
        return self.message("POST", "/api/sync", body)


@dataclass(frozen=True)
class World:
    """Everything a figure needs; `app` reaches the same database without HTTP, `env` is the server's."""

    bench: Bench
    app: Flask
    district: District
    server: Server
    phones: list[Phone]
    database: str
    env: dict[str, str]


@contextmanager
def running_world(bench: Bench, name: str, tasks_per_phone: int) -> Iterator[World]:
    """Found a district, hand out and take tasks, start the server; all of it gone at the end.

    Brakes on requests and the day's allowance of uploads are set out of reach: eight phones do the work of hundreds.
    """
    bench.cluster.create(name)
    data = bench.folder / name
    url = bench.cluster.url(name)
    migrate(url, data, district=True)
    app = create_app(
        Settings(data_dir=data, database_url=url, log_level="ERROR", argon2_memory_kib=64, argon2_time_cost=1,
                 sync_per_minute=NO_BRAKE, sign_in_per_minute=NO_BRAKE)
    )  # fmt: skip
    district = read_district(app)
    phones = [sign_in(app, district, staff_no, tasks_per_phone) for staff_no in workers_of(district)[:PHONES]]
    env = {
        "GRID_DATA_DIR": str(data),
        "GRID_DATABASE_URL": url,
        "GRID_SYNC_PER_MINUTE": str(NO_BRAKE),
        "GRID_VERIFY_PER_MINUTE": str(NO_BRAKE),
        "GRID_UPLOAD_QUOTA_MIB_PER_DAY": str(NO_BRAKE),
        "GRID_LOG_LEVEL": "ERROR",
    }
    try:
        with bench.server("app:create_server", env) as server:
            yield World(bench, app, district, server, phones, name, env)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        bench.cluster.drop(name)


def workers_of(district: District) -> list[str]:
    """List the staff numbers of the workers, one a cell, in order."""
    return sorted(staff_no for staff_no in district.people if staff_no.startswith("WG"))


def sign_in(app: Flask, district: District, staff_no: str, tasks: int) -> Phone:
    """Hand a worker's cell so many tasks, sign a phone of theirs in and take them all."""
    for _ in range(tasks):
        make_task(app, district, staff_no=staff_no)
    handset = Handset(app, district, staff_no)
    while (pulled := handset.pull()) and pulled["more"]:
        pass
    waiting = [
        handset.mutation("task.take", {"task_id": card["id"], "version": card["version"], "recusal": "none"})
        for card in handset.cards.values()
    ]
    for start in range(0, len(waiting), 50):
        answer = handset.post(waiting[start : start + 50])
        assert all(entry["status"] == "done" for entry in answer.json["results"]), answer.json
    while (pulled := handset.pull()) and pulled["more"]:
        pass
    return Phone(staff_no, handset, list(handset.cards.values()))
