"""Every route × every role × {own, same unit, other unit, other court, anonymous}, generated from the routes.

A route without a permission entry stops the application; a parameter this test does not know fails it, so a new
route cannot slip by. Expectation comes from the one table in grid/rules/permissions.py.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from api.auth import action_of
from grid.core import clock
from grid.core.actor import Actor
from grid.core.ids import new_id
from grid.core.words.roles import Role
from grid.flows.people import UNIT_KINDS, create_person
from grid.flows.unit import transaction
from grid.flows.units import create_unit
from grid.models import Evidence, Party, Person, Receipt, Task, Unit, Visit, db
from grid.rules import permissions
from grid.rules.permissions import PUBLIC_ACTIONS, Action, ObjectFacts, Scope, scope_of
from tests.integration.test_uploads import JPEG, create
from tests.support.district import PASSWORD, District
from tests.support.handset import Handset
from tests.support.tasks import evidence, make_task, visit

pytestmark = pytest.mark.only_database("sqlite", reason="who may do what does not depend on the database")

PEOPLE: dict[str, list[str]] = {
    "own": ["FG001", "WG010101"],
    "same unit": ["FG002", "WG010102", "WZ0101", "JD01", "QZ001", "ZH001", "GL001", "SJ001", "XT001", "KH001"],
    "other unit": ["WG020101", "WZ0201", "JD02"],
}
SELF_SERVICE = {"session_id", "job_id", "import_id", "upload_id", "device_id", "wish_id", "export_id"}
"""Things of one's own: somebody else's id answers as if it did not exist, whatever the role."""
WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass
class World:
    """One reported delivery with everything around it, and who stands where to it."""

    values: dict[str, str] = field(default_factory=dict)
    facts: dict[str, ObjectFacts] = field(default_factory=dict)
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    csrf: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    relation: dict[str, str] = field(default_factory=dict)

    def know(self, name: str, value: str, facts: ObjectFacts | None = None) -> None:
        """Remember a value for a route parameter and whose it is."""
        self.values[name] = value
        if facts is not None:
            self.facts[name] = facts


def second_court(district: District) -> list[str]:
    """Found another court with one account of each role; returns their staff numbers."""
    kit, now, made = district.kit, clock.now(), []
    with transaction():
        parent = None
        units: dict[str, Unit] = {}
        for kind in ("court", "district", "street", "community", "cell"):
            parent = create_unit(None, now, parent=parent, kind=kind, name=f"外地{kind}", code=f"X{kind}")
            units[kind] = parent
        for n, role in enumerate(Role):
            kind = next(k for k in ("court", "district", "street", "community", "cell") if k in UNIT_KINDS[role])
            create_person(
                None, now, unit=units[kind], role=role, name="外地人", staff_no=f"X{n:03d}", phone="",
                password=PASSWORD, vault=kit.vault, passwords=kit.passwords, must_change_password=False,
            )  # fmt: skip
            made.append(f"X{n:03d}")
    return made


@pytest.fixture
def world(app: Flask, district: District) -> World:
    found = World()
    phone = Handset(app, district)
    task_id = make_task(app, district)
    card = phone.take(task_id)
    body = visit(card)
    item = evidence("door") | {"sha256": hashlib.sha256(JPEG).hexdigest(), "size": len(JPEG)}
    body["evidence"][0] = item
    assert phone.push("visit.record", {"visit": body})["status"] == "done"
    assert create(phone, item, body=JPEG).status_code == 201
    with app.app_context():
        staff = {relation: list(numbers) for relation, numbers in PEOPLE.items()}
        staff["other court"] = second_court(district)
        task = db.session.get_one(Task, task_id)
        around = ObjectFacts(task.court_id, task.unit_path, frozenset({task.officer_id, str(task.worker_id)}))
        of_case = ObjectFacts(task.court_id, "", frozenset({task.officer_id}))
        found.know("task_id", task_id, around)
        found.know("case_id", task.case_id, of_case)
        found.know(
            "party_id", db.session.scalars(db.select(Party.id).where(Party.case_id == task.case_id)).first(), of_case
        )
        found.know("visit_id", db.session.scalars(db.select(Visit.id)).one(), around)
        found.know(
            "evidence_id",
            db.session.scalars(db.select(Evidence.id).where(Evidence.original_at.is_not(None))).one(),
            around,
        )
        found.know("cti", db.session.scalars(db.select(Receipt.cti)).one(), around)
        for relation, numbers in staff.items():
            for number in numbers:
                person = db.session.scalars(db.select(Person).where(Person.staff_no == number)).one()
                path = db.session.get_one(Unit, person.unit_id).path
                found.actors[number] = Actor(
                    person.id, Role(person.role), person.court_id, person.unit_id, path, person.name, "x"
                )
                found.relation[number] = relation
    for number in found.actors:
        found.clients[number] = app.test_client()
        answer = found.clients[number].post("/api/session", json={"identifier": number, "password": PASSWORD})
        assert answer.status_code == 200, answer.json
        found.csrf[number] = answer.json["csrf"]
    for name in SELF_SERVICE:
        found.know(name, new_id() if name != "upload_id" else "0" * 32)
    # Nobody of those who ask: a reset password would end the session that asks next.
    found.know("person_id", district.person("WG030101").id)
    found.know("unit_id", found.actors["XT001"].unit_id)
    found.know("index", "0")
    for name, value in {"name": "delivery_modes", "kind": "tasks", "code": "0000000000", "path": "tasks"}.items():
        found.know(name, value)
    return found


def routes(app: Flask) -> Iterator[tuple[Rule, str, Action]]:
    for rule in app.url_map.iter_rules():
        action = action_of(app.view_functions[rule.endpoint])
        assert action is not None, rule.rule
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, action


def address(rule: Rule, world: World) -> str:
    values = {}
    for name in rule.arguments:
        assert name in world.values, f"teach this test what <{name}> of {rule.rule} is"
        values[name] = world.values[name]
    if rule.rule.startswith("/api/receipts/<cti>/<any"):
        values["kind"] = "correct"
    adapter = rule.build(values, append_unknown=False)
    assert adapter is not None
    return adapter[1]


def test_anonymous_gets_401_everywhere_but_in_public(app: Flask, world: World) -> None:
    wrong = []
    for rule, method, action in routes(app):
        answer = app.test_client().open(address(rule, world), method=method, json={} if method in WRITES else None)
        if action in PUBLIC_ACTIONS:
            fits = answer.status_code not in (401, 403)
        else:
            fits = answer.status_code == 401
        if not fits:
            wrong.append((method, rule.rule, answer.status_code))
    assert wrong == []


def test_every_route_every_role_every_relation(app: Flask, world: World) -> None:
    wrong = []
    seen = 0
    for rule, method, action in routes(app):
        if action in PUBLIC_ACTIONS or action in (Action.SESSION_SELF, Action.ACCOUNT_SELF):
            continue
        url = address(rule, world)
        facts = next((world.facts[name] for name in rule.arguments if name in world.facts), None)
        for number, actor in world.actors.items():
            answer = world.clients[number].open(
                url, method=method, json={} if method in WRITES else None, headers={"X-CSRF-Token": world.csrf[number]}
            )
            seen += 1
            status = answer.status_code
            answer.close()
            if scope_of(action, actor.role) is Scope.NONE:
                fits = status == 403
            elif facts is not None and not permissions.can(actor, action, facts):
                # A body that is not even readable may be told so before anything is looked up.
                fits = status == 404 or (method in WRITES and status in (400, 412, 422))
            else:
                fits = status not in (401, 403, 500) or (status == 403 and method in WRITES and facts is not None)
            if not fits or status >= 500:
                wrong.append((method, rule.rule, actor.role.value, world.relation[number], status))
    assert wrong == []
    assert seen > 500


def test_a_foreign_list_is_empty_of_ours(app: Flask, world: World, district: District) -> None:
    """What one may not know does not show in lists either."""
    ours = world.values["task_id"]
    for number in world.actors:
        if world.relation[number] in ("other court", "other unit"):
            answer = world.clients[number].get("/api/tasks")
            assert answer.status_code in (200, 403)
            assert ours not in answer.get_data(as_text=True)
