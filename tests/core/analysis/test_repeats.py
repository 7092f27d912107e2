from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, final_figures, train
from core.analysis.repeats import mean_figures, one_of_each, runs_by_setting, setting_names
from core.analysis.summary import network_names
from tests.core.train.comparing import assert_same

MOONS = DatasetSpec("moons", samples=100, seed=1)
TWO = (Run("relu"), Run("tanh", "sgd"))


def with_seeds(settings: tuple[Run, ...], seeds: int) -> tuple[Run, ...]:
    """Seed by seed, so that no two runs of a setting are neighbours."""
    return tuple(replace(run, seed=seed) for seed in range(seeds) for run in settings)


def test_runs_of_one_setting_are_found_wherever_they_stand():
    runs = (Run("relu"), Run("tanh"), Run("relu", seed=3), Run("relu", "sgd"), Run("tanh", seed=1), Run("relu", seed=1))
    assert runs_by_setting(Experiment(runs=runs)) == [[0, 2, 5], [1, 4], [3]]
    assert runs_by_setting(Experiment()) == [[0]]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_repeat_in_a_stack_is_that_run_alone_to_rounding(dtype):
    experiment = Experiment(MOONS, with_seeds(TWO, 3), hidden=(6, 5), epochs=12, dtype=dtype)
    together = train(experiment)
    tolerance = {"rtol": 1e-3, "atol": 1e-4} if dtype == "float32" else {"rtol": 1e-9, "atol": 1e-11}
    for i, run in enumerate(experiment.runs):
        assert_same(together, train(replace(experiment, runs=(run,))), rows=slice(i, i + 1), **tolerance)


def test_mean_figures_are_those_worked_by_hand():
    history = train(Experiment(MOONS, with_seeds(TWO, 3), hidden=(4, 4), epochs=2))
    # The best accuracy of all is 1, so 0.9 is to be reached: in epochs 2, 1 and 0; never, never and in epoch 1.
    relu = [[0.5, 0.5, 0.9], [0.5, 0.95, 0.8], [1.0, 1.0, 1.0]]
    tanh = [[0.5, 0.5, 0.5], [0.5, 0.6, 0.5], [0.5, 0.9, 0.8]]
    dead = np.zeros((6, 3, 2), int)
    dead[0, -1], dead[4, -1], dead[1, -1] = (1, 2), (3, 0), (0, 1)
    dead[:, 0] = 4  # what was before the last epoch does not count
    norms = np.ones((6, 3, 3))
    norms[[0, 2, 4], -1, 0], norms[[1, 3, 5], -1, 2] = (1, 2, 3), (0, 0, 6)
    history = replace(
        history,
        test_accuracy=np.array([row for pair in zip(relu, tanh) for row in pair]),
        test_loss=np.repeat([[1.0], [4.0], [2.0], [4.0], [6.0], [4.0]], 3, axis=1),
        dead_units=dead,
        gradient_norm=norms,
        diverged_at=np.array([-1, -1, 2, -1, 1, -1]),
    )
    table = mean_figures(history)
    assert table.network.tolist() == ["relu", "tanh"]
    assert table.seeds.tolist() == [3, 3]
    expected = {
        "test_accuracy": [0.9, 0.6],
        "test_accuracy_least": [0.8, 0.5],
        "test_accuracy_greatest": [1.0, 0.8],
        "test_accuracy_deviation": [0.1, 0.03**0.5],  # (0 + 0.01 + 0.01) / 2 and (0.01 + 0.01 + 0.04) / 2
        "test_loss": [3, 4],
        "epochs_to_90": [1, np.nan],
        "dead_units": [2, 1 / 3],
        "gradient_norm_first": [2, 1],
        "gradient_norm_output": [1, 2],
        "diverged": [2, 0],
        "diverged_at": [1, np.nan],
    }
    for name, values in expected.items():
        np.testing.assert_allclose(table[name], values, err_msg=name)


def test_every_figure_of_a_training_is_the_mean_of_its_repeats():
    settings = tuple(replace(run, initializer="he_normal") for run in TWO)  # so that seeds differ in what they reach
    history = train(Experiment(MOONS, with_seeds(settings, 4), hidden=(8,), epochs=10))
    table, single = mean_figures(history), final_figures(history)
    for row, runs in enumerate(runs_by_setting(history.experiment)):
        for name in single.columns.drop(["network", "diverged_at"]):
            mean = np.mean(single[name].to_numpy()[runs])
            assert table[name][row] == pytest.approx(mean, nan_ok=True), name
        accuracies = history.test_accuracy[runs, -1]
        assert table.test_accuracy_deviation[row] == pytest.approx(np.std(accuracies, ddof=1))
        assert table.test_accuracy_least[row] == accuracies.min() < accuracies.max()
        assert table.test_accuracy_greatest[row] == accuracies.max()


def test_without_repeats_mean_figures_are_the_final_figures():
    history = train(Experiment(MOONS, (*TWO, Run("relu_squared", "sgd", 1e6)), epochs=5))
    table, single = mean_figures(history), final_figures(history)
    for name in single:
        np.testing.assert_array_equal(table[name], single[name], err_msg=name)
    assert table.test_accuracy_deviation.isna().all()
    np.testing.assert_array_equal(table.test_accuracy_least, table.test_accuracy_greatest)
    assert table.diverged.tolist() == [0, 0, 1]


def test_repeats_that_blow_up_are_counted_and_the_first_is_told():
    wild = Run("relu_squared", "momentum", 0.3, "he_normal")
    history = train(Experiment(MOONS, with_seeds((wild, Run("tanh")), 6), epochs=30))
    table, when = mean_figures(history), history.diverged_at[::2]
    assert len(set(when[when >= 0])) > 1, "the seeds diverge in several epochs, or the test shows nothing"
    assert table.diverged.tolist() == [(when >= 0).sum(), 0]
    assert table.diverged_at[0] == min(when[when >= 0])
    assert np.isnan(table.diverged_at[1])
    assert np.isfinite(table.test_loss).all(), "they stand still at a finite state"


def test_a_network_that_was_never_finite_has_no_loss_in_the_mean():
    runs = with_seeds((Run("relu_squared", bias=1000.0), Run("tanh")), 2)
    history = train(Experiment(MOONS, runs, hidden=(8,) * 8, epochs=3))
    assert not np.isfinite(history.test_loss[0, -1])
    mixed = replace(history, test_loss=np.array([[np.nan], [1.0], [3.0], [2.0]]).repeat(len(history.epochs), axis=1))
    assert mean_figures(mixed).test_loss.tolist() == [3.0, 1.5]
    table = mean_figures(history)
    assert not np.isfinite(table.test_loss[0])
    assert table.diverged_at[0] == 0
    assert table.diverged.tolist() == [2, 0]


def test_one_of_each_takes_that_repeat_or_the_last_there_is():
    runs = (Run("relu"), Run("tanh", seed=5), Run("relu", seed=1), Run("tanh", seed=7), Run("relu", seed=2))
    history = train(Experiment(MOONS, runs, epochs=3))
    for repeat, places in ((0, [0, 1]), (1, [2, 3]), (2, [4, 3]), (9, [4, 3])):
        shown = one_of_each(history, repeat)
        assert shown.experiment.runs == tuple(runs[place] for place in places)
        assert_same(shown, history.select(places), rtol=0)
        np.testing.assert_array_equal(shown.train_loss, history.train_loss[places])
    assert one_of_each(history).experiment == one_of_each(history, 0).experiment


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (TWO, ["relu", "tanh"]),
        ((Run("relu"),), ["relu"]),
        ((Run("relu", l2=0.1), Run("relu")), ["l2 0.1", "l2 0"]),
        ((Run(("tanh", "relu")), Run("relu"), Run("relu", bias=1.0)), ["tanh, relu", "relu (bias 0)", "relu (bias 1)"]),
    ],
)
def test_settings_are_called_as_networks_of_one_seed(settings, names):
    assert setting_names(Experiment(runs=with_seeds(settings, 3))) == names
    assert network_names(Experiment(runs=settings)) == names


def test_seeds_are_not_in_the_name_even_if_no_two_settings_share_one():
    runs = (Run("relu", "adam", 0.1, seed=4), Run("relu", "sgd", 0.1, seed=5), Run("relu", "sgd", 0.1, seed=6))
    assert setting_names(Experiment(runs=runs)) == ["adam", "sgd"]
