"""A participant's page in AppTest: what it says in each state of a room, and what reaches the store."""

from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from classroom import Full, NoRoom, Opened, Shut, State, TooMany, Unreachable
from tests.page import address, choose, drawn_by, links, messages, opened, press, run
from ui.jobs.rooms import rooms
from ui.missions.outcomes import found
from ui.missions.records import MISSIONS
from ui.shell.page import IN_ROOM
from ui.workshop import participant

QUESTIONS = ["mission=line_on_circles", "mission=deep_sigmoid_weights"]
LINE = MISSIONS["line_on_circles"]
FIRST, SECOND, THIRD = LINE.answers.texts

pytestmark = pytest.mark.usefixtures("no_worker_processes")


@dataclass
class Led:
    """A room and what its leader does."""

    room: Opened

    @property
    def code(self) -> str:
        return self.room.code

    def go(self, state: State, position: int = 0) -> None:
        rooms().go_to(self.room.secret, position, state)

    @property
    def votes(self):
        return rooms().votes(self.room.secret, 0)


@pytest.fixture
def led() -> Led:
    return Led(rooms().open(QUESTIONS))


@pytest.fixture
def phone(led: Led, cookies: dict[str, str]) -> AppTest:
    """Somebody's phone in the room."""
    return joined(opened("pages/join.py", room=led.code))


def joined(page: AppTest) -> AppTest:
    next(button for button in page.button if button.label == "Join").click()
    return run(page)


def said(page: AppTest) -> str:
    texts = [element.value for element in (*page.main.markdown, *page.caption, *page.success, *page.header)]
    return "\n".join([*texts, *messages(page)])


def name_on(page: AppTest) -> str:
    return page.main.markdown[0].value.split("**")[1]


def give(page: AppTest, answer: str) -> None:
    next(button for button in page.button if button.label == answer).click()
    run(page)


def with_result(page: AppTest) -> AppTest:
    """When the participant's own networks are trained."""
    while "training your own" in said(run(page)):
        pass
    return page


def test_without_a_code_the_page_asks_for_one():
    page = opened("pages/join.py")
    assert page.title[0].value == "Join a room"
    assert not messages(page)
    assert "cookie" in said(page) and "30 days" in said(page), "what is stored is said before it is"


def test_a_code_may_be_typed_in_any_way(led):
    page = opened("pages/join.py")
    page.text_input[0].set_value(f" {led.code[:2].lower()}-{led.code[2:]} ")
    joined(page)
    assert page.title[0].value == f"Room {led.code}"
    assert "".join(page.query_params["room"]) == led.code


@pytest.mark.parametrize("code", ["ABC", "AB1DE", "ABCDEF", "ÄBCDE", "**ABC", "<b>ab"])
def test_what_is_no_code_is_said_to_be_none(code):
    page = opened("pages/join.py", room=code)
    assert "5 letters" in messages(page)[0]
    page.text_input[0].set_value(code)
    joined(page)
    assert "5 letters" in messages(page)[0]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [(Full, "full"), (Shut, "nobody new"), (TooMany, "Too many wrong codes"), (None, "no room")],
)
def test_who_cannot_come_in_is_told_why(led, monkeypatch, refusal, words):
    page = opened("pages/join.py", room=led.code)
    if refusal is None:
        rooms().close(led.room.secret)
    else:
        monkeypatch.setattr(type(rooms()), "join", _raising(refusal))
    joined(page)
    assert words in messages(page)[0]
    assert page.button, "one can try again"


def test_who_is_in_has_a_name_of_two_words_and_may_have_others(phone):
    first = name_on(phone)
    assert len(first.split()) == 2
    press(phone, "other words")
    assert name_on(phone) != first
    assert not phone.text_input, "no free text"
    assert "first question comes to this page by itself" in said(phone)


def test_a_browser_that_comes_back_is_the_same_person(led, phone, cookies):
    cookies[f"activation_lab_room_{led.code}"] = phone.session_state[f"remembered: room_{led.code}"]
    again = opened("pages/join.py", room=led.code)
    assert name_on(again) == name_on(phone)
    assert len(rooms().participants(led.code)) == 1


def test_who_looks_at_another_page_has_a_way_back_also_when_the_page_was_loaded_again(led, phone, cookies):
    back = f"Back to room {led.code}"
    compare = opened("app.py", activations="relu", epochs="1")
    assert back not in links(compare), "somebody else's"
    compare.session_state[IN_ROOM] = phone.session_state[IN_ROOM]
    assert links(run(compare))[back].startswith(f"join?room={led.code}")
    assert back not in [button.label for button in opened("pages/join.py").button]
    cookies[f"activation_lab_room_{led.code}"] = phone.session_state[f"remembered: room_{led.code}"]
    cookies["activation_lab_room_WRONG"] = "forged"
    page = opened("pages/join.py")
    assert [button.label for button in page.button if button.label.startswith("Back")] == [back]
    press(page, f"back to {led.code}")
    assert name_on(page) == name_on(phone) and "".join(page.query_params["room"]) == led.code


def test_who_is_removed_is_told_with_a_next_look(led, phone, monkeypatch):
    token = phone.session_state[f"remembered: room_{led.code}"]
    with monkeypatch.context() as at_once:
        at_once.setattr(participant, "STILL_THERE", 0)
        at_once.setattr(participant.st, "session_state", {})
        participant._meanwhile(token)
        rooms().remove(led.room.secret, [0])
        with pytest.raises(NoRoom):
            participant._meanwhile(token)
    run(phone)
    assert "no longer in this room" in said(phone)
    assert IN_ROOM not in phone.session_state


def test_a_forged_token_is_nobodys(led, cookies):
    cookies[f"activation_lab_room_{led.code}"] = "forged"
    page = opened("pages/join.py", room=led.code)
    assert page.title[0].value == "Join a room"
    joined(page)
    assert page.title[0].value == f"Room {led.code}"


def test_a_token_of_another_room_is_nobodys_here(led, phone, cookies):
    other = rooms().open(QUESTIONS)
    cookies[f"activation_lab_room_{other.code}"] = phone.session_state[f"remembered: room_{led.code}"]
    assert opened("pages/join.py", room=other.code).title[0].value == "Join a room"


def test_a_question_goes_from_the_first_vote_to_its_result(led, phone):
    led.go(State.OPEN)
    run(phone)
    assert "two hidden layers" in phone.header[0].value
    give(phone, SECOND)
    assert f"Received: **{SECOND}**" in said(phone)
    assert led.votes.first == {"1": 1}

    led.go(State.CLOSED)
    run(phone)
    assert "Discussion" in said(phone) and f"first vote: **{SECOND}**" in said(phone)
    assert not [button for button in phone.button if button.label in LINE.answers.texts]

    led.go(State.SECOND)
    run(phone)
    assert f"first vote: **{SECOND}**" in said(phone)
    give(phone, FIRST)
    assert f"Received: **{FIRST}**" in said(phone)
    assert led.votes.second == {"0": 1}
    assert "own seed" not in said(with_result(phone)), "nothing is told before the leader does"
    assert not drawn_by(phone, "pictures")

    led.go(State.REVEALED)
    with_result(phone)
    assert f"first vote: **{SECOND}**" in said(phone) and f"second vote: **{FIRST}**" in said(phone)
    right = LINE.answers.texts[int(found(LINE, 0).right)]
    assert f"own seed (0), this came out: **{right}**" in said(phone)
    assert any(text.value.startswith("Layers without an activation function") for text in phone.main.markdown)
    assert "dataset=circles" in links(phone)["Open in Compare"]
    assert drawn_by(phone, "pictures")


def test_what_the_servers_networks_gave_is_the_rooms(led, phone):
    joined(opened("pages/join.py", room=led.code))  # somebody else, who trains nothing before the question is open
    led.go(State.OPEN)
    with_result(phone)
    (result,) = rooms().found(led.room.secret, 0)
    expected = found(LINE, 0)
    assert (result.number, result.seed, result.values, result.right) == (0, 0, expected.values, expected.right)


def test_who_gave_no_answer_is_told_so(led, phone):
    led.go(State.CLOSED)
    assert "no answer in the first vote" in said(run(phone))


def test_an_answer_that_comes_too_late_is_not_said_to_be_received(led, phone):
    led.go(State.OPEN)
    run(phone)
    led.go(State.CLOSED)
    give(phone, FIRST)
    assert "too late" in said(phone) and "Received:" not in said(phone)
    assert led.votes.first == {}


def test_an_answer_to_a_question_that_the_leader_has_left_is_said_to_be_late_on_the_next_one(led, phone):
    led.go(State.OPEN)
    run(phone)
    led.go(State.OPEN, position=1)
    give(phone, FIRST)
    assert "Question 2 of 2" in said(phone) and "too late" in said(phone)
    assert "too late" in said(run(phone)), "it does not go before it is read"
    led.go(State.CLOSED, position=1)
    assert "too late" not in said(run(phone))


def test_who_goes_to_compare_and_back_is_the_same_person(led, phone):
    led.go(State.OPEN)
    run(phone)
    name = name_on(phone)
    phone.switch_page("app.py")
    run(phone)
    phone.switch_page("pages/join.py")
    phone.query_params["room"] = led.code
    assert name_on(run(phone)) == name


def test_an_answer_to_the_first_vote_does_not_become_one_of_the_second(led, phone):
    led.go(State.OPEN)
    run(phone)
    led.go(State.SECOND)
    give(phone, FIRST)  # on a page that still shows the first vote
    assert "too late" in said(phone) and "Second vote" in said(phone)
    assert (led.votes.first, led.votes.second) == ({}, {})


def test_a_second_window_finds_the_answer_of_the_first(led, phone, cookies):
    led.go(State.OPEN)
    run(phone)
    cookies[f"activation_lab_room_{led.code}"] = phone.session_state[f"remembered: room_{led.code}"]
    other = opened("pages/join.py", room=led.code)
    give(phone, FIRST)
    give(other, SECOND)
    assert "answered already" in said(other) and f"Received: **{FIRST}**" in said(other)
    assert led.votes.first == {"0": 1}


def test_an_answer_that_the_store_did_not_take_is_not_said_to_be_received(led, phone, monkeypatch):
    led.go(State.OPEN)
    run(phone)
    monkeypatch.setattr(type(rooms()), "answer", lambda *args: None)  # whatever went wrong in it
    give(phone, FIRST)
    assert "Received:" not in said(phone)
    assert FIRST in [button.label for button in phone.button], "one can try again"


def test_a_database_that_does_not_answer_is_said_and_the_page_goes_on_when_it_does(led, phone, monkeypatch):
    led.go(State.OPEN)
    run(phone)
    with monkeypatch.context() as broken:
        for name in ("answer", "participant"):
            broken.setattr(type(rooms()), name, _raising(Unreachable))
        give(phone, FIRST)
        assert "does not reach its database" in messages(phone)[0] and "Received:" not in said(phone)
    run(phone)
    assert "answer again" in said(phone)
    give(phone, FIRST)
    assert f"Received: **{FIRST}**" in said(phone) and "answer again" not in said(phone)


def test_while_the_room_is_paused_nothing_can_be_sent(led, phone):
    led.go(State.OPEN)
    rooms().pause(led.room.secret, True)
    run(phone)
    assert "paused the room" in said(phone)
    assert all(button.disabled for button in phone.button if button.label in LINE.answers.texts)


def test_who_is_stuck_says_so_and_no_more(led, phone):
    press(phone, "stuck")
    assert [person.stuck for person in rooms().participants(led.code)] == [True]
    assert phone.button(key="stuck").label == "I am not stuck any more"
    press(phone, "stuck")
    assert [person.stuck for person in rooms().participants(led.code)] == [False]


def test_who_works_freely_sees_their_own_result_after_their_own_answer(led, phone):
    rooms().follow(led.room.secret, False)
    run(phone)
    assert "Question 1 of 2" in said(phone) and "in any order" in said(phone)
    assert "own seed" not in said(phone)
    give(phone, THIRD)
    with_result(phone)
    assert f"answer in the first vote: **{THIRD}**" not in said(phone), "there is one vote only"
    assert f"Your answer: **{THIRD}**" in said(phone) and "own seed (0)" in said(phone)
    give(phone, "Next question")
    assert "Question 2 of 2" in said(phone) and "own seed" not in said(phone)
    assert "".join(phone.query_params["question"]) == "2"
    give(phone, "Previous question")
    assert f"Your answer: **{THIRD}**" in said(phone)


def test_who_works_freely_sees_the_rooms_result_once_it_is_revealed(led, phone):
    rooms().follow(led.room.secret, False)
    led.go(State.REVEALED)
    led.go(State.OPEN, position=1)
    phone.query_params["question"] = "1"
    with_result(phone)
    assert "The whole room" in said(phone) and "You gave no answer" in said(phone)
    assert FIRST not in [button.label for button in phone.button]
    give(phone, "Next question")
    assert "The whole room" not in said(with_result(phone))


def test_who_works_freely_on_one_question_has_no_way_to_others(cookies):
    room = rooms().open(QUESTIONS[:1])
    rooms().follow(room.secret, False)
    labels = [button.label for button in joined(opened("pages/join.py", room=room.code)).button]
    assert FIRST in labels
    assert not {"Next question", "Previous question"} & set(labels)


@pytest.mark.parametrize("question", ["0", "3", "-1", "²", "x", "9" * 50])
def test_a_question_that_there_is_not_is_the_first(led, phone, question):
    rooms().follow(led.room.secret, False)
    phone.query_params["question"] = question
    assert "Question 1 of 2" in said(run(phone))


def test_a_deleted_room_is_said_to_be_deleted(led, phone):
    rooms().close(led.room.secret)
    run(phone)
    assert "deleted" in messages(phone)[0]
    assert not run(phone).exception, "nothing follows a room that is gone"


def test_who_is_removed_is_told_so_and_may_come_in_as_somebody_new(led, phone):
    rooms().remove(led.room.secret, [0])
    assert "its leader has removed you" in messages(run(phone))[0]
    joined(phone)
    assert phone.title[0].value == f"Room {led.code}"
    assert [person.number for person in rooms().participants(led.code)] == [1]


def test_who_is_removed_before_their_networks_are_trained_is_told_so(led, phone, monkeypatch):
    keep_found = rooms().keep_found

    def removed_meanwhile(*args):
        rooms().remove(led.room.secret, [0])
        keep_found(*args)

    monkeypatch.setattr(rooms(), "keep_found", removed_meanwhile)
    led.go(State.OPEN)
    while rooms().participants(led.code):
        run(phone)
    assert "its leader has removed you" in messages(phone)[0]
    assert not rooms().found(led.room.secret, 0)


def test_a_question_that_this_version_does_not_know_is_said(cookies):
    room = rooms().open(["mission=of_another_version"])
    rooms().go_to(room.secret, 0, State.OPEN)
    page = joined(opened("pages/join.py", room=room.code))
    assert "another version" in messages(page)[0]


def test_weights_that_reach_the_goal_are_on_the_board(cookies):
    room = rooms().open(["mission=weights_by_hand", "mission=bias_by_hand"])
    rooms().go_to(room.secret, 0, State.OPEN)
    page = joined(opened("pages/join.py", room=room.code))
    assert "**Goal:**" in said(page) and "Received" not in said(page)
    start = MISSIONS["weights_by_hand"].answers.start
    assert [slider.value for slider in page.slider] == list(start)
    for key, value in (("my_w1", -3.0), ("my_w2", -3.0)):
        choose(page, "slider", key, value)
    assert "you are on the board" in said(page)
    assert rooms().votes(room.secret, 0).ready == 1
    assert address(page) == {"room": [room.code], "my_w1": ["-3.0"], "my_w2": ["-3.0"]}

    rooms().go_to(room.secret, 1, State.OPEN)
    run(page)
    assert address(page) == {"room": [room.code]}, "the next task begins anew"
    assert [slider.value for slider in page.slider] == list(MISSIONS["bias_by_hand"].answers.start)

    rooms().go_to(room.secret, 0, State.REVEALED)
    assert "1 participant reached the goal" in said(run(page)).replace("*", "")
    assert "perpendicular" in said(page), "the reason"


@pytest.mark.slow
def test_an_attempt_at_a_goal_is_checked_by_the_server_and_is_on_the_board_if_it_holds(cookies):
    room = rooms().open(["mission=ring_with_few_units"])
    rooms().go_to(room.secret, 0, State.OPEN)
    page = joined(opened("pages/join.py", room=room.code))
    choose(page, "selectbox", "my_units", "1")  # two classes that no line separates
    press(page, "check")
    assert "only attempts that hold" in said(page)
    choose(page, "selectbox", "my_units", "16")
    press(page, "check")
    assert "best attempt that holds" in said(page)
    rooms().pause(room.secret, True)
    choose(page, "selectbox", "my_units", "12")
    press(page, "check")
    assert "takes no attempts now" in said(page) and "paused" in said(page)
    rooms().pause(room.secret, False)
    run(page)
    rooms().pause(room.secret, True)
    cookies[f"activation_lab_room_{room.code}"] = page.session_state[f"remembered: room_{room.code}"]
    again = opened("pages/join.py", **address(page))
    assert "best attempt that holds" in said(again), "what was received is not late after a reload"
    (best,) = rooms().everything(room.secret).asked[0].board
    assert (best.cost, best.reached, best.of) == (12, 5, 5)
    assert best.settings["units"] == "12"


def _raising(refusal: type[Exception]):
    def refuse(*args):
        raise refusal

    return refuse


def test_a_browser_is_one_person_also_without_the_code_in_the_address(led, phone, cookies):
    cookies[f"activation_lab_room_{led.code}"] = phone.session_state[f"remembered: room_{led.code}"]
    again = opened("pages/join.py")
    again.text_input(key="code").set_value(led.code)
    joined(again)
    assert len(rooms().participants(led.code)) == 1
    assert address(again)["room"] == [led.code]
