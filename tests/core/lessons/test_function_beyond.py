"""Functions that do at z = 12 or 30 what they do not do between -10 and 10: known by their formulas."""

import numpy as np
import pytest

from core import ACTIVATIONS
from core.lessons.function_facts import facts

THE_SAME = """
x^2; x^3; exp(x); cos(2*pi*x); sin(1000*x); sqrt(x); log(x); x^x; 1/x; tan(x); arctan(0.001*x); 1e-9*x; exp(-x^2);
softplus(100*x); 1/(1 + exp(-100*x)); exp(exp(x)); x^100; sinh(x)/cosh(x); sqrt(1 + x^2) - x; log(1 + exp(x));
x + sin(x); x^3 - 400*x; sin(1/x); where(x > 0, 0.04, 0); 0*x; relu(x - 3); sqrt(1 - x^2); sin(x)/x; log(abs(x));
exp(-exp(-10*x)); min(max(x, -1), 1); 1/(1 + x^50)
"""
OTHERS = {
    "1/(x - 12)": (-1 / 2, -1 / 22), "tan(x/10)": (-np.tan(1), np.tan(1)), "sin(x/10)": (-np.sin(1), np.sin(1)),
    "log(x + 20)": (np.log(10), np.log(30)), "sqrt(x + 20)": (np.sqrt(10), np.sqrt(30)), "relu(x - 12)": (0, 0),
    "(x^2 - 400)^2": (9e4, 16e4), "where(x > 11, 5, 0)": (0, 0), "exp(x - (x/12)^8)": None,
}  # fmt: skip


@pytest.mark.parametrize("name", [*ACTIVATIONS, *(f"={formula.strip()}" for formula in THE_SAME.split(";"))])
def test_what_goes_on_as_it_is_found_is_said_of_all_z(name):
    assert facts(name).holds_beyond


@pytest.mark.parametrize("formula", OTHERS)
def test_of_a_function_that_does_something_else_beyond_it_is_said_what_it_does_near_0(formula):
    found = facts(f"={formula}")
    assert not found.holds_beyond
    if OTHERS[formula] is not None:
        assert (found.range.least, found.range.greatest) == pytest.approx(OTHERS[formula], abs=1e-9)
    assert found.range.has_least and found.range.has_greatest, "no bound is only approached at z = 10"


def test_the_greatest_slope_near_0_may_be_where_looking_ends():
    """That of 1/(z - 12) is 1/4 at 10, that of tan(z/10) is (1 + tan(1)^2)/10 at both ends."""
    pole, tangent, flat = (facts(f"={formula}") for formula in ("1/(x - 12)", "tan(x/10)", "relu(x - 12)"))
    assert (pole.greatest_slope, pole.steepest) == (pytest.approx(1 / 4), ((10, 10),))
    assert tangent.greatest_slope == pytest.approx((1 + np.tan(1) ** 2) / 10)
    assert tangent.steepest == ((-10, -10), (10, 10))
    assert flat.greatest_slope == 0
