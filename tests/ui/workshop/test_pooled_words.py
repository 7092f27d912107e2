"""Sentences on what a room has found, in all states that it can be in."""

import math
import re
from dataclasses import replace

import pytest

from tests.ui.workshop.made_up import around, best, found, how_accurate, how_many, results, which_depth
from ui.missions.measures import LOWER
from ui.missions.mission import Choices, Mission
from ui.workshop.pooled_words import NOBODY, Said, said, said_of_right, unseen


def of(mission, there) -> Said:
    return said(mission, found(mission, there))


def text(words: Said) -> str:
    return " ".join([words.headline, *words.sentences])


def test_at_first_nobody_has_a_result():
    assert of(best(), []) == Said(NOBODY)
    assert said_of_right(best(), found(best(), [])) == ""


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_with_a_few_results_somebody_leads_and_it_may_be_luck(people):
    words = of(best(), around(people, 0.9, 0.5, 0.4))
    assert words.headline.startswith("So far, ReLU has the highest mean test accuracy: ")
    assert "may be luck" in words.sentences[0]
    assert not re.search("interval|is best", text(words))


def test_a_clear_lead_is_named_with_its_interval_and_for_how_many_it_was():
    words = of(best(), around(30, 0.9, 0.8, 0.4))
    assert re.fullmatch(r"ReLU is best: its mean test accuracy over 30 participants is (89|90)\.\d %\.", words.headline)
    assert "over every other network" in words.sentences[0]
    lead = re.search(r"over Tanh is (.+) percentage points \(95 % confidence interval: (.+) to (.+)\)", text(words))
    assert float(lead[2]) < float(lead[1]) < float(lead[3])
    assert "It alone was first for 30 of 30 participants." in words.sentences
    assert "1 time in 10, or more rarely" in text(words)


def test_of_two_networks_no_other_one_is_spoken_of():
    two = {"dataset": "moons", "activations": ["relu", "tanh"]}
    words = of(best(settings=two), around(30, 0.9, 0.8))
    assert words.headline.startswith("ReLU is best")
    assert "every other" not in text(words)


def test_a_lead_that_may_be_luck_names_those_it_is_not_shown_over():
    words = of(best(), around(30, 0.700, 0.701, 0.4, spread=0.05))
    assert words.headline.startswith("So far, ")
    assert re.search("may be luck: it is not shown to be better than (ReLU|Tanh)\\.", text(words))
    assert not re.search("is best|significant", text(words))


def test_of_losses_the_lowest_is_best_and_the_difference_is_negative():
    words = of(best("test_loss"), around(30, 0.4, 0.2, 0.9))
    assert words.headline.startswith("Tanh is best: its mean test loss over 30 participants is 0.")
    assert re.search("The difference from ReLU is −0.2.* confidence interval: −0.2.* to −0.1", text(words))
    few = of(best("test_loss"), around(3, 0.4, 0.2, 0.9))
    assert few.headline.startswith("So far, Tanh has the lowest mean test loss")


@pytest.mark.parametrize("people", [5, 10, 30, 100])
def test_a_failure_that_a_room_may_have_missed_is_missed_with_a_chance_of_five_percent(people):
    """By counting: so many people miss a failure of 1 in k with the chance (1 − 1/k) to the power of their number."""
    rare = unseen(people)
    assert (1 - 1 / rare) ** people <= 0.05 < (1 - 1 / (rare + 1)) ** people


def test_exact_ties_have_no_best_network():
    words = of(best(), results(*[(0.9, 0.9, 0.5)] * 8))
    assert (
        words.headline
        == "No network is best. ReLU and Tanh have the same mean test accuracy over 8 participants: 90.0 %."
    )


def test_at_chance_level_nobody_is_best():
    words = of(best(), around(30, 0.5, 0.3, 0.2))
    assert words.headline.startswith("So far, ReLU")
    assert "not shown to be above chance level, 50.0 %." in text(words)
    settings = {
        "dataset": "by_formula", "formula": "y > 0", "samples": 50, "test_share": 0.1, "activations": ["relu", "tanh"],
    }  # fmt: skip
    levels = (0.6, 0.4, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4)  # of seeds 0 to 9, by counting test labels
    words = of(best(settings=settings), results(*((level, level - 0.2) for level in levels)))
    assert "not shown to be above chance level, 50.0 % on average over the seeds." in text(words)
    assert not re.search("is best|significant", text(words))


def test_networks_that_diverged_are_counted_and_not_compared():
    there = around(12, 0.4, 0.3, 0.2)
    there[5] = results((0.4, 0.3, math.nan))[0]
    words = of(best("test_loss"), there)
    assert words.headline.startswith("Tanh is best")
    assert "Sigmoid diverged for 1 of 12 participants, so its mean is not compared." in words.sentences


def test_if_all_diverged_but_one_or_none_that_is_what_is_said():
    one = of(best("test_loss"), results(*[(0.4, math.inf, math.nan)] * 3))
    assert one.headline == "Only ReLU did not diverge for anyone."
    assert len(one.sentences) == 2
    none = of(best("test_loss"), results(*[(math.inf,) * 3] * 3))
    assert none.headline.startswith("Every network diverged")
    assert len(none.sentences) == 3


def test_one_network_has_its_mean_and_its_range():
    one = how_accurate()
    assert of(one, results([0.5], [0.75])).headline == (
        "ReLU: the mean test accuracy over 2 participants is 62.5 % (range: 50.0 % to 75.0 %)."
    )
    part = of(one, results([0.5], [math.nan]))
    assert part.headline == "ReLU: the test accuracy of 1 participant is 50.0 %.", "which is no mean, and has no range"
    assert part.sentences == ("For 1 of 2 participants it diverged.",)
    assert of(one, results([math.nan])).headline == "No network has a test accuracy yet."


def test_a_question_about_one_network_is_answered_by_that_one_first():
    two, answers = {"dataset": "moons", "activations": ["relu", "tanh"]}, Choices(bounds=(0.5, 0.8), network=1)
    asked = Mission(question="How accurate is tanh?", settings=two, measure="test_accuracy", answers=answers)
    words = of(asked, around(30, 0.9, 0.7))
    assert words.headline.startswith("Tanh: the mean test accuracy over 30 participants is ")
    assert words.sentences[0].startswith("ReLU is best")
    counted = replace(asked, measure="epochs_to_90")
    said_of_it = of(counted, results((3, 9), (4, 7)))
    assert said_of_it.headline.startswith("Tanh: the median number of epochs")
    assert (said_of_it.headline.endswith("(range: 7 to 9 epochs)."), said_of_it.sentences) == (True, (LOWER,))


def test_counts_have_a_median_and_a_range():
    there = results([4], [10], [30])
    assert of(how_many(), there).headline == (
        "ReLU: the median number of dead units over 3 participants is 10 (range: 4 to 30)."
    )
    assert said_of_right(how_many(), found(how_many(), there)) == (
        "The median of the room is 10. For 1 of 3 participants, the value was near it: no further than 4 from it."
    )


def test_medians_of_several_networks_are_compared_with_their_ranges():
    words = of(best("epochs_to_90"), results((5, 20, math.inf), (7, 6, math.inf), (9, 30, 80)))
    assert words.headline.startswith("ReLU has the lowest median number of epochs to 90 % test accuracy: 7 epochs")
    assert "It alone was first for 2 of 3 participants." in words.sentences
    assert "Sigmoid: never (80 epochs or more, or never)" in text(words)
    assert "may be luck" in text(words)
    tied = of(best("epochs_to_90"), results((5, 5, 9)))
    assert tied.headline.startswith("No network is first. ReLU and Tanh have the same median")


def test_cells_are_counted_and_the_first_one_is_said_to_have_few_people():
    cells = [{"layers": 1}, {"layers": 3}, {"layers": 1}]
    words = of(which_depth(), results([0.5], [0.8], [0.6], cells=cells))
    assert words.headline == "2 of 3 choices have results, from 3 participants."
    assert "80.0 %" in words.sentences[0]
    assert "only a part of the participants" in words.sentences[1]


@pytest.mark.parametrize("last, tied", [
    (0.7, "“Hidden layers: 1”, “Hidden layers: 2” and “Hidden layers: 3”"),
    (0.1, "“Hidden layers: 1” and “Hidden layers: 3”"),
])  # fmt: skip
def test_cells_that_are_equally_good_are_all_named(last, tied):
    """But for rounding: the mean of 0.7 and 0.9 is not exactly 0.8."""
    cells = [{"layers": depth} for depth in (1, 3, 2, 2)]
    words = of(which_depth(), results([0.8], [0.8], [0.9], [last], cells=cells))
    assert words.sentences[0] == f"So far, {tied} have the same mean test accuracy, which is the highest: 80.0 %."
    losses = results([0.4], [0.4], [0.9], [0.9], cells=cells)
    assert of(replace(which_depth(), measure="test_loss"), losses).sentences[0] == (
        "So far, “Hidden layers: 1” and “Hidden layers: 3” have the same mean test loss, which is the lowest: 0.400."
    )


def test_for_how_many_the_right_answer_was_right():
    there = results((0.9, 0.8, 0.7), (0.9, 0.8, 0.6), (0.8, 0.9, 0.1))
    assert said_of_right(best(), found(best(), there)) == ("For 2 of 3 participants, this was the right answer: ReLU.")


def test_no_sentence_is_longer_than_people_read():
    missions = [
        (best(), around(30, 0.9, 0.8, 0.4)), (best(), around(30, 0.70, 0.70, 0.4)), (best(), around(2, 0.9, 0.8, 0.4)),
        (best("test_loss"), around(30, 0.4, 0.2, 0.9)), (how_many(), results([4], [10])),
    ]  # fmt: skip
    for mission, there in missions:
        words = of(mission, there)
        for sentence in [words.headline, *words.sentences, said_of_right(mission, found(mission, there))]:
            assert len(sentence.split()) <= 25, sentence


def test_values_that_are_all_alike_have_no_range():
    two = best("epochs_to_90", {"dataset": "moons", "activations": ["relu", "tanh"]})
    words = of(two, results((math.inf, 18), (math.inf, 18), (math.inf, 18)))
    assert "Medians and ranges: ReLU: never; Tanh: 18 epochs." in text(words)
    assert (
        of(how_many(), results((7,), (7,))).headline
        == "ReLU: the number of dead units is 7 for each of 2 participants."
    )


@pytest.mark.parametrize(
    ("values", "is_said"),
    [((7, 13), True), ((7, 7), False), ((7, 9, 13), False), ((7, 9, 9, 13), False), ((7, 8, 9, 13), True)],
)
def test_a_median_that_is_the_lower_of_two_is_said_to_be_so(values, is_said):
    words = of(how_many(), results(*((value,) for value in values)))
    assert f" {sorted(values)[(len(values) - 1) // 2]}" in words.headline
    assert (LOWER in words.sentences) == is_said


def test_of_what_is_no_count_the_median_is_the_usual_one():
    assert LOWER not in text(of(how_accurate(), results((0.7,), (0.9,))))
    several = best("epochs_to_90", {"dataset": "moons", "activations": ["relu", "tanh"]})
    assert LOWER in text(of(several, results((5, 6), (5, math.inf))))
