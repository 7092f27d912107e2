"""The page of missions, in AppTest: what is shown before a prediction, and what after it."""

import json

import pytest

from core import train
from tests.page import address, charts, choose, drawn_by, links, messages, opened, press, run
from tests.saying import texts
from ui.missions import words
from ui.missions.listing import in_order
from ui.missions.measures import MEASURES
from ui.missions.outcome_words import beside
from ui.missions.outcomes import SEEDS, experiment_of, measured
from ui.missions.records import MISSIONS
from ui.shell.language import speak
from ui.shell.page import PAGES

pytestmark = pytest.mark.usefixtures("no_worker_processes")
PAGE = PAGES["mission"].path
NAME = "adam_early"  # takes a moment
OWN = {"question": "Is *this* [a](https://evil.example) link?", "activations": ["relu", "tanh"], "epochs": "3"}


def sent(page) -> str:
    """All that the page has sent to the browser: every element as it is, its data decoded."""
    found = [str(element.proto) for element in (*page.main, *page.sidebar) if hasattr(element, "proto")]
    return "\n".join([*found, *texts(page), *map(json.dumps, drawn_by(page, "pictures"))])


def offered(page) -> list[str]:
    """The names of the missions that can be opened from here."""
    return [each.key.removeprefix("open ") for each in page.main.button if each.key.startswith("open ")]


def outcome_of(name: str):
    mission = MISSIONS[name]
    return measured(mission, [train(experiment_of(mission, 0, None, SEEDS))])


def test_without_a_mission_there_is_a_list_of_all():
    page = opened(PAGE)
    assert offered(page) == [mission.name for mission in in_order()]
    assert set(offered(page)) == set(MISSIONS)
    press(page, f"open {NAME}")
    assert page.header[0].value == words.question(MISSIONS[NAME])
    assert address(page) == {"mission": [NAME]}
    (following,) = offered(page)
    press(page, f"open {following}")
    assert page.header[0].value == words.question(MISSIONS[following])
    press(page, "all missions")
    assert len(offered(page)) == len(MISSIONS)


@pytest.mark.parametrize(
    ("name", "given", "button"),
    [(NAME, "0", "answer 0"), ("dead_at_a_rate", "16", "answer predict"), ("six_times_faster", "2", "answer 2")],
)
def test_nothing_tells_the_outcome_before_a_prediction(name, given, button):
    mission, seen = MISSIONS[name], outcome_of(name)
    page = opened(PAGE, mission=name)
    before = sent(page)
    assert words.question(mission) in before
    assert not drawn_by(page, "pictures")
    assert len(charts(page)) == 1, "the data"
    assert words.reason(mission) not in before
    write = MEASURES[mission.measure].write
    told = {beside(mission, given, seen)} | {write(value) for value in seen.values.ravel() if len(write(value)) > 3}
    assert not [text for text in told if text in before]
    press(page, button)
    after = sent(page)
    assert words.reason(mission) in after and drawn_by(page, "pictures")
    assert beside(mission, given, seen) in after, "so that the test would have found it"


def test_the_prediction_stays_beside_the_outcome():
    mission, seen = MISSIONS[NAME], outcome_of(NAME)
    page = opened(PAGE, mission=NAME)
    press(page, "answer 0")
    assert beside(mission, "0", seen) in messages(page)
    assert "Open in Compare" in links(page)
    assert PAGES[mission.lesson].question in links(page)
    choose(page, "selectbox", "my_activation", "sigmoid")
    assert beside(mission, "0", seen) in messages(page)
    assert address(page) == {"mission": [NAME], "my_activation": ["sigmoid"]}
    assert len(messages(page)) == 2, "what the changed view gives is said apart"
    assert "activation=sigmoid" in links(page)["Open in Compare"]
    press(page, "predict again")
    assert not messages(page) and not drawn_by(page, "pictures")


def test_a_changed_view_in_a_link_waits_for_the_prediction():
    page = opened(PAGE, mission=NAME, my_activation="sigmoid")
    assert not messages(page)
    assert address(page)["my_activation"] == ["sigmoid"]
    press(page, "answer 1")
    assert len(messages(page)) == 2


def test_another_mission_has_a_prediction_of_its_own():
    page = opened(PAGE, mission=NAME)
    press(page, "answer 0")
    page.query_params["mission"] = "adam_late"
    del page.session_state["address of page"]
    run(page)
    assert not messages(page)


def test_the_cells_of_a_grid_can_be_looked_at_one_by_one():
    page = opened(PAGE, mission="units_for_circles")
    press(page, "answer 2")
    first = drawn_by(page, "pictures")
    (shown,) = [group.key for group in page.button_group if group.key.startswith("shown cell")]
    choose(page, "button_group", shown, 3)
    assert drawn_by(page, "pictures") != first


def test_an_own_mission_is_shown_as_it_was_written():
    page = opened(PAGE, **OWN)
    assert "Is *this* [a](https:" in page.header[0].value.replace("\\", "")
    assert "[a]" not in page.header[0].value
    assert address(page) == {key: value if isinstance(value, list) else [value] for key, value in OWN.items()}
    press(page, "answer 2")
    assert messages(page)
    assert address(page).keys() == OWN.keys()


@pytest.mark.parametrize(
    "asked", [OWN | {"free": "epochs", "my_epochs": "5"}, {"mission": NAME, "my_learning_rate": "0.1"}]
)
def test_a_reset_undoes_what_was_changed_and_keeps_the_mission(asked):
    page = opened(PAGE, **asked)
    header = page.header[0].value
    assert address(page).keys() == asked.keys()
    press(page, "reset")
    assert page.header[0].value == header
    assert address(page).keys() == {key for key in asked if not key.startswith("my_")}


@pytest.mark.parametrize("wrong", [{"mission": "nothing"}, OWN | {"measure": "speed"}, OWN | {"epochs": "10000000"}])
def test_what_cannot_be_shown_is_said_above_the_list(wrong):
    page = opened(PAGE, **wrong)
    (message,) = messages(page)
    assert "Choices: ," not in message, "no mission is not one of them"
    assert len(offered(page)) == len(MISSIONS)


def test_a_mission_that_there_is_not_is_said_in_the_language_of_the_page():
    page = opened(PAGE, mission="nothing", lang="ko")
    speak("en")  # in this thread
    (message,) = messages(page)
    assert "nothing" in message and "unknown" not in message and "Choices" not in message
