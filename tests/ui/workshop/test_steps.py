"""The order in which a leader goes through a room."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom import Room, State
from ui.workshop.steps import STATES, Step, ahead, back, name_of, shortcut

ROOM = Room(
    "ABCDE", version=1, together=True, paused=False, position=None, state=State.OPEN, questions=("a", "b", "c"),
    shows_names=False, admits=True, opened=datetime(2026, 11, 27, tzinfo=UTC),
)  # fmt: skip
FREE = replace(ROOM, together=False)


def at(room: Room, position: int | None, state: State) -> Room:
    return replace(room, position=position, state=state)


def way(room: Room, direction, *asked: bool, left: dict[int, State] | None = None) -> list[tuple[int, State]]:
    """All the places that a room comes to in one direction; what was `left` is open where nobody has been yet."""
    found, left = [], left or {}
    while step := direction(room, *asked):
        state = left.get(step.position, State.OPEN) if step.state is None else step.state
        room = at(room, step.position, state)
        found.append((step.position, state))
    return found


def test_every_question_goes_through_two_votes():
    assert way(ROOM, ahead, True) == [(position, state) for position in range(3) for state in STATES]


@pytest.mark.parametrize(("room", "is_voted_on"), [(ROOM, False), (FREE, True), (FREE, False)])
def test_what_is_no_vote_and_what_each_answers_alone_is_opened_and_revealed(room, is_voted_on):
    assert way(room, ahead, is_voted_on) == [
        (position, state) for position in range(3) for state in (State.OPEN, State.REVEALED)
    ]


@pytest.mark.parametrize("room", [ROOM, FREE])
def test_back_is_the_same_way(room):
    forward = way(room, ahead, True)
    left = dict.fromkeys(range(3), State.REVEALED)
    assert way(at(room, *forward[-1]), back, True, True, left=left) == forward[-2::-1]


@pytest.mark.parametrize("room", [ROOM, FREE])
def test_another_question_is_as_it_was_left(room):
    """What was never asked is not revealed on the way back, and no result is hidden again on the way on."""
    assert back(at(room, 1, State.OPEN), True, False) == Step("Back to the previous question", 0, None)
    assert ahead(at(room, 0, State.REVEALED), True) == Step("Next question", 1, None)


def test_a_result_without_a_second_vote_came_from_the_discussion():
    revealed = at(ROOM, 0, State.REVEALED)
    assert back(revealed, True, False) == Step("Back to the discussion", 0, State.CLOSED)
    assert back(revealed, True, True) == Step("Reopen the second vote", 0, State.SECOND)
    assert back(revealed, False, False) == back(at(FREE, 0, State.REVEALED), True, False)
    assert back(at(FREE, 0, State.REVEALED), True, False) == Step("Reopen the question", 0, State.OPEN)


@pytest.mark.parametrize("state", STATES)
def test_a_room_whose_people_are_set_free_in_the_middle_of_a_question_has_a_way_on_and_back(state):
    room = at(FREE, 1, state)
    assert (ahead(room, True).position, ahead(room, True).state) == (
        (2, None) if state is State.REVEALED else (1, State.REVEALED)
    )
    assert back(room, True, False).state is (None if state is State.OPEN else State.OPEN)


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
