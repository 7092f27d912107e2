"""The order in which a leader goes through a room."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom import Room, State
from ui.workshop.steps import STATES, ahead, back, name_of, shortcut

ROOM = Room(
    "ABCDE", version=1, together=True, paused=False, position=None, state=State.OPEN, questions=("a", "b", "c"),
    shows_names=False, admits=True, opened=datetime(2026, 11, 27, tzinfo=UTC),
)  # fmt: skip
FREE = replace(ROOM, together=False)


def at(room: Room, position: int | None, state: State) -> Room:
    return replace(room, position=position, state=state)


def way(room: Room, direction, is_voted_on: bool = True) -> list[tuple[int, State]]:
    """All the places that a room comes to in one direction."""
    found = []
    while step := direction(room, is_voted_on):
        room = at(room, step.position, step.state)
        found.append((step.position, step.state))
    return found


def test_every_question_goes_through_two_votes():
    assert way(ROOM, ahead) == [(position, state) for position in range(3) for state in STATES]


@pytest.mark.parametrize(("room", "is_voted_on"), [(ROOM, False), (FREE, True), (FREE, False)])
def test_what_is_no_vote_and_what_each_answers_alone_is_opened_and_revealed(room, is_voted_on):
    assert way(room, ahead, is_voted_on) == [
        (position, state) for position in range(3) for state in (State.OPEN, State.REVEALED)
    ]


@pytest.mark.parametrize("room", [ROOM, FREE])
def test_back_is_the_same_way(room):
    forward = way(room, ahead)
    assert way(at(room, *forward[-1]), back) == forward[-2::-1]


@pytest.mark.parametrize("state", STATES)
def test_a_room_whose_people_are_set_free_in_the_middle_of_a_question_has_a_way_on_and_back(state):
    room = at(FREE, 1, state)
    assert (ahead(room, True).position, ahead(room, True).state) == (
        (2, State.OPEN) if state is State.REVEALED else (1, State.REVEALED)
    )
    assert back(room, True).state is (State.REVEALED if state is State.OPEN else State.OPEN)


def test_only_the_discussion_can_be_ended_by_the_result():
    steps = {state: shortcut(at(ROOM, 0, state), True) for state in STATES}
    assert steps.pop(State.CLOSED).state is State.REVEALED
    assert not any(steps.values())
    assert shortcut(ROOM, True) is None
    assert shortcut(at(FREE, 0, State.CLOSED), True) is None


def test_what_is_opened_once_is_no_first_vote():
    assert name_of(State.OPEN, at(ROOM, 0, State.OPEN), True) == "First vote"
    assert name_of(State.OPEN, at(ROOM, 0, State.OPEN), False) == name_of(State.OPEN, FREE, True) == "Open"
    assert name_of(State.REVEALED, FREE, True) == STATES[State.REVEALED]
