"""What may be seen, by whom, and when: by the store, whatever a page asks for."""

import pytest

from classroom import Shown, State
from classroom.rooms import Rooms


@pytest.fixture
def played(rooms: Rooms):
    """A room in which three of four people have voted, found something, and tried to reach a goal."""
    opened = rooms.open(["first", "second"])
    rooms.go_to(opened.secret, 0, State.OPEN)
    tokens = [rooms.join(opened.code, "here").token for _ in range(4)]
    for number, token in enumerate(tokens[:3]):
        rooms.answer(token, 0, "01"[number > 1])
        rooms.keep_found(token, 0, None, number, [number / 10], "1")
        rooms.keep_goal(token, 0, {"units": 5 - number}, 5 - number, 5 - number, 5)
    rooms.stuck(tokens[3], True)
    return opened, tokens


def test_nobody_but_the_leader_sees_anything_before_it_is_revealed(rooms: Rooms, played):
    opened, _ = played
    for state in State:
        rooms.go_to(opened.secret, 0, state)
        shown = rooms.shown(opened.code, 0)
        assert (shown == Shown(None, (), ())) == (state != State.REVEALED)
        votes = rooms.votes(opened.secret, 0)
        assert (votes.first, votes.second, votes.stuck, votes.people) == ({"0": 2, "1": 1}, {}, 1, 4)
        assert len(rooms.found(opened.secret, 0)) == 3
    rooms.go_to(opened.secret, 0, State.REVEALED)
    rooms.go_to(opened.secret, 1, State.OPEN)
    assert rooms.shown(opened.code, 0).votes.first == {"0": 2, "1": 1}
    assert rooms.shown(opened.code, 1) == Shown(None, (), ())
    rooms.go_to(opened.secret, 0, State.SECOND)
    assert rooms.shown(opened.code, 0) == Shown(None, (), ())


def test_free_mode_reveals_nothing_by_itself(rooms: Rooms, played):
    opened, _ = played
    rooms.follow(opened.secret, False)
    assert rooms.shown(opened.code, 0) == Shown(None, (), ())


@pytest.mark.parametrize("state", State)
def test_where_each_works_freely_a_question_is_open_until_it_is_revealed(rooms: Rooms, played, state):
    """However far the leader was with it: no second vote is counted, and no discussion is on the wall."""
    opened, _ = played
    rooms.go_to(opened.secret, 0, state)
    rooms.follow(opened.secret, False)
    assert rooms.room(opened.code).state == (state if state == State.REVEALED else State.OPEN)
    assert rooms.votes(opened.secret, 0).ready == rooms.turnout(opened.code, 0)[0] == 3
    rooms.follow(opened.secret, True)
    assert rooms.room(opened.code).state == state, "where all follow again, they go on there"


def test_who_is_ready_is_counted_in_the_vote_that_is_going_on(rooms: Rooms):
    opened = rooms.open(["first"])
    tokens = [rooms.join(opened.code, "here").token for _ in range(3)]
    expected = {State.OPEN: 2, State.CLOSED: 2, State.SECOND: 0, State.REVEALED: 2}
    rooms.go_to(opened.secret, 0, State.OPEN)
    for token in tokens[:2]:
        rooms.answer(token, 0, "0")
    for state, ready in expected.items():
        rooms.go_to(opened.secret, 0, state)
        assert rooms.votes(opened.secret, 0).ready == ready
    rooms.go_to(opened.secret, 0, State.SECOND)
    rooms.answer(tokens[0], 0, "1")
    assert rooms.votes(opened.secret, 0).ready == 1
    rooms.go_to(opened.secret, 0, State.REVEALED)
    assert rooms.votes(opened.secret, 0).ready == 1
    rooms.go_to(opened.secret, 0, State.OPEN)
    rooms.keep_goal(tokens[2], 0, {}, 1, 4, 5)
    assert rooms.votes(opened.secret, 0).ready == 2
    rooms.keep_goal(tokens[2], 0, {}, 1, 5, 5)
    assert rooms.votes(opened.secret, 0).ready == 3


def test_names_are_shown_if_the_leader_shows_them(rooms: Rooms, played):
    opened, tokens = played
    rooms.go_to(opened.secret, 0, State.REVEALED)
    names = [rooms.participant(token).name for token in tokens]
    for on in (False, True):
        rooms.show_names(opened.secret, on)
        shown = rooms.shown(opened.code, 0)
        assert [each.name for each in shown.found] == (names[:3] if on else [""] * 3)
        assert [each.name for each in shown.board] == (names[:1] if on else [""])
        assert [each.number for each in shown.found] == [0, 1, 2]
    assert [each.name for each in rooms.found(opened.secret, 0)] == names[:3]


def test_the_board_has_what_holds_and_the_cheapest_first(rooms: Rooms):
    opened = rooms.open(["first"])
    rooms.go_to(opened.secret, 0, State.OPEN)
    for cost, reached in ((8, 5), (3, 4), (6, 5), (8, 5)):
        rooms.keep_goal(rooms.join(opened.code, "here").token, 0, {"units": cost}, cost, reached, 5)
    rooms.go_to(opened.secret, 0, State.REVEALED)
    assert [(each.number, each.cost) for each in rooms.shown(opened.code, 0).board] == [(2, 6), (0, 8), (3, 8)]


def test_the_leaders_record_has_everything(rooms: Rooms, played, clock):
    opened, tokens = played
    rooms.go_to(opened.secret, 0, State.SECOND)
    rooms.answer(tokens[3], 0, "2")
    record = rooms.everything(opened.secret)
    assert record.room == rooms.room(opened.code)
    assert record.participants == rooms.participants(opened.code)
    first, second = record.asked
    assert [(each.number, each.vote, each.text) for each in first.answers] == [
        (0, 1, "0"), (1, 1, "0"), (2, 1, "1"), (3, 2, "2"),
    ]  # fmt: skip
    assert {each.at for each in first.answers} == {clock.at}
    assert (first.position, first.text, first.state) == (0, "first", State.SECOND)
    assert (first.votes, first.found) == (rooms.votes(opened.secret, 0), rooms.found(opened.secret, 0))
    assert [each.holds for each in first.goals] == [True, False, False]
    assert first.board == first.goals[:1]
    assert (second.answers, second.found, second.goals, second.board) == ((), (), (), ())


def test_rooms_know_nothing_of_each_other(rooms: Rooms, played):
    other = rooms.open(["first", "second"])
    rooms.go_to(other.secret, 0, State.REVEALED)
    votes = rooms.shown(other.code, 0).votes
    assert (votes.first, votes.people, votes.stuck) == ({}, 0, 0)
    assert rooms.participants(other.code) == ()
    assert rooms.everything(other.secret).asked[0].found == ()
