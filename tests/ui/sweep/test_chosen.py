"""The settings that are chosen in a sweep, as experiments for Compare."""

import numpy as np

from core import DatasetSpec, Experiment, Grid, sweep, train
from core.analysis.repeats import runs_by_setting
from ui.shell.conversion import is_in_settings
from ui.sweep.chosen import compared
from ui.sweep.shown import index_of

BASE = Experiment(DatasetSpec("moons", samples=100), hidden=(8,), epochs=3)
GRID = Grid({"layers": (1, 2), "activation": ("relu", "tanh"), "rate_multiple": (1.0, 3.0)}, BASE, seeds=3)


def cell(*place: int) -> int:
    return int(np.ravel_multi_index(place, GRID.shape[:-1]))


def test_two_settings_of_one_shape_are_one_comparison_with_the_sweeps_own_networks():
    cells = cell(1, 0, 0), cell(1, 1, 0)
    (experiment,) = compared(GRID, cells)
    assert is_in_settings(experiment), "the controls say all of it, and so does the link"
    results, history = sweep(GRID, workers=1), train(experiment)
    for number, runs in zip(cells, runs_by_setting(experiment), strict=True):
        place = index_of(GRID, number)
        np.testing.assert_allclose(history.test_loss[runs, -1], results.test_loss[place], rtol=1e-3)
        np.testing.assert_allclose(history.test_accuracy[runs, -1], results.test_accuracy[place], atol=0.03)


def test_two_that_differ_twice_are_one_comparison_too():
    (experiment,) = compared(GRID, [cell(0, 0, 0), cell(0, 1, 1)])
    assert [len(runs) for runs in runs_by_setting(experiment)] == [3, 3]
    assert not is_in_settings(experiment), "so Compare holds it as it is"


def test_networks_of_two_shapes_are_two_comparisons():
    first, second = compared(GRID, [cell(0, 0, 0), cell(1, 0, 0)])
    assert (first.hidden, second.hidden) == ((8,), (8, 8))
    assert compared(GRID, [cell(0, 0, 0)]) == [first]
