import numpy as np

from core import DatasetSpec, Experiment, Run, final_figures, train


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
