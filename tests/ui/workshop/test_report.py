"""A room's report: what it says, that it is HTML of its own, and that nothing foreign in it becomes markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from classroom import GoalOf
from tests.saying import MARKED
from tests.ui.workshop.made_up import AT, around, asked, best, of_cells, of_goal, of_scale, of_weights, record, results
from ui.missions.asked import with_settings
from ui.missions.mission import Goal, Mission
from ui.missions.outcomes import cells, link_of, networks
from ui.shell.language import speaking
from ui.workshop.markup import document, element
from ui.workshop.report import report

VOID = {"meta", "br", "hr"}
PAIRS = [("0", "0"), ("0", "1"), ("1", "0")]


class Read(HTMLParser):
    """Reads a page; fails where an element is closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs)), "an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(html: str) -> Read:
    page = Read()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def of(*questions, **others) -> Read:
    return read(report(record(*questions, **others), "https://lab.example/app", AT))


def whole() -> Read:
    return of(asked(0, best(reason="It bends."), around(3, 0.9, 0.8, 0.7), PAIRS))


def test_it_is_one_page_that_needs_no_other():
    html = report(record(asked(0, best(), around(8, 0.9, 0.8, 0.7), PAIRS)), "https://lab.example", AT)
    page = read(html)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>Workshop report 2026-11-27</title>" in html
    assert [len(page.all(tag)) for tag in ("h1", "script", "link", "img", "iframe")] == [1, 0, 0, 0, 0]
    assert not re.search(r"url\(|@import|src=", html)
    assert all(each["href"].startswith("https://lab.example/?") for each in page.all("a"))


def test_it_says_when_where_and_who():
    text = whole().text
    assert "Room ABCDE, opened on 2026-11-27. 3 participants. 1 question." in text
    assert "kind fox 0, kind fox 1, kind fox 2" in text


def test_each_question_has_its_votes_side_by_side_its_result_its_reason_and_its_links():
    page = whole()
    for said in (
        "1. Which is best?", "First vote", "Second vote", "Right answer",
        "For 3 of 3 participants, this was the right answer: ReLU.", "2 of 3 participants gave the right answer.",
        "1 changed to the right answer, 1 away from it.",
        "So far, ReLU has the highest mean test accuracy", "may be luck", "It bends.", "kind fox 1",
    ):  # fmt: skip
        assert said in page.text, said
    assert len(page.all("circle")) == 9, "a dot for each network of each participant"
    assert [each.get("class") for each in page.all("tr")].count("right") == 1
    links = [each["href"] for each in page.all("a")]
    assert len(links) == 4
    assert sum("seed=1&" in f"{each}&" for each in links) == 1


def test_intervals_stand_in_a_table_without_infinite_numbers_in_words_of_python():
    text = of(asked(0, best(), around(20, 0.9, 0.8, 0.7), PAIRS)).text
    assert "−∞" in text
    assert not re.search(r"\b(inf|nan|None)\b", text)


def test_of_a_scale_it_says_in_which_range_the_right_answer_is_and_what_near_means():
    page = of(CASES["a scale"])
    assert page.text.count("The right answer is in this range") == 1
    assert f"the value was near it: no further than {of_scale().answers.near:g} from it." in page.text


GRID = cells(of_cells())
CASES = {
    "nothing": asked(0, best(), [], []),
    "votes alone": asked(0, best(), [], [("1", None)]),
    "all diverged": asked(0, best("test_loss"), results((float("nan"),) * 3), PAIRS),
    "a scale": asked(0, of_scale(), results([3] * len(networks(of_scale()))), [("4.0", "5.0")]),
    "cells": asked(0, of_cells(), results(*[[0.5] * len(networks(of_cells()))] * len(GRID), cells=GRID), PAIRS),
    "a goal": asked(0, of_goal(), [], [], [GoalOf(0, "kind fox", {"layers": 1}, 4.0, 5, 5)]),
    "by hand": asked(0, of_weights(), [], [], [GoalOf(0, "kind fox", {"w1": 1.0, "w2": 2.0, "b": 0.5}, 1.0, 1, 1)]),
    "never": asked(0, best("epochs_to_90"), results((3, float("inf"), 4)), PAIRS),
}


@pytest.mark.parametrize("case", CASES)
def test_it_can_be_made_of_whatever_came(case):
    text = of(CASES[case]).text
    assert ("What the room has found" in text) == bool(CASES[case].found)
    assert not re.search(r"\b(inf|nan|None)\b", text)


def test_a_task_has_its_board_in_the_place_of_votes():
    goal, weights = of(CASES["a goal"]), of(CASES["by hand"])
    assert "1 participant reached the goal with every seed. The best attempt has 4 hidden units." in goal.text
    assert "seeds=5" in goal.all("a")[0]["href"]
    assert "1 point on the wrong side" in weights.text
    assert "w₁ = 1, w₂ = 2, b = 0.5" in weights.text


def test_the_link_of_an_attempt_leads_to_what_was_checked():
    """Another dataset has defaults of its own in the place of the mission's settings of the data."""
    mission = Mission(
        question="How few?", settings={"dataset": "moons", "noise": 0.3, "samples": 100, "activations": ["relu"]},
        measure="test_loss", answers=Goal(0.15), free=("dataset", "units"),
    )  # fmt: skip
    for chosen in ({"units": "4"}, {"dataset": "spiral", "units": "4"}):
        tried = with_settings(mission, chosen)
        attempt = GoalOf(0, "kind fox", dict(tried.settings), 4.0, 5, 5)
        link = of(asked(0, mission, [], [], [attempt])).all("a")[0]["href"]
        assert parse_qs(urlsplit(link).query) == link_of(tried, seeds=5)[1]


def test_a_question_of_another_version_is_said_to_be_unreadable():
    gone = replace(asked(0, best(), [], []), text="mission=<gone>")
    assert "mission=<gone>" in of(gone).text
    assert "cannot be read" in of(gone).text


ELEMENTS = set(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "h3",
        "p",
        "section",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "strong",
        "svg",
        "line",
        "text",
        "circle",
        "details",
        "summary",
        "a",
    ]
)
HOSTILE = "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style></title>&amp;", "a\x00b\x1b[31m"


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_words_stay_words(text):
    mission = replace(best(), question=f"{text} why", reason=text)
    page = of(replace(asked(0, mission, around(2, 0.9, 0.8, 0.7), PAIRS)), name=text + "{}")
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    assert page.text.count(shown) >= 2
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert not any(key.startswith("on") for _tag, attributes in page.elements for key in attributes)


def test_it_speaks_the_language_of_the_page():
    with speaking(MARKED):
        assert "⟦Workshop report⟧" in whole().text


def test_no_letter_stops_a_page_from_being_written():
    assert document(element("p", "\ud800\x00", title="\ud800")).encode().count(b"\xef\xbf\xbd") == 3
    assert "50.0%\u2060입니다" in document(element("p", "50.0%\u2060입니다"))


def test_elements_keep_the_order_of_texts_and_elements():
    made = element("p", "a < b", element("b", "c"), None, "d & e", element("i"), class_="x", data_y=3)
    assert document(made) == '<!DOCTYPE html>\n<p class="x" data-y="3">a &lt; b<b>c</b>d &amp; e<i></i></p>\n'
