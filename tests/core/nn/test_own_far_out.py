"""Formulas of which a part is too large for float32, or for float64, where value and slope are not: held to scipy's
sigmoid and to numpy's functions in float64, in forms that do not overflow, and to differences."""

import numpy as np
import pytest
from scipy.special import expit

from core import DatasetSpec, Experiment, Run, activation_of, train
from core.nn.kernels import bind
from tests.core.formula.any import formulas
from tests.numeric import central_difference

LOG_2 = np.log(2)
SLOPES = {
    "1/(1 + exp(-100*x))": lambda z: 100 * expit(100 * z) * expit(-100 * z),
    "x/(1 + exp(-10*x))": lambda z: expit(10 * z) * (1 + 10 * z * expit(-10 * z)),
    "x*(1 + exp(-10*x))^-1": lambda z: expit(10 * z) * (1 + 10 * z * expit(-10 * z)),
    "1/(1 + exp(-10*x))^2": lambda z: 20 * expit(10 * z) ** 2 * expit(-10 * z),
    "x/(1 + 2^(-20*x))": lambda z: expit(20 * LOG_2 * z) * (1 + 20 * LOG_2 * z * expit(-20 * LOG_2 * z)),
    "3/(1 + e^(5*x)*2)": lambda z: -15 * expit(-5 * z - LOG_2) * expit(5 * z + LOG_2),
    "1/(1 + exp(exp(x)))": lambda z: -np.exp(np.minimum(z, 9)) * expit(np.exp(z)) * expit(-np.exp(z)),
    "1/cosh(10*x)": lambda z: -10 * np.tanh(10 * z) / np.cosh(10 * z),
    "log(1 + exp(-10*x))": lambda z: -10 * expit(-10 * z),
    "exp(-exp(-10*x))": lambda z: 10 * np.exp(-np.exp(-10 * z) - 10 * z),
    "tanh(exp(10*x))": lambda z: 10 * np.exp(10 * np.minimum(z, 1)) / np.cosh(np.exp(10 * z)) ** 2,
    "arctan(exp(x))": lambda z: 1 / (2 * np.cosh(z)),
    "arcsinh(exp(-x))": lambda z: -np.sqrt(expit(-2 * z)),
}
PLACES = np.concatenate([side * np.append(np.geomspace(0.01, 1e4, 700), np.linspace(8, 9, 100)) for side in (-1, 1)])
SUMS = np.linspace(-12, 12, 480)  # round ones are not among them


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("formula", SLOPES)
def test_slopes_are_right_where_a_part_is_infinite(formula, dtype):
    z = PLACES.astype(dtype)
    with np.errstate(over="ignore"):
        expected = SLOPES[formula](z.astype(float))
    np.testing.assert_allclose(activation_of(f"={formula}").slope(z), expected, rtol=2e-4, atol=1e-30)


@pytest.mark.parametrize("name", [*(f"={formula}" for formula in SLOPES), *formulas(150, seed=1)])
def test_float32_has_a_number_where_float64_has_one_that_is_not_too_large_for_it(name):
    record, z = activation_of(name), SUMS.astype("float32")
    a, s = np.empty_like(z), np.empty_like(z)
    kernel = bind(record.name, z.copy(), a, s)
    with np.errstate(all="ignore"):
        kernel.value()
        kernel.slope()
    for found, function in ((record.value(z), record.value), (record.slope(z), record.slope), (a, record.value)):
        exact = function(z.astype(float))
        assert np.isfinite(found[np.abs(exact) < 1e38]).all()
    has_both = np.isfinite(a) & (np.abs(record.slope(z.astype(float))) < 1e38)
    assert np.isfinite(s[has_both]).all()


@pytest.mark.parametrize("formula", SLOPES)
def test_values_and_slopes_in_float32_are_those_of_differences_in_float64(formula):
    record, z = activation_of(f"={formula}"), SUMS.astype("float32")
    np.testing.assert_allclose(record.value(z), record.value(z.astype(float)), rtol=1e-5, atol=1e-6)
    differences = central_difference(record.value, z.astype(float), 1e-6)
    np.testing.assert_allclose(record.slope(z), differences, rtol=1e-4, atol=1e-7)


def test_steep_sigmoids_learn():
    names = "=x/(1+exp(-10*x))", "=1/(1+exp(-100*x))", "=exp(-exp(-10*x))"
    data = DatasetSpec("moons", samples=100)
    history = train(Experiment(data, [Run(name, learning_rate=0.05) for name in names], epochs=20))
    assert history.diverged_at.tolist() == [-1, -1, -1]
