import json
from itertools import product

import altair as alt
import numpy as np
import pytest
from PIL import ImageColor

from core import ACTIVATIONS
from core.lessons.neuron import Neuron
from tests.ui.charts.test_charts import layers_of, pixels, rows_with
from ui.charts.palette import NEGATIVE, POSITIVE, activation_look
from ui.charts.pictures import STRONGEST
from ui.lessons.neuron.charts import (
    AFTER,
    BEFORE,
    FARTHEST,
    PREDICTED,
    REACH,
    TRUE,
    nudge_chart,
    nudge_text,
    output_axis,
    plane_chart,
    plane_text,
    too_fine,
)

X = (2.0, 1.5)
WEIGHTS, BIAS = (0.6, -1.0), 0.2
W1, W2, B, ALL = range(4)


def neuron(activation: str = "sigmoid", sharpness: float = 1.0) -> Neuron:
    return Neuron(WEIGHTS, BIAS, activation, sharpness)


def both(some: Neuron, parameter: int, amount: float) -> tuple[dict, dict]:
    return plane_chart(some, X, parameter, amount), nudge_chart(some, X, parameter, amount, (0.0, 1.0))


def tables(specification: dict, mark: str) -> list[list[dict]]:
    return [specification["datasets"][layer["data"]["name"]] for layer in layers_of(specification, mark)]


def picture(some: Neuron) -> np.ndarray:
    (row,) = rows_with(plane_chart(some, X, W1, 0.1)["datasets"], "picture")
    return pixels(row["picture"])


def both_charts(some: Neuron) -> tuple[dict, dict]:
    axis = output_axis([some, neuron("step")], X, W1)
    return plane_chart(some, X, W1, 0.1), nudge_chart(some, X, W1, 0.1, axis)


@pytest.mark.parametrize("name", ["sigmoid", "relu_squared"])
def test_charts_are_valid(name):
    for chart in both_charts(Neuron((3.0, 3.0), BIAS, name, 50)):
        alt.Root.validate(chart)


@pytest.mark.slow
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_charts_of_every_activation_hold_only_what_json_can(name):
    for weights, sharpness in ((WEIGHTS, 1), ((0.0, 0.0), 1), ((3.0, 3.0), 50)):
        for chart in both_charts(Neuron(weights, BIAS, name, sharpness)):
            json.dumps(chart, allow_nan=False)


def test_the_shade_is_the_output_at_each_place_of_the_plane():
    for name, greatest in (("sigmoid", 1), ("tanh", 1), ("arctan", np.pi / 2)):
        some, shade = neuron(name), picture(neuron(name))
        side = len(shade)
        for row, column in ((0, 0), (side // 2, 3), (side - 1, side - 1), (5, side // 3)):
            x1, x2 = REACH * (2 * (column + 0.5) / side - 1), REACH * (1 - 2 * (row + 0.5) / side)
            output = some.output((x1, x2))
            colour = ImageColor.getrgb(NEGATIVE if output < 0 else POSITIVE)
            np.testing.assert_array_equal(shade[row, column, :3], colour)
            opacity = STRONGEST * abs(output) / greatest
            assert shade[row, column, 3] / 255 == pytest.approx(opacity, abs=STRONGEST * 0.5 / 15 + 0.002)


def test_an_output_without_end_is_strongest_where_it_is_largest():
    for name in ("relu", "identity", "logsigmoid"):
        assert picture(neuron(name))[:, :, 3].max() == pytest.approx(255 * STRONGEST, abs=1)


@pytest.mark.parametrize("weights", [(0.6, -1.0), (0.3, 0.0)])
def test_a_sharp_sine_has_as_many_stripes_on_the_plane_as_it_has_swings(weights):
    """Along the edge of the plane that the larger weight goes with."""
    sharp = Neuron(weights, 0.0, "sin", 50)
    is_negative = (picture(sharp)[..., :3] == ImageColor.getrgb(NEGATIVE)).all(axis=-1)
    edge = is_negative[:, 0] if abs(weights[1]) > abs(weights[0]) else is_negative[0]
    zeros = 2 * REACH * max(map(abs, weights)) * 50 / np.pi
    assert np.count_nonzero(edge[1:] != edge[:-1]) == pytest.approx(zeros, abs=3)


@pytest.mark.slow
def test_only_what_the_picture_cannot_show_is_too_fine():
    for name in ACTIVATIONS:
        assert not too_fine(neuron(name)), name
        assert too_fine(neuron(name, 50)) == (name == "gaussian"), name
    assert too_fine(Neuron((3.0, 3.0), BIAS, "sin", 50))
    assert not too_fine(Neuron((0.0, 0.0), BIAS, "sin", 50)), "it is the same everywhere"


def test_swings_too_fine_for_the_picture_are_a_faint_mean_and_no_false_stripes():
    shade = picture(Neuron((3.0, 3.0), BIAS, "sin", 50))
    assert shade[..., 3].max() <= 255 * STRONGEST * 0.2


@pytest.mark.parametrize(("parameter", "speed"), [(W1, X[0]), (B, 1), (ALL, sum(X) + 1)])
def test_the_curve_of_a_sharp_sine_has_all_its_swings_in_their_height(parameter, speed):
    swings = 2 * FARTHEST * speed * 50 / (2 * np.pi)
    (rows,) = tables(nudge_chart(neuron("sin", 50), X, parameter, 0.1, (-1.0, 1.0)), "line")
    output = np.array([row[TRUE] for row in rows])
    peaks = output[1:-1][(output[1:-1] > output[:-2]) & (output[1:-1] >= output[2:])]
    assert len(peaks) == pytest.approx(swings, abs=1)
    assert peaks.min() > 0.95


def test_where_it_is_not_sharp_the_curve_has_few_points():
    (rows,) = tables(nudge_chart(neuron("sin"), X, W1, 0.1, (-1.0, 1.0)), "line")
    assert len(rows) == 201


def test_the_legend_of_the_shade_has_the_sides_that_the_activation_reaches():
    domains = {}
    for name in ("step", "sigmoid", "tanh", "logsigmoid", "identity"):
        (places,) = layers_of(plane_chart(neuron(name), X, W1, 0.1), "square")
        scale = places["encoding"]["color"]["scale"]
        assert len(scale["range"]) == len(scale["domain"])
        domains[name] = scale["domain"]
    assert domains["step"] == domains["sigmoid"] == [0, 1]
    assert domains["tanh"] == [-1, 0, 1]
    assert domains["logsigmoid"][0] < 0 == domains["logsigmoid"][-1]
    assert domains["identity"][0] == -domains["identity"][-1] < 0


def test_every_place_tells_its_sum_and_its_output():
    (rows,) = tables(plane_chart(neuron(), X, W1, 0.1), "square")
    for row in rows[::37]:
        z = 0.6 * row["x1"] - row["x2"] + 0.2
        assert row["z"] == pytest.approx(z)
        assert row["output"] == pytest.approx(1 / (1 + np.exp(-z)))
    assert {abs(row[side]) < REACH for row in rows for side in ("x1", "x2")} == {True}


@pytest.mark.parametrize(("parameter", "amount"), [(W1, 0.5), (W2, -0.5), (B, 1.0), (ALL, 0.5)])
def test_the_lines_are_where_the_sum_is_zero_before_and_after(parameter, amount):
    (rows,) = tables(plane_chart(neuron(), X, parameter, amount), "line")
    numbers = {BEFORE: np.array([*WEIGHTS, BIAS]), AFTER: np.array([*WEIGHTS, BIAS])}
    numbers[AFTER][slice(None) if parameter == ALL else parameter] += amount
    for name, (w1, w2, b) in numbers.items():
        ends = np.array([(row["x1"], row["x2"]) for row in rows if row["line"] == name])
        np.testing.assert_allclose(ends @ [w1, w2] + b, 0, atol=1e-12)
        assert np.linalg.norm(ends, axis=1).min() > REACH * np.sqrt(2), "they go through the whole plane"


def test_without_weights_there_is_only_the_line_of_the_nudge():
    some = Neuron((0.0, 0.0), BIAS)
    (rows,) = tables(plane_chart(some, X, W1, 0.5), "line")
    assert {row["line"] for row in rows} == {AFTER}
    (rows,) = tables(plane_chart(some, X, B, 0.5), "line")
    assert rows == []


def test_the_input_is_marked_and_tells_its_outputs():
    ((row,),) = tables(plane_chart(neuron(), X, W1, 0.1), "point")
    assert (row["x1"], row["x2"]) == X
    assert row["z"] == pytest.approx(-0.1)
    assert row["output"] == pytest.approx(1 / (1 + np.exp(0.1)))
    assert row["after"] == pytest.approx(1 / (1 + np.exp(-0.1)))


@pytest.mark.parametrize("name", ["step", "sigmoid", "relu"])
@pytest.mark.parametrize("parameter", [W1, W2, B, ALL])
def test_the_curve_is_the_output_of_neurons_with_that_parameter(name, parameter):
    (rows,) = tables(nudge_chart(neuron(name), X, parameter, 0.1, (0.0, 1.0)), "line")
    assert (rows[0]["change"], rows[-1]["change"]) == (-FARTHEST, FARTHEST)
    for row in rows[::20]:
        numbers = np.array([*WEIGHTS, BIAS])
        numbers[slice(None) if parameter == ALL else parameter] += row["change"]
        assert row[TRUE] == pytest.approx(Neuron(tuple(numbers[:2]), numbers[2], name).output(X))


def test_the_prediction_is_the_tangent_of_the_curve():
    (rows,) = tables(nudge_chart(neuron(), X, W1, 0.1, (0.0, 1.0)), "line")
    change, true, predicted = (np.array([row[name] for row in rows]) for name in ("change", TRUE, PREDICTED))
    middle = len(rows) // 2
    assert change[middle] == 0
    assert predicted[middle] == true[middle]
    slopes = np.diff(predicted) / np.diff(change)
    np.testing.assert_allclose(slopes, slopes[0])
    assert slopes[0] == pytest.approx((true[middle + 1] - true[middle - 1]) / (2 * change[middle + 1]), rel=1e-3)


def test_the_chosen_nudge_is_marked_on_both_lines():
    chart = nudge_chart(neuron("step"), X, W1, 0.1, (0.0, 1.0))
    ((row,),) = tables(chart, "point")
    assert (row["change"], row[TRUE], row[PREDICTED]) == (0.1, 1.0, 0.0)
    assert tables(chart, "rule")[0] == [row]


def test_a_rule_at_the_pointer_tells_what_is_true_and_what_is_predicted():
    chart = nudge_chart(neuron(), X, W1, 0.1, (0.0, 1.0))
    reader, read = layers_of(chart, "rule")[1], tables(chart, "rule")[1]
    assert [part["field"] for part in reader["encoding"]["tooltip"]] == ["change", TRUE, PREDICTED]
    (curve,) = tables(chart, "line")
    assert all(row in curve for row in read)
    assert (read[0]["change"], read[-1]["change"]) == (-FARTHEST, FARTHEST)
    assert read[1]["change"] - read[0]["change"] == pytest.approx(0.1)


def test_both_charts_have_the_activations_own_look():
    plane, curve = both(neuron("tanh"), W1, 0.1)
    look = activation_look("tanh")
    assert plane["config"]["view"]["stroke"] == look.colour
    (lines,) = layers_of(curve, "line")
    colours, dashes = (lines["encoding"][channel]["scale"] for channel in ("color", "strokeDash"))
    assert colours["domain"] == dashes["domain"] == [TRUE, PREDICTED]
    assert colours["range"][0] == look.colour
    assert dashes["range"][0] == list(look.dash)


def test_the_axis_has_room_for_the_outputs_of_all():
    neurons = [neuron("step"), neuron("relu", 5.0)]
    low, high = output_axis(neurons, X, W1)
    for some in neurons:
        (rows,) = tables(nudge_chart(some, X, W1, 0.1, (low, high)), "line")
        outputs = [row[TRUE] for row in rows]
        assert low < min(outputs) and max(outputs) < high
    low, high = output_axis([neuron("step")], (0.0, 0.0), W1)
    assert low < 1 < high, "even where all outputs are the same"


def test_titles_and_texts_say_the_outcome():
    plane, curve = both(neuron("step"), W1, 0.1)
    assert plane["title"]["text"] == "Step"
    assert plane["title"]["subtitle"] == "Output 0, after the change 1"
    assert curve["title"]["text"] == "Step: change of w₁"
    assert curve["title"]["subtitle"] == ["True change of the output: 1", "Predicted by the slope: 0"]
    text = plane_text(neuron("step"), X, W1, 0.1)
    assert text.startswith("Step: the output for all inputs of the plane, from 0 to 1.")
    assert text.endswith("At the input (2, 1.5) it is 0, and 1 after w₁ changes by 0.1.")
    assert nudge_text(neuron("step"), X, W1, 0.1) == (
        "Step: when w₁ changes by 0.1, the output changes by 1. Its slope predicts 0."
    )


def test_no_number_is_a_zero_below_zero():
    x = (-2.0, 0.0)
    for parameter, amount in product((W1, W2, B, ALL), (-0.1, -0.0)):
        chart = nudge_chart(neuron("step"), x, parameter, amount, (0.0, 1.0))
        texts = [*chart["title"]["subtitle"], plane_text(neuron("step"), x, parameter, amount)]
        assert not any(part.strip("().,;") == "-0" for text in texts for part in text.split())
