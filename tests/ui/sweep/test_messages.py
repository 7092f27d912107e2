"""Which sentence is said of what mattered, of datasets, and of accuracy against its cost."""

import numpy as np

from core import DATASETS
from tests.ui.sweep.grids import TURNED, noisy, results_of
from ui.sweep.drawings import front_view, mattered_view, ranks_view

TWO = {"activation": ("relu", "tanh")}


def test_a_choice_may_matter_less_than_luck():
    says = mattered_view(results_of(noisy([[0.80, 0.80], [0.83, 0.83]], seeds=30, sd=0.03), **TURNED)).says
    assert says.startswith("**Luck matters most") and "Activation function" in says
    assert mattered_view(results_of(noisy([[0.80, 0.80], [0.83, 0.83]]), **TURNED)).says.startswith("**Activation")


def test_who_is_not_beaten_anywhere_is_named():
    says = ranks_view(results_of(noisy([[0.95, 0.95], [0.7, 0.7]]), **TWO, dataset=("moons", "xor"))).says
    assert "Not shown to be beaten on any of these datasets: ReLU." in says
    same = ranks_view(results_of(np.full((2, 2, 6), 0.9), **TWO, dataset=("moons", "xor"))).says
    assert "beaten" not in same


def test_of_enough_datasets_it_is_not_said_that_they_are_too_few():
    made = [name for name, kind in DATASETS.items() if kind.made][:6]
    for number in (5, 6):
        view = ranks_view(results_of(noisy(np.full((2, number), 0.9)), **TWO, dataset=made[:number]))
        assert ("cannot show any difference" in view.reading) == (number < 6)


def test_the_best_setting_may_be_the_cheapest_too():
    assert "No cheaper setting comes within" in front_view(results_of(noisy([0.95, 0.80, 0.80]), layers=(1, 2, 8))).says
    assert "The cheapest setting within" in front_view(results_of(noisy([0.945, 0.80, 0.95]), layers=(1, 2, 8))).says


def test_a_setting_that_costs_next_to_nothing_is_not_said_to_cost_nothing():
    """For each sample, 16 multiply-adds of 236,676."""
    results = results_of(noisy([[0.945, 0.8], [0.8, 0.95]], sd=0.0001), layers=(1, 20), units=(1, 64))
    assert " needs 0.0068 % of its multiply-adds:** 1 hidden layer · 1 unit" in front_view(results).says


def test_luck_is_not_split_where_each_draw_of_the_data_has_one_network():
    view = mattered_view(results_of(noisy([0.7, 0.8], sd=0.05), noise=(0.1, 0.4)))
    _, text = view.drawings[0]
    assert "Luck: " in text and "the draw" not in text and "the rest" not in text
    assert "luck cannot be split further" in view.reading and "differs from network to network" not in view.reading
    of_two = mattered_view(results_of(noisy([[0.7, 0.8], [0.7, 0.8]], sd=0.05), **TWO, noise=(0.1, 0.4)))
    assert "Luck: the draw of the data: " in of_two.drawings[0][1] and "cannot be split" not in of_two.reading


def test_a_grid_of_one_setting_has_no_choice_that_could_matter():
    view = mattered_view(results_of(noisy([0.8], sd=0.05), activation=("relu",)))
    assert not view.says and view.missing.startswith("Shares of variance need")


def test_of_networks_that_were_never_finite_no_accuracy_is_held_against_a_cost():
    results = results_of(np.full((2, 2), 0.5), activation=("relu", "tanh"))
    results.diverged_at[...] = 0
    assert front_view(results).missing.startswith("All networks cost the same")
