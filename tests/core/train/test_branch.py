"""Runs that branch off: what stays as it was, and what the steps after the branch are."""

import json
import pickle
from dataclasses import replace

import numpy as np
import pytest

from core import Branch, DatasetSpec, Experiment, Run, train
from core.train.training import Training, training_of

MOONS = DatasetSpec("moons", 60, 0.2)
BRANCHES = {
    "rate": Branch(4, learning_rate=0.5),
    "optimizer": Branch(4, optimizer="momentum"),
    "activation": Branch(4, activation="relu"),
    "all": Branch(4, ("relu", "sin"), "sgd", 0.1),
}
TRUNK = Run("tanh", "adam", learning_rate=0.01)


def experiment(*runs: Run, **fields) -> Experiment:
    return Experiment(MOONS, runs, **{"hidden": (4, 3), "epochs": 9, "batch_size": 16, "dtype": "float64"} | fields)


def after(history, run: int, epoch: int) -> np.ndarray:
    return history.flat_parameters[run, history.epochs.tolist().index(epoch)]


@pytest.mark.parametrize("name", BRANCHES)
def test_until_the_branch_nothing_differs_and_then_all_does(name):
    history = train(experiment(TRUNK, replace(TRUNK, branch=BRANCHES[name])))
    for epoch in range(5):
        np.testing.assert_allclose(after(history, 1, epoch), after(history, 0, epoch), rtol=1e-9, atol=1e-12)
    assert not np.allclose(after(history, 1, 5), after(history, 0, 5), rtol=1e-3)
    assert history.train_loss[0, 4] == pytest.approx(history.train_loss[1, 4], rel=1e-9)


@pytest.mark.parametrize("name", BRANCHES)
def test_a_run_in_a_stack_is_as_it_is_alone_and_in_parts(name):
    branched = replace(TRUNK, branch=BRANCHES[name])
    runs = (Run("relu", "sgd"), branched, TRUNK, Run("relu", "momentum"))
    together, alone = train(experiment(*runs)), train(experiment(branched))
    np.testing.assert_allclose(together.flat_parameters[1], alone.flat_parameters[0], rtol=1e-7, atol=1e-10)
    training = training_of(experiment(*runs))
    for _ in range(9):
        training = pickle.loads(pickle.dumps(training))
        training.advance()
    np.testing.assert_array_equal(training.history().flat_parameters, together.flat_parameters)
    np.testing.assert_array_equal(training.history().saturated_units, together.saturated_units)


def slope_of_loss(history, run: int, at: int) -> np.ndarray:
    """Central differences of the training loss of a run at a recorded epoch, as the run is one epoch later."""
    one = history.experiment
    trained = replace(one, runs=(replace(one.runs[run].later, seed=0),))
    parameters, step = after(history, run, at), 1e-6
    found = np.empty_like(parameters)
    for place in range(len(parameters)):
        losses = []
        for sign in (1, -1):
            training = Training(replace(trained, epochs=0))
            training.stack.network.parameters[...] = parameters
            training.stack.network.parameters[0, place] += sign * step
            losses.append(training._recorder.measure().train_loss[0])
        found[place] = (losses[0] - losses[1]) / (2 * step)
    return found


@pytest.mark.parametrize("activation", [None, "softplus"])
def test_the_first_step_of_a_new_optimizer_is_its_first(activation):
    """Worked by hand: SGD goes rate x gradient down; Adam's first step is the rate, whatever the gradient, as it has
    forgotten all that was before and counts from 1."""
    runs = [replace(TRUNK, optimizer="momentum", branch=Branch(4, activation, name, 0.05)) for name in ("sgd", "adam")]
    history = train(experiment(*runs, hidden=(3,), epochs=5, batch_size=None))
    gradient = slope_of_loss(history, 0, 4)
    moved = [after(history, run, 5) - after(history, run, 4) for run in (0, 1)]
    np.testing.assert_allclose(moved[0], -0.05 * gradient, rtol=1e-5, atol=1e-9)
    large = np.abs(gradient) > 1e-4
    assert large.any()
    np.testing.assert_allclose(moved[1][large], -0.05 * np.sign(gradient[large]), rtol=1e-3)


def test_an_optimizer_that_stays_remembers():
    """With momentum, the step after a branch to rate 0 is 0, and one to twice the rate is twice the step."""
    trunk = Run("tanh", "momentum", 0.01)
    runs = [trunk, replace(trunk, branch=Branch(4, learning_rate=0.02))]
    history = train(experiment(*runs, epochs=5, batch_size=None))
    steps = [after(history, run, 5) - after(history, run, 4) for run in (0, 1)]
    np.testing.assert_allclose(steps[1], 2 * steps[0], rtol=1e-9)


def test_predictions_are_of_the_activation_of_their_epoch():
    run = replace(TRUNK, branch=Branch(4, activation="relu"))
    history = train(experiment(run))
    x = np.random.default_rng(0).normal(size=(5, 2))
    for at, activation in ((4, "tanh"), (5, "relu")):
        with_one = replace(history, experiment=replace(history.experiment, runs=(Run(activation),)))
        np.testing.assert_array_equal(history.predict(x, at), with_one.predict(x, at))
    outputs = history.states(0).activations
    assert outputs[4] == ("tanh", "tanh") and outputs[5] == ("relu", "relu")


def test_each_seed_of_a_redrawn_experiment_branches():
    branch = Branch(2, optimizer="sgd")
    runs = tuple(replace(run, seed=seed) for seed in (0, 1) for run in (TRUNK, replace(TRUNK, branch=branch)))
    history = train(experiment(*runs, redraw="everything"))
    alone = train(experiment(*runs, redraw="everything").of_seed(1))
    np.testing.assert_allclose(history.flat_parameters[2:], alone.flat_parameters, rtol=1e-9)


def test_the_epoch_of_the_branch_is_recorded():
    trunk = experiment(TRUNK, epochs=40)
    branched = experiment(TRUNK, replace(TRUNK, branch=Branch(23, learning_rate=0.5)), epochs=40)
    assert sorted({*train(trunk).epochs.tolist(), 23}) == train(branched).epochs.tolist()


def test_a_slow_function_counts_before_and_after_the_branch():
    """Else one epoch could take longer than the limit allows."""
    slow, quick = "=sin(sin(sin(x)))", "relu"
    runs = Run(slow), Run(quick, branch=Branch(4, slow)), Run(slow, branch=Branch(4, quick))
    (seconds,) = {experiment(run).seconds(1) for run in runs}
    assert seconds > experiment(Run(quick, branch=Branch(4, "tanh"))).seconds(1)


def test_json_and_hash():
    branched = experiment(TRUNK, *(replace(TRUNK, branch=branch) for branch in BRANCHES.values()))
    assert Experiment.from_json(branched.to_json()) == branched
    assert hash(Experiment.from_json(branched.to_json())) == hash(branched)
    assert "branch" not in json.loads(experiment(TRUNK).to_json())["runs"][0]


@pytest.mark.parametrize(
    "branch, message",
    [
        (lambda: Branch(-1), "epoch"),
        (lambda: Run(branch=Branch(3, activation="rleu")), "did you mean 'relu'"),
        (lambda: Run(branch=Branch(3, optimizer="adm")), "adam"),
        (lambda: Run(branch=Branch(3, learning_rate=-1.0)), "learning_rate"),
        (lambda: Run(branch={"epoch": 3}), "Branch"),
        (lambda: experiment(Run(branch=Branch(3, ("relu",) * 3))), "2 hidden layers"),
        (lambda: experiment(*(Run(branch=Branch(e, "tanh")) for e in (3, 4))), "the same epoch"),
        (lambda: Experiment.from_json(experiment(Run()).to_json().replace('"schedule"', '"branch": 3, "schedule"', 1)),
         "Branch"),
    ],
)  # fmt: skip
def test_what_is_no_branch_is_refused(branch, message):
    with pytest.raises(ValueError, match=message):
        branch()
