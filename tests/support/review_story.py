"""A task handed over by a real phone, lying before the officer."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from grid.core import clock
from grid.flows.unit import transaction
from grid.models import Evidence, Task, db
from tests.support.district import District
from tests.support.handset import Handset
from tests.support.signed_in import Browser
from tests.support.tasks import make_task, visit


class Story:
    """One task, one phone, one officer's browser."""

    def __init__(self, app: Flask, district: District, outcome: str = "signed_self", **changes: Any) -> None:
        self.app, self.district = app, district
        self.task_id = make_task(app, district)
        self.phone = Handset(app, district)
        self.card = self.phone.take(self.task_id)
        self.report = visit(self.card, outcome, **changes)
        self.entry = self.phone.push("visit.record", {"visit": self.report})
        assert self.entry["status"] == "done", self.entry
        self.officer = Browser(app, district, "FG001")

    def photos_arrive(self) -> None:
        """Let every declared original be here, without sending bytes."""
        with self.app.app_context(), transaction():
            db.session.execute(update(Evidence).values(original_at=clock.now(), display_at=clock.now()))

    def task(self) -> Task:
        """Return the task as it stands."""
        with self.app.app_context():
            found = db.session.get_one(Task, self.task_id)
            db.session.expunge_all()
        return found

    def act(self, verb: str, by: Browser | None = None, **body: Any) -> Any:
        """Use a verb with the present version."""
        path = f"/tasks/{self.task_id}/{verb}"
        return (by or self.officer).post(path, {"version": self.task().version, **body})

    def approve(self, **body: Any) -> Any:
        """Approve with today's date from the paper."""
        today = clock.local_date(clock.now()).isoformat()
        return self.act("approve", **({"receipt_date": today} | body))


def at_noon(minutes: int = 0) -> str:
    """Return yesterday's noon in Shanghai, shifted: surely past, and no night about it."""
    noon = clock.now().astimezone(clock.SHANGHAI).replace(hour=12, minute=0, second=0, microsecond=0)
    return clock.iso(noon + timedelta(days=-1, minutes=minutes))
