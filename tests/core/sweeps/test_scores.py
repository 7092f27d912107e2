from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Grid, Results, Run, load
from core.sweeps.running import figures_of
from core.sweeps.scores import Basis, chances_of, scores_of
from tests.core.sweeps.tables import random_scores

GRID = Grid(
    {"activation": ["relu", "tanh"], "dataset": ["moons", "iris"], "learning_rate": [0.1, 1e6]},
    Experiment(DatasetSpec("moons", samples=40), (Run("relu", "sgd"),), hidden=(3,), epochs=5), seeds=2,
)  # fmt: skip
DATA = (DatasetSpec("moons", samples=40), DatasetSpec("iris"))


@pytest.fixture(scope="module")
def half() -> Results:
    """The results of the first seed, and of the first network only of the second one's first block."""
    results = Results(GRID)
    blocks = GRID.blocks()
    first, second = blocks[: len(blocks) // 2], blocks[len(blocks) // 2]
    for block in first:
        results.put(block, figures_of(block))
    some = replace(second, cells=second.cells[:1])
    results.put(some, figures_of(some))
    return results


def test_scores_are_the_results_with_names_and_gaps(half):
    found = scores_of(half)
    assert found.factors == GRID.factors
    np.testing.assert_array_equal(found.values, half.test_accuracy)
    assert np.isnan(found.values).sum() == 7
    np.testing.assert_array_equal(found.diverged, half.diverged_at >= 0)


def test_each_dataset_has_the_steps_of_its_test_samples_and_a_mean_has_smaller_ones(half):
    found = scores_of(half)
    of_moons, of_iris = (1 / len(load(each).y_test) for each in DATA)
    np.testing.assert_allclose(found.at({"dataset": "moons"}).steps, of_moons)
    np.testing.assert_allclose(found.at({"dataset": "iris"}).steps, of_iris)
    of_both = found.mean_over(["dataset"]).steps  # variances of step^2 / 12, of half of each
    np.testing.assert_allclose(of_both**2 / 12, (of_moons**2 / 12 + of_iris**2 / 12) / 4)
    np.testing.assert_allclose(found.mean_over(["activation", "learning_rate"]).steps[0], of_moons / 2)


def test_what_is_left_out_is_counted(half):
    found = scores_of(half)
    diverged = int((half.diverged_at[..., 0] >= 0).sum())
    assert diverged, "a rate of a million is too much"
    assert found.basis() == Basis(networks=8, seeds=1, diverged=diverged, finished=9, planned=16)
    whole = found.of_whole_seeds()
    np.testing.assert_array_equal(whole.values, half.test_accuracy[..., :1])


def test_a_network_that_never_was_finite_scores_nothing_and_is_not_missing():
    """log(x) has no value below 0, so the network's outputs are NaN from the start."""
    grid = Grid({"activation": ["relu", "=log(x)"]}, Experiment(GRID.base.dataset, epochs=2), seeds=2)
    results = Results(grid)
    block = grid.blocks()[0]
    results.put(block, figures_of(block))
    assert results.diverged_at[:, 0].tolist() == [-1, 0]
    found = scores_of(results)
    assert found.values[0, 0] == results.test_accuracy[0, 0] > 0
    assert found.values[1, 0] == 0
    assert np.isnan(found.values[:, 1]).all()
    assert found.diverged.sum() == 1


def test_factors_are_chosen_averaged_and_put_in_order_by_name():
    table = random_scores()
    at = table.at({"learning_rate": 1.0, "activation": "tanh"})
    assert at.names == ("dataset",)
    np.testing.assert_array_equal(at.values, table.values[1, 2])
    mean = table.mean_over(["learning_rate", "dataset"])
    assert (mean.names, mean.networks) == (("activation",), 8)
    np.testing.assert_allclose(mean.values, table.values.reshape(3, 8, 6).mean(axis=1))
    turned = table.in_order(["dataset", "activation", "learning_rate"])
    assert turned.levels("dataset") == ("moons", "xor")
    np.testing.assert_array_equal(turned.values[1, 2, 3], table.values[2, 3, 1])
    with pytest.raises(ValueError, match="unknown factor 'depth'"):
        table.levels("depth")
    with pytest.raises(ValueError, match="learning_rate 2 is not in the grid"):
        table.at({"learning_rate": 2})


def test_networks_that_diverged_are_counted_when_averaged():
    table = random_scores()
    counts = np.zeros(table.values.shape, int)
    counts[1, :, 0, 2] = 1
    mean = replace(table, diverged=counts).mean_over(["learning_rate"])
    assert mean.diverged[1, 0, 2] == 4
    assert mean.basis().diverged == 4
    assert mean.basis().networks == 3 * 4 * 2 * 6


def test_chance_levels_are_those_of_the_data_that_each_seed_draws():
    moons, iris = chances_of(GRID)
    assert moons.tolist() == [0.5, 0.5]
    levels = []
    for seed in range(2):
        data = load(DatasetSpec("iris", seed=seed))
        levels.append(np.mean(data.y_test == np.bincount(data.y_train).argmax()))
    assert iris == pytest.approx(levels)


def test_each_seed_has_its_own_chance_level():
    grid = Grid({"dataset": ["by_formula"]}, Experiment(DatasetSpec("moons", samples=40)), seeds=3)
    drawn = [load(DatasetSpec("by_formula", samples=40, seed=seed)) for seed in range(3)]
    levels = [np.mean(data.y_test == np.bincount(data.y_train).argmax()) for data in drawn]
    assert len(set(levels)) > 1
    assert chances_of(grid) == pytest.approx(np.array([levels]))
