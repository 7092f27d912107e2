"""A room in three windows: the leader's, the projected one, and a phone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from classroom import Opened, State
from tests.browser.axe import violations
from tests.browser.running import script_at_rest, wait_until
from tests.browser.stage import Stage
from tests.browser.test_lost_session import Restarted
from ui.jobs.rooms import rooms
from ui.missions.records import MISSIONS
from ui.shell.language import speaking
from ui.workshop.live import EVERY, HIDDEN
from ui.workshop.names import shown

QUESTION = "line_on_circles"
MISSION = MISSIONS[QUESTION]
FIRST, SECOND, _THIRD = MISSION.answers.texts
PHONE = {"width": 390, "height": 844}
TOUCHED = 40  # pixels: as high as a finger needs
WALLS = ((1920, 1080), (1920, 950), (1366, 650), (1280, 720), (1024, 768))
LONG = (
    "Which of these networks has the highest test accuracy after all of its epochs, on points that it has not seen? "
    * 3
)
EIGHT = ["relu", "leaky_relu", "tanh", "sigmoid", "elu", "gelu", "mish", "softplus"]
ON_THE_WALL = {
    "of one line": ("mission=spiral_first", 4),
    "with the longest words": ("mission=deep_sigmoid_optimizer", 4),
    "on a saddle": ("mission=on_a_saddle", 4),
    "of four networks": (urlencode({"question": LONG[:111], "activations": EIGHT[:4]}, doseq=True), 5),
    "of eight": (urlencode({"question": LONG[:333], "activations": EIGHT}, doseq=True), 9),
    "of eight with long names": (
        urlencode({"question": LONG[:111], "activations": [f"{','.join(EIGHT[:4])},{each}" for each in EIGHT],
                   "layers": 5}, doseq=True), 9,
    ),
}  # fmt: skip
ALL_IS_SEEN = """() => {
  const boxes = name => [...document.querySelectorAll(name)].map(it => it.getBoundingClientRect())
  const [foot] = boxes(".st-key-projected-foot"), answers = boxes("[class*=projected-answer-]")
  const words = boxes("[class*=projected-answer-] p")
  const others = boxes(".st-key-projected h1, .st-key-projected-view p, .st-key-projected-points svg.marks")
  return foot.bottom <= innerHeight
    && [...answers, ...others].every(it => it.top >= 0 && it.right <= innerWidth && it.bottom <= foot.top)
    && words.every((it, place) => it.bottom <= answers[place].bottom && it.height >= innerHeight / 50)
}"""
HIDE = "Object.defineProperty(document, 'hidden', {get: () => window.isHidden === true})"


@pytest.fixture
def window(stage: Stage, opened: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Opens a window in a browser that has not been in a room before."""
    stage.context.clear_cookies()
    yield opened
    stage.context.clear_cookies()


@pytest.fixture
def led() -> Opened:
    """A room whose leader is the test, in the database that the app has too."""
    return rooms().open([f"mission={QUESTION}", "mission=dead_at_a_rate"])


def join(phone: Page) -> Page:
    phone.get_by_role("button", name="Join").click()
    expect(phone.locator(".st-key-who")).to_be_visible()
    return phone


def name_on(phone: Page) -> str:
    return phone.locator(".st-key-who strong").inner_text()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()


def test_a_box_does_not_move_the_button_below_it_as_it_is_left(window):
    leader = window("/workshop?plan=own&missions=ring_with_few_units&missions=weights_by_hand")
    button = leader.get_by_role("button", name="Open a room")
    expect(button).to_be_visible()
    script_at_rest(leader)
    at_rest = button.bounding_box()["y"]
    box = leader.locator(".st-key-missions input")
    box.click()
    leader.keyboard.press("Escape")
    expect(box).to_be_focused()
    assert button.bounding_box()["y"] == at_rest
    button.click()
    expect(leader.locator(".st-key-room-code")).to_be_visible()


def test_a_question_in_three_windows(window):
    leader = window(f"/workshop?plan=own&missions={QUESTION}", 1280, 900)
    press(leader, "Open a room")
    code = leader.locator(".st-key-room-code").inner_text().strip()
    screen = window(f"/screen?room={code}", 1920, 1080)
    expect(screen.get_by_text(code)).to_be_visible()
    phone = window(f"/join?room={code.lower()}", **PHONE)
    expect(phone.get_by_role("button", name="Join")).to_be_visible()
    assert_accessible(phone)
    join(phone)
    expect(phone.get_by_text("The first question comes to this page by itself")).to_be_visible()
    expect(screen.get_by_text("1 person has joined")).to_be_visible()
    name = name_on(phone)

    press(leader, "Open the first question")
    answers = phone.get_by_role("button", name="%")
    expect(answers).to_have_count(3)
    script_at_rest(phone)
    assert all(answers.nth(place).bounding_box()["height"] >= TOUCHED for place in range(3))
    fits(phone)
    press(phone, SECOND)
    expect(phone.get_by_text(f"Received: {SECOND}")).to_be_visible()
    expect(screen.get_by_text("1 of 1 have answered")).to_be_visible()
    expect(leader.get_by_text(f"{SECOND}: 1")).to_be_visible()

    press(leader, "Close the first vote")
    expect(phone.get_by_text("Discussion.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Discussion.")).to_be_visible()
    assert name_on(phone) == name, "a reload changes nobody"
    expect(phone.get_by_text(f"Your answer in the first vote: {SECOND}")).to_be_visible()

    press(leader, "Open the second vote")
    press(phone, FIRST)
    expect(phone.get_by_text(f"Received: {FIRST}")).to_be_visible()
    expect(phone.get_by_text("trains your own network").first).to_be_visible()
    assert not phone.locator(".st-key-pictures").count(), "nothing is told before the result is revealed"
    assert f"{SECOND}: 1" not in screen.locator("body").inner_text()

    press(leader, "Reveal the result")
    expect(phone.locator(".st-key-pictures[data-drawn]")).to_be_visible()
    expect(phone.get_by_text(f"Your answer in the first vote: {SECOND}")).to_be_visible()
    expect(phone.get_by_text(f"Your answer in the second vote: {FIRST}")).to_be_visible()
    expect(phone.get_by_text("With your own seed")).to_be_visible()
    fits(phone)
    assert_accessible(phone)
    assert_accessible(screen)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(("question", "answers"), ON_THE_WALL.values(), ids=ON_THE_WALL)
def test_the_wall_has_room_for_all_answers_and_for_how_many_have_answered(window, question, answers, language):
    """With a browser's bars, too."""
    there = rooms().open([question])
    rooms().go_to(there.secret, 0, State.OPEN)
    screen = window(f"/screen?room={there.code}&lang={language}", *WALLS[0])
    expect(screen.locator(".st-key-projected-points svg.marks")).to_be_visible()
    expect(screen.locator("[class*=st-key-projected-answer-]")).to_have_count(answers)
    script_at_rest(screen)
    for width, height in WALLS:
        screen.set_viewport_size({"width": width, "height": height})
        wait_until(lambda: screen.evaluate(ALL_IS_SEEN))


def test_a_result_fits_on_the_wall(window):
    there = rooms().open(["mission=leaky_or_relu"])
    people = [rooms().join(there.code, "").token for _ in range(8)]
    for vote, state in enumerate((State.OPEN, State.SECOND)):
        rooms().go_to(there.secret, 0, state)
        for number, token in enumerate(people):
            rooms().answer(token, 0, str((number + vote) % 3))
            rooms().keep_found(token, 0, None, number, [0.94 + number / 200, 0.95 + number % 3 / 100], "2")
    rooms().go_to(there.secret, 0, State.REVEALED)
    screen = window(f"/screen?room={there.code}", 1920, 1080)
    result = screen.locator(".st-key-outcome")
    for height in (1080, 950):
        screen.set_viewport_size({"width": 1920, "height": height})
        expect(result.locator("svg.marks")).to_have_count(4)
        script_at_rest(screen)
        wait_until(lambda: result.evaluate("it => it.getBoundingClientRect().bottom <= innerHeight"))


def test_who_works_freely_goes_on_from_anywhere_to_the_top_of_the_next_question(window, led):
    rooms().follow(led.secret, False)
    phone = join(window(f"/join?room={led.code}", **PHONE))
    press(phone, FIRST)
    expect(phone.locator(".st-key-pictures[data-drawn]")).to_be_visible()
    page = phone.get_by_test_id("stMain")
    page.evaluate("it => it.scrollTo(0, it.scrollHeight / 3)")
    onwards = phone.get_by_role("button", name="Next question")
    expect(onwards).to_be_in_viewport(ratio=1)
    onwards.click()
    expect(phone.get_by_text("Question 2 of 2")).to_be_in_viewport()
    assert page.evaluate("it => it.scrollTop") == 0


def test_a_phone_comes_back_to_a_server_that_was_started_anew(stage, led, tmp_path: Path):
    app = Restarted(stage, tmp_path)
    try:
        phone = app.open(f"/join?room={led.code}")
        phone.set_viewport_size(PHONE)
        join(phone)
        name = name_on(phone)
        rooms().go_to(led.secret, 0, State.OPEN)
        press(phone, FIRST)
        expect(phone.get_by_text(f"Received: {FIRST}")).to_be_visible()
        no_connection = phone.get_by_text("No connection to the server")
        expect(no_connection).to_be_hidden()
        app.restart(lambda: expect(no_connection).to_be_visible())
        expect(no_connection).to_be_hidden()
        expect(phone.get_by_text(f"Received: {FIRST}")).to_be_visible()
        assert name_on(phone) == name
        rooms().go_to(led.secret, 0, State.CLOSED)
        expect(phone.get_by_text("Discussion.")).to_be_visible()
    finally:
        app.close()


def test_links_that_were_pasted_outlive_their_box_and_their_page(window):
    page = window("/workshop?plan=own")
    box = page.get_by_role("textbox", name="Links of your own missions")
    box.fill(f"mission={QUESTION}")
    box.press("Tab")
    expect(page.get_by_role("button", name="Open a room")).to_be_enabled()
    page.get_by_text(re.compile("^20 min")).first.click()
    expect(box).to_have_count(0)
    page.get_by_text("Questions of your choice").click()
    expect(box).to_have_value(f"mission={QUESTION}")
    menu = page.get_by_test_id("stSidebar")
    menu.get_by_role("link", name="1 · One neuron").click()
    expect(box).to_have_count(0)
    menu.get_by_role("link", name="Workshop").click()
    expect(box).to_have_value(f"mission={QUESTION}")


def test_who_was_chosen_to_leave_stays_chosen_when_the_language_changes_and_when_they_answer(window, led):
    person = rooms().join(led.code, "").token
    name = rooms().participant(person).name
    rooms().go_to(led.secret, 0, State.OPEN)
    rooms().admit(led.secret, False)
    leader = window(f"/workshop?leader={led.secret}")
    leader.get_by_role("combobox", name="People to remove").click()
    leader.get_by_role("option", name=name).click()
    leader.keyboard.press("Escape")
    chip = leader.locator("[class*=st-key-people-to-remove] [data-tag]")
    expect(chip).to_have_text(f"{name} (no answers)")
    expect(leader.get_by_role("button", name="Remove 1 person")).to_be_visible()
    leader.get_by_role("radio", name="한국어").click()
    with speaking("ko"):
        shown_in_korean = shown(name)
    expect(chip).to_have_text(f"{shown_in_korean} (답 없음)")
    rooms().answer(person, 0, "0")
    expect(chip).to_have_text(shown_in_korean)
    press(leader, "1명 내보내기")
    expect(leader.get_by_text(f"내보내지 않은 사람: {shown_in_korean}.")).to_be_visible()
    assert rooms().participant(person)


def test_a_window_that_is_not_seen_looks_less_often_and_at_once_when_it_is_seen_again(window, led):
    intervals: list[float] = []

    def listen(frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame)
        if message.HasField("auto_rerun"):
            intervals.append(message.auto_rerun.interval)

    phone = window(f"/join?room={led.code}", **PHONE, script=HIDE)
    phone.on("websocket", lambda socket: socket.on("framereceived", listen))
    phone.reload()
    join(phone)
    wait_until(lambda: phone.evaluate("true") and intervals[-1:] == [EVERY])
    phone.evaluate("window.isHidden = true; document.dispatchEvent(new Event('visibilitychange'))")
    wait_until(lambda: phone.evaluate("true") and intervals[-1:] == [HIDDEN])
    rooms().go_to(led.secret, 0, State.OPEN)
    phone.evaluate("window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.get_by_role("button", name=FIRST)).to_be_visible()
    wait_until(lambda: phone.evaluate("true") and intervals[-1:] == [EVERY])


def test_a_browser_without_cookies_says_so_and_can_take_part(window, led):
    refuse = "Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}})"
    phone = join(window(f"/join?room={led.code}", **PHONE, script=refuse))
    expect(phone.get_by_text("does not keep cookies")).to_be_visible()
    rooms().go_to(led.secret, 0, State.OPEN)
    press(phone, FIRST)
    expect(phone.get_by_text(f"Received: {FIRST}")).to_be_visible()


def fits(phone: Page) -> None:
    """Nothing is wider than the phone."""
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def assert_accessible(page: Page) -> None:
    """In both colours."""
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        script_at_rest(page)
        found = violations(page)
        assert not found, "\n".join(found)
