"""A desk for tests: one signed-in account and its CSRF token."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.district import District


class Desk:
    """One browser at a desk."""

    def __init__(self, app: Flask, district: District, staff_no: str) -> None:
        self.client: FlaskClient = app.test_client()
        answer = self.client.post("/api/session", json={"identifier": staff_no, "password": district.password})
        assert answer.status_code == 200, answer.json
        self.headers = {"X-CSRF-Token": answer.json["csrf"]}

    def get(self, url: str) -> dict[str, Any]:
        """Read something that must be there."""
        answer = self.client.get(url)
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def post(self, url: str, body: dict[str, Any]) -> TestResponse:
        """Send something; the test looks at the status."""
        return self.client.post(url, json=body, headers=self.headers)
