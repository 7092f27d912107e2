import pickle
from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, train
from core.lessons.dead_relu_map import Sweep, ends, swept

MOONS = DatasetSpec("moons", samples=100)
RATES, BIASES = (0.01, 0.3, 3.0), (0.0, -2.0)
RUNS = (Run("relu", initializer="he_normal", seed=4), Run("elu", "sgd", initializer="he_normal", seed=4))
EXPERIMENT = Experiment(MOONS, RUNS, hidden=(8, 6), epochs=10)


def sweep(rates: tuple[float, ...], biases: tuple[float, ...]) -> Sweep:
    return ends(train(swept(EXPERIMENT, rates, biases)), rates, biases)


def test_every_cell_is_the_network_trained_with_that_rate_and_bias():
    """In a stack of the same order: alone, it would round otherwise, and with large steps end elsewhere."""
    found = sweep(RATES, BIASES)
    assert (found.learning_rates, found.biases) == (RATES, BIASES)
    cells = [
        (i, j, k, replace(run, learning_rate=rate, bias=bias))
        for i, run in enumerate(RUNS)
        for j, rate in enumerate(RATES)
        for k, bias in enumerate(BIASES)
    ]
    stack = train(Experiment(MOONS, tuple(run for *_, run in cells), hidden=(8, 6), epochs=10))
    for place, (i, j, k, _) in enumerate(cells):
        assert found.dead_units[i, j, k] == stack.dead_units[place, -1].sum()
        assert found.saturated_units[i, j, k] == stack.saturated_units[place, -1].sum()
        assert found.test_accuracy[i, j, k] == stack.test_accuracy[place, -1]
        assert found.diverged[i, j, k] == (stack.diverged_at[place] >= 0)


def test_some_of_these_die_and_some_diverge_and_some_do_neither():
    """Or the test above would have little to tell apart."""
    found = sweep(RATES, BIASES)
    assert 0 < (found.dead_units > 0).sum() < found.dead_units.size
    assert 0 < found.diverged.sum() < found.diverged.size


def test_no_array_can_be_changed():
    found = sweep((0.1,), (0.0,))
    for one in (found, pickle.loads(pickle.dumps(found))):
        for array in (one.dead_units, one.saturated_units, one.test_accuracy, one.diverged):
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0


def test_more_networks_than_are_allowed_are_refused():
    with pytest.raises(ValueError, match="the number of runs is 302"):
        swept(EXPERIMENT, tuple(np.linspace(0.01, 1, 151)), (0.0,))
