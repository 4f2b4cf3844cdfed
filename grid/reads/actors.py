"""Who a person is as an actor when nobody is signed in: for work done later in that person's name."""

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.words.roles import Role
from grid.models import Person, Unit, db


def actor_of(person_id: str) -> Actor | None:
    """Return the person's present role and reach, or None when the account is closed."""
    row = db.session.execute(
        select(Person.id, Person.role, Person.court_id, Person.unit_id, Person.name, Unit.path)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id == person_id, Person.deactivated_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    return Actor(row.id, Role(row.role), row.court_id, row.unit_id, row.path, row.name, session_id="")
