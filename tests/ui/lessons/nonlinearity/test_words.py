"""What is said of a linear network, and of one layer that is not: true of the figures that it is said of."""

import json
import re
from functools import cache

import altair as alt
import numpy as np
import pytest
from scipy.stats import norm

from core import History, grid, load, train
from core.analysis.boundary import class_maps
from core.lessons.nonlinearity import collapse
from tests.ui.charts.test_charts import rows_with
from ui.charts.boundaries import RESOLUTION
from ui.lessons.nonlinearity.controls import (
    DATASETS,
    MATRICES_READING,
    TRIES,
    asked_for,
    names,
    notices,
    product,
    scalar,
)
from ui.lessons.nonlinearity.matrices_chart import matrices_chart, matrices_text

NO_GAIN = ("brings no gain.", "brings no gain beyond that.")


@cache
def seen(dataset: str = "moons", layers: int = 3, bent: int | None = None, activation: str = "relu"):
    """The network asked for, its history, and the one layer."""
    asked = asked_for(dataset, layers, bent, activation)
    history = train(asked.experiment)
    return asked, history, collapse(history, 0, grid(load(asked.experiment.dataset), RESOLUTION))


def said(**settings) -> str:
    return " ".join(notices(*seen(**settings)))


def accuracies(history: History) -> list[float]:
    """Of the network and of the one without the activation, if there is one, in percent."""
    return (100 * history.test_accuracy[:, -1]).tolist()


def proportion_interval(percent: float, samples: int) -> tuple[float, float]:
    """95 % of a share, by the normal approximation."""
    half = norm.ppf(0.975) * np.sqrt(percent * (100 - percent) / samples)
    return percent - half, percent + half


def test_a_linear_network_equals_one_layer():
    _, history, one_layer = seen()
    assert history.test_accuracy[0].tolist() == one_layer.test_accuracy.tolist()
    assert re.search(r"at most \*\*\d(\.\d)?·10⁻⁷\*\*, which is rounding error", said())


@pytest.mark.parametrize("number", range(len(TRIES)))
def test_a_line_cannot_do_it_and_one_layer_that_is_not_linear_can(number):
    """What the notices of the buttons say."""
    settings = TRIES[number].settings
    place = {"bent": int(settings["bent"])} if "bent" in settings else {}
    _, history, one_layer = seen(**settings | place)
    network, *straight = accuracies(history)
    if place:
        assert network > 90 > 70 > max(*straight, 100 * one_layer.test_accuracy[-1])
    else:
        assert network < 70


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("layers", [1, 2, 3, 6])
def test_a_line_outside_the_picture_is_said_to_be_there(dataset, layers):
    """Of the network itself, not of the product of its matrices."""
    _, history, _ = seen(dataset=dataset, layers=layers)
    data = load(history.experiment.dataset)
    likeliest = class_maps(history, data, grid(data, RESOLUTION)).likeliest[0]
    in_sight = likeliest.min(axis=(1, 2)) < likeliest.max(axis=(1, 2))
    assert ("outside the picture" in said(dataset=dataset, layers=layers)) == (not in_sight[-1])
    assert in_sight.any(), "else it could not be seen by moving the bar back"


@pytest.mark.parametrize(
    ("dataset", "layers", "bent", "activation"),
    [("circles", 1, 1, "relu"), ("circles", 3, 1, "hardsigmoid"), ("moons", 6, 6, "sigmoid"), ("spiral", 3, 3, "step")],
)
def test_an_activation_is_said_to_help_only_where_it_does(dataset, layers, bent, activation):
    settings = {"dataset": dataset, "layers": layers, "bent": bent, "activation": activation}
    network, without = accuracies(seen(**settings)[1])
    _, greatest = proportion_interval(max(without, 50), 160)
    assert ("the boundary can only be a straight line" in said(**settings)) == (network > greatest)
    assert any(words in said(**settings) for words in NO_GAIN) == (network <= greatest)
    assert "chance level" in said(**settings)


def test_a_step_that_brings_a_network_up_to_chance_is_no_gain():
    settings = {"dataset": "circles", "layers": 2, "bent": 1, "activation": "step"}
    network, without = accuracies(seen(**settings)[1])
    assert without < 50
    assert network < proportion_interval(50, 160)[1]
    assert "chance level (50.0 %)" in said(**settings)
    assert "Here **Step** brings no gain." in said(**settings)


def test_an_accuracy_below_chance_is_told_with_chance_level_and_the_losses():
    assert accuracies(seen(dataset="xor")[1])[0] < 50
    words = said(dataset="xor")
    assert "is not above chance level (50.0 %)" in words
    loss, constant = map(float, re.search(r"training loss is ([\d.]+); .+? has ([\d.]+)\. ", words).groups())
    assert constant == pytest.approx(np.log(2), abs=5e-4)
    assert 0.9 * constant < loss <= constant + 1e-3
    assert "(chance level: 50.0 %)" in said()


def test_the_network_without_the_activation_is_the_linear_one():
    assert accuracies(seen(dataset="xor", bent=2)[1])[1] == accuracies(seen(dataset="xor")[1])[0]


def test_networks_are_called_by_labels():
    assert names(asked_for("moons", 3, 2, "leaky_relu")) == ["With Leaky ReLU in layer 2", "Without Leaky ReLU"]


def test_a_small_difference_is_not_called_none():
    assert "up to **0.0037** from" in said(dataset="spiral", layers=6, bent=6, activation="hardtanh")


@pytest.mark.parametrize("settings", [{}, {"dataset": "circles", "bent": 3, "activation": "tanhshrink"}])
def test_no_weight_is_a_zero_below_zero(settings):
    _, history, one_layer = seen(**settings)
    assert not re.search(r"[-−]0\.0+(?!\d)", product(history, one_layer) + matrices_text(history, one_layer))


def test_rows_are_inputs_and_the_strongest_colour_is_the_largest_weight_of_its_matrix_at_that_epoch():
    assert "Rows are inputs, columns are outputs." in MATRICES_READING
    cells = rows_with(matrices_chart(*seen()[1:]), "shares")
    sizes = {cell["matrix"]: (cell["row"], cell["column"]) for cell in cells}  # of the last of each matrix
    assert sizes == {"W₁": (2, 8), "W₂": (8, 8), "W₃": (8, 8), "W₄": (8, 2), "W": (2, 2)}
    for matrix in sizes:
        shares = np.array([cell["shares"] for cell in cells if cell["matrix"] == matrix])
        entries = np.abs([cell["entries"] for cell in cells if cell["matrix"] == matrix])
        np.testing.assert_array_equal(shares.max(axis=0), 1)
        np.testing.assert_allclose(shares, entries / entries.max(axis=0), atol=0.05)


def test_the_matrices_are_valid_vega_lite():
    chart = matrices_chart(*seen()[1:])
    json.dumps(chart, allow_nan=False)
    alt.ConcatChart.from_dict({key: part for key, part in chart.items() if key != "columns"})


def test_one_number_is_multiplied_again_and_again():
    assert scalar(0.5, 3) == "$h(x) = c\\,x$, applied 3 times, is $c^{3} x$. Here: $0.5^{3} = 0.125$."
