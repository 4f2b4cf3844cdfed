"""A browser that is signed in: sends the CSRF token by itself."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from grid.models import Person
from tests.support.district import District

BOUNDARY = "a-boundary-no-table-holds"


class Browser:
    """One signed-in account; every call goes below /api."""

    def __init__(self, app: Flask, district: District, staff_no: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.person: Person = district.person(staff_no)
        answer = self.client.post("/api/session", json={"identifier": staff_no, "password": district.password})
        assert answer.status_code == 200, answer.json
        self.headers = {"X-CSRF-Token": answer.json["csrf"]}

    def get(self, path: str, **query: Any) -> TestResponse:
        """Read something."""
        return self.client.get(f"/api{path}", query_string=query)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        """Send a JSON body."""
        return self.client.post(f"/api{path}", json={} if body is None else body, headers=self.headers, **options)

    def patch(self, path: str, body: Any) -> TestResponse:
        """Change something."""
        return self.client.patch(f"/api{path}", json=body, headers=self.headers)

    def put(self, path: str, body: Any) -> TestResponse:
        """Replace something."""
        return self.client.put(f"/api{path}", json=body, headers=self.headers)

    def upload(self, path: str, name: str, content: bytes) -> TestResponse:
        """Send one file; spelled out, because the client's own encoder leaves large files open."""
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        return self.client.post(
            f"/api{path}",
            data=head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(),
            headers=self.headers,
            content_type=f"multipart/form-data; boundary={BOUNDARY}",
        )
