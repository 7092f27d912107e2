"""What a leader does: in all states, with a forged secret, at the end of a room."""

from datetime import timedelta
from itertools import product

import pytest

from classroom import Forged, Full, Moved, NoRoom, State, limits
from classroom.rooms import Rooms
from classroom.store import LETTERS

ACTS = {
    "go_to": lambda rooms, secret: rooms.go_to(secret, 0, State.OPEN),
    "pause": lambda rooms, secret: rooms.pause(secret, True),
    "follow": lambda rooms, secret: rooms.follow(secret, False),
    "show_names": lambda rooms, secret: rooms.show_names(secret, True),
    "admit": lambda rooms, secret: rooms.admit(secret, False),
    "remove": lambda rooms, secret: rooms.remove(secret, [0]),
    "close": lambda rooms, secret: rooms.close(secret),
    "votes": lambda rooms, secret: rooms.votes(secret, 0),
    "found": lambda rooms, secret: rooms.found(secret, 0),
    "everything": lambda rooms, secret: rooms.everything(secret),
}


def test_a_new_room_waits_before_its_first_question(rooms: Rooms, clock):
    opened = rooms.open(["first", "second"])
    room = rooms.room(opened.code)
    assert len(opened.code) == 5 and set(opened.code) <= set(LETTERS)
    assert (room.code, room.questions, room.opened) == (opened.code, ("first", "second"), clock.at)
    assert (room.together, room.paused, room.position, room.state) == (True, False, None, State.OPEN)
    assert (room.shows_names, room.admits, room.version) == (False, True, rooms.version(opened.code))
    assert rooms.code_of(opened.secret) == opened.code
    assert rooms.code_of(opened.code) is None


@pytest.mark.parametrize("act", ACTS)
def test_a_forged_secret_does_nothing(rooms: Rooms, act):
    opened, other = rooms.open(["first"]), rooms.open(["first"])
    token = rooms.join(opened.code, "here").token
    rooms.close(other.secret)
    before = rooms.everything(opened.secret)
    for forged in ("", "x", token, opened.code, opened.secret[:-1], other.secret, "\ud800", "\0"):
        with pytest.raises(Forged):
            ACTS[act](rooms, forged)
        assert rooms.code_of(forged) is None
    assert rooms.everything(opened.secret) == before


@pytest.mark.parametrize("before, after", list(product(State, repeat=2)))
def test_any_state_may_follow_any_other_and_the_votes_stay(rooms: Rooms, before, after):
    opened = rooms.open(["first"])
    token = rooms.join(opened.code, "here").token
    rooms.go_to(opened.secret, 0, State.OPEN)
    rooms.answer(token, 0, "1")
    rooms.go_to(opened.secret, 0, before)
    version = rooms.version(opened.code)
    rooms.go_to(opened.secret, 0, after)
    assert rooms.room(opened.code).state == after
    assert rooms.version(opened.code) == version + (before != after)
    assert rooms.votes(opened.secret, 0).first == {"1": 1}


def test_a_step_from_where_the_room_is_no_more_is_refused_and_one_to_where_it_is_changes_nothing(rooms: Rooms):
    opened = rooms.open(["first", "second"])
    before = rooms.room(opened.code)
    for _click in range(2):
        rooms.go_to(opened.secret, 0, State.OPEN, before)
    there = rooms.room(opened.code)
    assert (there.position, there.state, there.version) == (0, State.OPEN, before.version + 1)
    rooms.go_to(opened.secret, 0, State.CLOSED, there)
    rooms.go_to(opened.secret, 0, State.SECOND, rooms.room(opened.code))
    now = rooms.room(opened.code)
    for position, state in ((0, State.CLOSED), (0, State.OPEN), (1, State.OPEN), (1, State.SECOND)):
        for seen in (before, there):
            with pytest.raises(Moved):
                rooms.go_to(opened.secret, position, state, seen)
    assert rooms.room(opened.code) == now


@pytest.mark.parametrize("together", [True, False])
def test_two_clicks_on_a_step_to_a_question_as_it_was_left_are_one(rooms: Rooms, together):
    opened = rooms.open(["first", "second"])
    rooms.go_to(opened.secret, 1, State.CLOSED)
    rooms.go_to(opened.secret, 0, State.REVEALED)
    rooms.follow(opened.secret, together)
    seen = rooms.room(opened.code)
    for _click in range(2):
        rooms.go_to(opened.secret, 1, None, seen)
    there = rooms.room(opened.code)
    assert (there.position, there.version) == (1, seen.version + 1)
    assert rooms.everything(opened.secret).asked[1].state == State.CLOSED
    rooms.go_to(opened.secret, 0)
    with pytest.raises(Moved):
        rooms.go_to(opened.secret, 1, None, there)


def test_each_question_keeps_its_state_while_another_one_is_asked(rooms: Rooms):
    opened = rooms.open(["first", "second"])
    rooms.go_to(opened.secret, 0, State.REVEALED)
    rooms.go_to(opened.secret, 1, State.OPEN)
    room = rooms.room(opened.code)
    assert (room.position, room.state) == (1, State.OPEN)
    assert [asked.state for asked in rooms.everything(opened.secret).asked] == [State.REVEALED, State.OPEN]
    version = rooms.version(opened.code)
    rooms.go_to(opened.secret, 0)
    room = rooms.room(opened.code)
    assert (room.position, room.state, room.version) == (0, State.REVEALED, version + 1)


@pytest.mark.parametrize(
    "act, field", [("pause", "paused"), ("follow", "together"), ("show_names", "shows_names"), ("admit", "admits")]
)
def test_a_switch_changes_the_room_when_it_is_turned_only(rooms: Rooms, act, field):
    opened = rooms.open(["first"])
    for on in (True, False, True):
        getattr(rooms, act)(opened.secret, on)
        version = rooms.version(opened.code)
        getattr(rooms, act)(opened.secret, on)
        assert (getattr(rooms.room(opened.code), field), rooms.version(opened.code)) == (on, version)
        getattr(rooms, act)(opened.secret, not on)
        assert (getattr(rooms.room(opened.code), field), rooms.version(opened.code)) == (not on, version + 1)


@pytest.mark.parametrize("state", ["", "OPEN", 1, "shut"])
def test_no_other_state_is_taken(rooms: Rooms, state):
    opened = rooms.open(["first"])
    with pytest.raises(ValueError):
        rooms.go_to(opened.secret, 0, state)


@pytest.mark.parametrize(
    "questions",
    [[], ["first"] * (limits.QUESTIONS[1] + 1), [1], ["\0"], ["\ud800"], ["x" * (limits.QUESTION_CHARACTERS + 1)]],
    ids=["none", "too many", "no text", "zero", "surrogate", "too long"],
)
def test_a_room_without_questions_or_with_what_is_none_is_an_error(rooms: Rooms, questions):
    with pytest.raises(ValueError):
        rooms.open(questions)


def test_a_question_may_be_an_address_with_all_there_is_in_it(rooms: Rooms):
    questions = ["?question=é%20&b=<b>", "x" * limits.QUESTION_CHARACTERS, "", "名前 😀"]
    assert rooms.room(rooms.open(questions).code).questions == tuple(questions)


def gone(rooms: Rooms, opened, token: str) -> bool:
    """Whether a room is, for its leader, its participants and everybody."""
    for ask in (rooms.version, rooms.room, rooms.participants, lambda code: rooms.join(code, "here")):
        with pytest.raises(NoRoom):
            ask(opened.code)
    with pytest.raises(NoRoom):
        rooms.answer(token, 0, "1")
    return rooms.code_of(opened.secret) is rooms.participant(token) is None


def full_room(rooms: Rooms):
    """A room with something in every table, and a participant's token."""
    opened = rooms.open(["first"], source="here")
    token = rooms.join(opened.code, "here").token
    rooms.go_to(opened.secret, 0, State.OPEN)
    rooms.answer(token, 0, "1")
    rooms.keep_found(token, 0, None, 0, [1.0], "1")
    rooms.keep_goal(token, 0, {}, 1, 5, 5)
    return opened, token


def rows(rooms: Rooms) -> dict[str, int]:
    """How many rows each table has that a room leaves some in."""
    from sqlalchemy import func, select

    from classroom.tables import metadata

    with rooms._reading() as connection:
        tables = [table for table in metadata.sorted_tables if table.name != "wrong_codes"]
        return {table.name: connection.scalar(select(func.count()).select_from(table)) for table in tables}


def test_a_closed_room_is_deleted_with_all_that_is_in_it(rooms: Rooms):
    opened, token = full_room(rooms)
    assert all(rows(rooms).values())
    rooms.close(opened.secret)
    assert not any(rows(rooms).values())
    assert gone(rooms, opened, token)


def test_a_room_ends_after_thirty_days_and_is_deleted_when_another_one_is_opened(rooms: Rooms, clock):
    opened, token = full_room(rooms)
    clock.move(timedelta(days=30) - timedelta(seconds=1))
    assert rooms.participant(token)
    clock.move(timedelta(seconds=1))
    assert gone(rooms, opened, token)
    assert all(rows(rooms).values())
    rooms.open(["first"])
    assert rows(rooms) == dict.fromkeys(rows(rooms), 0) | {"rooms": 1, "questions": 1}


def test_a_room_that_nobody_has_entered_or_begun_ends_after_three_days(rooms: Rooms, clock):
    unused, entered, begun = (rooms.open(["first"]) for _ in range(3))
    rooms.join(entered.code, "here")
    rooms.go_to(begun.secret, 0, State.OPEN)
    clock.move(timedelta(days=3) - timedelta(seconds=1))
    assert rooms.room(unused.code)
    clock.move(timedelta(seconds=1))
    with pytest.raises(NoRoom):
        rooms.room(unused.code)
    assert rows(rooms)["rooms"] == 3
    rooms.delete_old_rooms()
    assert rows(rooms)["rooms"] == 2
    assert rooms.room(entered.code) and rooms.room(begun.code)


def test_a_room_whose_time_is_over_is_deleted_when_a_server_starts(rooms: Rooms, database, clock):
    full_room(rooms)
    clock.move(timedelta(days=30))
    Rooms(database, clock=clock).dispose()
    assert not any(rows(rooms).values())


def test_rooms_are_limited_in_sum_and_by_where_they_are_opened(rooms: Rooms, monkeypatch):
    monkeypatch.setattr("classroom.leading.ROOMS", 5)
    monkeypatch.setattr("classroom.leading.ROOMS_OF_SOURCE", 3)
    opened = [rooms.open(["first"], source="here") for _ in range(3)]
    with pytest.raises(Full):
        rooms.open(["first"], source="here")
    assert rooms.room(opened[0].code), "the refused one has left the others as they were"
    opened += [rooms.open(["first"], source="there"), rooms.open(["first"])]
    with pytest.raises(Full):
        rooms.open(["first"])
    rooms.close(opened[0].secret)
    assert rooms.open(["first"], source="here")
