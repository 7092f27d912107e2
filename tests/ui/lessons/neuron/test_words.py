"""What is said of a small change of one neuron, at settings where it is easily wrong."""

import re
from itertools import product

import numpy as np
import pytest

from core import ACTIVATIONS
from core.lessons.neuron import Neuron
from ui.lessons.neuron.charts import changes
from ui.lessons.neuron.controls import CHOICES, KEYS, Asked
from ui.lessons.neuron.words import notices
from ui.shell.labels import label


def asked(
    x1=2.0, x2=1.5, w1=0.6, w2=-1.0, b=0.2, nudged="w1", by=0.1, activation="sigmoid", sharpness=1
) -> Asked:  # fmt: skip
    """As the page's controls have it."""
    neurons = tuple(Neuron((w1, w2), b, name, sharpness) for name in ("step", activation))
    return Asked(neurons, (x1, x2), KEYS.index(nudged), by)


def said(**settings) -> str:
    return " ".join(notices(asked(**settings)))


def changed(**settings) -> tuple[float, float]:
    """The true and the predicted change of the second neuron."""
    there = asked(**settings)
    nudge = there.neurons[1].nudge(there.x, changes(there.parameter, there.amount))
    return float(nudge.change), float(nudge.predicted)


def test_what_to_notice_is_said_of_what_is_on_screen():
    assert "z goes from −0.1 to −0.2 and is not above 0. The output stays 0." in said(by=-0.05)
    assert "z goes from 0.4 to 0.6 and is always above 0. The output stays 1." in said(b=0.7)
    assert "**Step** jumps from 1 to 0" in said(b=0.4, by=-0.1)
    assert "w₂ is 0, so x₂ has no effect" in said(w2=0.0)
    assert "Both weights are 0, so the inputs have no effect: z is 0.2 everywhere" in said(w1=0.0, w2=0.0)
    assert "z is 0 everywhere, not only on a line" in said(w1=0.0, w2=0.0, b=0.0)
    assert "A change of w₂ rotates the line z = 0 around the point where x₂ is 0" in said(nudged="w2")
    assert "A change of b shifts the line" in said(nudged="b")


def test_the_farther_the_change_the_farther_the_prediction_is_off():
    off = [abs(change - predicted) for change, predicted in (changed(by=by) for by in (0.1, 0.5, 2.0))]
    assert off[0] < off[1] < off[2]
    assert f"the error is {off[2]:.2g}." in said(by=2.0)


def test_small_numbers_in_sentences_are_written_with_a_power_of_ten():
    words = said(by=0.05, x1=0.1)
    assert "z goes from −1.24 to −1.235 and is" in words, "small steps are not rounded away"
    assert re.search(r"the error is \d(\.\d)?·10⁻⁶\.", words)
    words += said(activation="tanh", b=-3.0, sharpness=2, by=0.05)
    assert re.search(r"changes by \*\*\d(\.\d)?·10⁻⁶\*\*\. Its slope predicts \d(\.\d)?·10⁻⁶; the error", words)
    words += said(activation="gaussian", b=-2.0, sharpness=5, by=1.0)
    assert not re.search(r"\de-\d|10⁻¹\d", words)


@pytest.mark.parametrize(("activation", "by"), [("identity", 2.0), ("relu", 0.5), ("hardtanh", -0.3)])
def test_of_what_is_straight_as_far_as_the_change_goes_the_slope_predicts_exactly_what_happens(activation, by):
    settings = {"activation": activation, "by": by, "b": 0.6}
    change, predicted = changed(**settings)
    assert change == pytest.approx(predicted)
    assert change != 0
    assert "its slope predicts the same. The function is straight between" in said(**settings)
    assert "error" not in said(**settings)


@pytest.mark.parametrize(("settings", "z"), [({"by": 0.0}, "−0.1"), ({"x1": 0.0}, "−1.3")])
def test_where_z_stays_as_it_is_nothing_changes_and_the_shape_of_the_function_is_no_reason(settings, z):
    words = said(**settings)
    assert f"**Step** does not change, because z stays at {z}." in words
    assert "**Sigmoid** does not change, because z does not change." in words
    assert "straight" not in words


@pytest.mark.parametrize(("activation", "sharpness"), [("sigmoid", 20), ("sigmoid", 50), ("relu", 1)])
def test_where_the_slope_is_0_it_is_not_called_straight_and_the_change_has_no_fifty_decimals(activation, sharpness):
    settings = {"activation": activation, "sharpness": sharpness, "b": -2.0}
    name = label("activation", activation)
    assert f"**{name}** changes by less than **1·10⁻⁹**, and its slope predicts no more" in said(**settings)
    assert abs(changed(**settings)[0]) < 1e-9
    assert "straight" not in said(**settings)


@pytest.mark.parametrize(
    ("settings", "change"),
    [
        ({"activation": "hardshrink", "w1": 0.0, "w2": 1.0, "b": 0.0, "x2": -1.0, "nudged": "b", "by": 2.0}, "2"),
        ({"activation": "gaussian", "w1": 0.0, "w2": 0.0, "b": -1.0, "sharpness": 20, "nudged": "b", "by": 2.0}, "0"),
        ({"activation": "hardswish", "w1": 0.0, "w2": 0.0, "b": -2.0, "sharpness": 2, "nudged": "b", "by": 2.0}, "0"),
    ],
)
def test_a_prediction_that_is_right_although_the_function_bends_is_right_by_chance(settings, change):
    assert f"changes by **{change}**, and its slope predicts the same by chance. The function is not straight" in said(
        **settings
    )


def test_it_is_called_straight_only_where_all_slopes_on_the_way_are_the_same():
    """Of all functions, at settings among which are flat ends, corners and jumps."""
    straight = 0
    for name, weight, bias, amount, sharpness in product(CHOICES, (0.0, 1.0), (-2.5, -0.3, 0.8), (0.1, -2.0), (1, 20)):
        neurons = tuple(Neuron((weight, -0.5), bias, each, sharpness) for each in ("step", name))
        words = notices(Asked(neurons, (1.0, 0.5), 0, amount))[1]
        z = neurons[1].weighted_sum((1.0, 0.5)) + np.linspace(0, amount, 2000)
        slopes = ACTIVATIONS[name].slope(sharpness * z)
        if "The function is straight" in words:
            straight += 1
            assert np.ptp(slopes) < 1e-6, (words, weight, bias, amount, sharpness)
        if "0 or almost 0" in words:
            assert np.abs(slopes).max() < 1e-6, (words, weight, bias, amount, sharpness)
    assert straight > 50
