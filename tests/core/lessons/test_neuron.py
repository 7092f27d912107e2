import json
import re
from itertools import pairwise

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Perceptron

from core import ACTIVATIONS
from core.lessons.neuron import PARAMETER, SHARPNESS, Neuron, plane
from tests import REFERENCE
from tests.numeric import numeric_gradient
from tests.reference.cases import ACTIVATIONS_IN_TORCH
from tests.reference.recorded import RECORD

RECORDED = json.loads((REFERENCE / "neuron.json").read_text())
X = np.random.default_rng(0).uniform(-3, 3, (200, 2))


def of_record(row: dict) -> Neuron:
    return Neuron(tuple(row["weights"]), row["bias"], row["activation"], row["sharpness"])


def test_pytorchs_neurons_have_a_sharpness():
    assert {row["sharpness"] for row in RECORDED} == {1, 20}


@pytest.mark.parametrize("name", ACTIVATIONS_IN_TORCH)
def test_output_slopes_and_nudge_are_pytorchs(name):
    rows = [row for row in RECORDED if row["activation"] == name]
    assert rows, RECORD
    for row in rows:
        neuron = of_record(row)
        assert neuron.output(row["input"]) == pytest.approx(row["output"], rel=1e-10)
        np.testing.assert_allclose(neuron.slopes(row["input"]), row["slopes"], rtol=1e-9)
        nudge = neuron.nudge(row["input"], row["nudge"])
        assert nudge.before == pytest.approx(row["output"], rel=1e-10)
        assert nudge.after == pytest.approx(row["after"], rel=1e-10)
        assert nudge.predicted == pytest.approx(row["predicted"], rel=1e-9)
        assert nudge.change == pytest.approx(row["after"] - row["output"], rel=1e-8)


def test_slopes_are_central_differences_for_any_number_of_inputs():
    x, parameters = np.array([0.4, -2.0, 1.1, 0.7]), np.array([0.5, 0.2, -0.9, 1.3, -0.3])

    def output() -> float:
        return float(Neuron(tuple(parameters[:-1]), parameters[-1], "tanh", 2.5).output(x))

    slopes = Neuron(tuple(parameters[:-1]), parameters[-1], "tanh", 2.5).slopes(x)
    np.testing.assert_allclose(slopes, numeric_gradient(output, parameters), rtol=1e-7)


def test_terms_add_up_as_by_hand():
    neuron = Neuron((1.2, -0.7), 0.1)
    np.testing.assert_allclose(neuron.terms((1.0, 2.0)), [1.2, -1.4, 0.1])
    assert neuron.weighted_sum((1.0, 2.0)) == pytest.approx(-0.1)


def test_a_sum_that_is_zero_by_hand_is_zero_and_the_step_does_not_fire():
    """0.6 - 0.7 + 0.1, which in binary leaves 3e-17."""
    perceptron = Neuron((1.2, -0.7), 0.1, "step")
    assert perceptron.terms((0.5, 1.0)).sum() > 0, "else there is nothing to mend"
    assert perceptron.weighted_sum((0.5, 1.0)) == 0
    assert perceptron.output((0.5, 1.0)) == 0
    assert Neuron((1.2, -0.7), 0.1).output((0.5, 1.0)) == 0.5
    assert Neuron((1.2, -0.7), 0.1 + 1e-9, "step").output((0.5, 1.0)) == 1


def test_the_same_is_true_of_a_sum_that_a_nudge_brings_to_zero():
    """(2.05 - 2) * 2 - 0.1, which in binary is less than 0 by more than the rounding of these small terms."""
    assert (2.05 - 2) * 2 - 0.1 < -1e-16
    ramp = Neuron((2.05, 1.0), -0.1, "relu")
    nudges = [(-2, 0, 0), (-2, 0, 0.01), (-2, 0, -0.01)]
    np.testing.assert_allclose(ramp.nudge((2.0, 0.0), nudges).after, [0, 0.01, 0], atol=1e-12)
    assert ramp.nudge((2.0, 0.0), (-2, 0, 0)).after == 0


def test_the_step_is_scikit_learns_perceptron_and_the_sigmoid_its_logistic_regression():
    w, b = (0.8, -1.7), 0.4
    sides = X @ w + b > 0
    assert 20 < sides.sum() < 180
    for model in (perceptron := Perceptron(), logistic := LogisticRegression()):
        model.fit(X, sides)
        model.coef_, model.intercept_ = np.array([w]), np.array([b])
    np.testing.assert_array_equal(Neuron(w, b, "step").output(X), perceptron.predict(X))
    np.testing.assert_allclose(Neuron(w, b).output(X), logistic.predict_proba(X)[:, 1], rtol=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_sharpness_is_the_same_as_larger_weights_and_bias(name):
    sharp, large = Neuron((0.5, -0.25), 0.75, name, 4.0), Neuron((2.0, -1.0), 3.0, name)
    np.testing.assert_allclose(sharp.output(X), large.output(X), rtol=1e-12)
    np.testing.assert_allclose(sharp.slopes(X), 4 * large.slopes(X), rtol=1e-12)


def test_a_sharp_sigmoid_is_a_step_but_close_to_the_line():
    w, b = (1.2, -0.7), 0.1
    z, step = Neuron(w, b).weighted_sum(X), Neuron(w, b, "step").output(X)
    gaps = [np.abs(Neuron(w, b, sharpness=k).output(X) - step) for k in (1, 5, 20, 100)]
    for wide, narrow in pairwise(gaps):
        assert (narrow <= wide).all()
        assert narrow.mean() < wide.mean() / 2
    assert gaps[2][np.abs(z) > 0.5].max() < np.exp(-10)
    assert gaps[2].max() > 0.3, "where z is near 0 they differ still"


def test_sharpness_does_nothing_to_a_step():
    outputs = [Neuron((1.2, -0.7), 0.1, "step", k).output(X) for k in (0.5, 1, 50)]
    np.testing.assert_array_equal(outputs[0], outputs[1])
    np.testing.assert_array_equal(outputs[0], outputs[2])


def test_half_the_nudge_is_a_quarter_of_the_predictions_error():
    """Taylor: what the first term leaves is proportional to the square of the change."""
    nudge = Neuron((1.2, -0.7), 0.5).nudge((0.5, 1.0), np.outer([0.04, 0.02, 0.01], [1, -0.5, 0.25]))
    errors = nudge.change - nudge.predicted
    np.testing.assert_allclose(errors[:-1] / errors[1:], 4, rtol=0.02)


def test_the_prediction_is_exact_where_there_is_no_activation():
    nudge = Neuron((1.2, -0.7), 0.5, "identity", 3.0).nudge((0.5, 1.0), X @ [[1, 0, 2], [0, 1, -1]])
    np.testing.assert_allclose(nudge.change, nudge.predicted, rtol=1e-9, atol=1e-12)


def test_for_a_step_no_change_is_predicted_and_what_happens_is_nothing_or_a_jump():
    w1 = np.linspace(-1, 1, 21)
    nudge = Neuron((1.2, -0.7), 0.05, "step").nudge((0.5, 1.0), np.outer(w1, [1, 0, 0]))
    np.testing.assert_array_equal(nudge.predicted, 0)
    # z = -0.05 + 0.5 * nudge, so it jumps when the nudge is greater than 0.1
    np.testing.assert_array_equal(nudge.change, np.where(np.arange(21) > 11, 1, 0))


@pytest.mark.parametrize(
    ("name", "sharpness", "bias", "change", "bend"),
    [
        ("identity", 50, -2.0, 4.0, 0.0),
        ("relu", 1, 0.5, 2.0, 0.0),
        ("relu", 1, -1.0, 2.0, 0.5),  # at the corner, where the straight way is halfway from 0 to 1
        ("relu_squared", 1, 0.0, 1.0, 0.25),  # t - t^2 at 1/2
        ("hardshrink", 50, -2.0, 4.0, 0.5),  # from -100 to 100; it leaves the straight way between -1/2 and 1/2
        ("gaussian", 50, -3.0, 6.0, 1.0),  # from 0 to 0, over its hill
        ("sin", 1, 0.0, 2 * np.pi, 1.0),
    ],
)
def test_a_bend_is_found_that_neither_end_of_the_nudge_shows(name, sharpness, bias, change, bend):
    neuron = Neuron((1.0,), bias, name, sharpness)
    assert neuron.bend((0.0,), (0.0, change)) == pytest.approx(bend, abs=0.05 if name == "hardshrink" else 1e-5)


def test_of_a_weight_that_an_input_of_0_goes_with_the_nudge_bends_nothing():
    assert Neuron((0.5,), 0.3, "tanh", 20).bend((0.0,), (2.0, 0.0)) == 0


@pytest.mark.parametrize("name", ["step", "sigmoid", "relu"])
def test_the_nudged_neuron_has_the_output_that_the_nudge_says(name):
    neuron, change = Neuron((1.2, -0.7), 0.1, name, 2.0), np.array([0.3, 0.0, -0.1])
    nudged = neuron.nudged(change)
    assert nudged == Neuron((1.5, -0.7), 0.0, name, 2.0)
    for x in X[:20]:
        assert nudged.output(x) == pytest.approx(neuron.nudge(x, change).after, rel=1e-12)


def test_an_input_of_weight_zero_matters_nothing_however_large():
    neuron = Neuron((0.0, -0.7), 0.1)
    far = X * [1e6, 1]
    np.testing.assert_array_equal(neuron.output(far), neuron.output(X))
    assert (Neuron((1e-3, -0.7), 0.1).output(far) != neuron.output(far)).all()


@pytest.mark.parametrize(("w", "b"), [((1.2, -0.7), 0.1), ((0.0, 2.0), 3.0), ((-0.5, 0.0), -1.0), ((1.0, 1.0), 0.0)])
def test_on_its_line_the_sum_is_zero_and_it_fires_on_the_side_that_the_weights_point_to(w, b):
    neuron = Neuron(w, b, "step")
    line = neuron.line(5.0)
    assert line.shape == (2, 2)
    places = line[0] + np.linspace(0, 1, 11)[:, None] * (line[1] - line[0])
    np.testing.assert_allclose(neuron.weighted_sum(places), 0, atol=1e-12)
    np.testing.assert_array_equal(neuron.output(places + 1e-3 * np.array(w)), 1)
    np.testing.assert_array_equal(neuron.output(places - 1e-3 * np.array(w)), 0)
    assert np.linalg.norm(line[1] - line[0]) == pytest.approx(10)
    assert np.linalg.norm(line.mean(axis=0)) == pytest.approx(np.linalg.norm(places, axis=1).min())


def test_without_weights_there_is_no_line():
    assert Neuron((0.0, 0.0), 0.3).line(5.0) is None


def test_the_bias_moves_the_line_and_leaves_its_direction():
    one, other = (np.diff(Neuron((1.2, -0.7), b).line(5.0), axis=0) for b in (0.1, 2.0))
    np.testing.assert_allclose(one, other)
    assert not np.allclose(Neuron((1.2, -0.7), 0.1).line(5.0), Neuron((1.2, -0.7), 2.0).line(5.0))


def test_the_plane_is_read_from_the_top_left():
    points = plane(3.0, 4)
    assert points.shape == (4, 4, 2)
    np.testing.assert_allclose(points[0, 0], [-2.25, 2.25])
    np.testing.assert_allclose(points[0, 3], [2.25, 2.25])
    np.testing.assert_allclose(points[3, 1], [-0.75, -2.25])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"activation": "sigmod"}, "unknown activation 'sigmod'; did you mean 'sigmoid'?"),
        ({"weights": ()}, "at least one weight"),
        ({"weights": (1.0, np.nan)}, "weight is nan"),
        ({"weights": (2 * PARAMETER[1],)}, "weight is 2000.0, and must be a number between -1,000.0 and 1,000.0"),
        ({"bias": np.inf}, "bias is inf"),
        ({"sharpness": 0.0}, f"sharpness is 0.0, and must be a number between {SHARPNESS[0]}"),
    ],
)
def test_what_is_no_neuron_is_named_with_the_limits(fields, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        Neuron(**({"weights": (1.0, 2.0), "bias": 0.0} | fields))


def test_inputs_that_do_not_fit_the_weights_are_named():
    with pytest.raises(ValueError, match=r"shape \(3,\), and the neuron has 2 weights"):
        Neuron((1.0, 2.0), 0.0).output((1.0, 2.0, 3.0))
    with pytest.raises(ValueError, match=r"shape \(\), and"):
        Neuron((1.0,), 0.0).output(2.0)
    with pytest.raises(ValueError, match="3 inputs, and a line is drawn for 2"):
        Neuron((1.0, 2.0, 3.0), 0.0).line(5.0)
