"""The state table is complete, safe and answers with the next step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.core.errors.lifecycle import WrongState
from grid.core.words.roles import GRID_ROLES, Role
from grid.core.words.tasks import STATE_LABELS, TaskState
from grid.core.words.verbs import GUARD_LABELS, VERB_LABELS, Guard, Verb
from grid.rules import lifecycle
from grid.rules.lifecycle import TRANSITIONS

S = TaskState

WALKS = [
    ([Verb.DISPATCH, Verb.ROUTE, Verb.TAKE, Verb.BEGIN, Verb.REPORT, Verb.VERIFY, Verb.APPROVE, Verb.ARCHIVE],
     S.ARCHIVED),
    ([Verb.DISPATCH, Verb.ROUTE, Verb.TAKE, Verb.BEGIN, Verb.REPORT, Verb.APPROVE], S.CLOSED),
    ([Verb.DISPATCH, Verb.ROUTE, Verb.TAKE, Verb.BEGIN, Verb.REPORT, Verb.SEND_BACK, Verb.REPORT], S.REPORTED),
    ([Verb.DISPATCH, Verb.ROUTE, Verb.RETURN_UNIT, Verb.ROUTE, Verb.TAKE, Verb.RETURN_UNIT], S.RETURNED_UNIT),
    ([Verb.DISPATCH, Verb.ROUTE, Verb.TAKE, Verb.BEGIN, Verb.REPORT, Verb.RECORD_LEFT, Verb.APPROVE], S.CLOSED),
    ([Verb.DISPATCH, Verb.ROUTE, Verb.TAKE, Verb.BEGIN, Verb.RECALL], S.CANCELLED),
    ([Verb.DISPATCH, Verb.SUSPEND, Verb.RECALL], S.CANCELLED),
    ([Verb.RECALL], S.CANCELLED),
]  # fmt: skip


@pytest.mark.parametrize(("verbs", "end"), WALKS)
def test_the_usual_walks_arrive(verbs: list[Verb], end: TaskState) -> None:
    state = S.DRAFT
    for verb in verbs:
        state = lifecycle.transition(verb, state).to_state
    assert state == end


@pytest.mark.parametrize("state", list(S))
def test_what_the_court_can_take_away(state: TaskState) -> None:
    before_report = state in {S.DRAFT, S.DISPATCHED, S.ROUTED, S.TAKEN, S.WORKING, S.RETURNED_UNIT, S.SUSPENDED}
    assert lifecycle.can(Verb.RECALL, state) == before_report
    assert lifecycle.can(Verb.APPROVE, state) == (state in {S.REPORTED, S.VERIFYING})


def test_every_word_is_used_and_labelled() -> None:
    assert {row.verb for row in TRANSITIONS} == set(Verb) == set(VERB_LABELS)
    assert {guard for row in TRANSITIONS for guard in row.guard_names} == set(Guard) == set(GUARD_LABELS)
    assert set(lifecycle.NEXT_STEP) == set(S)
    assert {s for row in TRANSITIONS for s in (*row.from_states, row.to_state)} == set(S)


def test_rows_of_a_verb_share_roles_guards_and_event() -> None:
    for verb in Verb:
        rows = [row for row in TRANSITIONS if row.verb == verb]
        assert len({(row.roles, row.guard_names, row.event, row.label, row.from_states) for row in rows}) == 1
        assert len({row.to_state for row in rows}) == len(rows)


def test_every_state_is_reached_from_draft_and_only_two_are_final() -> None:
    reached, edge = {S.DRAFT}, [S.DRAFT]
    while edge:
        for nxt in lifecycle.next_states(edge.pop()) - reached:
            reached.add(nxt)
            edge.append(nxt)
    assert reached == set(S)
    assert {state for state in S if not lifecycle.next_states(state)} == {S.ARCHIVED, S.CANCELLED}


def test_a_worker_has_no_button_of_the_court() -> None:
    court_only = {Verb.DISPATCH, Verb.RECORD_LEFT, Verb.APPROVE, Verb.SEND_BACK, Verb.VERIFY, Verb.ARCHIVE, Verb.REOPEN}
    for state in S:
        for role in GRID_ROLES:
            assert not court_only & set(lifecycle.verbs_for(state, role))
    assert lifecycle.verbs_for(S.REPORTED, Role.CASE_OFFICER) == (
        Verb.VERIFY, Verb.SEND_BACK, Verb.RECORD_LEFT, Verb.APPROVE,
    )  # fmt: skip
    assert lifecycle.verbs_for(S.ROUTED, Role.GRID_WORKER) == (Verb.TAKE, Verb.RETURN_UNIT)
    assert lifecycle.verbs_for(S.REPORTED, Role.SYSADMIN) == ()


@given(st.sampled_from(list(Verb)), st.sampled_from(list(S)))
def test_can_and_check_agree(verb: Verb, state: TaskState) -> None:
    if lifecycle.can(verb, state):
        lifecycle.check_can(verb, state)
        assert set(lifecycle.targets(verb, state)) <= lifecycle.next_states(state)
        assert verb in lifecycle.verbs_from(state)
        return
    with pytest.raises(WrongState) as caught:
        lifecycle.check_can(verb, state)
    assert STATE_LABELS[state] in caught.value.detail
    assert lifecycle.NEXT_STEP[state] in caught.value.detail
    assert caught.value.facts == {
        "state": state.value, "verb": verb.value, "verbs": [v.value for v in lifecycle.verbs_from(state)],
    }  # fmt: skip


@pytest.mark.parametrize("back_to", [S.DISPATCHED, S.ROUTED, S.TAKEN, S.WORKING, S.RETURNED_UNIT])
def test_a_suspended_task_goes_back_where_it_stood(back_to: TaskState) -> None:
    assert lifecycle.can(Verb.SUSPEND, back_to)
    assert lifecycle.transition(Verb.RESUME, S.SUSPENDED, back_to).to_state == back_to


def test_a_choice_must_be_made_and_must_fit() -> None:
    assert lifecycle.transition(Verb.TRANSFER, S.WORKING, S.ROUTED).event == "task.transferred"
    with pytest.raises(ValueError, match="name one"):
        lifecycle.transition(Verb.TRANSFER, S.WORKING)
    with pytest.raises(WrongState, match="转派后不能变为已办结"):
        lifecycle.transition(Verb.TRANSFER, S.WORKING, S.CLOSED)
    with pytest.raises(WrongState, match="已归卷"):
        lifecycle.transition(Verb.APPROVE, S.ARCHIVED)


@pytest.mark.parametrize(("rounds", "leader"), [(0, False), (1, False), (2, True), (3, True)])
def test_the_third_send_back_reaches_the_leader(rounds: int, leader: bool) -> None:
    assert lifecycle.send_back_reaches_leader(rounds) is leader
