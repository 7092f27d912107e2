"""What stands in the strips of a question, the right answer by a room's results, and scales that grow in few steps."""

import math
from itertools import pairwise

import pytest

from tests.ui.workshop.made_up import NONE, around, best, how_many, results, which_depth
from ui.missions.measures import MEASURES
from ui.workshop.strips import (
    answer,
    answers,
    difference,
    difference_scale,
    found_in,
    intervals,
    packed,
    place_of,
    rounded_up,
    scale_of,
    unpacked,
)

ACCURACY, LOSS = MEASURES["test_accuracy"], MEASURES["test_loss"]


def test_results_travel_as_one_text_without_names():
    found = results((0.5, math.nan), (math.inf, 1.0), cells=[{"layers": 2, "units": (3, 4)}, None])
    text = packed(found)
    assert "fox" not in text
    there = unpacked(text)
    assert [each.number for each in there] == [0, 1]
    assert there[0].cell == {"layers": 2, "units": [3, 4]}
    assert math.isnan(there[0].values[1])
    assert there[1].values == (math.inf, 1.0)


def test_each_network_has_a_strip_with_everybodys_seed():
    found = found_in(best(), results((0.9, 0.8, 0.7), (0.8, 0.9, 0.6)))
    assert [strip.label for strip in found.strips] == ["ReLU", "Tanh", "Sigmoid"]
    assert found.strips[1].dots == ((0, 0, 0.8), (1, 1, 0.9))
    assert len({strip.colour for strip in found.strips}) == 3


def test_participants_are_held_against_the_chance_level_of_their_own_split():
    settings = {
        "dataset": "by_formula", "formula": "y > 0", "samples": 50, "test_share": 0.1, "activations": ["relu", "tanh"],
    }  # fmt: skip
    levels = (0.6, 0.4, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4)  # of seeds 0 to 9, by counting test labels
    lead = [0.2] * 8 + [0.0, 0.2]
    found = found_in(best(settings=settings), results(*((a + b, a - 0.2) for a, b in zip(levels, lead))))
    assert found.pooled.contest.chance == pytest.approx(0.5)
    assert found.pooled.contest.reason is None
    at_chance = found_in(best(settings=settings), results(*((level, level - 0.2) for level in levels)))
    assert at_chance.pooled.contest.reason == "at chance"


def test_each_cell_has_a_strip_too_and_other_cells_are_left_out():
    cells = [{"layers": 1}, {"layers": 3}, {"layers": 1}, {"layers": 7}, None]
    found = found_in(which_depth(), results(*[[0.5 + n / 10] for n in range(5)], cells=cells))
    assert [[dot[0] for dot in strip.dots] for strip in found.strips] == [[0, 2], [], [1]]
    assert len({strip.label for strip in found.strips}) == 3
    assert found.right is None, "not every cell has a result"


def test_the_right_answer_of_a_grid_is_that_of_all_its_cells():
    cells = [{"layers": n % 3 + 1} for n in range(6)]
    found = found_in(which_depth(), results([0.5], [0.9], [0.7], [0.6], [0.8], [0.7], cells=cells))
    assert (found.right, answer(which_depth(), found.right)) == ("1", answers(which_depth())[1])


def test_the_right_answer_is_the_one_of_most_participants():
    of_three = (0.9, 0.8, 0.7), (0.7, 0.8, 0.6), (0.8, 0.9, 0.1)
    found = found_in(best(), results(*of_three))
    assert (found.right, found.holds) == ("1", 2)
    assert answer(best(), found.right) == "Tanh"
    assert answers(best())[-1] == NONE
    assert found_in(best(), results(*of_three, (0.5, 0.5, 0.5))).right is None, "half of them are not most"
    assert found_in(best(), results(*of_three[:2])).right is None, "whoever came first does not decide"


def test_the_right_answer_of_a_scale_is_the_median():
    found = found_in(how_many(), results([3], [10], [12], [30]))
    assert (float(found.right), found.holds) == (10, 2)


@pytest.mark.parametrize(
    ("values", "measure", "scale"),
    [
        ([], ACCURACY, (0, 1)),
        ([0.91, 0.93], ACCURACY, (0.8, 1)),
        ([1, 1], ACCURACY, (0.8, 1)),
        ([0.35, 0.41], ACCURACY, (0.3, 0.5)),
        ([0, 0.04], ACCURACY, (0, 0.2)),
        ([math.nan, 0.2], ACCURACY, (0.2, 0.4)),
        ([], LOSS, (0, 1)),
        ([0, 0], LOSS, (0, 1)),
        ([0.31, 0.32], LOSS, (0, 0.4)),
        ([0.005, 0.005, 0.005, 0.69], LOSS, (0, 0.8)),  # a network that has learned nothing is no outlier
        ([1, 1, 1, 25], MEASURES["dead_units"], (0, 30)),  # nor is what cannot explode
        ([3, 3, 3, 100, math.inf], MEASURES["epochs_to_90"], (0, 100)),
        ([0.3, 0.3, 1e9, math.inf], LOSS, (0, 0.3)),  # what is far out does not squeeze the rest together
    ],
)
def test_scales_have_room_for_what_there_is(values, measure, scale):
    assert scale_of(values, measure) == pytest.approx(scale)


@pytest.mark.parametrize("measure", [ACCURACY, LOSS])
def test_scales_change_seldom_while_a_hundred_results_arrive(measure):
    values = [value for each in around(100, 0.7, 0.6) for value in each.values]
    scales = [scale_of(values[:number], measure) for number in range(2, 201)]
    assert len(set(scales)) <= 4
    for before, after in pairwise(scales):
        assert after[0] <= before[0]
        assert after[1] >= before[1], "nothing that is on the scale leaves it"


def test_the_scale_of_differences_changes_seldom_too():
    of = around(100, 0.7, 0.6, 0.1)
    reaches = [difference_scale(found_in(best(), of[:people])) for people in range(2, 101)]
    assert len(set(reaches)) <= 4
    assert reaches == sorted(reaches)


@pytest.mark.parametrize(
    ("number", "end"), [(0, 1), (-1, 1), (0.21, 0.3), (0.3, 0.3), (7, 8), (81, 100), (1.2e-4, 1.5e-4)]
)
def test_axes_end_at_numbers_that_are_easy_to_read(number, end):
    assert rounded_up(number) == pytest.approx(end)


def test_dots_of_many_fill_a_strip():
    places = sorted(map(place_of, range(100)))
    assert places[0] >= 0.1
    assert places[-1] <= 0.9
    assert max(b - a for a, b in pairwise(places)) < 0.02


def test_of_losses_the_difference_is_below_zero_and_its_ends_are_in_order():
    found = found_in(best("test_loss"), around(20, 0.5, 0.3, 0.9))
    people, lead, low, high = intervals(found)[-1]
    assert people == 20
    assert low < lead < high < 0
    assert (difference(lead, found.measure)[0], difference(-math.inf, found.measure)) == ("−", "−∞")
    accuracies = found_in(best(), around(20, 0.5, 0.3, 0.9))
    assert difference(intervals(accuracies)[-1][1], accuracies.measure).startswith("4"), "percentage points"
