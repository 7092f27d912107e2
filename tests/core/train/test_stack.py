import pickle
from itertools import pairwise

import numpy as np
import pytest

from core import OPTIMIZERS, DatasetSpec, Experiment, Run, Training, load, train
from core.nn.losses import softmax
from core.train.stack import Stack, Step

MOONS = DatasetSpec("moons", samples=100, seed=1)  # 60 to train on


def steps_of(experiment: Experiment, epochs: int) -> list[tuple[int, int, np.ndarray]]:
    """Epoch, number and inputs (sample, feature) of every step."""
    seen: list[tuple[int, int, np.ndarray]] = []
    Training(experiment).advance(epochs, lambda step: seen.append((step.epoch, step.number, step.batch.inputs[:-1].T)))
    return seen


def test_every_step_is_seen_in_order():
    seen = steps_of(Experiment(MOONS, (Run(),), batch_size=25), 3)
    assert [(epoch, number) for epoch, number, _ in seen] == [(epoch, n) for epoch in (1, 2, 3) for n in (1, 2, 3)]
    assert [len(inputs) for *_, inputs in seen] == [25, 25, 10] * 3


def test_minibatches_come_in_another_order_each_epoch_by_seed_and_epoch_alone():
    experiments = {
        "a": Experiment(MOONS, (Run(),), batch_size=20),
        "b": Experiment(MOONS, (Run("tanh", "sgd", seed=5),), batch_size=20),
        "c": Experiment(MOONS, (Run(),), batch_size=20, seed=1),
    }
    orders = {name: [inputs.tobytes() for *_, inputs in steps_of(each, 2)] for name, each in experiments.items()}
    assert orders["a"] == orders["b"] != orders["c"]
    assert orders["a"][:3] != orders["a"][3:]


def test_an_epoch_sees_every_sample_once():
    rows = np.concatenate([inputs for *_, inputs in steps_of(Experiment(MOONS, (Run(),), dtype="float64"), 1)])
    np.testing.assert_allclose(np.sort(rows, axis=0), np.sort(load(MOONS).X_train, axis=0))


def test_a_step_is_told_with_what_it_started_from_and_what_moved_it():
    """Plain gradient descent without a hidden layer: worked out from the weights before, penalty included."""
    experiment = Experiment(MOONS, (Run((), "sgd", 0.5, l2=0.1),), hidden=(), batch_size=20, dtype="float64")
    steps: list[tuple[np.ndarray, np.ndarray]] = []

    def look(step: Step) -> None:
        weights = step.before.reshape(2, 3)
        surplus = softmax(weights @ step.batch.inputs) - step.batch.targets  # (class, sample)
        gradient = surplus @ step.batch.inputs.T / step.batch.number + 0.1 * weights * [1, 1, 0]
        np.testing.assert_allclose(step.network.gradient[0], gradient.ravel(), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(step.network.parameters, step.before - 0.5 * step.network.gradient, rtol=1e-12)
        steps.append((step.before, step.network.parameters.copy()))

    Training(experiment).advance(2, look)
    assert len(steps) == 6
    for (_, moved), (before, _) in pairwise(steps):
        np.testing.assert_array_equal(moved, before)


def test_a_training_that_is_watched_is_the_same():
    experiment = Experiment(MOONS, (Run(), Run("relu_squared", "sgd", 1e6)), epochs=12)
    watched = Training(experiment)
    watched.advance(12, lambda step: None)
    np.testing.assert_array_equal(watched.history().flat_parameters, train(experiment).flat_parameters)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_stack_that_was_pickled_goes_on_as_it_would_have(optimizer):
    stack = Stack(Experiment(MOONS, (Run("relu", optimizer), Run("tanh", "sgd", l1=0.01))))
    for _ in range(3):
        stack.train_epoch()
    other = pickle.loads(pickle.dumps(stack))
    for each in (stack, other):
        each.train_epoch()
    assert other.epoch == 4
    np.testing.assert_array_equal(other.network.parameters, stack.network.parameters)


def test_the_order_puts_equal_activations_and_optimizers_side_by_side():
    runs = (Run("tanh"), Run("relu", "sgd"), Run("tanh", "sgd"), Run("relu"), Run("tanh", seed=1))
    stack = Stack(Experiment(MOONS, runs))
    assert [runs[place] for place in stack.order] == stack.runs
    kinds = [(run.activation, run.optimizer) for run in stack.runs]
    assert sum(one != other for one, other in pairwise(kinds)) == len(set(kinds)) - 1


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nag"])
def test_what_shrinks_for_ever_ends_at_0_and_not_just_above(optimizer):
    """Weights of dead units under a penalty lose a share of themselves in every step."""
    run = Run("relu", optimizer, 0.05, l2=2.0, bias=-100.0)
    training = Training(Experiment(MOONS, (run,), (8,), batch_size=5))
    training.advance(150)
    parameters = np.abs(training.stack.network.parameters)
    assert not ((parameters > 0) & (parameters < np.finfo("float32").tiny)).any()
    assert not training.stack.network.weights[0][:, :, :-1].any()


def test_runs_of_one_optimizer_move_alike_wherever_they_stand():
    """Sorted by activation they are no neighbours, and copies are moved; in one of a single optimizer they are."""
    names, optimizers = ("relu", "tanh", "sin"), ("sgd", "adam", "nadam")
    runs = tuple(Run(name, optimizer) for optimizer in optimizers for name in names)
    mixed = pickle.loads(pickle.dumps(Stack(Experiment(MOONS, runs, (4,), dtype="float64"))))
    alone = [Stack(Experiment(MOONS, runs[3 * i : 3 * i + 3], (4,), dtype="float64")) for i in range(3)]
    assert [len(stack._updates) for stack in (mixed, *alone)] == [3, 1, 1, 1]
    for stack in (mixed, *alone):
        stack.train_epoch()
    stack = pickle.loads(pickle.dumps(mixed))
    for each in (stack, *alone):
        each.train_epoch()
    parameters = stack.network.parameters[np.argsort(stack.order)]
    expected = [each.network.parameters[np.argsort(each.order)] for each in alone]
    np.testing.assert_allclose(parameters, np.concatenate(expected), rtol=1e-9)
