from dataclasses import replace

import numpy as np
import pytest

from core import OPTIMIZERS
from core.lessons.descent import arrivals, best_rate, descend, nearest_minima, rate_on, reached_minima, ridge
from core.lessons.surfaces import SURFACES
from tests.reference.cases import OPTIMIZERS_IN_TORCH, VALLEY_RATES, VALLEY_START

ALL = tuple(OPTIMIZERS)


def test_first_50_steps_down_rosenbrocks_valley_are_pytorchs(torch_numbers):
    names = OPTIMIZERS_IN_TORCH
    paths = descend("rosenbrock", names, [VALLEY_RATES[name] for name in names], 50, VALLEY_START)
    assert (paths.points[:, 0] == VALLEY_START).all()
    for name, path in zip(names, paths.points):
        expected = torch_numbers[f"optimizer/{name}/float64"]
        np.testing.assert_allclose(path[1:], expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())


def test_sgd_in_a_bowl_shrinks_each_coordinate_by_a_factor():
    """The slope is 2 x along x and 4 y along y, so a step of rate 0.1 leaves 0.8 of x and 0.6 of y."""
    paths = descend("bowl", ["sgd"], [0.1], 6, (1.0, -1.0))
    steps = np.arange(7)
    np.testing.assert_allclose(paths.points[0], np.column_stack([0.8**steps, -(0.6**steps)]))
    np.testing.assert_allclose(paths.heights[0], 0.64**steps + 2 * 0.36**steps)


@pytest.mark.parametrize("surface", SURFACES)
def test_each_path_is_the_one_that_its_optimizer_takes_alone(surface):
    together = descend(surface, ALL, None, 30)
    for name, points, heights in zip(ALL, together.points, together.heights):
        alone = descend(surface, [name], [rate_on(surface, name)], 30, SURFACES[surface].starts[0])
        np.testing.assert_allclose(points, alone.points[0], rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(heights, alone.heights[0], rtol=1e-12, atol=1e-12)


def test_one_optimizer_with_several_rates_is_one_path_for_each():
    paths = descend("beale", ["adam", "adam", "sgd"], [0.1, 0.3, 0.01], 20)
    for run, (name, rate) in enumerate([("adam", 0.1), ("adam", 0.3), ("sgd", 0.01)]):
        np.testing.assert_allclose(paths.points[run], descend("beale", [name], [rate], 20).points[0], rtol=1e-12)


@pytest.mark.parametrize("surface", SURFACES)
def test_with_its_own_rate_every_optimizer_gets_lower(surface):
    paths = descend(surface, ALL, None, 100)
    assert (paths.diverged_at == -1).all()
    assert (paths.heights[:, -1] < paths.heights[:, 0]).all()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_rates_on_the_records_are_the_best_ones(name):
    rates = OPTIMIZERS[name].surface_rates
    assert set(rates) <= set(SURFACES)
    assert rates == {surface: best_rate(surface, name) for surface in rates}


def test_the_best_rate_stays_in_the_window_and_is_lowest_on_average():
    """By some of the rates, one by one."""
    surface = SURFACES["bowl"]
    low, high = np.transpose(surface.window)
    averages = {}
    for rate in (0.05, 0.1, 0.2, 0.5, 1.0):
        paths = descend("bowl", ["sgd"], [rate], 200)
        if ((paths.points >= low) & (paths.points <= high)).all():
            averages[rate] = paths.heights.mean()
    assert 1.0 not in averages, "along y, each step makes the distance three times as large"
    assert best_rate("bowl", "sgd") == min(averages, key=averages.get)


def test_a_rate_that_is_on_no_record_is_found(monkeypatch):
    monkeypatch.setitem(OPTIMIZERS, "unrated", replace(OPTIMIZERS["adam"], name="unrated", surface_rates={}))
    for surface in SURFACES:
        assert rate_on(surface, "unrated") == rate_on(surface, "adam")
    nowhere = replace(SURFACES["bowl"], name="nowhere", window=((5.0, 6.0), (5.0, 5.5)))
    monkeypatch.setitem(SURFACES, "nowhere", nowhere)
    assert rate_on("nowhere", "adam") == OPTIMIZERS["adam"].learning_rate, "where no path stays, the default"
    with pytest.raises(ValueError, match="unknown optimizer 'adm'"):
        rate_on("bowl", "adm")


def test_a_path_that_blows_up_stands_still_and_its_neighbours_do_not_notice():
    paths = descend("rosenbrock", ["sgd", "momentum", "sgd"], [0.1, 0.001, 0.001], 40)
    (at, *others), points = paths.diverged_at, paths.points
    assert others == [-1, -1]
    assert 1 < at < 10
    assert np.isfinite(points).all()
    assert np.isfinite(paths.heights).all()
    assert (points[0, at:] == points[0, at - 1]).all()
    assert (paths.heights[0, at:] == paths.heights[0, at - 1]).all()
    assert (np.diff(points[0, :at], axis=0) != 0).all(), "until then it moves"
    np.testing.assert_array_equal(points[1:], descend("rosenbrock", ["momentum", "sgd"], [0.001] * 2, 40).points)
    further = descend("rosenbrock", ["sgd"], [0.1], at).diverged_at
    assert further == [at], "how many steps are still to come does not matter"


def test_exactly_on_the_ridge_of_a_saddle_nobody_leaves_it():
    paths = descend("saddle", ALL, None, 50, (-1.5, 0.0))
    assert (paths.points[:, :, 1] == 0).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bowel", ["sgd"], None, 10), "unknown surface 'bowel'; did you mean 'bowl'?"),
        (("bowl", ["sgdd"], None, 10), "unknown optimizer 'sgdd'; did you mean 'sgd'?"),
        (("bowl", ["sgd"], [0.1, 0.2], 10), "there are 2 learning rates for 1 optimizers"),
        (("bowl", ["sgd"], [-1.0], 10), "a learning rate is -1.0"),
        (("bowl", ["sgd"], None, 0), "the number of steps is 0"),
        (("bowl", ["sgd"], None, 10**6), "the number of steps is 1000000"),
        (("bowl", ["sgd"], None, 10, (np.nan, 0.0)), "a coordinate of the start is nan"),
    ],
)
def test_what_cannot_be_walked_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        descend(*arguments)


def test_without_optimizers_there_are_no_paths():
    assert descend("bowl", [], None, 10).points.shape == (0, 11, 2)


def test_it_arrives_with_the_step_from_which_on_it_stays_near_the_lowest_point():
    """Of the height x^2, each step with rate 0.3 leaves 0.4^2 = 0.16: 0.16, 0.0256, 0.0041; with rate 0.01, 0.9604."""
    paths = descend("bowl", ["sgd", "sgd"], [0.3, 0.01], 5, (1.0, 0.0))
    assert arrivals(paths).tolist() == [3, -1]


def test_coming_by_is_not_arriving():
    """Momentum runs through the bottom of the bowl and up the other side."""
    paths = descend("bowl", ["momentum"], [0.02], 100, (1.0, 0.0))
    (at,) = arrivals(paths)
    near = paths.heights[0] <= 0.01
    assert near[at:].all()
    assert not near[at - 1]
    assert near[: at - 1].any()


def test_the_nearest_minimum_is_the_one_that_a_path_ends_in():
    left, right = (
        descend("saddle", ["adam"], None, 100, (-1.0, -0.1)),
        descend("saddle", ["adam"], None, 100, (1.0, 0.1)),
    )
    minima = SURFACES["saddle"].minima
    assert [minima[nearest_minima(paths)[0]] for paths in (left, right)] == [(0.0, -1.0), (0.0, 1.0)]
    assert [minima[reached_minima(paths)[0]] for paths in (left, right)] == [(0.0, -1.0), (0.0, 1.0)]


def test_a_minimum_is_reached_within_a_quarter_of_the_way_to_the_next():
    """Those of the saddle are 2 apart."""
    paths = descend("saddle", ["sgd"] * 5, [1e-8] * 5, 1)
    ends = np.array([[0.0, 0.6], [0.49, 1.0], [0.0, 0.4], [0.0, 0.0], [0.0, -1.0]])
    placed = replace(paths, points=np.stack([ends, ends], axis=1))
    assert reached_minima(placed).tolist() == [1, 1, -1, -1, 0]
    assert reached_minima(replace(placed, diverged_at=np.ones(5, int))).tolist() == [-1] * 5


@pytest.mark.parametrize(
    ("surface", "start", "axis"),
    [
        ("saddle", (-2.0, 0.0), 1),
        ("saddle", (-2.0, 0.001), None),
        ("valley", (-2.0, 0.0), None),  # no slope across, but that is the floor
        ("bowl", (0.0, 1.0), None),
    ],
)
def test_a_ridge_has_no_slope_across_and_falls_to_both_sides(surface, start, axis):
    assert ridge(descend(surface, ALL, None, 30, start)) == axis
