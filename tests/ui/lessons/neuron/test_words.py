"""What the page of one neuron says of a nudge, at settings where it is easily wrong."""

import re
from itertools import product

import numpy as np
import pytest

from core import ACTIVATIONS
from core.lessons.neuron import Neuron
from tests.page import opened
from tests.pages.test_neuron import PAGE, changes, sentences, texts
from ui.lessons.neuron.controls import CHOICES, Asked
from ui.lessons.neuron.words import notices

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def notices_of(page) -> list[str]:
    """What there is to notice."""
    return [text for text in sentences(page) if text.startswith("**What to notice**")]


def test_what_to_notice_is_said_of_what_is_on_screen():
    assert "z goes from −0.1 to −0.2, and is not above 0. It stays silent." in texts(opened(PAGE, by="-0.05"))
    assert "z goes from 0.4 to 0.6, and is above 0 all the time. It fires." in texts(opened(PAGE, b="0.7"))
    assert "The **step** jumps from 1 to 0" in texts(opened(PAGE, b="0.4", by="-0.1"))
    assert "w₂ is 0, so x₂ matters nothing" in texts(opened(PAGE, w2="0"))
    assert "Both weights are 0, so no input matters: z is 0.2 everywhere" in texts(opened(PAGE, w1="0", w2="0"))
    assert "z is 0 everywhere, and not on a line only" in texts(opened(PAGE, w1="0", w2="0", b="0"))
    assert "Changing w₂ turns the line z = 0 about the place where x₂ is 0" in texts(opened(PAGE, nudged="w2"))
    assert "Changing b shifts the line" in texts(opened(PAGE, nudged="b"))


def test_the_farther_the_nudge_the_farther_the_prediction_is_off():
    off = []
    for by in ("0.1", "0.5", "2.0"):
        _, (change, predicted) = changes(opened(PAGE, by=by))
        off.append(abs(change - predicted))
    assert off[0] < off[1] < off[2]
    assert f"which is off by {off[2]:.2g}." in texts(opened(PAGE, by="2.0"))


def test_small_numbers_in_sentences_are_written_with_a_power_of_ten():
    words = " ".join(notices_of(opened(PAGE, by="0.05", x1="0.1")))
    assert "z goes from −1.24 to −1.235, and is" in words, "small steps are not rounded away"
    assert re.search(r"off by \d(\.\d)?·10⁻⁶\.", words)
    words += " ".join(notices_of(opened(PAGE, activation="tanh", b="-3.0", sharpness="2", by="0.05")))
    assert re.search(r"changes by \*\*\d(\.\d)?·10⁻⁶\*\*; its slope predicts \d(\.\d)?·10⁻⁶, which", words)
    words += " ".join(notices_of(opened(PAGE, activation="gaussian", b="-2.0", sharpness="5", by="1.0")))
    assert not re.search(r"\de-\d|10⁻¹\d", words)


@pytest.mark.parametrize(("activation", "by"), [("identity", "2.0"), ("relu", "0.5"), ("hardtanh", "-0.3")])
def test_of_what_is_straight_as_far_as_the_nudge_goes_the_slope_predicts_exactly_what_happens(activation, by):
    page = opened(PAGE, activation=activation, by=by, b="0.6")
    _, (change, predicted) = changes(page)
    assert change == predicted != 0
    assert "its slope predicts the same, because it is straight as far as the nudge goes" in texts(page)
    assert "off by" not in texts(page)


@pytest.mark.parametrize(("settings", "z"), [({"by": "0.0"}, "−0.1"), ({"x1": "0.0"}, "−1.3")])
def test_where_z_stays_as_it_is_nothing_changes_and_the_shape_of_the_function_is_no_reason(settings, z):
    page = opened(PAGE, **settings)
    assert f"The **step** does not move, for z stays at {z}." in texts(page)
    assert "**sigmoid** does not change, for z does not." in texts(page)
    assert "straight" not in texts(page)


@pytest.mark.parametrize(("activation", "sharpness"), [("sigmoid", "20"), ("sigmoid", "50"), ("relu", "1")])
def test_where_it_is_flat_it_is_not_called_straight_and_the_change_has_no_fifty_decimals(activation, sharpness):
    page = opened(PAGE, activation=activation, sharpness=sharpness, b="-2.0")
    assert f"**{activation}** changes by less than **1·10⁻⁹**, and its slope predicts no more" in texts(page)
    assert abs(changes(page)[1][0]) < 1e-9
    assert "straight" not in texts(page)


@pytest.mark.parametrize(
    ("settings", "change"),
    [
        ({"activation": "hardshrink", "w1": "0", "w2": "1", "b": "0", "x2": "-1", "nudged": "b", "by": "2"}, "2"),
        ({"activation": "gaussian", "w1": "0", "w2": "0", "b": "-1", "sharpness": "20", "nudged": "b", "by": "2"}, "0"),
        ({"activation": "hardswish", "w1": "0", "w2": "0", "b": "-2", "sharpness": "2", "nudged": "b", "by": "2"}, "0"),
    ],
)
def test_a_prediction_that_is_right_although_the_function_bends_is_right_by_chance(settings, change):
    page = opened(PAGE, **settings)
    said = f"changes by **{change}**, and its slope predicts the same, by chance: it is not straight in between"
    assert said in texts(page)


def test_it_is_called_straight_only_where_all_slopes_on_the_way_are_the_same():
    """Of all functions, at settings among which are flat ends, corners and jumps."""
    straight = 0
    for name, weight, bias, amount, sharpness in product(CHOICES, (0.0, 1.0), (-2.5, -0.3, 0.8), (0.1, -2.0), (1, 20)):
        neurons = tuple(Neuron((weight, -0.5), bias, each, sharpness) for each in ("step", name))
        words = notices(Asked(neurons, (1.0, 0.5), 0, amount))[1]
        z = neurons[1].weighted_sum((1.0, 0.5)) + np.linspace(0, amount, 2000)
        slopes = ACTIVATIONS[name].slope(sharpness * z)
        if "because it is straight" in words:
            straight += 1
            assert np.ptp(slopes) < 1e-6, (words, weight, bias, amount, sharpness)
        if "it is flat" in words:
            assert np.abs(slopes).max() < 1e-6, (words, weight, bias, amount, sharpness)
    assert straight > 50
