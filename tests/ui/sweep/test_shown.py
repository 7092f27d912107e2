"""What of a grid is looked at, and which setting a click stands for."""

import numpy as np

from core import Grid
from core.sweeps.scores import scores_of
from tests.ui.sweep.grids import noisy, results_of
from ui.sweep.shown import Shown, cell_at, cells_of, cells_to_choose, index_of, usual

THREE = {"activation": ("relu", "tanh"), "rate_multiple": (1.0, 3.0), "dataset": ("moons", "xor")}
WITH_OPTIMIZERS = {"optimizer": ("sgd", "adam", "nag"), "activation": ("relu", "tanh"), "rate_multiple": (1.0, 3.0)}


def test_activations_are_looked_at_first_with_the_rate_at_its_best():
    assert usual(Grid(WITH_OPTIMIZERS)) == Shown("activation", "optimizer")
    rates_first = dict(reversed(WITH_OPTIMIZERS.items()))
    assert usual(Grid(rates_first)) == Shown("activation", "optimizer")
    assert usual(Grid({"rate_multiple": (1.0, 3.0), "activation": ("relu", "tanh")})) == Shown(
        "activation", "rate_multiple"
    )
    assert usual(Grid({"layers": (1, 2)})) == Shown("layers", "")


def test_a_cell_is_the_setting_that_it_stands_for():
    grid = Grid(WITH_OPTIMIZERS)
    for cell in range(12):
        assert cell_at(grid, grid.setting(index_of(grid, cell))) == cell
    assert cell_at(grid, {"activation": "relu"}) is None


def test_a_click_chooses_what_is_best_there():
    means = np.full((3, 2, 2), 0.5)
    means[2, 0, 1] = means[1, 1, 0] = 0.9  # nag for ReLU at 3 times the rate, Adam for tanh at the default
    results = results_of(noisy(means), **WITH_OPTIMIZERS)
    choices = cells_to_choose(results.grid, scores_of(results), Shown("activation", "rate_multiple"))
    settings = [[results.grid.setting(index_of(results.grid, cell)) for cell in row] for row in choices]
    assert settings[0][1] == {"optimizer": "nag", "activation": "relu", "rate_multiple": 3.0}
    assert settings[1][0] == {"optimizer": "adam", "activation": "tanh", "rate_multiple": 1.0}


def test_rows_and_columns_in_any_order_and_with_a_fixed_value():
    results = results_of(noisy(np.zeros((3, 2, 2))), **WITH_OPTIMIZERS)
    choices = cells_to_choose(
        results.grid, scores_of(results), Shown("rate_multiple", "optimizer", (("activation", 1),))
    )
    for row, column in np.ndindex(choices.shape):
        setting = results.grid.setting(index_of(results.grid, choices[row, column]))
        assert setting == {
            "optimizer": WITH_OPTIMIZERS["optimizer"][column],
            "activation": "tanh",
            "rate_multiple": WITH_OPTIMIZERS["rate_multiple"][row],
        }


def test_what_is_of_several_networks_cannot_be_chosen():
    results = results_of(noisy(np.zeros((2, 2, 2))), **THREE)
    scores = scores_of(results)
    assert (cells_to_choose(results.grid, scores, Shown("activation", "rate_multiple")) == -1).all()
    fixed = Shown("activation", "rate_multiple", (("dataset", 1),))
    assert (cells_to_choose(results.grid, scores, fixed) >= 0).all()


def test_a_fixed_value_is_the_one_that_is_shown():
    means = np.arange(8).reshape(2, 2, 2) / 10
    results = results_of(noisy(means, sd=0), **THREE)
    cells = cells_of(scores_of(results), Shown("activation", "rate_multiple", (("dataset", 1),)))
    np.testing.assert_allclose(cells.mean, means[..., 1])
