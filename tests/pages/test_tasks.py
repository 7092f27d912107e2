"""Tasks on the page of missions, in AppTest: goals that are checked with several seeds, and weights set by hand."""

from dataclasses import replace

import pytest

from tests.page import address, charts, choose, drawn_by, messages, opened, press, run
from ui.missions.outcomes import experiment_of
from ui.missions.records import MISSIONS

pytestmark = pytest.mark.usefixtures("no_worker_processes")
PAGE = "pages/mission.py"
GOAL = "ring_with_few_units"


def lines(page) -> list[str]:
    return [text.value for text in (*page.main.markdown, *page.success, *page.info)]


def test_an_attempt_is_checked_when_somebody_asks_and_the_best_one_is_kept():
    page = opened(PAGE, mission=GOAL)
    assert not page.success and not drawn_by(page, "pictures")
    press(page, "check")
    assert any("**Not reached:** it holds for 0 of 5 seeds, with 2 hidden units." in line for line in lines(page))
    assert MISSIONS[GOAL].reason not in lines(page)
    assert drawn_by(page, "pictures")
    choose(page, "selectbox", "my_units", "16")
    assert not drawn_by(page, "pictures"), "no result stands beside other settings"
    press(page, "check")
    assert any("**Goal reached:** it holds for each of 5 seeds, with 16 hidden units." in line for line in lines(page))
    assert MISSIONS[GOAL].reason in lines(page)
    choose(page, "selectbox", "my_units", "2")
    assert page.button(key="check").proto.disabled, "it was checked before"
    assert "Your best so far: 16 hidden units." in lines(page)
    assert address(page) == {"mission": [GOAL], "checked": ["True"]}
    choose(page, "selectbox", "my_units", "16")
    assert address(page) == {"mission": [GOAL], "my_units": ["16"], "checked": ["True"]}
    choose(page, "selectbox", "my_units", "8")
    assert address(page) == {"mission": [GOAL], "my_units": ["8"]}, "which nobody has checked"


def test_a_reload_finds_the_attempt_that_was_checked_and_back_takes_it_away():
    page = opened(PAGE, mission=GOAL, my_units="4")
    before = address(page)
    press(page, "check")
    again = opened(PAGE, **address(page))
    assert lines(again) == lines(page) and drawn_by(again, "pictures")
    assert again.button(key="check").proto.disabled
    again.query_params.clear()
    for key, value in before.items():
        again.query_params[key] = value
    del again.session_state["address of page"]  # as Back does
    run(again)
    assert not drawn_by(again, "pictures") and not again.button(key="check").proto.disabled
    assert address(again) == before, "nothing is written: it would be one more step to go back over"


def test_an_attempt_that_was_stopped_does_not_count():
    """What it has reached until then, nobody finds again by its settings."""
    experiment = experiment_of(replace(MISSIONS[GOAL], settings=MISSIONS[GOAL].settings | {"units": "16"}), 0, None, 5)
    page = opened(PAGE, mission=GOAL, my_units="16")
    page.session_state["stopped"] = {experiment: replace(experiment, epochs=150)}
    press(page, "check")
    assert any("Stopped after epoch 150 of 200" in message for message in messages(page))
    assert any("trained to its last epoch" in line for line in lines(page)) and drawn_by(page, "pictures")
    assert not page.success and not any("best so far" in line for line in lines(page))
    next(button for button in page.button if button.label == "Continue").click()
    assert any("Goal reached" in line for line in lines(run(page)))


def test_what_is_no_word_for_checked_is_said_and_checks_nothing():
    page = opened(PAGE, mission=GOAL, checked="1")
    assert any("checked attempt is '1'" in message for message in messages(page))
    assert not drawn_by(page, "pictures") and address(page) == {"mission": [GOAL]}


def test_settings_that_cannot_be_trained_are_said():
    page = opened(PAGE, mission=GOAL, my_units="4,4,4")
    assert any("These settings cannot be trained" in message for message in messages(page))
    page = opened(PAGE, mission=GOAL, my_units="no")
    assert any("units is 'no'" in message for message in messages(page))


def test_weights_set_by_hand_are_seen_at_once_and_stay_in_the_address():
    page = opened(PAGE, mission="bias_by_hand", my_w1="-1.5", my_w2="3.0")
    before = charts(page)[0]
    assert not page.success
    choose(page, "slider", "my_b", -1.8)
    assert "Goal reached" in page.success[0].value
    assert charts(page)[0] != before
    assert MISSIONS["bias_by_hand"].reason in lines(page)
    assert address(page) == {"mission": ["bias_by_hand"], "my_w1": ["-1.5"], "my_w2": ["3.0"], "my_b": ["-1.8"]}


def test_a_link_can_lock_a_weight():
    page = opened(PAGE, mission="bias_by_hand", lock="my_b", my_b="-1.8")
    assert page.slider(key="my_b").proto.disabled and not page.slider(key="my_w1").proto.disabled
    assert "This link locks 1 control." in lines(run(page))
