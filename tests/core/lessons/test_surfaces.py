import numpy as np
import pytest
from scipy.optimize import approx_fprime, brute, check_grad, fmin, minimize, rosen, rosen_der

from core.lessons.surfaces import SURFACES

HAND = {  # at (x, y)
    "bowl": {(1.0, 1.0): 3.0, (-2.0, 0.5): 4.5},
    "valley": {(2.0, 0.0): 2.0, (0.0, 1.0): 45.0},
    "rosenbrock": {(0.0, 0.0): 1.0, (-1.0, 1.0): 4.0, (1.0, 2.0): 100.0},
    "saddle": {(1.0, 0.0): 0.5, (0.0, 1.0): -0.25, (0.0, 0.0): 0.0},
    "beale": {(0.0, 0.0): 14.203125, (3.0, 0.5): 0.0, (1.0, 1.0): 14.203125},
    "rastrigin": {(0.5, 0.5): 12.5, (1.0, 0.0): 1.0, (0.0, 0.25): 3.0625},
}


def inside(surface, count: int, seed: int = 0) -> np.ndarray:
    """Random points (count, 2) of the window."""
    return np.random.default_rng(seed).uniform(*np.transpose(surface.window), size=(count, 2))


@pytest.mark.parametrize("name", HAND)
def test_heights_are_those_worked_by_hand(name):
    for (x, y), height in HAND[name].items():
        assert SURFACES[name].value(x, y) == pytest.approx(height, abs=1e-12)


def test_rosenbrocks_valley_is_scipys():
    surface = SURFACES["rosenbrock"]
    for point in inside(surface, 50):
        assert surface.value(*point) == pytest.approx(rosen(point), rel=1e-12)
        assert surface.gradient(*point) == pytest.approx(rosen_der(point), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", SURFACES)
def test_gradients_are_differences_of_heights(name):
    surface = SURFACES[name]
    for point in inside(surface, 50):
        error = check_grad(lambda p: surface.value(*p), lambda p: np.array(surface.gradient(*p)), point)
        assert error < 1e-5 * max(1, np.linalg.norm(approx_fprime(point, lambda p: surface.value(*p))))


@pytest.mark.parametrize("name", SURFACES)
def test_whole_arrays_are_taken_at_once(name):
    surface = SURFACES[name]
    x, y = inside(surface, 6).T.reshape(2, 2, 3)
    along_x, along_y = surface.gradient(x, y)
    assert surface.value(x, y).shape == along_x.shape == along_y.shape == (2, 3)
    assert surface.value(x, y)[1, 2] == surface.value(x[1, 2], y[1, 2])


@pytest.mark.slow
@pytest.mark.parametrize("name", SURFACES)
def test_every_minimum_in_the_window_is_listed_and_no_other_point(name):
    surface = SURFACES[name]
    low, high = np.transpose(surface.window)
    found = set()
    for point in (*inside(surface, 400), *surface.minima):
        end = minimize(
            lambda p: surface.value(*p), point, method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12}
        )
        if (low < end.x).all() and (end.x < high).all():
            found.add(tuple((end.x.round(3) + 0.0).tolist()))
    assert found == {(round(x, 3), round(y, 3)) for x, y in surface.minima}


@pytest.mark.parametrize("name", SURFACES)
def test_the_lowest_minimum_is_the_lowest_height(name):
    surface = SURFACES[name]
    _, height, *_ = brute(lambda p: surface.value(*p), surface.window, Ns=81, full_output=True, finish=fmin)
    assert surface.lowest == pytest.approx(height, abs=1e-6)
    assert surface.value(*inside(surface, 5000).T).min() >= surface.lowest


@pytest.mark.parametrize("name", SURFACES)
def test_the_picture_is_twice_as_wide_as_high_and_has_starts_and_minima_in_it(name):
    surface = SURFACES[name]
    (left, right), (bottom, top) = surface.window
    assert right - left == pytest.approx(2 * (top - bottom))
    assert len(surface.starts) == len(set(surface.starts)) == 3
    for x, y in (*surface.starts, *surface.minima):
        assert left < x < right
        assert bottom < y < top


def test_the_lowest_points_are_all_minima_that_are_equally_low():
    assert SURFACES["saddle"].lowest_points == [(0.0, -1.0), (0.0, 1.0)]
    assert SURFACES["rastrigin"].lowest_points == [(0.0, 0.0)], "of many minima"
    assert SURFACES["beale"].lowest_points == [(3.0, 0.5)]
