import gc
import weakref
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, Table, final_figures, load, train
from core.analysis.repeats import mean_figures
from core.analysis.summary import chance_level, chance_levels, network_names, stands_still


def test_figures_are_the_last_of_the_history():
    history = train(Experiment(DatasetSpec("moons"), (Run("relu"), Run(("tanh", "gelu"))), epochs=20))
    table = final_figures(history)
    assert list(table.network) == ["relu", "tanh, gelu"]
    np.testing.assert_array_equal(table.test_accuracy, history.test_accuracy[:, -1])
    np.testing.assert_array_equal(table.gradient_norm_output, history.gradient_norm[:, -1, 2])
    np.testing.assert_array_equal(table.dead_units, history.dead_units[:, -1].sum(axis=1))
    assert table.diverged_at.isna().all()


def test_epochs_to_90_is_the_first_that_comes_near_the_best_of_all():
    """A line never comes near what relu reaches on circles."""
    history = train(Experiment(DatasetSpec("circles"), (Run("relu"), Run("identity")), epochs=40))
    table = final_figures(history)
    assert np.isnan(table.epochs_to_90[1])
    at = list(history.epochs).index(table.epochs_to_90[0])
    best = history.test_accuracy.max()
    assert history.test_accuracy[0, at] >= 0.9 * best
    assert (history.test_accuracy[0, :at] < 0.9 * best).all()


@pytest.mark.slow
def test_a_layer_stands_still_if_no_gradient_reaches_it_but_not_at_a_minimum():
    small = Run("sigmoid", initializer="xavier_normal")  # "auto" is five times as large, so that gradients do pass
    deep = Experiment(DatasetSpec("moons"), (small, Run("selu")), hidden=(8,) * 16, epochs=20)
    assert stands_still(train(deep)).tolist() == [True, False]
    easy = Experiment(DatasetSpec("blobs", classes=2, noise=0.1), (Run("relu", learning_rate=0.1),), epochs=2000)
    history = train(easy)
    assert history.gradient_norm[0, -1, 0] < 1e-6
    assert not stands_still(history)[0]


def test_no_loss_or_small_gradients_everywhere_are_no_standstill():
    history = train(Experiment(DatasetSpec("moons"), (Run("step"),), hidden=(8, 8), epochs=3))
    assert stands_still(history)[0]
    done = replace(history, train_loss=np.full_like(history.train_loss, 1e-4))
    assert not stands_still(done)[0]
    small = replace(history, gradient_norm=np.full_like(history.gradient_norm, 1e-8))
    assert not stands_still(small)[0]


@pytest.mark.parametrize(
    ("runs", "names"),
    [
        ((Run("relu"),), ["relu"]),
        ((Run("relu"), Run(("tanh", "relu"))), ["relu", "tanh, relu"]),
        # activations tell them apart: what else differs is not said
        ((Run("relu"), Run("tanh", "sgd", 0.1, seed=1), Run("gelu", l2=0.1)), ["relu", "tanh", "gelu"]),
        # all have the same one: it is not said
        ((Run("relu", "adam"), Run("relu", "adamw")), ["adam", "adamw"]),
        # a rate that is the optimizer's own is not said, unless another run has one that is not
        ((Run("relu"), Run("relu", "sgd")), ["adam", "sgd"]),
        ((Run("relu"), Run("relu", "sgd", 0.1)), ["adam, rate 0.01", "sgd, rate 0.1"]),
        ((Run("relu", "adam", 0.1), Run("relu", "sgd", 0.1)), ["adam", "sgd"]),
        ((Run("relu"), Run("relu", learning_rate=0.01)), ["relu #1", "relu #2"]),
        ((Run("relu", learning_rate=0.1, seed=2), Run("relu", seed=3)), ["rate 0.1, seed 2", "rate 0.01, seed 3"]),
        ((Run(("tanh", "relu"), l1=1e-4), Run(("tanh", "relu"))), ["l1 0.0001", "l1 0"]),
        ((Run(initializer="zeros"), Run(bias=-1.0)), ["zeros, bias 0", "auto, bias -1"]),
        # both differ: the rest is said where the activation does not tell
        (
            (Run("relu"), Run("relu", "sgd"), Run("tanh", seed=1), Run(("tanh", "relu"))),
            ["relu (adam, seed 0)", "relu (sgd, seed 0)", "tanh", "tanh, relu"],
        ),
        # nothing tells
        ((Run("relu"), Run("relu")), ["relu #1", "relu #2"]),
        ((Run("relu"), Run("tanh"), Run("relu")), ["relu #1", "tanh", "relu #2"]),
        ((Run(seed=1), Run(), Run(seed=1)), ["seed 1 #1", "seed 0", "seed 1 #2"]),
        # six digits are shown
        ((Run(l2=0.1), Run(l2=0.1 + 1e-9), Run(l2=0.2)), ["l2 0.1 #1", "l2 0.1 #2", "l2 0.2"]),
    ],
)
def test_networks_are_called_by_what_differs_between_them(runs, names):
    assert network_names(Experiment(runs=runs)) == names


def test_no_two_networks_are_called_alike():
    settings = product(("relu", ("relu", "relu")), ("adam", "sgd"), (0.1, 0.1 + 1e-9, None), (0, 1), (0.0, 0.5))
    runs = [Run(name, optimizer, rate, seed=seed, bias=bias) for name, optimizer, rate, seed, bias in settings]
    for some in (runs, runs[:24], runs[::2], runs + runs[:16]):
        assert len(set(network_names(Experiment(runs=tuple(some))))) == len(some)


def test_figures_of_another_epoch():
    history = train(Experiment(DatasetSpec("moons"), (Run("relu"),), epochs=5))
    assert final_figures(history, 0).test_accuracy[0] == history.test_accuracy[0, 0]


def test_a_layer_of_dead_units_or_of_zeros_stands_still():
    zeros = tuple(Run(name, initializer="zeros") for name in ("tanh", "sigmoid"))
    runs = (Run("relu", bias=-100.0), Run("step"), *zeros, Run("tanh"))
    history = train(Experiment(DatasetSpec("moons"), runs, hidden=(8,), epochs=5))
    # tanh(0) = 0 gives the output layer nothing to learn from, and so nothing to send back; sigmoid(0) = 1/2 does
    assert stands_still(history).tolist() == [True, True, True, False, False]


def test_a_network_without_a_finite_state_has_no_dead_units():
    """Its sums are infinite or NaN, and a slope of NaN is neither 0 nor small.  A mean is of the others."""
    runs = (Run("relu_squared", bias=1000.0), Run("relu"), Run("relu", seed=1))
    history = train(Experiment(DatasetSpec("moons", samples=50), runs, hidden=(4,) * 8, epochs=1))
    history = replace(history, dead_units=np.ones_like(history.dead_units))
    assert history.diverged_at.tolist() == [0, -1, -1]
    figures = final_figures(history)
    assert figures.dead_units.isna().tolist() == figures.saturated_units.isna().tolist() == [True, False, False]
    assert figures.dead_units[1] == 8
    of_one = replace(history, experiment=replace(history.experiment, runs=tuple(Run(seed=k) for k in range(3))))
    assert mean_figures(of_one).dead_units.tolist() == [8]


def test_chance_levels_keep_nobodys_own_data():
    points = tuple((float(k),) for k in range(20))
    table = Table(("x",), ("no", "yes"), points, tuple(k % 2 for k in range(20)))
    experiment = Experiment(DatasetSpec("own", table=table), epochs=0)
    assert chance_levels(experiment) == {0: chance_level(experiment)}
    load.cache_clear()
    kept = weakref.ref(table)
    del table, experiment
    gc.collect()
    assert kept() is None
