"""A leader lets nobody new in, and removes people: one who is there twice, or a whole script."""

import pytest

from classroom import Full, NoRoom, Shut, State, limits
from classroom.rooms import Rooms

given = pytest.mark.parametrize(
    "give",
    [lambda rooms, token: rooms.answer(token, 0, "1"), lambda rooms, token: rooms.keep_goal(token, 0, {}, 1, 4, 5)],
    ids=["an answer", "an attempt"],
)


@pytest.fixture
def opened(rooms: Rooms):
    opened = rooms.open(["first"])
    rooms.go_to(opened.secret, 0, State.OPEN)
    return opened


def give_everything(rooms: Rooms, token: str) -> None:
    rooms.answer(token, 0, "1")
    rooms.keep_found(token, 0, None, 0, [1.0], "1")
    rooms.keep_goal(token, 0, {}, 1, 5, 5)
    rooms.stuck(token, True)


def test_a_room_that_admits_nobody_keeps_those_who_are_in(rooms: Rooms, opened):
    token = rooms.join(opened.code, "here").token
    rooms.admit(opened.secret, False)
    before = rooms.version(opened.code)
    with pytest.raises(Shut):
        rooms.join(opened.code, "here")
    assert rooms.version(opened.code) == before
    assert rooms.join(rooms.open(["first"]).code, "here").number == 0, "other rooms admit people"
    rooms.answer(token, 0, "1")
    rooms.admit(opened.secret, True)
    assert rooms.join(opened.code, "here").number == 1


def test_who_is_removed_is_nobody_and_leaves_nothing(rooms: Rooms, opened):
    other = rooms.open(["first"])
    tokens = [rooms.join(opened.code, "here").token for _ in range(3)]
    elsewhere = rooms.join(other.code, "here").token
    for token in tokens:
        give_everything(rooms, token)
    before = rooms.version(opened.code)
    rooms.remove(opened.secret, [1, 2])
    assert rooms.version(opened.code) == before + 1
    assert [rooms.participant(token) is None for token in tokens] == [False, True, True]
    assert rooms.participant(elsewhere), "somebody of the same number in another room stays"
    votes = rooms.votes(opened.secret, 0)
    assert (votes.first, votes.ready, votes.stuck, votes.people) == ({"1": 1}, 1, 1, 1)
    (first,) = rooms.everything(opened.secret).asked
    assert {each.number for given in (first.answers, first.found, first.goals) for each in given} == {0}
    for act in (
        rooms.rename,
        lambda token: rooms.answer(token, 0, "1"),
        lambda token: rooms.keep_found(token, 0, None, 0, [1.0], "1"),
        lambda token: rooms.keep_goal(token, 0, {}, 1, 5, 5),
    ):
        with pytest.raises(NoRoom):
            act(tokens[1])
    rooms.remove(opened.secret, [1, 2, 99])
    assert rooms.version(opened.code) == before + 1, "nobody of these is there"


@given
def test_who_was_taken_for_silent_and_has_answered_meanwhile_stays(rooms: Rooms, opened, give):
    tokens = [rooms.join(opened.code, "here").token for _ in range(4)]
    for token in (tokens[0], tokens[2], tokens[3]):
        give(rooms, token)
    assert rooms.remove(opened.secret, [0, 1, 2], silent=[1, 2, 3]) == (2,)
    assert [each.number for each in rooms.participants(opened.code)] == [2, 3]
    before = rooms.version(opened.code)
    assert rooms.remove(opened.secret, [2], silent=[2]) == (2,)
    assert rooms.version(opened.code) == before, "nothing has changed"
    assert rooms.remove(opened.secret, [2]) == ()
    assert rooms.participant(tokens[2]) is None


def test_a_full_room_has_places_again_and_gives_no_number_twice(rooms: Rooms, opened):
    for _ in range(limits.PEOPLE):
        rooms.join(opened.code, "here")
    with pytest.raises(Full):
        rooms.join(opened.code, "here")
    rooms.remove(opened.secret, range(1, limits.PEOPLE))
    assert rooms.join(opened.code, "here").number == limits.PEOPLE
    assert [each.number for each in rooms.participants(opened.code)] == [0, limits.PEOPLE]


@given
def test_the_leader_is_told_who_has_given_nothing(rooms: Rooms, opened, give):
    tokens = [rooms.join(opened.code, "here").token for _ in range(2)]
    give(rooms, tokens[1])
    assert [each.answered for each in rooms.participants(opened.code)] == [False, True]
