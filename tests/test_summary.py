import numpy as np

from core import DatasetSpec, Experiment, Run, final_figures, train
from core.summary import stands_still


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


def test_a_layer_of_dead_units_or_of_zeros_stands_still():
    zeros = tuple(Run(name, initializer="zeros") for name in ("tanh", "sigmoid"))
    runs = (Run("relu", bias=-100.0), Run("step"), *zeros, Run("tanh"))
    history = train(Experiment(DatasetSpec("moons"), runs, hidden=(8,), epochs=5))
    # tanh(0) = 0 gives the output layer nothing to learn from, and so nothing to send back; sigmoid(0) = 1/2 does
    assert stands_still(history).tolist() == [True, True, True, False, False]
