"""Codes that somebody types, and somebody who guesses them."""

import pytest

from classroom import NoRoom, TooMany, limits
from classroom.attempts import kept_of
from classroom.rooms import Rooms

GUESSER, CLASS, OTHER = "198.51.100.7", "203.0.113.9", "192.0.2.4"
WRONG = "1111"  # which no code is


def guess(rooms: Rooms, source: str, times: int) -> list[type[Exception]]:
    """How each of so many wrong codes was refused."""
    refused = []
    for _ in range(times):
        try:
            rooms.join(WRONG, source)
        except (NoRoom, TooMany) as error:
            refused.append(type(error))
    return refused


def test_of_a_thousand_wrong_codes_from_one_source_few_are_looked_at(rooms: Rooms):
    opened = rooms.open(["first"])
    refused = guess(rooms, GUESSER, 1000)
    assert refused == [NoRoom] * limits.WRONG_CODES_OF_SOURCE + [TooMany] * (1000 - limits.WRONG_CODES_OF_SOURCE)
    with pytest.raises(TooMany):  # and it is not told that it is right
        rooms.join(opened.code, GUESSER)
    assert rooms.join(opened.code, CLASS).number == 0


def test_the_limit_holds_for_all_servers_of_one_database_and_for_codes_that_are_only_checked(
    rooms: Rooms, database, clock
):
    other = Rooms(database, clock=clock)
    guess(rooms, GUESSER, limits.WRONG_CODES_OF_SOURCE)
    for each in (rooms, other):
        with pytest.raises(TooMany):
            each.check(WRONG, GUESSER)
    other.dispose()


def test_a_class_comes_in_while_somebody_guesses_behind_the_same_address(rooms: Rooms):
    opened, earlier = rooms.open(["first"], source=CLASS), rooms.open(["first"])
    rooms.join(earlier.code, CLASS)
    elsewhere = rooms.open(["first"])
    guess(rooms, CLASS, limits.WRONG_CODES_OF_SOURCE)
    assert [rooms.join(opened.code, CLASS).number for _ in range(100)] == list(range(100))
    assert rooms.join(earlier.code, CLASS).number == 1
    with pytest.raises(TooMany):  # a room that nobody entered from there: a right code is a guess, too
        rooms.join(elsewhere.code, CLASS)


def test_right_codes_do_not_count(rooms: Rooms):
    opened = rooms.open(["first"])
    guess(rooms, CLASS, limits.WRONG_CODES_OF_SOURCE - 1)
    for _ in range(limits.PEOPLE // 2):
        rooms.join(opened.code, CLASS)
        rooms.check(opened.code, CLASS)
    assert guess(rooms, CLASS, 2) == [NoRoom, TooMany]


def test_wrong_codes_from_everywhere_are_limited_in_sum_and_known_people_still_come_in(rooms: Rooms, monkeypatch):
    monkeypatch.setattr("classroom.attempts.WRONG_CODES", 100)
    opened = rooms.open(["first"])
    rooms.join(opened.code, CLASS)
    refused = [guess(rooms, f"10.0.{number}.1", 1)[0] for number in range(150)]
    assert refused == [NoRoom] * 100 + [TooMany] * 50
    with pytest.raises(TooMany):
        rooms.join(opened.code, OTHER)
    assert rooms.join(opened.code, CLASS).number == 1


def test_wrong_codes_are_forgotten_after_a_while(rooms: Rooms, clock):
    opened = rooms.open(["first"])
    guess(rooms, GUESSER, limits.WRONG_CODES_OF_SOURCE)
    clock.move(limits.WRONG_CODES_IN)
    assert rooms.join(opened.code, GUESSER).number == 0
    assert guess(rooms, GUESSER, limits.WRONG_CODES_OF_SOURCE + 1)[-2:] == [NoRoom, TooMany]


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_a_code_may_be_typed_in_small_letters_and_with_spaces(rooms: Rooms, typed):
    opened = rooms.open(["first"])
    assert rooms.check(typed.format(opened.code.lower()), CLASS) == opened.code
    spaced = " ".join(opened.code)
    assert rooms.room(typed.format(spaced)).code == opened.code


@pytest.mark.parametrize(
    "code", ["", " ", "ABC", "AAAAAA", "\0", "\ud800", "'; DROP TABLE rooms; --", "ß" * 5, "A" * 10**6]
)
def test_what_is_no_code_is_a_wrong_one(rooms: Rooms, code):
    with pytest.raises(NoRoom):
        rooms.join(code, CLASS)
    for ask in (rooms.version, rooms.room, rooms.participants):
        with pytest.raises(NoRoom):
            ask(code)


def test_sources_are_told_apart_but_for_the_addresses_of_one_household(rooms: Rooms):
    assert len({kept_of(source) for source in (GUESSER, CLASS, OTHER, "", "here", "\ud800", "x" * 10**6)}) == 7
    assert kept_of("2001:db8::1") == kept_of("2001:db8:0:0:ffff::2") != kept_of("2001:db8:0:1::1")
    assert kept_of(f"::ffff:{CLASS}") == kept_of(CLASS)
    assert 0 <= kept_of(CLASS) < 2**16
