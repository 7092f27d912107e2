"""What is smooth by its formula, and what has a kink or a jump in it, however small: where it is, is known by hand."""

import numpy as np
import pytest

from core.lessons.function_facts import facts

SMOOTH = """
sin(x), sin(100*x), sin(1000*x), sin(x)^20, tanh(50*x), tanh(1e4*(x - 0.12345)), exp(x), exp(10*x), exp(exp(x)),
x^3, x^7/1e4 - 0.3*x, x^100, softplus(20*x), softplus(1000*x), x*sigmoid(1.702*x), x*erf(x), exp(-100*x^2),
sin(x)/x, (1 - cos(x))/x^2, (x - sin(x))/x^3, (1 - cos(x - 1))/(x - 1)^2, sinh(10*x)/cosh(10*x), x - tanh(x),
1/(1 + exp(-100*x)), x/(1 + exp(-10*x)), log(1 + exp(100*x)), arctan(1000*x), x/sqrt(1 + x^2), sqrt(1e-6 + x^2),
1e-9*sin(x), 1e9 + sin(x), 1e12*tanh(x), x + 1e-8*sin(x), exp(-1/x^2), sin(x^2), tan(x), 1/x, log(x),
tanh(x) - x + x^3/3, abs(x)^3, x*abs(x), 1/(1 + x^50), 0*x
"""
CORNERS = {
    "max(0.97*x, x)": 0, "max(0.999*x, x)": 0, "0.04*abs(x)": 0, "1e-9*max(x, 0)": 0, "1e6*relu(x - 1)": 1,
    "x^2 + 0.01*abs(x)": 0, "sin(x) + 0.01*abs(x - 1)": 1, "exp(x) + 0.1*abs(x - 2)": 2,
    "x^3 + 0.05*abs(x - 3)": 3, "max(x, 0)*exp(x^2)": 0, "max(tanh(100*x), 0)": 0, "relu(x - 0.1234567)": 0.1234567,
}  # fmt: skip
JUMPS = {
    "where(x > 0, 0.04, 0)": 0, "1e-6*sign(x)": 0, "100 + where(x > 0.5, 0.04, 0)": 0.5, "sign(x)^2": 0,
    "sqrt(sign(x))": 0,
    "tanh(x) + 0.001*sign(x - 0.3)": 0.3, "where(x < 0, 0.99*sigmoid(x), sigmoid(x))": 0,
    "1/x + where(x > 0.5, 1, 0)": 0.5, "0.001*sign(x) + 0.001*sqrt(abs(x))": 0,
}  # fmt: skip


@pytest.mark.parametrize("formula", SMOOTH.replace("\n", " ").strip().split(", "))
def test_what_is_smooth_is_broken_nowhere(formula):
    found = facts(f"={formula}")
    assert (found.jumps, found.corners) == ((), ())


@pytest.mark.parametrize("formula", CORNERS)
def test_a_small_corner_is_one(formula):
    found = facts(f"={formula}")
    np.testing.assert_allclose(found.corners, [CORNERS[formula]], atol=1e-7)
    assert not found.jumps


@pytest.mark.parametrize("formula", JUMPS)
def test_a_small_jump_is_one(formula):
    found = facts(f"={formula}")
    np.testing.assert_allclose(found.jumps, [JUMPS[formula]], atol=1e-7)
    assert not found.corners


@pytest.mark.parametrize("place", np.random.default_rng(0).uniform(-9, 9, 5).round(6))
@pytest.mark.parametrize("size", [1e-6, 1e-2, 1e4])
def test_size_and_place_of_a_function_do_not_count(size, place):
    corner = facts(f"={size}*(sin(x - {place}) + 0.05*abs(x - {place}))")
    np.testing.assert_allclose(corner.corners, [place], atol=1e-7)
    jump = facts(f"={size}*(sin(x - {place}) + 0.05*sign(x - {place}))")
    np.testing.assert_allclose(jump.jumps, [place], atol=1e-7)
