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
