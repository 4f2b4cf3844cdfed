"""The permission table: complete, equal to the lifecycle's roles, and silent about what one may not know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.actor import Actor
from grid.core.errors import NotAllowed, NotFound
from grid.core.errors.permissions import OwnWork
from grid.core.words.roles import GRID_ROLES, Role
from grid.core.words.verbs import Verb
from grid.rules import permissions
from grid.rules.lifecycle import TRANSITIONS
from grid.rules.permissions import TABLE, VERB_ACTIONS, Action, ObjectFacts, Scope

ME, COURT, STREET, CELL = "me", "court-1", "/d/s1/", "/d/s1/c1/"


def actor(role: Role, unit_path: str = STREET) -> Actor:
    return Actor(ME, role, COURT, "u", unit_path, "张三", "session")


PLACES = {
    "own": ObjectFacts("court-2", "/x/", frozenset({ME})),
    "same unit": ObjectFacts(COURT, CELL, frozenset({"other"})),
    "other unit": ObjectFacts(COURT, "/d/s2/", frozenset({"other"})),
    "other court": ObjectFacts("court-2", CELL, frozenset({"other"})),
}
REACH = {
    Scope.NONE: set(),
    Scope.OWN: {"own"},
    Scope.UNIT: {"own", "same unit"},
    Scope.COURT: {"own", "same unit", "other unit"},
    Scope.ANY: set(PLACES),
}


def test_every_action_has_its_line() -> None:
    assert set(TABLE) == set(Action)
    assert all(TABLE[action] for action in Action)


@pytest.mark.parametrize("action", list(Action))
def test_every_role_reaches_exactly_as_far_as_its_scope(action: Action) -> None:
    for role in Role:
        scope = permissions.scope_of(action, role)
        for name, facts in PLACES.items():
            allowed = name in REACH[scope]
            assert permissions.can(actor(role), action, facts) is allowed, (role, name)
            if allowed:
                permissions.check(actor(role), action, facts)
            else:
                with pytest.raises(NotAllowed if scope == Scope.NONE else NotFound):
                    permissions.check(actor(role), action, facts)
        assert permissions.can(actor(role), action) is (scope != Scope.NONE)


@pytest.mark.parametrize("action", list(Action))
def test_a_visitor_may_only_verify_sign_in_and_read_the_public_reference(action: Action) -> None:
    public = action in {Action.PUBLIC_VERIFY, Action.PUBLIC_REFERENCE, Action.SIGN_IN, Action.METRICS_READ}
    assert permissions.can(None, action) is public
    assert permissions.can(None, action, PLACES["own"]) is public
    if not public:
        with pytest.raises(NotAllowed):
            permissions.check(None, action)


@pytest.mark.parametrize("verb", list(Verb))
def test_the_lifecycle_names_the_same_roles(verb: Verb) -> None:
    named = {role for row in TRANSITIONS if row.verb == verb for role in row.roles}
    assert named == set(TABLE[VERB_ACTIONS[verb]])


# The handbook's matrix (§13), read again by hand: who must never have what.
NEVER = [
    (Role.SYSADMIN, {Action.CASE_READ, Action.TASK_READ, Action.PARTY_REVEAL, Action.EVIDENCE_READ,
                     Action.RECEIPT_READ, Action.REGISTER_READ}),
    (Role.AUDITOR, {Action.CASE_READ, Action.PARTY_REVEAL, Action.TASK_REVIEW, Action.SETTING_WRITE,
                    Action.EVIDENCE_ORIGINAL}),
    (Role.DISTRICT_CENTRE, {Action.CASE_READ, Action.EVIDENCE_READ, Action.PARTY_REVEAL}),
    (Role.STREET_CENTRE, {Action.CASE_READ, Action.PARTY_REVEAL, Action.TASK_REVIEW}),
    (Role.ASSESSOR, {Action.CASE_READ, Action.TASK_READ, Action.EVIDENCE_READ, Action.EXPORT_PERSONAL}),
    (Role.COURT_ADMIN, {Action.CASE_WRITE, Action.TASK_DISPATCH, Action.TASK_REVIEW, Action.PERSON_WRITE}),
    (Role.COMMAND_CENTRE, {Action.CASE_WRITE, Action.LEFT_SERVICE_RECORD}),
]  # fmt: skip


@pytest.mark.parametrize(("role", "actions"), NEVER)
def test_what_the_handbook_keeps_from_each_role(role: Role, actions: set[Action]) -> None:
    assert {a for a in actions if permissions.scope_of(a, role) != Scope.NONE} == set()


def test_grid_people_have_no_court_power() -> None:
    for role in GRID_ROLES:
        reach = {a for a in Action if permissions.scope_of(a, role) in (Scope.COURT, Scope.ANY)}
        assert reach == {Action.PUBLIC_VERIFY, Action.PUBLIC_REFERENCE, Action.SIGN_IN, Action.METRICS_READ}
        assert permissions.scope_of(Action.LEFT_SERVICE_RECORD, role) == Scope.NONE
        assert permissions.scope_of(Action.REGISTER_EXPORT, role) == Scope.NONE


def test_a_person_without_a_unit_and_a_thing_without_a_unit_do_not_meet() -> None:
    assert not permissions.can(actor(Role.STREET_CENTRE, ""), Action.TASK_READ, PLACES["same unit"])
    assert not permissions.can(actor(Role.STREET_CENTRE), Action.TASK_READ, ObjectFacts(COURT, ""))
    assert not permissions.can(actor(Role.STREET_CENTRE, "/d/s1/c1/"), Action.TASK_READ, ObjectFacts(COURT, "/d/s1/"))


@given(st.sets(st.sampled_from([ME, "a", "b"])))
def test_nobody_reviews_own_work(made_by: set[str]) -> None:
    if ME in made_by:
        with pytest.raises(OwnWork):
            permissions.check_can_review(actor(Role.CASE_OFFICER), frozenset(made_by))
    else:
        permissions.check_can_review(actor(Role.CASE_OFFICER), frozenset(made_by))
