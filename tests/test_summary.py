from dataclasses import replace

import numpy as np

from core import DatasetSpec, Experiment, Run, final_figures, train
from core.summary import network_names, stands_still


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


def test_a_layer_stands_still_if_no_gradient_reaches_it_but_not_at_a_minimum():
    deep = Experiment(DatasetSpec("moons"), (Run("sigmoid"), Run("selu")), hidden=(8,) * 16, epochs=20)
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


def test_networks_with_the_same_activation_are_told_apart_by_what_differs():
    runs = (Run("relu"), Run("relu", "sgd"), Run("tanh", seed=1), Run(("tanh", "relu")), Run("relu"))
    names = network_names(Experiment(runs=runs))
    assert names == ["relu (adam, rate 0.01, seed 0) #1", "relu (sgd, rate 0.3, seed 0)", "tanh", "tanh, relu",
                     "relu (adam, rate 0.01, seed 0) #2"]  # fmt: skip


def test_figures_of_another_epoch():
    history = train(Experiment(DatasetSpec("moons"), (Run("relu"),), epochs=5))
    assert final_figures(history, 0).test_accuracy[0] == history.test_accuracy[0, 0]


def test_a_layer_of_dead_units_or_of_zeros_stands_still():
    zeros = tuple(Run(name, initializer="zeros") for name in ("tanh", "sigmoid"))
    runs = (Run("relu", bias=-100.0), Run("step"), *zeros, Run("tanh"))
    history = train(Experiment(DatasetSpec("moons"), runs, hidden=(8,), epochs=5))
    # tanh(0) = 0 gives the output layer nothing to learn from, and so nothing to send back; sigmoid(0) = 1/2 does
    assert stands_still(history).tolist() == [True, True, True, False, False]
