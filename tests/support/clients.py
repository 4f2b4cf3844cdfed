"""Browsers of signed-in people: cookie kept, CSRF token sent."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from grid.models import Person
from tests.support.district import PASSWORD


@dataclass
class Browser:
    """One signed-in person's browser."""

    client: FlaskClient
    csrf: str

    def get(self, url: str, **options: Any) -> TestResponse:
        """Read."""
        return self.client.get(url, **options)

    def post(self, url: str, json: Any = None, **options: Any) -> TestResponse:
        """Write, with the token that proves it is our page."""
        return self.client.post(url, json={} if json is None else json, headers={"X-CSRF-Token": self.csrf}, **options)


def signed_in(app: Flask, person: Person) -> Browser:
    """Sign a person in on a browser of their own."""
    client = app.test_client()
    answer = client.post("/api/session", json={"identifier": person.staff_no, "password": PASSWORD})
    assert answer.status_code == 200, answer.json
    return Browser(client, answer.json["csrf"])
