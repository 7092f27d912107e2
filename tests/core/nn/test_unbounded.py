import numpy as np
import pytest

from core import ACTIVATIONS
from core.nn.own_functions import activation_of
from core.nn.unbounded import endless, poles

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
        ("abs(x)^0.99", [0]),
        ("x*log(abs(x))", [0]),
        ("10 - log(abs(x - 0.7852498463776119))", [0.7852498463776119]),
        ("tan(20*x)", np.pi * (np.arange(-64, 64) + 0.5) / 20),
        ("log(log(x))", [1]),
        ("(1 - cos(x))/x^2", []),  # beside 0 there is nothing but rounding
        ("(x - sin(x))/x^3", []),
        ("(1 - cos(x - 1))/(x - 1)^2", []),
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


@pytest.mark.parametrize("place", np.random.default_rng(0).uniform(-9, 9, 40))
@pytest.mark.parametrize(
    "function",
    [lambda z: np.log(np.abs(z)), lambda z: 10 - np.log(np.abs(z)), lambda z: 1 / z, lambda z: abs(z) ** -0.05],
)
def test_a_pole_is_found_wherever_it_is(function, place):
    np.testing.assert_allclose(poles(lambda z: function(z - place)), [place], atol=1e-8)


def test_to_which_side_of_a_place_a_function_has_no_end():
    ways = [lambda z: 1 / z, lambda z: 10 + np.log(z), lambda z: np.exp(1 / z), lambda z: np.abs(z) ** 0.1, np.sign]
    found = [endless(way, np.zeros(1)).ravel().tolist() for way in ways]
    assert found == [[-1, 1], [0, -1], [0, 1], [0, 0], [0, 0]]
