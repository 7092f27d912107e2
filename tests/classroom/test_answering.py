"""Answers: what is late, what comes twice, and which vote it is, in every state of a question."""

from itertools import product

import pytest

from classroom import Late, NoRoom, State, Twice
from classroom.rooms import Rooms


def vote_of(state: State, together: bool, paused: bool, is_asked: bool) -> int | None:
    """As the contract has it: the vote that an answer is; None if it is late."""
    if paused:
        return None
    if not together:
        return None if state == State.REVEALED else 1
    return {State.OPEN: 1, State.SECOND: 2}.get(state) if is_asked else None


@pytest.mark.parametrize("state, together", list(product(State, (True, False))))
def test_an_answer_is_taken_where_the_question_takes_one_and_late_elsewhere(rooms: Rooms, state, together):
    for paused, is_asked in product((True, False), repeat=2):
        opened = rooms.open(["first", "second"])
        token = rooms.join(opened.code, "here").token
        rooms.follow(opened.secret, together)
        rooms.go_to(opened.secret, 0, state)
        if not is_asked:
            rooms.go_to(opened.secret, 1, State.OPEN)
        rooms.pause(opened.secret, paused)
        before, vote = rooms.version(opened.code), vote_of(state, together, paused, is_asked)
        if vote is None:
            with pytest.raises(Late):
                rooms.answer(token, 0, "1")
            assert (rooms.own_answers(token, 0), rooms.version(opened.code)) == ({}, before)
        else:
            assert rooms.answer(token, 0, "1").vote == vote
            assert (rooms.own_answers(token, 0), rooms.version(opened.code)) == ({vote: "1"}, before + 1)


def test_a_second_answer_in_one_vote_is_refused_and_the_first_one_stays(rooms: Rooms):
    opened = rooms.open(["first"])
    token = rooms.join(opened.code, "here").token
    for vote, state in ((1, State.OPEN), (2, State.SECOND)):
        rooms.go_to(opened.secret, 0, state)
        assert rooms.answer(token, 0, f"{vote}").vote == vote
        before = rooms.version(opened.code)
        with pytest.raises(Twice):
            rooms.answer(token, 0, "9")
        assert rooms.version(opened.code) == before
    rooms.go_to(opened.secret, 0, State.OPEN)
    with pytest.raises(Twice):
        rooms.answer(token, 0, "9")
    assert rooms.own_answers(token, 0) == {1: "1", 2: "2"}


def test_an_answer_to_the_first_vote_is_late_in_the_second(rooms: Rooms):
    opened = rooms.open(["first"])
    token = rooms.join(opened.code, "here").token
    rooms.go_to(opened.secret, 0, State.SECOND)
    with pytest.raises(Late):
        rooms.answer(token, 0, "1", vote=1)
    assert rooms.answer(token, 0, "1", vote=2).vote == 2


def test_a_forged_token_gives_no_answer(rooms: Rooms):
    opened = rooms.open(["first"])
    rooms.go_to(opened.secret, 0, State.OPEN)
    rooms.join(opened.code, "here")
    for forged in ("", "x", opened.secret, opened.code, "\ud800", "0" * 100_000):
        with pytest.raises(NoRoom):
            rooms.answer(forged, 0, "1")
        assert rooms.participant(forged) is None
    assert rooms.votes(opened.secret, 0).first == {}
