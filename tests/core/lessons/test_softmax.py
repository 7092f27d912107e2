import json
import pickle

import numpy as np
import pytest
from scipy.special import log_softmax
from scipy.special import softmax as scipy_softmax
from sklearn.datasets import load_digits, load_iris
from sklearn.metrics import accuracy_score
from sklearn.preprocessing import StandardScaler

from core import DatasetSpec, Experiment, History, Run, load, train
from core.lessons.softmax import (
    Outputs,
    cross_entropy,
    lead,
    loss_and_slopes,
    outputs,
    over_leads,
    over_temperatures,
    probability_of,
    steps,
    two_classes,
)
from tests import REFERENCE
from tests.numeric import central_difference, numeric_gradient

TORCH = json.loads((REFERENCE / "softmax.json").read_text())
RAW = {"iris": load_iris, "digits": load_digits}


def trained(name: str, view: str = "all") -> History:
    return train(Experiment(DatasetSpec(name, view=view), (Run("tanh"), Run("relu")), hidden=(8,), epochs=4))


@pytest.fixture(scope="module", params=RAW)
def history(request) -> History:
    return trained(request.param)


@pytest.mark.parametrize("case", TORCH)
def test_steps_and_loss_are_pytorchs(case):
    asked = (case["scores"], case["constant"], case["temperature"])
    found, plain = steps(*asked), steps(*asked, subtract=False)
    np.testing.assert_allclose(found.probabilities, case["probabilities"], rtol=1e-6, atol=1e-42)
    np.testing.assert_allclose(plain.exponentials, case["plain_exponentials"], rtol=1e-6)
    np.testing.assert_allclose(plain.probabilities, case["plain_probabilities"], rtol=1e-6, atol=1e-42)
    loss, slopes = cross_entropy(found.scaled, case["true_class"])
    assert loss == pytest.approx(case["loss"], rel=1e-6)
    np.testing.assert_allclose(slopes, case["slopes"], rtol=1e-5, atol=1e-42)


@pytest.mark.parametrize("case", TORCH)
def test_squared_error_and_its_slopes_are_pytorchs(case):
    scaled = steps(case["scores"], case["constant"], case["temperature"]).scaled
    loss, slopes = loss_and_slopes("mse", scaled, case["true_class"])
    assert loss == pytest.approx(case["squared_error"], rel=1e-5)
    np.testing.assert_allclose(slopes, case["squared_error_slopes"], rtol=1e-4, atol=1e-8)


@pytest.mark.parametrize("case", TORCH)
def test_two_classes_and_one_sigmoid_unit_are_pytorchs_and_the_same(case):
    scaled = steps(case["scores"], case["constant"], case["temperature"]).scaled
    by_softmax, by_sigmoid = two_classes(scaled)
    assert by_softmax == pytest.approx(case["two_classes"], rel=1e-12)
    assert by_sigmoid == pytest.approx(case["one_unit"], rel=1e-12)
    assert by_softmax == pytest.approx(by_sigmoid, rel=1e-12)


def test_one_unit_says_a_half_where_both_scores_are_the_same_and_more_where_class_1_leads():
    assert two_classes(np.float32([3, 3, 9])) == (0.5, 0.5)
    assert two_classes(np.float32([0, np.log(3)])) == pytest.approx((0.75, 0.75), rel=1e-6)


def test_the_lead_is_over_the_largest_of_the_others():
    assert [lead(np.float32([2, 1, -3]), k) for k in range(3)] == [1, -1, -5]


@pytest.mark.parametrize("loss", ["cross_entropy", "mse"])
def test_over_leads_the_slope_is_the_central_difference_of_the_loss(loss):
    scaled, leads = np.array([2.0, -1.0, 0.5]), np.linspace(-8, 8, 33)
    for true_class in range(3):
        values, slopes = over_leads(loss, scaled, true_class, leads)
        numeric = central_difference(lambda at, k=true_class: over_leads(loss, scaled, k, at)[0], leads, 1e-5)
        np.testing.assert_allclose(slopes, numeric, rtol=1e-6, atol=1e-9)
        here = lead(scaled, true_class)
        expected = loss_and_slopes(loss, scaled, true_class)
        (value,), (slope,) = over_leads(loss, scaled, true_class, np.array([here]))
        assert (value, slope) == pytest.approx((expected[0], expected[1][true_class]))
        assert len(values) == len(leads)


def test_at_a_confident_mistake_cross_entropy_has_slope_minus_1_and_squared_error_none():
    scaled, leads = np.array([5.0, -5.0, 0.0]), np.array([-20.0, -10.0, -2.0])
    _, of_entropy = over_leads("cross_entropy", scaled, 1, leads)
    _, of_squares = over_leads("mse", scaled, 1, leads)
    assert of_entropy[0] == pytest.approx(-1, abs=1e-6)
    assert abs(of_squares[0]) < 1e-7 < 1e-2 < abs(of_squares[2])


def test_steps_by_hand():
    """Scores ln 1, ln 2, ln 5: exponentials 1, 2, 5 of 8."""
    scores = np.log([1.0, 2.0, 5.0])
    plain, stable = steps(scores, subtract=False), steps(scores)
    np.testing.assert_allclose(plain.exponentials, [1, 2, 5], rtol=1e-6)
    np.testing.assert_allclose(stable.exponentials, [0.2, 0.4, 1], rtol=1e-6)
    for found in (plain, stable):
        np.testing.assert_allclose(found.probabilities, [0.125, 0.25, 0.625], rtol=1e-6)


def test_all_of_it_is_float32():
    for subtract in (True, False):
        found = steps([2, 1, 0.1], 3, 0.3, subtract)
        for values in (found.scaled, found.exponentials, found.total, found.probabilities):
            assert values.dtype == np.float32


@pytest.mark.parametrize("subtract", [True, False])
def test_probabilities_are_the_exponentials_shares_of_their_sum(subtract):
    found = steps([2.0, -1.0, 0.5, 4.0], 2.0, 1.5, subtract)
    assert found.total == pytest.approx(sum(found.exponentials.tolist()), rel=1e-6)
    np.testing.assert_allclose(found.probabilities * found.total, found.exponentials, rtol=1e-6)
    assert found.probabilities.sum() == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("constant", [-1000.0, -100.0, 0.0, 7.0, 100.0, 1000.0])
def test_a_constant_changes_nothing_where_the_largest_is_subtracted(constant):
    np.testing.assert_allclose(
        steps([2.0, 1.0, 0.1], constant).probabilities, scipy_softmax([2.0, 1.0, 0.1]), rtol=2e-4
    )


def test_the_plain_formula_fails_beyond_what_float32_can_hold():
    """Its greatest number is 3.4e38, which is e to the 88.72."""
    assert np.isfinite(steps([88.0, 0.0], subtract=False).probabilities).all()
    too_large = steps([89.0, 0.0], subtract=False)
    assert np.isinf(too_large.exponentials[0])
    assert np.isnan(too_large.probabilities[0])
    too_large_together = steps([88.0] * 3, subtract=False)
    assert np.isfinite(too_large_together.exponentials).all()
    assert np.isinf(too_large_together.total)
    assert (too_large_together.probabilities == 0).all()
    too_small = steps([-200.0, -201.0], subtract=False)
    assert (too_small.exponentials == 0).all()
    assert np.isnan(too_small.probabilities).all()


def test_probabilities_over_temperatures_are_scipys():
    scores, temperatures = [2.0, 1.0, 0.1, -3.0], np.geomspace(0.05, 20, 30)
    found = over_temperatures(scores, temperatures)
    for column, temperature in zip(found.T, temperatures):
        np.testing.assert_allclose(column, scipy_softmax(np.array(scores) / temperature), rtol=1e-5)
        steps_then = steps(scores, temperature=temperature).probabilities
        np.testing.assert_allclose(column, steps_then, rtol=2e-5, atol=np.finfo(np.float32).tiny)


@pytest.mark.parametrize("scaled", [[50, -50, 1], [300, -300, 0], [2, 1, 0.1]])
def test_a_probability_that_float32_has_no_digits_for_is_told_with_all_of_them(scaled):
    for true_class, expected in enumerate(np.exp(log_softmax(np.float32(scaled).astype(float)))):
        assert probability_of(np.float32(scaled), true_class) == pytest.approx(expected, rel=1e-12)


def test_cross_entropy_of_the_true_class_is_scipys_logarithm_and_its_slopes_are_central_differences():
    scaled = np.array([2.0, -1.0, 0.5, 4.0])
    for true_class in range(4):
        loss, slopes = cross_entropy(scaled, true_class)
        assert loss == pytest.approx(-log_softmax(scaled)[true_class], rel=1e-12)
        numeric = numeric_gradient(lambda of=true_class: -log_softmax(scaled)[of], scaled)
        np.testing.assert_allclose(slopes, numeric, rtol=1e-6, atol=1e-8)
    assert scaled.tolist() == [2.0, -1.0, 0.5, 4.0], "what it is given stays as it is"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: steps([1, 2], temperature=0), "temperature is 0, and must be a number between 0.001"),
        (lambda: steps([1, 2], constant=np.inf), "constant is inf"),
        (lambda: steps([1, np.nan]), "score is nan, and must be a number between -1,000,000"),
        (lambda: over_temperatures([1, 2], [1, -1]), "temperature is -1"),
        (lambda: loss_and_slopes("hinge", np.zeros(3), 0), "unknown loss 'hinge'"),
        (lambda: cross_entropy(np.zeros(3), 3), "true class is 3, and must be a whole number between 0 and 2"),
    ],
)
def test_what_cannot_be_is_named(wrong, said):
    with pytest.raises(ValueError, match=said):
        wrong()


def test_outputs_are_those_of_the_first_runs_last_epoch(history):
    data, found = load(history.experiment.dataset), outputs(history)
    expected = history.predict(data.X_test)[0]
    np.testing.assert_allclose(scipy_softmax(found.logits, axis=1), expected, rtol=1e-5, atol=1e-12)
    np.testing.assert_array_equal(found.likeliest, expected.argmax(axis=1))
    assert accuracy_score(found.labels, found.likeliest) == pytest.approx(history.test_accuracy[0, -1])


@pytest.mark.parametrize("view", ["pca2", "all"])
@pytest.mark.parametrize("name", RAW)
def test_measures_are_of_the_same_samples_and_as_they_were_measured(name, view):
    found, raw = outputs(trained(name, view)), RAW[name]()
    rows = {row.tobytes(): label for row, label in zip(raw.data, raw.target)}
    assert [rows[row.tobytes()] for row in found.measures] == found.labels.tolist()
    if view == "all":
        standardised = load(DatasetSpec(name, view=view)).X_test
        one, other = (StandardScaler().fit_transform(samples) for samples in (found.measures, standardised))
        np.testing.assert_allclose(one, other, atol=1e-9, err_msg="each feature in another unit, and nothing else")


def test_order_has_the_mistakes_first_and_of_each_the_least_sure(history):
    found = outputs(history)
    expected = history.predict(load(history.experiment.dataset).X_test)[0]
    mistakes, order = np.flatnonzero(expected.argmax(axis=1) != found.labels), found.order
    assert found.mistakes == len(mistakes) > 0
    assert sorted(order) == list(range(len(expected)))
    assert set(order[: len(mistakes)]) == set(mistakes)
    for part in (order[: len(mistakes)], order[len(mistakes) :]):
        assert (np.diff(expected[part].max(axis=1)) >= -1e-6).all()


def test_outputs_are_read_only_after_a_pickle_too():
    found = outputs(trained("iris"))
    for each in (found, pickle.loads(pickle.dumps(found))):
        assert isinstance(each, Outputs)
        with pytest.raises(ValueError, match="read-only"):
            each.logits[0] = 0
