import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit

from core.lessons.reshaping import TANH_MOVES, Reshaped
from tests.numeric import central_difference
from tests.reference.cases import POINTS

LN3 = np.log(3)  # sigma is 3/4 there, and 1/4 at -LN3


def test_from_pytorchs_sigmoid_to_its_tanh(torch_numbers):
    for move, name in ((TANH_MOVES[0], "sigmoid"), (TANH_MOVES[-1], "tanh")):
        value, slope = torch_numbers[f"activation/{name}/float64"]
        np.testing.assert_allclose(move.value(POINTS), value, rtol=1e-10, atol=1e-15)
        np.testing.assert_allclose(move.slope(POINTS), slope, rtol=1e-10, atol=1e-15)


def test_three_moves_by_hand():
    start, squeezed, stretched, shifted = TANH_MOVES
    z = np.array([-LN3, LN3])
    np.testing.assert_allclose(start.value(z), [1 / 4, 3 / 4])
    np.testing.assert_allclose(squeezed.value(z / 2), [1 / 4, 3 / 4])
    np.testing.assert_allclose(stretched.value(z / 2), [1 / 2, 3 / 2])
    np.testing.assert_allclose(shifted.value(z / 2), [-1 / 2, 1 / 2])
    np.testing.assert_allclose([move.slope(np.array(0.0)) for move in TANH_MOVES], [1 / 4, 1 / 2, 1, 1])


@pytest.mark.parametrize("move", [*TANH_MOVES, Reshaped(0.5, 3, 2)])
def test_slope_is_the_central_difference(move):
    z = np.linspace(-6, 6, 101)
    np.testing.assert_allclose(move.slope(z), central_difference(move.value, z, 1e-4), rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("move", TANH_MOVES)
def test_places_are_where_the_sigmoids_points_have_come_to(move):
    z = np.linspace(-6, 6, 101)
    heights = move.stretch * TANH_MOVES[0].value(z) + move.shift
    np.testing.assert_allclose(move.value(move.place(z)), heights, rtol=1e-14)


def test_distance_from_tanh():
    start, squeezed, stretched, shifted = (move.distance_from_tanh() for move in TANH_MOVES)
    farthest = minimize_scalar(lambda z: np.tanh(z) - expit(z), bounds=(-10, 0), method="bounded")
    assert start == pytest.approx(-farthest.fun, abs=1e-5)
    assert (squeezed, stretched) == pytest.approx((1, 1), abs=1e-8), "at z = -10, and everywhere"
    assert shifted < 1e-15
    assert Reshaped(2, 4, -2).distance_from_tanh() == pytest.approx(1, abs=1e-8), "2 tanh z"
