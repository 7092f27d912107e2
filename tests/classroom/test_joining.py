"""Participants: their numbers and names, and that a token makes somebody the same person again."""

import pytest

from classroom import Full, Member, NoRoom, State, limits
from classroom.rooms import Rooms
from classroom.words import ADJECTIVES, ANIMALS


@pytest.fixture
def opened(rooms: Rooms):
    return rooms.open(["first"])


def test_people_get_numbers_in_order_and_names_that_nobody_else_has(rooms: Rooms, opened):
    people = [rooms.join(opened.code, "here") for _ in range(limits.PEOPLE)]
    assert [person.number for person in people] == list(range(limits.PEOPLE))
    assert len({person.name for person in people}) == len({person.token for person in people}) == limits.PEOPLE
    assert [(each.number, each.name) for each in rooms.participants(opened.code)] == [
        (person.number, person.name) for person in people
    ]
    before = rooms.version(opened.code)
    with pytest.raises(Full):
        rooms.join(opened.code, "here")
    assert rooms.version(opened.code) == before
    assert rooms.join(rooms.open(["first"]).code, "here").number == 0, "other rooms are not full"


def test_a_token_makes_the_same_person_in_another_window_too(rooms: Rooms, opened):
    joined = rooms.join(opened.code, "here")
    assert rooms.participant(joined.token) == Member(opened.code, joined.number, joined.name, stuck=False)
    for nobodys in ("", joined.token[:-1], opened.secret, opened.code, "\ud800", "\0"):
        assert rooms.participant(nobodys) is None


def test_other_words_are_new_ones_and_are_of_this_participant_alone(rooms: Rooms, opened):
    first, second = rooms.join(opened.code, "here"), rooms.join(opened.code, "here")
    for _ in range(5):
        before, was = rooms.version(opened.code), rooms.participant(first.token).name
        name = rooms.rename(first.token)
        assert name not in (was, second.name)
        assert (rooms.participant(first.token).name, rooms.version(opened.code)) == (name, before + 1)
    assert rooms.participant(second.token).name == second.name


def test_who_is_stuck_says_so_and_takes_it_back(rooms: Rooms, opened):
    tokens = [rooms.join(opened.code, "here").token for _ in range(3)]
    for on, times, changes in ((True, 2, 1), (False, 2, 1)):
        before = rooms.version(opened.code)
        for _ in range(times):
            rooms.stuck(tokens[1], on)
        assert rooms.version(opened.code) == before + changes
        assert [each.stuck for each in rooms.participants(opened.code)] == [False, on, False]
        assert rooms.participant(tokens[1]).stuck == on
        assert rooms.votes(opened.secret, 0).stuck == on


def test_nobody_is_stuck_any_more_when_all_follow_to_another_question(rooms: Rooms):
    opened, other = rooms.open(["first", "second"]), rooms.open(["first"])
    token, elsewhere = rooms.join(opened.code, "here").token, rooms.join(other.code, "here").token
    rooms.stuck(elsewhere, True)
    for together, position, state, stays in (
        (True, 0, State.OPEN, False),
        (True, 0, State.CLOSED, True),
        (False, 1, State.OPEN, True),
        (True, 0, State.CLOSED, False),
    ):
        rooms.stuck(token, True)
        rooms.follow(opened.secret, together)
        rooms.go_to(opened.secret, position, state)
        assert rooms.participant(token).stuck == stays
    assert rooms.participant(elsewhere).stuck


def test_a_forged_token_changes_nothing(rooms: Rooms, opened):
    rooms.join(opened.code, "here")
    before = rooms.version(opened.code), rooms.participants(opened.code)
    for act in (rooms.rename, lambda token: rooms.stuck(token, True)):
        with pytest.raises(NoRoom):
            act("forged")
    assert (rooms.version(opened.code), rooms.participants(opened.code)) == before


def test_words_are_short_and_there_are_names_for_many_more_than_a_room_has():
    assert len(set(ADJECTIVES)) * len(set(ANIMALS)) > 5 * limits.PEOPLE
    assert all(word.isalpha() and word.islower() and len(word) <= 8 for word in ADJECTIVES + ANIMALS)
    assert (len(set(ADJECTIVES)), len(set(ANIMALS))) == (len(ADJECTIVES), len(ANIMALS))
