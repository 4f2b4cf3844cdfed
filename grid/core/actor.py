"""Who acts: the signed-in person as plain facts, handed to flows and rules as an argument."""

from dataclasses import dataclass

from grid.core.words.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """One signed-in person; unit_path is the materialised path of the unit, like '/<id>/<id>/'."""

    id: str
    role: Role
    court_id: str
    unit_id: str
    unit_path: str
    name: str
    session_id: str
    device_id: str | None = None
    must_change_password: bool = False
