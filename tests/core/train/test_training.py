"""Whole trainings: PyTorch's numbers, runs by themselves and in a stack, what every setting does."""

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, Training, train
from core.nn.mean_field import gain
from core.train.training import training_of
from tests.core.train.comparing import FIGURES, MOONS, assert_same, mixed_runs
from tests.reference.cases import TRAININGS, starting_point
from tests.reference.recorded import RECORD


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


def test_run_i_of_a_mixed_stack_is_run_i_alone():
    stack = Experiment(MOONS, mixed_runs(), hidden=(6, 5), epochs=12, batch_size=16, dtype="float64")
    together = train(stack)
    for i, run in enumerate(stack.runs):
        alone = train(Experiment(MOONS, (run,), stack.hidden, stack.epochs, stack.batch_size, dtype="float64"))
        assert_same(together, alone, rows=slice(i, i + 1), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("begin", [train, Training, training_of])
def test_only_an_experiment_can_be_trained(begin):
    with pytest.raises(ValueError, match=r"^experiment is Run\(.*\), and must be of type Experiment$"):
        begin(Run())


def test_the_same_experiment_gives_the_same_bits():
    experiment = Experiment(MOONS, (Run("gelu"), Run("relu", "sgd")), epochs=10)
    one, other = train(experiment), train(experiment)
    for name in FIGURES:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


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


def test_full_batch_is_one_step_an_epoch_with_all_training_samples():
    """A batch size of None trains as a minibatch that holds them all, to the bit; and not as a smaller one does."""
    full, *others = (
        train(Experiment(MOONS, mixed_runs(), hidden=(6, 5), epochs=5, batch_size=size)) for size in (None, 5000, 30)
    )
    same = [np.array_equal(full.flat_parameters, other.flat_parameters, equal_nan=True) for other in others]
    assert same == [True, False]
