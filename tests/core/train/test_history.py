"""What a history gives: its figures, predictions, tables, and some of its runs."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from core import OPTIMIZERS, Branch, DatasetSpec, Experiment, Run, load, train
from tests.core.train.comparing import MOONS, assert_same, mixed_runs


def test_figures_are_those_of_the_recorded_parameters():
    """Accuracy and loss again, from `predict`, by scikit-learn."""
    from sklearn.metrics import accuracy_score, log_loss

    experiment = Experiment(DatasetSpec("spiral", classes=3), (Run("relu"), Run("tanh")), epochs=20)
    history, data = train(experiment), load(experiment.dataset)
    for index in (0, 5, -1):
        for X, y, loss, accuracy in (
            (data.X_train, data.y_train, history.train_loss, history.train_accuracy),
            (data.X_test, data.y_test, history.test_loss, history.test_accuracy),
        ):
            for run, probabilities in enumerate(history.predict(X, index)):
                assert accuracy[run, index] == pytest.approx(accuracy_score(y, probabilities.argmax(axis=1)))
                assert loss[run, index] == pytest.approx(log_loss(y, _normalised(probabilities)), rel=1e-4)


def _normalised(probabilities: np.ndarray) -> np.ndarray:
    """scikit-learn warns of float32's rounding."""
    exact = probabilities.astype(float)
    return exact / exact.sum(axis=1, keepdims=True)


def test_predict_refuses_another_number_of_features():
    history = train(Experiment(MOONS, (Run(),), epochs=0))
    with pytest.raises(ValueError, match=r"X has shape \(1, 3\)"):
        history.predict([[1, 2, 3]])
    assert history.predict(np.zeros((0, 2))).shape == (1, 0, 2)


def test_frames_hold_the_figures_tidily():
    experiment = Experiment(MOONS, (Run("relu"), Run(("tanh", "gelu"), "sgd", seed=2)), epochs=4)
    history = train(experiment)
    frame, layers = history.to_frame(), history.layer_frame()
    assert len(frame) == 2 * len(history.epochs)
    assert len(layers) == 2 * len(history.epochs) * 2
    row = frame[(frame.run == 1) & (frame.epoch == 3)].iloc[0]
    assert row.activation == "tanh, gelu"
    assert row.optimizer == "sgd"
    assert row.seed == 2
    assert row.learning_rate == OPTIMIZERS["sgd"].learning_rate
    assert row.test_loss == history.test_loss[1, 3]
    row = layers[(layers.run == 0) & (layers.epoch == 4) & (layers.layer == 2)].iloc[0]
    assert row.dead_units == history.dead_units[0, 4, 1]
    assert row.gradient_norm == history.gradient_norm[0, 4, 1]
    assert row.units == 16


def test_frames_have_no_counts_of_units_of_a_run_without_a_finite_state():
    runs = (Run("relu_squared", bias=1000.0), Run("tanh"))
    history = train(Experiment(MOONS, runs, hidden=(4,) * 8, epochs=1))
    assert history.diverged_at.tolist() == [0, -1]
    for frame in (history.to_frame(), history.layer_frame()):
        for name in ("dead_units", "saturated_units"):
            assert frame[frame.run == 0][name].isna().all()
        of_tanh = frame[frame.run == 1].dead_units
        assert of_tanh.sum() == history.dead_units[1].sum() and not of_tanh.isna().any()
    first, *_, last = history.to_frame()[["run", "epoch", "dead_units"]].to_csv(index=False).splitlines()[1:]
    assert (first, last) == ("0,0,", f"1,1,{history.dead_units[1, -1].sum()}")


def test_frames_say_what_each_run_branches_to():
    runs = (
        Run("relu"),
        Run("relu", branch=Branch(2, optimizer="sgd")),
        Run("relu", branch=Branch(2, ("tanh", "gelu"), learning_rate=0.5)),
    )
    history = train(Experiment(MOONS, runs, epochs=3))
    for frame in (history.to_frame(), history.layer_frame()):
        of_runs = frame.drop_duplicates("run").set_index("run")
        branches = of_runs[["branch_epoch", "branch_activation", "branch_optimizer", "branch_learning_rate"]]
        assert branches.loc[0].isna().all()
        assert branches.loc[1].to_list() == [2, "relu", "sgd", OPTIMIZERS["sgd"].learning_rate]
        assert branches.loc[2].to_list() == [2, "tanh, gelu", "adam", 0.5]
        assert ",2,relu,sgd," in frame.to_csv()
        assert "branch_epoch" not in history.select([0]).to_frame()


def test_history_is_read_only():
    history = train(Experiment(MOONS, (Run(),), epochs=1))
    for one in (history, pickle.loads(pickle.dumps(history))):
        with pytest.raises(ValueError, match="read-only"):
            one.train_loss[0, 0] = 0


def test_selected_runs_are_as_if_only_they_had_been_trained():
    stack = Experiment(MOONS, mixed_runs(), hidden=(6, 5), epochs=12, batch_size=16, dtype="float64")
    wild = replace(stack, runs=(*stack.runs, Run("identity", "sgd", 1e6)))
    together = train(wild)
    assert together.diverged_at[-1] > 0 > together.diverged_at[0]
    for places in ([3], [len(wild.runs) - 1, 0, 7, 2], np.array([5, 5])):
        alone = train(replace(wild, runs=tuple(wild.runs[place] for place in places)))
        selected = together.select(places)
        assert selected.experiment == alone.experiment
        np.testing.assert_array_equal(selected.epochs, alone.epochs)
        np.testing.assert_array_equal(selected.diverged_at, alone.diverged_at)
        assert_same(selected, alone, rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(selected.predict([[0.5, -0.2]]), alone.predict([[0.5, -0.2]]), rtol=1e-7)


def test_selected_runs_are_read_only_and_there_must_be_one():
    history = train(Experiment(MOONS, (Run(), Run("tanh")), epochs=1))
    with pytest.raises(ValueError, match="read-only"):
        history.select([1]).train_loss[0, 0] = 0
    with pytest.raises(ValueError, match="the number of runs is 0"):
        history.select([])
