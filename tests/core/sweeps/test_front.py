import numpy as np
import pytest

from core import DatasetSpec, Experiment, Grid, Results, sweep
from core.sweeps.front import epochs_until_near, front_of, multiply_adds, pareto_front, work_of


def test_the_front_is_what_no_point_outdoes():
    rng = np.random.default_rng(0)
    for _ in range(20):
        costs, gains = rng.integers(0, 6, (2, 30)).astype(float)
        costs[3], gains[5] = np.nan, np.nan
        outdone = [
            any((c <= cost and g >= gain and (c < cost or g > gain)) for c, g in zip(costs, gains))
            or np.isnan(cost + gain)
            for cost, gain in zip(costs, gains)
        ]
        np.testing.assert_array_equal(pareto_front(costs, gains), ~np.array(outdone))


def test_work_is_counted_by_hand():
    """Of 2-3-2: forward, and for the gradients of the weights, 3 * 3 + 2 * 4 each; back to the hidden layer 3 * 2."""
    experiment = Experiment(DatasetSpec("moons", samples=20), hidden=(3,), epochs=7)
    samples = experiment.dataset.size.training_samples
    assert multiply_adds(experiment) == (2 * (9 + 8) + 6) * samples * 7
    assert multiply_adds(Experiment(DatasetSpec("moons", samples=20), hidden=(), epochs=7)) == 2 * 6 * samples * 7


def test_epochs_until_a_network_is_near_its_final_accuracy():
    epochs = np.array([1, 2, 4, 8])
    curves = np.array([[0.5, 0.885, 0.895, 0.9], [0.5, 0.5, 0.5, 0.5], [0.5, 0.6, 0.7, 0.9], [0.95, 0.6, 0.7, 0.9]])
    assert epochs_until_near(epochs, curves).tolist() == [4, 1, 8, 1]
    assert np.isnan(epochs_until_near(epochs, np.full((1, 4), np.nan))).all()


def test_a_percentage_point_is_near_whatever_it_is_rounded_to():
    right = np.arange(1, 101)
    assert (epochs_until_near(np.array([1, 2]), np.column_stack([right - 1, right]) / 100) == 1).all()


GRID = Grid(
    {"units": [2, 8], "activation": ["relu", "tanh"], "dataset": ["moons", "iris"]},
    Experiment(DatasetSpec("moons", samples=40), hidden=(2,), epochs=4), seeds=2,
)  # fmt: skip


def test_work_of_a_grid_is_that_of_each_of_its_settings():
    work = work_of(GRID)
    for index in np.ndindex(work.shape):
        assert work[index] == multiply_adds(GRID.experiment(index))


@pytest.mark.parametrize("cost", ["work", "epochs"])
def test_the_front_of_a_grid_is_over_all_datasets_and_whole_seeds(cost):
    results = sweep(GRID, workers=1)
    results.done[0, 0, 0, 1] = False
    found = front_of(results, cost)
    assert found.factors == GRID.factors[:2]
    np.testing.assert_allclose(found.accuracy, results.test_accuracy[..., 0].mean(axis=2))
    costs = work_of(GRID) if cost == "work" else epochs_until_near(results.curve_epochs, results.curve[..., 0, :])
    np.testing.assert_allclose(found.cost, costs.mean(axis=2))
    expected = pareto_front(found.cost.ravel(), found.accuracy.ravel())
    np.testing.assert_array_equal(found.on_front.ravel(), expected)
    assert (found.basis.seeds, found.basis.finished, found.basis.planned) == (1, 15, 16)
    results.done[0, 0, 0] = False
    assert front_of(results, cost) is None


def test_what_was_never_finite_has_no_cost_until_it_is_near_its_accuracy():
    results = sweep(Grid({"activation": ["relu", "=log(x)"]}, GRID.base, seeds=2), workers=1)
    found = front_of(results, "epochs")
    assert np.isfinite(found.cost).tolist() == [True, False]
    assert found.on_front.tolist() == [True, False]


def test_settings_that_are_equal_but_for_rounding_do_not_outdo_each_other():
    accuracies = np.array([[0.3, 0.2, 0.1], [0.1, 0.2, 0.3], [0.9, 0.9, 0.9]])
    assert accuracies[0].mean() < accuracies[1].mean(), "by rounding"
    results = Results(Grid({"units": [2, 3, 8]}, GRID.base, seeds=3))
    results.test_accuracy[...], results.done[...] = accuracies, True
    assert front_of(results).on_front.tolist() == [True, False, True]
