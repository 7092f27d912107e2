"""The leader's page in AppTest: a room from its opening to its end, and what must not happen by mistake."""

from urllib.parse import parse_qs

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from classroom import Opened, Shut, State, Unreachable
from tests.page import address, choose, drawn_by, links, messages, opened, press, run
from tests.saying import texts
from ui.jobs.rooms import rooms
from ui.missions import words
from ui.missions.records import MISSIONS
from ui.missions.sequences import SEQUENCES
from ui.workshop import addresses, downloads, leading
from ui.workshop.plan import questions_of
from ui.workshop.questions import mission_in

PLAN = next(iter(SEQUENCES))
PATH = "pages/workshop.py"

pytestmark = pytest.mark.usefixtures("no_worker_processes", "cookies", "at_a_host")


@pytest.fixture
def at_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "url", property(lambda self: "https://lab.example/workshop"))
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda self: "192.0.2.7"))


@pytest.fixture
def room() -> Opened:
    return rooms().open(questions_of(PLAN))


@pytest.fixture
def page(room: Opened) -> AppTest:
    """The leader's window, opened by the secret link."""
    return opened(PATH, leader=room.secret)


def ahead(page: AppTest):
    """The one button for what comes next; None after the last result."""
    return next((button for button in page.button if (button.key or "").startswith("ahead")), None)


def on(page: AppTest) -> None:
    """Goes a step on, not in a hurry."""
    page.session_state[leading._STEPPED] = -1e9
    ahead(page).click()
    run(page)


def said(page: AppTest) -> str:
    return "\n".join([*texts(page), *messages(page), *(toast.value for toast in page.toast)])


def stands(room: Opened) -> tuple[int | None, State]:
    now = rooms().room(room.code)
    return now.position, now.state


def with_people(room: Opened, number: int) -> list[str]:
    return [rooms().join(room.code, "somewhere").token for _ in range(number)]


def test_who_wants_to_join_finds_the_way(cookies):
    assert links(opened(PATH))["Join a room that somebody else has opened"] == "join"


def test_the_leader_has_the_view_that_the_result_is_about(room, page):
    assert "Open in Compare" not in links(page)
    rooms().go_to(room.secret, 0, State.REVEALED)
    asked = parse_qs(links(run(page))["Open in Compare"].partition("?")[2])
    settings = mission_in(questions_of(PLAN)[0]).settings
    assert asked["dataset"] == [settings["dataset"]]
    assert asked["activations"] == list(settings["activations"])


def test_who_should_not_be_there_is_removed_once_nobody_new_can_join(room, page):
    rooms().go_to(room.secret, 0, State.OPEN)
    stays, *script = with_people(room, 3)
    run(page)
    assert not page.get("multiselect") and all(button.key != "remove" for button in page.button)
    choose(page, "toggle", "new people", False)
    rooms().answer(stays, 0, "0")
    with pytest.raises(Shut):
        rooms().join(room.code, "somewhere")

    (people,) = run(page).multiselect
    names = [rooms().participant(token).name for token in (stays, *script)]
    assert people.options == [names[0], f"{names[1]} (no answers)", f"{names[2]} (no answers)"]
    assert page.button(key="remove").disabled
    people.set_value([1, 2])
    press(run(page), "remove")
    assert [rooms().participant(token) is None for token in (stays, *script)] == [False, True, True]
    assert not page.multiselect[0].value, "nobody is chosen any more"
    choose(page, "toggle", "new people", True)
    assert not page.get("multiselect")


@pytest.mark.parametrize("when", ["before the choice is received", "after it"])
def test_who_answers_after_being_chosen_as_silent_is_not_removed_and_the_leader_is_told(room, page, when):
    rooms().go_to(room.secret, 0, State.OPEN)
    tokens = with_people(room, 3)
    choose(page, "toggle", "new people", False)
    page.multiselect[0].set_value([1, 2])
    if when == "after it":
        run(page)
    rooms().answer(tokens[1], 0, "0")
    press(run(page), "remove")
    assert [rooms().participant(token) is None for token in tokens] == [False, False, True]
    name = rooms().participant(tokens[1]).name
    assert f"Not removed: {name}." in said(page)
    assert not page.multiselect[0].value and page.button(key="remove").disabled
    page.multiselect[0].set_value([1])
    press(run(page), "remove")
    assert rooms().participant(tokens[1]) is None, "chosen again, as one who has answered"
    assert "Not removed" not in said(page)


def test_a_choice_that_comes_back_with_a_lost_session_removes_nobody_who_has_answered(room):
    """The new session does not know what the leader has seen."""
    rooms().go_to(room.secret, 0, State.OPEN)
    tokens = with_people(room, 2)
    rooms().admit(room.secret, False)
    rooms().answer(tokens[0], 0, "0")
    page = opened(PATH, leader=room.secret)
    page.session_state["people to remove of 2"] = [0, 1]
    press(run(page), "remove")
    assert [rooms().participant(token) is None for token in tokens] == [False, True]
    assert "Not removed" in said(page)


def test_where_nobody_was_removed_nobody_is_chosen_any_more(room, page):
    """So that no second click, which says nothing of answers, removes them."""
    rooms().go_to(room.secret, 0, State.OPEN)
    (token,) = with_people(room, 1)
    choose(page, "toggle", "new people", False)
    page.multiselect[0].set_value([0])
    run(page)
    rooms().answer(token, 0, "0")
    press(page, "remove")
    assert rooms().participant(token) and "Not removed" in said(page)
    assert not page.multiselect[0].value and page.button(key="remove").disabled


def test_before_the_first_question_a_leader_reads_whether_people_can_join(room, page):
    assert "People can still join later" in said(page)
    choose(page, "toggle", "new people", False)
    assert "can still join" not in said(page)
    assert "Nobody new can join now: *New people can join* is off." in said(page)


def test_a_plan_is_shown_and_a_room_is_opened_with_its_questions():
    page = opened(PATH)
    for step in SEQUENCES[PLAN].steps:
        assert words.title(MISSIONS[step.mission]) in said(page)
    press(page, "open a room")
    (code,) = (text.value for text in page.markdown if len(text.value) == 5 and text.value.isupper())
    assert list(rooms().room(code).questions) == questions_of(PLAN)
    assert ahead(page).label == "Open the first question"
    assert "lab.example/join" in said(page)
    assert address(page) == {}


def test_questions_of_ones_own_choice_and_by_a_link():
    page = opened(PATH)
    choose(page, "radio", "plan", "own")
    assert page.button(key="open a room").disabled
    assert "On the page Compare, “Make your own”" in page.text_area(key="own links").help
    first, second = list(MISSIONS)[:2]
    choose(page, "multiselect", "missions", [second])
    choose(page, "text_area", "own links", f"\nhttps://lab.example/mission?mission={first}\n")
    assert not page.button(key="open a room").disabled
    choose(page, "text_area", "own links", "mission=line\n<b>evil.example/</b>")
    assert page.button(key="open a room").disabled
    assert "Line 1" in said(page)
    assert "Line 2" in said(page)
    choose(page, "text_area", "own links", f"mission={first}")
    press(page, "open a room")
    assert [words.title(MISSIONS[name]) in said(page) for name in (first, second)] == [True, True]


def test_a_second_click_on_open_opens_no_second_room(monkeypatch):
    """It comes while the first is under way, and so finds the callback of a button that is there still."""
    opened_rooms = []

    def open_and_count(*args):
        opened_rooms.append(type(rooms()).open(rooms(), *args))
        return opened_rooms[-1]

    def two_clicks(questions):
        from ui.workshop import leading

        for _click in range(2):
            leading.open_room(questions)
        assert leading.led()

    monkeypatch.setattr(rooms(), "open", open_and_count)
    run(AppTest.from_function(two_clicks, args=[questions_of(PLAN)]))
    assert len(opened_rooms) == 1


def test_the_secret_link_leaves_the_address_at_once_and_is_never_in_sight(room, page):
    assert address(page) == {}
    assert [each["value"] for each in drawn_by(page, "remembering")] == [room.secret]
    (copied,) = drawn_by(page, "copying")
    assert copied["text"] == f"https://lab.example/workshop?leader={room.secret}"
    shown = [text for text in texts(page) if room.secret in text]
    assert shown in ([], [copied["text"]]), "but for what the button copies"


def test_the_browser_comes_back_by_its_cookie(room, cookies):
    cookies["activation_lab_leader"] = room.secret
    assert room.code in said(opened(PATH))


def test_the_leader_comes_back_by_pasting_the_link(room):
    page = opened(PATH)
    for pasted in (room.secret, f" https://lab.example/workshop?leader={room.secret} "):
        page.text_input(key="secret link").set_value(pasted)
        next(button for button in page.button if button.label == "Come back").click()
        assert room.code in said(run(page))
        page = opened(PATH)


@pytest.mark.parametrize("forged", ["x" * 43, "", "<b>", "%00" * 50])
def test_a_forged_secret_leads_to_nothing(room, cookies, forged):
    page = opened(PATH, leader=forged)
    assert "leads to no room" in said(page)
    assert not ahead(page)
    assert address(page) == {}
    cookies["activation_lab_leader"] = forged
    assert not ahead(opened(PATH))
    assert stands(room) == (None, State.OPEN)


def test_a_room_is_led_from_the_first_question_to_the_last_with_one_button(room, page):
    went = []
    while ahead(page):
        on(page)
        went.append((*stands(room), ahead(page) and ahead(page).label))
    votes = [(State.OPEN, "Close the first vote"), (State.CLOSED, "Open the second vote"),
             (State.SECOND, "Reveal the result"), (State.REVEALED, "Next question")]  # fmt: skip
    assert went[:4] == [(0, state, label) for state, label in votes]
    assert went[-1] == (len(questions_of(PLAN)) - 1, State.REVEALED, None)
    assert "last question" in said(page)


def test_each_state_says_the_question_and_what_to_say(room, page):
    for place, step in enumerate(SEQUENCES[PLAN].steps):
        rooms().go_to(room.secret, place, State.OPEN)
        run(page)
        assert words.question(mission_in(questions_of(PLAN)[place])) in said(page)
        assert step.say in said(page)


def test_the_second_click_of_a_double_click_is_no_second_step(room, page):
    ahead(page).click()
    run(page)
    assert stands(room) == (0, State.OPEN)
    ahead(page).click()  # the first one has put another button below the pointer
    run(page)
    assert stands(room) == (0, State.OPEN)
    on(page)
    assert stands(room) == (0, State.CLOSED)


def test_the_same_step_twice_is_one_step_and_needs_no_word(room):
    """Where the server was slow, the second click comes late and says what the first one said."""

    def two_clicks(secret, code):
        import streamlit as st

        from ui.jobs.rooms import rooms
        from ui.workshop import leading
        from ui.workshop.steps import ahead

        seen = rooms().room(code)
        for _click in range(2):
            leading.go(secret, seen, ahead(seen, True))
            st.session_state[leading._STEPPED] = -1e9
        leading.say_notice(st.info)

    page = run(AppTest.from_function(two_clicks, args=[room.secret, room.code]))
    assert stands(room) == (0, State.OPEN)
    assert not page.info


def test_a_click_in_a_window_that_is_late_changes_nothing_and_says_so(room, page):
    other = opened(PATH, leader=room.secret)
    on(page), run(other)
    on(page), on(page)
    assert ahead(other).label == "Close the first vote"
    on(other)
    assert stands(room) == (0, State.SECOND)
    assert "another window" in said(other)
    assert ahead(other).label == ahead(page).label == "Reveal the result"


def test_two_windows_show_the_same(room, page):
    other = opened(PATH, leader=room.secret)
    on(page)
    page.toggle(key="together").set_value(False)
    page.toggle(key="names on the board").set_value(True)
    press(page, "pause False")
    run(other)
    assert not other.toggle(key="together").value
    assert other.toggle(key="names on the board").value
    assert "paused" in said(other)
    press(other, "pause True")
    other.toggle(key="together").set_value(True)
    run(other), run(page)
    assert "paused" not in said(page)
    assert page.toggle(key="together").value


def test_small_buttons_go_back_and_skip_the_second_vote(room, page):
    on(page), on(page)
    page.session_state[leading._STEPPED] = -1e9
    press(page, "back 0 closed")
    assert stands(room) == (0, State.OPEN)
    on(page)
    page.session_state[leading._STEPPED] = -1e9
    press(page, "shortcut 0 closed")
    assert stands(room) == (0, State.REVEALED)
    on(page)
    page.session_state[leading._STEPPED] = -1e9
    press(page, "back 1 open")
    assert stands(room) == (0, State.REVEALED)


def test_the_way_back_from_a_skipped_second_vote_is_the_discussion(room, page):
    (token,) = with_people(room, 1)
    rooms().go_to(room.secret, 0, State.OPEN)
    rooms().answer(token, 0, "0")
    rooms().go_to(room.secret, 0, State.REVEALED)
    assert run(page).button(key="back 0 revealed").label == "Back to the discussion"
    press(page, "back 0 revealed")
    assert stands(room) == (0, State.CLOSED)
    rooms().go_to(room.secret, 0, State.SECOND)
    rooms().answer(token, 0, "1")
    rooms().go_to(room.secret, 0, State.REVEALED)
    assert run(page).button(key="back 0 revealed").label == "Reopen the second vote"


def test_the_buttons_to_the_questions_before_and_after_reveal_nothing_and_hide_no_result(room, page):
    on(page)
    press(page, "question 2")
    page.session_state[leading._STEPPED] = -1e9
    press(page, "back 2 open")
    assert stands(room) == (1, State.OPEN), "it was never asked before"
    page.session_state[leading._STEPPED] = -1e9
    press(page, "back 1 open")
    assert stands(room) == (0, State.OPEN), "as it was left, in its first vote"
    rooms().go_to(room.secret, 1, State.REVEALED)
    rooms().go_to(room.secret, 0, State.REVEALED)
    run(page)
    on(page)
    assert stands(room) == (1, State.REVEALED)
    on(page)
    assert stands(room) == (2, State.OPEN)


def test_another_question_is_gone_to_as_it_was_left(room, page):
    on(page), on(page)
    press(page, "question 1")
    assert stands(room) == (1, State.OPEN)
    press(page, "question 0")
    assert stands(room) == (0, State.CLOSED)
    assert page.button(key="question 0").disabled


def test_who_works_freely_has_one_vote(room, page):
    rooms().follow(room.secret, together=False)
    on(page)
    assert ahead(page).label == "Reveal the result"
    assert "works freely" in said(page)


def test_the_leader_sees_votes_and_who_is_ready_or_stuck(room, page):
    people = with_people(room, 5)
    on(page)
    assert "Nobody has answered yet." in said(page)
    for token, answer in zip(people, "0011"):
        rooms().answer(token, 0, answer)
    rooms().stuck(people[4], True)
    run(page)
    assert "**4 of 5** have answered" in said(page)
    assert "1 person needs help" in said(page)
    on(page), on(page)
    rooms().answer(people[0], 0, "1")
    labels = words.answers(mission_in(questions_of(PLAN)[0]))
    assert f"{labels[0]}: **2**" in said(run(page))
    assert f"{labels[1]}: **1**" in said(page)
    assert "**1 of 5** have answered" in said(page)


def test_a_room_that_was_closed_in_another_window_is_said_to_be_gone(room, page):
    on(page)
    rooms().close(room.secret)
    on(page)
    assert "no longer exists" in said(page)
    assert page.button(key="open a room")
    assert [each["seconds"] for each in drawn_by(page, "remembering")] == [0], "the cookie is gone, too"
    assert "no longer exists" not in said(run(page)), "said once"


def test_links_in_the_files_lead_other_computers_to_the_app(room, monkeypatch):
    """Where the leader's browser knows it as `localhost`, too."""
    made = []
    monkeypatch.setattr(ContextProxy, "url", property(lambda self: "http://localhost:8501/workshop"))
    monkeypatch.setattr(addresses, "get_internal_ip", lambda: "192.0.2.7")
    monkeypatch.setattr(downloads, "_download", lambda label, make, *others: made.append(make))
    opened(PATH, leader=room.secret)
    report, table = (make() for make in made)
    assert 'href="http://192.0.2.7:8501/?' in report
    assert "begin with http://192.0.2.7:8501" in report
    assert "localhost" not in report + table.decode("utf-8-sig")


def test_closing_asks_once_more_and_deletes_the_room(room, page):
    press(page, "delete the room")
    assert rooms().code_of(room.secret) is None
    assert "deleted" in said(page)
    assert page.button(key="open a room")


def test_a_room_that_is_left_stays(room, page):
    press(page, "leave the room")
    assert "still open" in said(page)
    assert page.button(key="open a room")
    assert rooms().code_of(room.secret) == room.code
    assert not ahead(run(page))


def test_a_question_that_cannot_be_asked_any_more_is_passed_over():
    room = rooms().open(["mission=of_another_version", *questions_of(PLAN)[:1]])
    page = opened(PATH, leader=room.secret)
    on(page)
    assert "another version" in said(page)
    on(page), on(page)
    assert words.question(mission_in(questions_of(PLAN)[0])) in said(page)


def test_what_the_database_did_not_take_is_said_and_can_be_done_again(room, page, monkeypatch):
    def cannot(*args):
        raise Unreachable

    with monkeypatch.context() as broken:
        broken.setattr(rooms(), "go_to", cannot)
        on(page)
        assert stands(room) == (None, State.OPEN)
        assert "Nothing was changed" in said(page)
        broken.setattr(rooms(), "code_of", cannot)
        assert "does not reach its database" in said(run(page))
        late = opened(PATH, leader=room.secret)
        assert address(late) == {}, "the secret is out of the address all the same"
    for window in (page, late):
        assert room.code in said(run(window))
    ahead(page).click()
    run(page)
    assert stands(room) == (0, State.OPEN)
