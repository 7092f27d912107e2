"""What may be luck, and when there is no winner, of rankings whose accuracies are made up."""

import numpy as np
import pytest

from core import DatasetSpec
from tests.ui.sweep.grids import TURNED, TURNED_MEANS, noisy, results_of
from ui.sweep.drawings import View, best_view

RATES = {"rate_multiple": (1.0, 10.0)}


def view_of(means, seeds: int = 6, sd: float = 0.002, **factors) -> View:
    return best_view(results_of(noisy(means, seeds, sd), **factors or TURNED))


@pytest.mark.parametrize("seeds", [2, 4, 5])
def test_a_gain_is_tested_from_five_seeds_on_and_a_lead_from_three(seeds):
    says = view_of([[0.80, 0.90], [0.70, 0.95]], seeds).says
    assert ("It takes 5 or more seeds" in says) == (seeds < 5)
    assert ("With fewer than 3 seeds" in says) == (seeds < 3)


def test_a_gain_that_may_be_luck_is_called_so():
    accuracies = noisy([[0.80, 0.80], [0.60, 0.60]])
    accuracies[0, 1] += [0.1, -0.08, 0.1, 0.1, -0.08, -0.08]
    assert "This gain is not statistically significant." in best_view(results_of(accuracies, **TURNED)).says


def test_pairs_that_change_places_within_their_luck_are_counted_below():
    view = view_of([[0.800, 0.900], [0.805, 0.895]], sd=0.02)
    assert "ahead" not in view.says
    assert "1 pair changes its order, but not both" in view.reading


@pytest.mark.parametrize(
    ("means", "said"),
    [
        (np.full((2, 2), 0.5), "is not shown to be above chance level, 50.0 %"),
        (np.full((2, 2), 0.9), "**No winner:** Sigmoid and ReLU have the same mean, 90.0 %"),
    ],
)
def test_at_chance_or_tied_there_is_no_winner(means, said):
    assert said in view_of(means, sd=0).says


def test_where_each_seed_has_a_chance_level_of_its_own_their_mean_is_called_so():
    spec = DatasetSpec("by_formula", samples=50, test_share=0.1, formula="y > 0")
    levels = [0.6, 0.4, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4]  # by counting test labels
    results = results_of(np.broadcast_to(levels, (2, 2, 10)), spec=spec, **TURNED)
    assert "is not shown to be above chance level, 50.0 % on average over the seeds." in best_view(results).says


def test_a_level_that_diverged_is_not_called_the_best_and_is_counted():
    results = results_of(noisy(TURNED_MEANS), **TURNED)
    results.diverged_at[0, 1, 0] = 2
    view = best_view(results)
    assert "**No winner:** Sigmoid has the highest mean" in view.says
    one = "1 of them diverged, and counts with its last finite state. If it has none, its accuracy counts as 0 %."
    assert one in view.reading


def test_networks_that_were_never_finite_are_not_said_to_count_with_a_state():
    results = results_of(noisy(TURNED_MEANS), **TURNED)
    results.diverged_at[0, 1, :2] = 0
    reading = best_view(results).reading
    assert "2 of them diverged, and each counts with its last finite state. If it has none, its accuracy" in reading


def test_of_many_that_may_be_as_good_three_are_named():
    names = ("relu", "tanh", "sigmoid", "elu", "gelu")
    said = view_of(np.full((5, 2), 0.9), sd=0.05, activation=names, **RATES).says
    assert "it is not shown to be better than" in said
    assert "and 1 more.**" in said


def test_a_common_setting_that_is_no_default_is_named():
    default = view_of(TURNED_MEANS).reading
    chosen = view_of(TURNED_MEANS, activation=("sigmoid", "relu"), layers=(1, 2)).reading
    assert "The common setting is the optimizer's default learning rate, 1 ×." in default
    assert "The common setting is chosen in the same way" in chosen and "1 hidden layer" in chosen
    assert "half of the seeds choose the learning rate for each activation function" in default
    assert "half of the seeds choose the setting for each activation function" in chosen
