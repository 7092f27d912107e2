"""No formula that is accepted may break the lesson."""

import warnings

import pytest

from tests.core.formula.any import formulas
from ui.charts.functions import functions_chart, functions_text, out_of_sight, small_picture
from ui.lessons.activations.words import facts_table, formulas_table, notices

HUGE = ["sinh(cosh(x))", "exp(cosh(x))", "cosh(sinh(x))", "cosh(cosh(x))", "x*exp(exp(x))", "-exp(exp(x))"]
NARROW = ["sin((-x^2)^0.5)", "x^x", "(-1)^x", "1/(x - 12)", "x/(1 + exp(-100*x))"]


@pytest.mark.parametrize("name", [*(f"={formula}" for formula in [*HUGE, *NARROW]), *formulas(60, seed=0)])
def test_the_lesson_speaks_of_it(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for table in (facts_table([name]), formulas_table([name])):
            assert (table.map(len) > 0).all(axis=None)
        assert all(notices([name])) and all(notices(["relu", name]))
        assert small_picture(name) and functions_text([name], 5) and functions_chart([name], 20)
        assert set(out_of_sight([name], 20)) <= {name}
