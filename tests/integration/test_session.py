"""Signing in, being locked out, sessions, forced change of an initial password."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from grid.core import clock
from grid.flows.unit import transaction
from grid.models import LedgerLeaf, Person, db
from tests.support.district import District


def sign_in(client: FlaskClient, identifier: str, password: str, **extra: object):
    return client.post("/api/session", json={"identifier": identifier, "password": password, **extra})


def test_sign_in_by_staff_number_and_by_phone(client: FlaskClient, district: District) -> None:
    for identifier in (district.worker.staff_no, district.worker.staff_no.lower(), district.phone_of(district.worker)):
        answer = sign_in(client, identifier, district.password)
        assert answer.status_code == 200, answer.json
        assert answer.json["person"]["id"] == district.worker.id
        assert "HttpOnly" in answer.headers["Set-Cookie"]
        assert "SameSite=Strict" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("identifier", ["WG010101", "nobody-at-all"])
def test_a_wrong_password_never_tells_whether_the_account_exists(client, district, identifier) -> None:
    answer = sign_in(client, identifier, "wrong-password-1")
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_failed")
    assert answer.mimetype == "application/problem+json"


def test_five_failures_lock_the_account_in_the_database(app, client, district) -> None:
    for _ in range(5):
        assert sign_in(client, "WG010101", "wrong-password-1").status_code == 401
    answer = sign_in(app.test_client(), "WG010101", district.password)
    assert (answer.status_code, answer.json["code"]) == (429, "account_locked")
    assert answer.json["retry_at"]
    with app.app_context():
        actions = db.session.scalars(select(LedgerLeaf.action)).all()
        assert "account.locked" in actions
        with transaction():
            db.session.execute(update(Person).values(locked_until=clock.now() - timedelta(seconds=1)))
    assert sign_in(client, "WG010101", district.password).status_code == 200


def test_a_revoked_session_is_dead_at_once(app, client, district) -> None:
    first = sign_in(client, "WG010101", district.password).json
    other = app.test_client()
    second = sign_in(other, "WG010101", district.password).json
    listed = client.get("/api/sessions").json["items"]
    assert len(listed) == 2
    target = next(row["id"] for row in listed if not row["current"])
    headers = {"X-CSRF-Token": first["csrf"]}
    assert client.delete(f"/api/sessions/{target}", headers=headers).status_code == 204
    assert other.get("/api/session").status_code == 401
    assert second["csrf"] != first["csrf"]


def test_a_stranger_cannot_close_my_session(app, client, district) -> None:
    mine = sign_in(client, "WG010101", district.password)
    assert mine.status_code == 200
    mine_id = client.get("/api/sessions").json["items"][0]["id"]
    other = app.test_client()
    csrf = sign_in(other, "WG010102", district.password).json["csrf"]
    answer = other.delete(f"/api/sessions/{mine_id}", headers={"X-CSRF-Token": csrf})
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_write_without_the_csrf_token_is_refused(client, district) -> None:
    assert sign_in(client, "WG010101", district.password).status_code == 200
    answer = client.delete("/api/session")
    assert (answer.status_code, answer.json["code"]) == (403, "csrf_failed")


def test_an_initial_password_must_be_changed_first(app, client, district) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(Person).where(Person.staff_no == "WG010101").values(must_change_password=True))
    csrf = {"X-CSRF-Token": sign_in(client, "WG010101", district.password).json["csrf"]}
    assert client.get("/healthz").status_code == 200
    assert client.get("/api/sessions").status_code == 200
    weak = client.post(
        "/api/password", json={"old_password": district.password, "new_password": "12345678"}, headers=csrf
    )
    assert weak.status_code == 422
    change = {"old_password": district.password, "new_password": "河边-柳树-2026a"}
    assert client.post("/api/password", json=change, headers=csrf).status_code == 204
    assert client.get("/api/session").json["must_change_password"] is False
