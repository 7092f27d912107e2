"""Votes: what was right, who changed, ranges of a scale, and their charts."""

import json

import altair as alt
import pytest

from tests.ui.workshop.made_up import NONE, best, how_many, votes
from ui.workshop.ballot_charts import changes_chart, changes_text, marked, votes_chart, votes_text
from ui.workshop.ballots import RANGES, Answer, ballots_of, sentences

PAIRS = [("0", "0"), ("0", "1"), ("0", "1"), ("1", "0"), ("2", "3"), ("1", "1"), ("3", None), (None, "2")]


def given(right: str | None = "1"):
    return ballots_of(best(), votes(*PAIRS), right)


def test_answers_stand_in_their_order_with_both_votes():
    answers = given().answers
    assert [answer.label for answer in answers] == ["ReLU", "Tanh", "Sigmoid", NONE]
    assert [(answer.first, answer.second) for answer in answers] == [(3, 2), (2, 3), (1, 1), (1, 1)]
    assert [answer.is_right for answer in answers] == [False, True, False, False]


def test_who_changed_is_counted_among_those_who_answered_twice():
    here = given()
    assert (here.first, here.second, here.both, here.changed) == (7, 7, 6, 4)
    assert (here.to_right, here.away) == (2, 1)
    assert here.changes == ((0, 1, 2), (1, 0, 1), (2, 3, 1))
    assert sentences(here) == (
        "In the first vote, 2 of 7 participants gave the right answer.",
        "In the second vote, 3 of 7 participants gave the right answer.",
        "2 changed to the right answer, 1 away from it.",
    )


def test_without_a_right_answer_only_changes_are_counted():
    here = given(None)
    assert not any(answer.is_right for answer in here.answers)
    assert sentences(here) == ("7 participants answered.", "4 of 6 participants changed their answer.")


def test_one_vote_and_none():
    once = ballots_of(best(), votes(("1", None)), "1")
    assert sentences(once) == ("1 of 1 participant gave the right answer.",)
    assert sentences(ballots_of(best(), votes(), "1")) == ("Nobody has answered.",)


def test_texts_that_are_no_answers_are_left_out():
    here = ballots_of(best(), votes(("7", "1"), ("<b>", "x"), ("0", "0")), "0")
    assert (here.first, here.second, here.both) == (1, 2, 1)
    scale = ballots_of(how_many(), votes(("nan", None), ("1e9", None), ("5.0", None)), "5.0")
    assert scale.first == 1


def test_answers_on_a_scale_stand_in_ranges_and_near_ones_are_right():
    here = ballots_of(how_many(), votes(("0.0", "12.0"), ("32.0", "32.0"), ("15.0", "15.0")), "16.0")
    assert len(here.answers) <= RANGES
    assert (here.answers[0].label, here.answers[-1].label) == ("0 to 4", "30 to 32")
    assert (here.answers[0].first, here.answers[-1].second) == (1, 1)
    assert sum(answer.first for answer in here.answers) == 3
    assert [answer.label for answer in here.answers if answer.is_right] == ["15 to 19"]
    assert (here.right_first, here.right_second, here.to_right) == (1, 2, 1)
    assert sentences(here) == (
        "In the first vote, 1 of 3 participants were near the right answer.",
        "In the second vote, 2 of 3 participants were near the right answer.",
        "1 changed to an answer near the right one, 0 away from it.",
    )


@pytest.mark.parametrize("right", ["100.0", "-3.0", "inf", "nan"])
def test_a_right_answer_outside_of_the_scale_is_in_its_last_range(right):
    here = ballots_of(how_many(), votes(("5.0", None)), right)
    assert sum(answer.is_right for answer in here.answers) == 1


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("right", [None, "1"])
def test_charts_are_valid(large, right):
    for chart in (votes_chart(given(right), large), changes_chart(given(right), large)):
        alt.LayerChart.from_dict(chart)
        json.dumps(chart, allow_nan=False)
    alt.LayerChart.from_dict(votes_chart(ballots_of(best(), votes(), right), large))


def test_the_right_answer_is_marked_by_a_sign_and_a_frame():
    chart = votes_chart(given())
    assert marked(Answer("Tanh", 0, 0, True)) == "✓ Tanh"
    assert [row["answer"] for row in chart["datasets"]["votes"] if row["right"]] == ["✓ Tanh"] * 2
    assert chart["layer"][0]["encoding"]["strokeWidth"]["condition"]["test"] == "datum.right"
    assert "✓ Tanh: 2 in the first vote, 3 in the second" in votes_text(given())


def test_one_vote_has_one_bar_for_each_answer_and_no_legend():
    chart = votes_chart(ballots_of(best(), votes(("0", None), ("1", None)), "0"))
    assert len(chart["datasets"]["votes"]) == 4
    assert chart["layer"][0]["encoding"]["fill"]["legend"] is None


def test_changes_are_told_the_most_frequent_first():
    chart = changes_chart(given())
    assert [row["change"] for row in chart["datasets"]["changes"]] == [
        "ReLU → ✓ Tanh",
        "✓ Tanh → ReLU",
        f"Sigmoid → {NONE}",
    ]
    assert [row["right"] for row in chart["datasets"]["changes"]] == [True, False, False]
    assert "ReLU → ✓ Tanh: 2" in changes_text(given())
