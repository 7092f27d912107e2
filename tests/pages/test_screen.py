"""The projected page in AppTest: how to come in, the question, and nothing of the answers before they are revealed."""

import re
from collections.abc import Iterator

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from classroom import Opened, State, TooMany
from tests.page import messages, opened, run
from tests.saying import texts
from ui.jobs.rooms import rooms
from ui.missions import words
from ui.missions.records import MISSIONS
from ui.missions.tasks import goal
from ui.workshop.questions import is_voted_on, mission_in

PATH = "pages/screen.py"
QUESTIONS = ["mission=line_on_circles", "mission=deep_sigmoid_weights"]
LINE = MISSIONS["line_on_circles"]
HIDDEN = (State.OPEN, State.CLOSED, State.SECOND)

pytestmark = pytest.mark.usefixtures("no_worker_processes", "at_a_host")


@pytest.fixture
def at_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "url", property(lambda self: "https://lab.example/screen"))
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda self: "192.0.2.8"))


@pytest.fixture
def room() -> Opened:
    return rooms().open(QUESTIONS)


def said(page: AppTest) -> str:
    return "\n".join([*texts(page), *messages(page)])


def with_answers(room: Opened, first: str, second: str, right: str) -> None:
    """A room in which somebody has answered, and has a result; as many in any of them, whatever they answered."""
    people = [rooms().join(room.code, "somewhere").token for _ in first]
    for number, (token, answer) in enumerate(zip(people, first)):
        rooms().go_to(room.secret, 0, State.OPEN)
        rooms().answer(token, 0, answer)
        rooms().keep_found(token, 0, None, number, [0.25 + int(right) / 8], right)
    rooms().go_to(room.secret, 0, State.SECOND)
    for token, answer in zip(people, second):
        rooms().answer(token, 0, answer)


def sent(page: AppTest, code: str) -> list[bytes]:
    """All that the page has sent to the browser, but for the room's code."""
    return [
        re.sub(code.encode(), b"CODE", node.proto.SerializeToString())
        for node in _nodes(page._tree)
        if getattr(node, "proto", None) is not None
    ]


def _nodes(node) -> Iterator:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def test_before_the_first_question_it_says_how_to_join(room):
    page = opened(PATH, room=room.code)
    (picture,) = (text.value for text in page.markdown if text.value.startswith("!["))
    assert picture.startswith(f"![QR code of the address https://lab.example/join?room={room.code}](data:image/svg+xml")
    assert room.code in [text.value for text in page.markdown]
    assert "**lab.example/join**" in said(page)
    assert "**0** people have joined" in said(page)
    rooms().join(room.code, "somewhere")
    assert "**1** person has joined" in said(run(page))


@pytest.mark.parametrize("position", [None, 0])
def test_a_room_that_lets_nobody_new_in_shows_no_code_until_it_does_again(room, position):
    for state in State if position == 0 else [State.OPEN]:
        if position == 0:
            rooms().go_to(room.secret, 0, state)
        rooms().admit(room.secret, False)
        page = opened(PATH, room=room.code)
        assert "Nobody new can join now." in said(page)
        assert ("open your link again in the same browser" in said(page)) == (position is None)
        assert room.code not in said(page) and "lab.example" not in said(page)
        rooms().admit(room.secret, True)
        assert room.code in said(run(page)) and "lab.example/join" in said(page)
        assert "Nobody new" not in said(page)


@pytest.mark.parametrize("state", HIDDEN)
def test_a_question_stands_with_its_answers_in_their_order_and_how_many_have_answered(room, state):
    with_answers(room, "0011", "01", "0")
    rooms().go_to(room.secret, 0, state)
    page = opened(PATH, room=room.code)
    shown = [text.value for text in page.markdown]
    assert page.title[0].value == words.question(LINE)
    places = [shown.index(answer) for answer in words.answers(LINE)]
    assert places == sorted(places)
    assert {State.OPEN: "**4 of 4** have answered", State.SECOND: "**2 of 4** have answered"}.get(state, "") in said(
        page
    )
    assert room.code in said(page)


@pytest.mark.parametrize("state", HIDDEN)
def test_what_was_answered_or_found_changes_nothing_that_is_sent_before_it_is_revealed(state):
    """Of two rooms in which as many have given other answers, the browser gets the same messages, byte by byte."""
    messages = []
    for given in (("0000", "00", "0"), ("1212", "21", "2")):
        room = rooms().open(QUESTIONS)
        with_answers(room, *given)
        rooms().go_to(room.secret, 0, state)
        messages.append(sent(opened(PATH, room=room.code), room.code))
    assert messages[0] == messages[1]
    assert len(messages[0]) > 10


def test_once_revealed_they_differ():
    """So the test before would see what is shown."""
    messages = []
    for given in (("0000", "00", "0"), ("1212", "21", "2")):
        room = rooms().open(QUESTIONS)
        with_answers(room, *given)
        rooms().go_to(room.secret, 0, State.REVEALED)
        messages.append(sent(opened(PATH, room=room.code), room.code))
    assert messages[0] != messages[1]


def test_it_follows_the_leader_from_question_to_question(room):
    page = opened(PATH, room=room.code)
    for place, question in enumerate(QUESTIONS):
        rooms().go_to(room.secret, place, State.OPEN)
        assert run(page).title[0].value == words.question(mission_in(question))
    rooms().pause(room.secret, True)
    assert "paused" in said(run(page))


def test_a_wrong_code_is_counted_and_asked_for_again(room, monkeypatch):
    page = opened(PATH)
    assert page.title[0].value == "Show a workshop"
    page.text_input(key="code to show").set_value("zzzzz")
    page.button[0].click()
    assert "no room with this code" in said(run(page))
    page.text_input(key="code to show").set_value(f" {room.code.lower()} ")
    page.button[0].click()
    assert "**0** people have joined" in said(run(page))


def test_a_wall_goes_on_while_somebody_guesses_codes(room, monkeypatch):
    """From everywhere, or from the wall's own address, where nobody of the room may be."""

    def too_many(*args):
        raise TooMany

    page = opened(PATH, room=room.code)
    monkeypatch.setattr(rooms(), "check", too_many)
    rooms().go_to(room.secret, 0, State.OPEN)
    assert run(page).title[0].value == words.question(LINE)
    assert "Too many wrong codes" in said(opened(PATH, room=room.code)), "who comes now may guess"


def test_a_room_that_is_closed_meanwhile_is_said_to_be_over(room):
    page = opened(PATH, room=room.code)
    rooms().close(room.secret)
    assert "over" in said(run(page))
    assert "no room" not in said(page)


def test_words_of_somebodys_own_question_are_shown_as_they_are():
    question = (
        "question=%3Cb%3EWhich%3C%2Fb%3E+%24x%24+%5Ba%5D(http://evil.example/)?&activations=relu&activations=tanh"
    )
    room = rooms().open([question])
    rooms().go_to(room.secret, 0, State.OPEN)
    title = opened(PATH, room=room.code).title[0].value
    assert r"\<b\>" in title
    assert "evil.example/)" not in title.replace("\\", "") or "\u2060" in title


def test_a_question_that_cannot_be_asked_any_more_is_said_to_be_so():
    room = rooms().open(["mission=of_another_version"])
    rooms().go_to(room.secret, 0, State.OPEN)
    assert "another version" in opened(PATH, room=room.code).title[0].value


@pytest.mark.parametrize("name", ["dead_at_a_rate", "ring_with_few_units", "weights_by_hand", "how_deep_sigmoid"])
def test_every_kind_of_question_stands_on_the_wall_and_on_the_leaders_page(name):
    """A scale, a goal, weights by hand, and a grid; what there is to reach, with the result too."""
    mission, room = MISSIONS[name], rooms().open([f"mission={name}"])
    for state in (State.OPEN, State.REVEALED):
        rooms().go_to(room.secret, 0, state)
        for page in (opened(PATH, room=room.code), opened("pages/workshop.py", leader=room.secret)):
            assert words.question(mission) in said(page)
            assert is_voted_on(mission) or goal(mission) in said(page)
