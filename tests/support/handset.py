"""A phone for tests: signs in, pulls, pushes numbered mutations over the real wire."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from grid.core import clock
from grid.core.clock import iso
from grid.core.ids import new_id
from tests.support.district import District


class Handset:
    """One installation of the app for one worker."""

    def __init__(self, app: Flask, district: District, staff_no: str = "WG010101") -> None:
        self.client: FlaskClient = app.test_client()
        self.device_id = new_id()
        self.seq = 0
        self.cursor = 0
        self.cards: dict[str, dict[str, Any]] = {}
        answer = self.client.post(
            "/api/session",
            json={"identifier": staff_no, "password": district.password, "device_id": self.device_id},
        )
        assert answer.status_code == 200, answer.json
        self.headers = {"X-CSRF-Token": answer.json["csrf"]}

    def pull(self) -> dict[str, Any] | None:
        """Fetch changes; returns the answer or None for 204."""
        answer = self.client.get(f"/api/changes?cursor={self.cursor}")
        if answer.status_code == 204:
            return None
        assert answer.status_code == 200, answer.json
        self.cursor = answer.json["cursor"]
        for card in answer.json["tasks"]:
            self.cards[card["id"]] = card
        for task_id in answer.json["gone"]:
            self.cards.pop(task_id, None)
        return dict(answer.json)

    def mutation(self, name: str, args: dict[str, Any]) -> dict[str, Any]:
        """Number a new mutation."""
        self.seq += 1
        return {"seq": self.seq, "id": new_id(), "name": name, "args": args, "made_at": iso(clock.now())}

    def post(self, mutations: list[dict[str, Any]], **extra: Any) -> TestResponse:
        """Push mutations as they are."""
        body = {"device_id": self.device_id, "protocol": 1, "mutations": mutations, **extra}
        return self.client.post("/api/sync", json=body, headers=self.headers)

    def push(self, name: str, args: dict[str, Any]) -> dict[str, Any]:
        """Push one new mutation and return its result entry."""
        answer = self.post([self.mutation(name, args)])
        assert answer.status_code in (200, 409), answer.json
        return dict(answer.json["results"][0])

    def take(self, task_id: str) -> dict[str, Any]:
        """Pull, take a task and return its full card."""
        self.pull()
        version = self.cards[task_id]["version"]
        entry = self.push("task.take", {"task_id": task_id, "version": version, "recusal": "none"})
        assert entry["status"] == "done", entry
        self.pull()
        return self.cards[task_id]
