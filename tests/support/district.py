"""The demo district in a test database, with the people tests talk about."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from grid.core import clock
from grid.core.actor import Actor
from grid.core.words.roles import Role
from grid.flows.demo import make_district
from grid.flows.unit import transaction
from grid.models import Person, Unit, db
from grid.tools.kit import Kit
from grid.tools.vault import Vault

PASSWORD = "tall-reed-boat-7"


@dataclass(frozen=True)
class District:
    """Accounts by role and by staff number; every one has the same password."""

    kit: Kit
    password: str
    people: dict[str, Person]
    paths: dict[str, str]

    def person(self, staff_no: str) -> Person:
        """Return an account by staff number."""
        return self.people[staff_no]

    @property
    def officer(self) -> Person:
        """Return the first case officer."""
        return self.people["FG001"]

    @property
    def worker(self) -> Person:
        """Return the worker of the first cell."""
        return self.people["WG010101"]

    def phone_of(self, person: Person) -> str:
        """Return the phone number in clear."""
        return self.kit.vault.open_sealed(person.phone_sealed or "", f"person.phone:{person.id}")

    def actor(self, person: Person, device_id: str | None = None) -> Actor:
        """Return the actor a signed-in session would give."""
        return Actor(
            person.id, Role(person.role), person.court_id, person.unit_id, self.paths[person.unit_id], person.name,
            "session", device_id,
        )  # fmt: skip


def found_district(app: Flask) -> None:
    """Create the demo district in the app's database, with its keys."""
    kit: Kit = app.extensions["grid_kit"]
    with app.app_context():
        now = clock.now()
        Vault.open(kit.vault_directory, create=True)
        kit.keys.ensure(now)
        with transaction():
            make_district(kit, now, PASSWORD)


def read_district(app: Flask) -> District:
    """Return the people of a district that was founded before."""
    with app.app_context():
        people = {person.staff_no: person for person in db.session.scalars(select(Person))}
        paths = {row.id: row.path for row in db.session.execute(select(Unit.id, Unit.path))}
        db.session.expunge_all()
        db.session.rollback()
    return District(app.extensions["grid_kit"], PASSWORD, people, paths)
