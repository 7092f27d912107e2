import numpy as np
import pytest

from core import ACTIVATIONS
from core.nn.own_functions import activation_of
from core.nn.poles import poles

HALF_TURNS = np.pi * np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])


@pytest.mark.parametrize(
    ("formula", "places"),
    [
        ("tan(x)", HALF_TURNS),
        ("1/sin(x)", np.pi * np.arange(-3, 4)),
        ("1/(x - 0.12345678)", [0.12345678]),
        ("log(abs(x - 0.3))", [0.3]),
        ("sqrt(abs(x))", [0]),
        ("sqrt(abs(x - 0.3333))", [0.3333]),
        ("abs(x)^0.9", [0]),
        ("x*log(abs(x))", [0]),
        ("x^3", []),
        ("exp(exp(x))", []),
        ("sin(1000*x)", []),
        ("1/(1e-6 + x^2)", []),
        ("tanh(1e6*(x - 0.123456))", []),
        ("sign(x - 0.3)", []),
    ],
)
def test_a_slope_without_end_is_found_where_no_number_shows_it(formula, places):
    np.testing.assert_allclose(activation_of(f"={formula}").steep, places, atol=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_no_activation_of_the_registry_has_one(name):
    record = ACTIVATIONS[name]
    assert not len(record.steep) and not len(poles(record.value))
