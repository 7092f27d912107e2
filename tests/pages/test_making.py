"""Make your own: the form on Compare in AppTest, and that its links do what it says."""

from urllib.parse import parse_qs, urlsplit

import pytest

from core import DatasetSpec
from core.data.drawing import text_of_dataset
from tests.page import drawn_by, opened, press
from tests.pages.test_fixed import widgets
from ui.compare.making import fixed_query
from ui.missions.address import mission_of, params_of

pytestmark = pytest.mark.usefixtures("no_worker_processes")
VIEW = {"dataset": "circles", "activations": ["relu", "tanh"], "epochs": "10"}


def form(filled: dict[str, object], /, **view) -> tuple[object, dict[str, dict[str, list[str]]]]:
    """The page with the form filled in, and the addresses of its links by the label of what copies them."""
    page = opened(**view)
    for key, value in filled.items():
        page.session_state[key] = value
    press(page, "make your own")
    copied = {data["label"]: data["text"] for data in drawn_by(page, "copying")}
    return page, {label: parse_qs(urlsplit(text).query, keep_blank_values=True) for label, text in copied.items()}


def said(page) -> str:
    return " ".join(text.value for text in (*page.markdown, *page.caption, *page.info))


def test_its_link_opens_the_view_with_just_these_controls():
    _page, links = form({"own free": ["layers", "epochs"], "own word": "lock"}, **VIEW)
    query = links["Copy this link"]
    there = opened(**query)
    assert {key for key, widget in widgets(there).items() if not widget.proto.disabled} == {"layers", "epochs"}
    _page, links = form({"own free": ["layers"], "own word": "hide"}, **VIEW)
    there = opened(**links["Copy this link"])
    assert list(widgets(there)) == ["layers"]
    assert there.session_state["dataset"] == "circles"
    _page, links = form({}, **VIEW)
    assert links["Copy this link"] == links["Copy link"], "all is free"


def test_no_control_is_free():
    assert fixed_query({"epochs": ["3"]}, "lock", []) == {"epochs": ["3"], "lock": ["all"]}


def test_a_mission_is_asked_about_the_view_and_needs_no_answer():
    page, links = form({}, **VIEW)
    assert "Write a question" in said(page) and "Copy the link of the mission" not in links
    filled = {
        "own question": "Which *one* is better?", "own measure": "test_loss", "own reason": "Look.",
        "own later": ["layers"],
    }  # fmt: skip
    page, links = form(filled, **VIEW, seed="7", log="True")
    assert "Answers: ReLU · Tanh · No clear difference." in said(page)
    query = links["Copy the link of the mission"]
    mission = mission_of(query)
    assert (mission.question, mission.measure, mission.free) == ("Which *one* is better?", "test_loss", ("layers",))
    assert mission.settings == {"dataset": "circles", "activations": ["relu", "tanh"], "epochs": 10}
    assert params_of(mission) == query
    there = opened("pages/mission.py", **query)
    assert r"Which \*one\* is better?" in [header.value for header in there.header]
    assert {"ReLU", "Tanh"} <= {button.label for button in there.button}
    press(there, next(button.key for button in there.button if button.label == "ReLU"))
    assert "Look." in said(there), "and not before"


def test_of_one_network_the_answers_are_ranges():
    view = VIEW | {"activations": ["relu"]}
    page, links = form({"own question": "How good?"}, **view)
    assert "There is no mission yet" in said(page) and "Copy the link of the mission" not in links
    page, links = form({"own question": "How good?", "own bounds": "0.75 0.9"}, **view)
    assert "Less than 75 %" in said(page)
    assert mission_of(links["Copy the link of the mission"]).answers.bounds == (0.75, 0.9)
    page, links = form({"own question": "How good?", "own bounds": "0.9 x"}, **view)
    assert "There is no mission yet" in said(page) and "Copy the link of the mission" not in links


def test_of_one_network_it_can_be_a_goal():
    filled = {
        "own question": "How few?", "own kind": "reach", "own measure": "test_loss", "own goal": "0.177",
        "own later": ["units", "layers"],
    }  # fmt: skip
    view = VIEW | {"activations": ["tanh"], "epochs": "200", "layers": "1"}
    page, links = form(filled, **view)
    assert "test loss at most 0.177 with each of 5 seeds" in said(page)
    query = links["Copy the link of the mission"]
    assert params_of(mission_of(query)) == query
    there = opened("pages/mission.py", **query)
    press(there, "check")
    assert "**Goal reached:**" in there.success[0].value
    for wrong in ({"own goal": "x"}, {"own later": []}, {"own goal": ""}):
        page, links = form(filled | wrong, **view)
        assert "There is no mission yet" in said(page) and "Copy the link of the mission" not in links


def test_a_mission_can_be_about_a_drawing():
    drawing, _notes = text_of_dataset(DatasetSpec("moons", samples=40))
    view = {"dataset": "drawn", "points": drawing, "activations": ["relu", "tanh"], "epochs": "3"}
    _page, links = form({"own question": "Which?"}, **view)
    assert links["Copy the link of the mission"]["points"] == [drawing]
