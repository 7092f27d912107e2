import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest

from core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, DatasetSpec, Experiment, Run, Training, load, train
from core.nn.mean_field import gain
from core.train.epochs import recorded_epochs
from core.train.recorder import Recorder
from tests.reference.cases import TRAININGS, starting_point
from tests.reference.recorded import RECORD

MOONS = DatasetSpec("moons", samples=100, seed=1)
FIGURES = (
    "train_loss", "test_loss", "train_accuracy", "test_accuracy", "dead_units", "saturated_units", "activation_mean",
    "activation_std", "gradient_norm", "flat_parameters",
)  # fmt: skip


def assert_same(one, other, rows=slice(None), **tolerance) -> None:
    for name in FIGURES:
        np.testing.assert_allclose(getattr(one, name)[rows], getattr(other, name), err_msg=name, **tolerance)


@pytest.mark.parametrize("name", TRAININGS)
def test_whole_training_is_pytorchs(name, torch_numbers):
    experiment = TRAININGS[name]
    X, y, layers = starting_point(experiment)
    start = np.concatenate([X.ravel(), y, *(p.ravel() for layer in layers for p in layer)])
    np.testing.assert_allclose(
        start, torch_numbers[f"training/{name}/start"], rtol=1e-12,
        err_msg=f"the data or the initial weights have changed: {RECORD}",
    )  # fmt: skip
    training = Training(experiment)
    for epoch, loss in enumerate(torch_numbers[f"training/{name}/losses"]):
        assert training.history().train_loss[0, -1] == pytest.approx(loss, rel=1e-8), f"epoch {epoch}"
        if epoch < experiment.epochs:
            training.advance()
    end = np.concatenate([p.ravel() for layer in training.history().parameters(0) for p in layer])
    np.testing.assert_allclose(end, torch_numbers[f"training/{name}/end"], rtol=1e-8, atol=1e-9)


def mixed_runs() -> tuple[Run, ...]:
    optimizers, initializers = list(OPTIMIZERS), [name for name in INITIALIZERS if name != "zeros"]
    singles = [
        Run(
            name,
            optimizers[i % len(optimizers)],
            None if i % 3 else 0.02,
            initializers[i % len(initializers)],
            seed=i % 4,
        )
        for i, name in enumerate(ACTIVATIONS)
    ]
    return (
        *singles,
        Run(("relu", "tanh"), "sgd", l1=0.01), Run(("tanh", "relu"), "sgd", l2=0.1), Run(("relu", "sin"), bias=0.3),
        Run("relu", initializer="zeros"),
    )  # fmt: skip


def test_run_i_of_a_mixed_stack_is_run_i_alone():
    stack = Experiment(MOONS, mixed_runs(), hidden=(6, 5), epochs=12, batch_size=16, dtype="float64")
    together = train(stack)
    for i, run in enumerate(stack.runs):
        alone = train(Experiment(MOONS, (run,), stack.hidden, stack.epochs, stack.batch_size, dtype="float64"))
        assert_same(together, alone, rows=slice(i, i + 1), rtol=1e-7, atol=1e-9)


def test_a_neighbour_that_blows_up_changes_nothing_for_the_others():
    calm = (Run("relu", "sgd"), Run("tanh"))
    wild = (Run("identity", "sgd", learning_rate=1e6), Run("relu_squared", "sgd", learning_rate=1e6))
    alone = train(Experiment(MOONS, calm, epochs=20, dtype="float64"))
    together = train(Experiment(MOONS, (wild[0], calm[0], wild[1], calm[1]), epochs=20, dtype="float64"))
    assert_same(together, alone, rows=[1, 3], rtol=1e-7, atol=1e-9)
    assert together.diverged_at[1] == together.diverged_at[3] == -1
    assert together.diverged_at[2] > 0


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_run_that_blows_up_stands_still_at_its_last_finite_state(dtype):
    history = train(Experiment(MOONS, (Run("relu_squared", "sgd", learning_rate=1e6),), epochs=20, dtype=dtype))
    epoch = history.diverged_at[0]
    assert 0 < epoch <= 20
    for name in ("train_loss", "test_loss", "flat_parameters"):
        assert np.isfinite(getattr(history, name)).all(), name
    at = list(history.epochs).index(epoch)
    np.testing.assert_array_equal(history.flat_parameters[0, at], history.flat_parameters[0, -1])
    np.testing.assert_array_equal(history.train_loss[0, at:], history.train_loss[0, at])


def test_a_loss_that_overflows_with_finite_parameters_has_diverged_too():
    """Weights grow until the logits overflow, while every weight is still a float32."""
    steep = Run("identity", "sgd", learning_rate=1e8, bias=1000.0)
    for run in (steep, Run("identity", "sgd", l2=1000.0, learning_rate=1e3)):
        history = train(Experiment(MOONS, (run,), hidden=(64,) * 6, epochs=8, batch_size=60))
        assert history.diverged_at[0] >= 0
        assert np.isfinite(history.train_loss).all()
        assert np.isfinite(history.test_loss).all()


@pytest.mark.parametrize("epochs", [16, 17, 18, 19])
def test_a_loss_that_overflows_is_noticed_at_any_last_epoch(epochs):
    """17 and 19 are recorded only because they are the last."""
    wild = Run("leaky_relu", "momentum", 1.0)
    history = train(Experiment(MOONS, (wild, Run("tanh")), hidden=(16,) * 6, epochs=epochs, batch_size=5000))
    assert np.isfinite(history.train_loss).all()
    assert np.isfinite(history.test_loss).all()
    assert history.diverged_at[1] == -1


def test_a_loss_that_was_not_finite_at_the_epochs_start_goes_back_to_what_was_recorded():
    """Weights are put into the network as training could have left them: finite, with a loss that is not."""
    training = Training(Experiment(MOONS, (Run("identity"), Run("tanh")), hidden=(4, 4), epochs=20))
    training.advance(16)
    recorded = training.history().flat_parameters[:, -1]
    parameters = training.stack.network.parameters
    parameters[0] = 1e30
    training.advance()  # 17 is not recorded; the gradient is no number
    history = training.history()
    assert history.diverged_at.tolist() == [17, -1]
    np.testing.assert_array_equal(history.flat_parameters[0, -1], recorded[0])
    assert history.train_loss[0, -1] == history.train_loss[0, -2]
    assert (parameters[0] == np.float32(1e30)).all(), "looking changes nothing"


def test_initial_weights_that_are_too_much_already_diverge_in_epoch_0():
    calm = Run("tanh")
    alone = train(Experiment(MOONS, (calm,), hidden=(8,) * 8, epochs=5))
    history = train(Experiment(MOONS, (Run("relu_squared", bias=1000.0), calm), hidden=(8,) * 8, epochs=5))
    assert history.diverged_at.tolist() == [0, -1]
    assert_same(history, alone, rows=[1], rtol=1e-5, atol=1e-6)


def test_a_copy_trains_apart():
    training = Training(Experiment(MOONS, (Run(),), epochs=5))
    other = copy.deepcopy(training)
    other.advance(3)
    assert training.history().epochs.tolist() == [0]
    training.advance(3)
    np.testing.assert_array_equal(training.history().train_loss, other.history().train_loss)


def test_the_same_experiment_gives_the_same_bits():
    experiment = Experiment(MOONS, (Run("gelu"), Run("relu", "sgd")), epochs=10)
    one, other = train(experiment), train(experiment)
    for name in FIGURES:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_going_in_parts_with_a_pickle_between_is_going_at_once(optimizer):
    runs = (Run("relu", optimizer), Run("tanh", optimizer, l2=0.01), Run("relu_squared", optimizer, 1e6))
    experiment = Experiment(MOONS, runs, epochs=23)
    training = Training(experiment)
    training.advance(7)
    training.history()  # a look in between changes nothing
    training = pickle.loads(pickle.dumps(training))
    training.advance(10)
    assert training.epoch == training.history().epochs[-1] == 17
    training.advance(6)
    at_once = train(experiment)
    np.testing.assert_array_equal(training.history().epochs, at_once.epochs)
    np.testing.assert_array_equal(training.history().diverged_at, at_once.diverged_at)
    for name in FIGURES:
        np.testing.assert_array_equal(getattr(training.history(), name), getattr(at_once, name), err_msg=name)


@pytest.mark.parametrize("epochs", [0, 8, 17])
def test_a_training_that_is_extended_goes_on_as_the_longer_one(epochs):
    """17 is recorded only because it is the last."""
    runs = (Run("relu"), Run("tanh", "sgd"), Run("relu_squared", "sgd", 1e6))
    shorter, longer = (Experiment(MOONS, runs, epochs=number) for number in (epochs, 30))
    training = Training(shorter)
    training.advance(epochs)
    assert training.history().experiment == shorter
    training.extend(30)
    training = pickle.loads(pickle.dumps(training))
    training.advance(30 - epochs)
    at_once = train(longer)
    assert training.history().experiment == longer
    np.testing.assert_array_equal(training.history().epochs, at_once.epochs)
    np.testing.assert_array_equal(training.history().diverged_at, at_once.diverged_at)
    assert_same(training.history(), at_once, rtol=0)


def test_a_training_cannot_be_extended_beyond_the_limits():
    experiment = Experiment(DatasetSpec("moons", samples=5000), batch_size=1, epochs=1)
    training = Training(experiment)
    for epochs, message in ((2001, "epochs is 2001, and must be a whole number"), (2000, "the limit is 60 s")):
        with pytest.raises(ValueError, match=message):
            training.extend(epochs)
        assert training.experiment == experiment


def test_coming_out_of_a_pickle_measures_nothing_again(monkeypatch):
    """A server unpickles a training for every half second of it."""
    training = Training(Experiment(MOONS, (Run("relu"), Run("relu_squared", "sgd", 1e6)), epochs=20))
    training.advance(8)
    expected, pickled = training.history(), pickle.dumps(training)
    monkeypatch.setattr(Recorder, "measure", lambda self: pytest.fail("measured"))
    history = pickle.loads(pickled).history()
    np.testing.assert_array_equal(history.diverged_at, expected.diverged_at)
    assert_same(history, expected, rtol=0)


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


def test_a_longer_training_begins_like_a_shorter_one():
    short, long = (train(Experiment(MOONS, (Run(),), epochs=epochs)) for epochs in (19, 60))
    common = np.isin(long.epochs, short.epochs)
    np.testing.assert_array_equal(long.train_loss[:, common], short.train_loss[:, :-1])
    assert short.epochs[-1] == 19


def test_schedule_has_the_first_the_last_and_about_a_hundred():
    for epochs in (0, 1, 16, 17, 60, 200, 1999, 2000):
        recorded = recorded_epochs(epochs)
        assert recorded[0] == 0
        assert recorded[-1] == epochs
        assert len(recorded) <= 100
        assert recorded == sorted(set(recorded))
        np.testing.assert_array_equal(train(Experiment(MOONS, (Run(),), hidden=(), epochs=epochs)).epochs, recorded)


def test_same_seed_starts_from_the_same_draws_and_sees_the_same_batches():
    history = train(Experiment(MOONS, (Run("relu"), Run("leaky_relu"), Run("selu"), Run("relu", seed=1)), epochs=0))
    relu, leaky, selu, other = (history.parameters(i)[0][0] for i in range(4))
    np.testing.assert_array_equal(relu, leaky)
    ratio = np.sqrt(gain("relu").variance / gain("selu").variance)
    np.testing.assert_allclose(relu, selu * ratio, rtol=1e-6)
    assert not np.allclose(relu, other)


@pytest.mark.parametrize(
    "change",
    [{"batch_size": 8}, {"seed": 1}, {"loss": "mse"}, {"hidden": (6,)}, {"dataset": DatasetSpec("moons", 100, seed=2)},
     {"runs": (Run(l1=0.05),)}, {"runs": (Run(l2=0.05),)}, {"runs": (Run(bias=0.5),)}, {"runs": (Run(seed=1),)},
     {"runs": (Run(learning_rate=0.5),)}, {"runs": (Run(initializer="lecun_uniform"),)}],
)  # fmt: skip
def test_every_setting_changes_the_result(change):
    settings = {"dataset": MOONS, "runs": (Run(),), "epochs": 5}
    one, other = train(Experiment(**settings)), train(Experiment(**(settings | change)))
    assert one.test_loss[0, -1] != other.test_loss[0, -1]


def test_penalties_shrink_weights_and_l1_makes_zeros():
    runs = (Run("tanh"), Run("tanh", l2=0.1), Run("tanh", l1=0.05))
    history = train(Experiment(MOONS, runs, epochs=100))
    free, l2, l1 = (np.concatenate([W.ravel() for W, _ in history.parameters(i)]) for i in range(3))
    assert np.square(l2).sum() < 0.2 * np.square(free).sum()
    assert np.mean(np.abs(l1) < 0.01) > 0.5 > np.mean(np.abs(free) < 0.01)


def test_zeros_never_break_the_symmetry():
    history = train(Experiment(MOONS, (Run("sigmoid", initializer="zeros"),), hidden=(4,), epochs=30))
    W, _ = history.parameters(0)[0]
    assert np.abs(W).max() > 0.01
    np.testing.assert_allclose(W, W[:, :1].repeat(4, axis=1), rtol=1e-4)


def test_no_hidden_layer_and_twenty_of_them():
    assert train(Experiment(MOONS, (Run(),), hidden=(), epochs=3)).dead_units.shape == (1, 4, 0)
    history = train(Experiment(MOONS, (Run("tanh"),), hidden=(64,) * 20, epochs=2))
    assert history.gradient_norm.shape == (1, 3, 21)
    assert len(history.parameters(0)) == 21


def test_history_is_read_only():
    history = train(Experiment(MOONS, (Run(),), epochs=1))
    for one in (history, pickle.loads(pickle.dumps(history))):
        with pytest.raises(ValueError, match="read-only"):
            one.train_loss[0, 0] = 0


LEARNED = [
    (DatasetSpec("moons", noise=0.2), 0.93), (DatasetSpec("circles", noise=0.1), 0.95), (DatasetSpec("xor"), 0.95),
    *[(DatasetSpec(name, view=view), 0.93) for name in ("iris", "wine") for view in ("pca2", "all")],
    (DatasetSpec("breast_cancer", view="pca2"), 0.91),  # a straight line gets 0.93
    (DatasetSpec("breast_cancer", view="all"), 0.93), (DatasetSpec("digits", view="all"), 0.93),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("spec", "least"), LEARNED)
def test_defaults_learn_the_problem(spec, least):
    history = train(Experiment(spec, (Run("relu"), Run("tanh"), Run("gelu"))))
    assert history.test_accuracy[:, -1].min() >= least


def test_a_line_cannot_part_circles():
    history = train(Experiment(DatasetSpec("circles"), (Run("identity"),)))
    assert 0.35 <= history.test_accuracy[0, -1] <= 0.65


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


def test_predict_refuses_another_number_of_features():
    history = train(Experiment(MOONS, (Run(),), epochs=0))
    with pytest.raises(ValueError, match=r"X has shape \(1, 3\)"):
        history.predict([[1, 2, 3]])
    assert history.predict(np.zeros((0, 2))).shape == (1, 0, 2)


def test_full_batch_is_one_step_an_epoch_with_all_training_samples():
    """A batch size of None trains as a minibatch that holds them all, to the bit; and not as a smaller one does."""
    full, *others = (
        train(Experiment(MOONS, mixed_runs(), hidden=(6, 5), epochs=5, batch_size=size)) for size in (None, 5000, 30)
    )
    same = [np.array_equal(full.flat_parameters, other.flat_parameters, equal_nan=True) for other in others]
    assert same == [True, False]
