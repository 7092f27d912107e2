"""What participants give: what is late, what comes twice, which vote it is, and that it comes out as it went in."""

import math
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom import Late, NoRoom, State, Twice, limits
from classroom.rooms import Rooms

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=limits.ANSWER_CHARACTERS)
SEEDS = st.integers(0, 2**31 - 1)
CELLS = st.none() | st.dictionaries(TEXTS, st.floats() | st.integers() | TEXTS | st.booleans(), max_size=4)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NO_TEXTS = ["\0", "a\0b", "\ud800", "x" * (limits.ANSWER_CHARACTERS + 1), 1, None, b"1"]


def joined(rooms: Rooms) -> tuple[str, str, str]:
    """Of a room whose first question is open: its code, its leader's secret and a participant's token."""
    opened = rooms.open(["first", "second"])
    rooms.go_to(opened.secret, 0, State.OPEN)
    return opened.code, opened.secret, rooms.join(opened.code, "here").token


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
        code, secret, token = joined(rooms)
        rooms.follow(secret, together)
        rooms.go_to(secret, 0, state)
        if not is_asked:
            rooms.go_to(secret, 1, State.OPEN)
        rooms.pause(secret, paused)
        before, vote = rooms.version(code), vote_of(state, together, paused, is_asked)
        if vote is None:
            with pytest.raises(Late):
                rooms.answer(token, 0, "1")
            with pytest.raises(Late):
                rooms.keep_goal(token, 0, {}, 1, 5, 5)
            assert (rooms.own_answers(token, 0), rooms.version(code)) == ({}, before)
        else:
            assert rooms.answer(token, 0, "1").vote == vote
            assert (rooms.own_answers(token, 0), rooms.version(code)) == ({vote: "1"}, before + 1)
            rooms.keep_goal(token, 0, {}, 1, 5, 5)


def test_nothing_is_answered_before_the_first_question_is_asked(rooms: Rooms):
    opened = rooms.open(["first"])
    token = rooms.join(opened.code, "here").token
    with pytest.raises(Late):
        rooms.answer(token, 0, "1")


def test_a_second_answer_in_one_vote_is_refused_and_the_first_one_stays(rooms: Rooms):
    code, secret, token = joined(rooms)
    for vote, state in ((1, State.OPEN), (2, State.SECOND)):
        rooms.go_to(secret, 0, state)
        assert rooms.answer(token, 0, f"{vote}").vote == vote
        before = rooms.version(code)
        with pytest.raises(Twice):
            rooms.answer(token, 0, "9")
        assert rooms.version(code) == before
    rooms.go_to(secret, 0, State.OPEN)
    with pytest.raises(Twice):
        rooms.answer(token, 0, "9")
    assert rooms.own_answers(token, 0) == {1: "1", 2: "2"}
    assert rooms.own_answers(token, 1) == {}


def test_an_answer_to_the_first_vote_is_late_in_the_second(rooms: Rooms):
    _, secret, token = joined(rooms)
    rooms.go_to(secret, 0, State.SECOND)
    with pytest.raises(Late):
        rooms.answer(token, 0, "1", vote=1)
    assert rooms.answer(token, 0, "1", vote=2).vote == 2


def test_a_forged_token_gives_nothing(rooms: Rooms):
    code, secret, _ = joined(rooms)
    before = rooms.version(code)
    for forged in ("", "x", secret, code, "\ud800", "0" * 100_000):
        for act in (
            lambda: rooms.answer(forged, 0, "1"),  # noqa: B023
            lambda: rooms.keep_found(forged, 0, None, 0, [1.0], None),  # noqa: B023
            lambda: rooms.keep_goal(forged, 0, {}, 1, 5, 5),  # noqa: B023
            lambda: rooms.own_answers(forged, 0),  # noqa: B023
        ):
            with pytest.raises(NoRoom):
                act()
    assert (rooms.version(code), rooms.votes(secret, 0).first) == (before, {})


@pytest.mark.parametrize("text", NO_TEXTS, ids=lambda text: repr(text)[:10])
def test_what_is_no_text_or_too_long_is_an_error(rooms: Rooms, text):
    code, _, token = joined(rooms)
    before = rooms.version(code)
    with pytest.raises(ValueError, match="an answer"):
        rooms.answer(token, 0, text)
    if text is not None:
        with pytest.raises(ValueError, match="an answer"):
            rooms.keep_found(token, 0, None, 0, [1.0], text)
    assert rooms.version(code) == before


@pytest.mark.parametrize("position", [-1, 2, 10**30, "0", None, True, 0.0])
def test_a_question_that_the_room_has_not_is_an_error(rooms: Rooms, position):
    _, secret, token = joined(rooms)
    for act in (
        lambda: rooms.answer(token, position, "1"),
        lambda: rooms.keep_found(token, position, None, 0, [1.0], None),
        lambda: rooms.keep_goal(token, position, {}, 1, 5, 5),
        lambda: rooms.go_to(secret, position, State.OPEN),
        lambda: rooms.votes(secret, position),
    ):
        with pytest.raises(ValueError, match="position"):
            act()


@FEW
@given(text=TEXTS)
def test_every_answer_comes_out_as_it_went_in(rooms: Rooms, text):
    code, secret, token = joined(rooms)
    rooms.answer(token, 0, text)
    rooms.go_to(secret, 0, State.REVEALED)
    assert rooms.own_answers(token, 0) == {1: text}
    assert rooms.shown(code, 0).votes.first == {text: 1}
    assert rooms.everything(secret).asked[0].answers[0].text == text
    rooms.close(secret)


@FEW
@given(cell=CELLS, seed=SEEDS, values=st.lists(st.floats(), max_size=8), right=st.none() | TEXTS)
def test_every_result_comes_out_as_it_went_in_to_the_bit(rooms: Rooms, cell, seed, values, right):
    _, secret, token = joined(rooms)
    rooms.keep_found(token, 0, cell, seed, values, right)
    (found,) = rooms.found(secret, 0)
    assert repr((found.cell, found.values)) == repr((cell, tuple(values)))  # NaN does not equal itself
    assert (found.number, found.seed, found.right) == (0, seed, right)
    rooms.close(secret)


def test_the_first_result_of_a_participant_counts_and_may_come_late(rooms: Rooms):
    code, secret, token = joined(rooms)
    rooms.go_to(secret, 1, State.CLOSED)
    rooms.pause(secret, True)
    rooms.keep_found(token, 0, {"activation": "relu"}, 1, [0.5, math.inf], "0")
    before = rooms.version(code)
    rooms.keep_found(token, 0, None, 2, [0.6], "1")
    assert rooms.version(code) == before
    (found,) = rooms.found(secret, 0)
    assert (found.cell, found.seed, found.values, found.right) == ({"activation": "relu"}, 1, (0.5, math.inf), "0")
    assert rooms.found(secret, 1) == ()


def test_the_best_attempt_at_a_goal_is_kept(rooms: Rooms):
    """(cost, seeds of 5 that reached it), and which of the attempts until then is the participant's best."""
    code, secret, token = joined(rooms)
    attempts = [
        ((9, 3), 0),
        ((8, 2), 0),
        ((12, 4), 2),
        ((11, 4), 3),
        ((30, 5), 4),
        ((31, 5), 4),
        ((3, 4), 4),
        ((7, 5), 7),
    ]
    for number, ((cost, reached), best) in enumerate(attempts):
        before = rooms.version(code)
        rooms.keep_goal(token, 0, {"attempt": number}, cost, reached, 5)
        assert rooms.version(code) == before + (best == number)
        (goal,) = rooms.everything(secret).asked[0].goals
        assert goal.settings == {"attempt": best}
        assert rooms.everything(secret).asked[0].board == ((goal,) if goal.holds else ())
    assert (goal.cost, goal.reached, goal.of) == (7, 5, 5)


def test_an_attempt_that_is_kept_already_is_not_late(rooms: Rooms):
    """A page that was reloaded sends it again, and would else say that it is not on the board."""
    code, secret, token = joined(rooms)
    rooms.keep_goal(token, 0, {}, 9, 5, 5)
    rooms.pause(secret, True)
    before = rooms.version(code)
    rooms.keep_goal(token, 0, {}, 9, 5, 5)
    with pytest.raises(Late):
        rooms.keep_goal(token, 0, {}, 8, 5, 5)
    assert rooms.version(code) == before
    (goal,) = rooms.everything(secret).asked[0].goals
    assert goal.cost == 9


@pytest.mark.parametrize(
    "cost, reached, of", [(math.nan, 5, 5), (-1, 5, 5), (1, 6, 5), (1, -1, 5), (1, 0, 0), ("1", 5, 5)]
)
def test_an_attempt_that_cannot_be_is_an_error(rooms: Rooms, cost, reached, of):
    _, _, token = joined(rooms)
    with pytest.raises(ValueError):
        rooms.keep_goal(token, 0, {}, cost, reached, of)
