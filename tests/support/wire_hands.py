"""A visit sent as a phone sends it, over the real wire of a running server."""

from typing import Any

from playwright.sync_api import APIRequestContext, Playwright

from grid.core import clock
from grid.core.clock import iso
from grid.core.ids import new_id
from tests.support.live import LiveServer
from tests.support.tasks import visit


class WireHands:
    """One worker's phone without a screen."""

    def __init__(self, playwright: Playwright, server: LiveServer, staff_no: str = "WG010101") -> None:
        self.device_id, self.seq = new_id(), 0
        self.api: APIRequestContext = playwright.request.new_context(base_url=server.origin)
        who = {"identifier": staff_no, "password": server.password, "device_id": self.device_id}
        self.headers = {"X-CSRF-Token": self.api.post("/api/session", data=who).json()["csrf"]}

    def card(self, task_id: str) -> dict[str, Any]:
        """Return the task as the phone would hold it."""
        tasks = self.api.get("/api/changes?cursor=0").json()["tasks"]
        return next(task for task in tasks if task["id"] == task_id)

    def push(self, name: str, args: dict[str, Any]) -> dict[str, Any]:
        """Send one mutation; returns its result."""
        self.seq += 1
        entry = {"seq": self.seq, "id": new_id(), "name": name, "args": args, "made_at": iso(clock.now())}
        body = {"device_id": self.device_id, "protocol": 1, "mutations": [entry]}
        answer = self.api.post("/api/sync", data=body, headers=self.headers).json()
        assert answer["results"][0]["status"] == "done", answer
        return dict(answer["results"][0]["result"])

    def hand_over(self, task_id: str) -> dict[str, Any]:
        """Take the task and hand everything over; returns the receipt's number and short code."""
        self.push("task.take", {"task_id": task_id, "version": self.card(task_id)["version"], "recusal": "none"})
        return dict(self.push("visit.record", {"visit": visit(self.card(task_id))})["receipt"])
