"""Dropout and learning rates that change, in whole trainings; PyTorch's numbers are in `test_training`."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from core import OPTIMIZERS, SCHEDULES, DatasetSpec, Experiment, Run, Training, load, train
from core.train.parts import advance
from core.train.training import training_of

MOONS = DatasetSpec("moons", samples=100, seed=1)
MIXED = Experiment(
    MOONS,
    (
        Run("relu", dropout=0.3, schedule="cosine"), Run("tanh", "sgd", dropout=0.3, schedule="step"),
        Run("relu", "nadam", dropout=0.6, seed=4), Run("relu", "nadam", schedule="warm_up_cosine"), Run("tanh"),
    ),
    hidden=(6, 5), epochs=20, batch_size=25, dtype="float64",
)  # fmt: skip


@pytest.mark.parametrize("redraw", ["weights", "everything"])
def test_a_run_in_a_stack_is_the_run_alone(redraw):
    runs = MIXED.runs if redraw == "weights" else [replace(run, seed=s) for run in MIXED.runs for s in (2, 4)]
    experiment = replace(MIXED, runs=runs, redraw=redraw)
    history = train(experiment)
    for row, run in enumerate(experiment.runs):
        alone = train(replace(experiment, runs=(run,)))
        np.testing.assert_allclose(history.flat_parameters[row], alone.flat_parameters[0], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("redraw", ["weights", "everything"])
def test_parts_give_what_training_at_once_gives(redraw):
    runs = MIXED.runs if redraw == "weights" else [replace(run, seed=s) for run in MIXED.runs for s in (2, 4)]
    experiment = replace(MIXED, runs=runs, redraw=redraw)
    training = training_of(experiment)
    for epochs in (3, 9, 8):
        training.advance(epochs)
        training = pickle.loads(pickle.dumps(training))
    np.testing.assert_array_equal(training.history().flat_parameters, train(experiment).flat_parameters)


def test_a_training_that_is_continued_keeps_its_schedule():
    longer = replace(MIXED, epochs=30)
    assert longer.schedule_epochs == 20
    part = advance(MIXED, None, np.inf)
    continued = advance(longer, part.state, np.inf).history
    np.testing.assert_array_equal(continued.flat_parameters, train(longer).flat_parameters)
    shared = len(part.history.epochs)
    np.testing.assert_array_equal(continued.flat_parameters[:, :shared], part.history.flat_parameters)


def test_what_is_over_stands_still():
    """Plain gradient descent at rate 0; every network with dropout or a rate goes on."""
    runs = (Run("tanh", "sgd", schedule="cosine"), Run("tanh", "sgd"), Run("tanh", "sgd", schedule="warm_up"))
    parameters = train(Experiment(MOONS, runs, epochs=12, schedule_epochs=10)).flat_parameters
    moved = np.abs(parameters[:, -1] - parameters[:, 10]).max(axis=1)  # since epoch 10
    assert moved[0] == 0
    assert (moved[1:] > 0).all()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_step_has_the_rate_of_its_epoch(optimizer):
    """A training whose rate changes is one that takes over, in each epoch, the state of the others at that rate."""
    changing = Training(Experiment(MOONS, (Run("tanh", optimizer, 0.01, schedule="cosine"),), epochs=4))
    for done, rate in enumerate(changing.experiment.rates(epoch)[0] for epoch in range(4)):
        constant = Training(Experiment(MOONS, (Run("tanh", optimizer, rate),), epochs=4))
        constant.stack.__setstate__(
            (done, changing.stack.network.parameters, pickle.loads(pickle.dumps(changing.stack._states)))
        )
        changing.advance()
        constant.advance()
        np.testing.assert_array_equal(constant.stack.network.parameters, changing.stack.network.parameters)


def test_nothing_is_dropped_in_what_is_recorded():
    """Before the first step, dropout has changed nothing yet."""
    dropping, keeping = (train(Experiment(MOONS, (Run(dropout=rate),), epochs=1)) for rate in (0.5, 0.0))
    for name in ("train_loss", "test_loss", "gradient_norm", "activation_mean"):
        np.testing.assert_array_equal(getattr(dropping, name)[:, 0], getattr(keeping, name)[:, 0])
    assert (dropping.flat_parameters[:, 1] != keeping.flat_parameters[:, 1]).any()
    without = replace(dropping, experiment=keeping.experiment)
    x = load(MOONS).X_test
    np.testing.assert_array_equal(dropping.predict(x), without.predict(x))


def test_a_run_that_diverges_leaves_those_with_dropout_alone():
    runs = (Run("relu_squared", "sgd", 1e6, dropout=0.5), Run("relu", dropout=0.5, schedule="step"))
    history = train(Experiment(MOONS, runs, epochs=8, dtype="float64"))
    assert history.diverged_at[0] > 0 > history.diverged_at[1]
    alone = train(Experiment(MOONS, runs[1:], epochs=8, dtype="float64"))
    np.testing.assert_allclose(history.flat_parameters[1], alone.flat_parameters[0], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_schedule_is_as_long_as_the_training_that_it_was_made_for(schedule):
    experiment = Experiment(MOONS, (Run(schedule=schedule),), epochs=40)
    assert experiment.schedule_epochs == (None if schedule == "constant" else 40)
    assert replace(experiment, epochs=7).schedule_epochs == experiment.schedule_epochs
    assert Experiment.from_json(experiment.to_json()) == experiment
    assert Experiment(MOONS, (Run(schedule=schedule),), epochs=0).rates(0) == pytest.approx(
        [Run().rate * (0.1 if schedule.startswith("warm_up") else 1)]
    )


def test_a_length_without_a_schedule_is_none():
    assert Experiment(schedule_epochs=5) == Experiment()
    with pytest.raises(ValueError, match="schedule_epochs is 0"):
        Experiment(runs=(Run(schedule="step"),), schedule_epochs=0)


def test_dropout_is_paid_for_by_every_seed():
    costs = [
        Experiment(MOONS, tuple(Run(seed=seed, dropout=rate) for seed in seeds), epochs=60)
        for rate, seeds in ((0.0, (1, 1)), (0.3, (1, 1)), (0.3, (1, 2)))
    ]
    assert costs[0].seconds() < costs[1].seconds() < costs[2].seconds()
    assert costs[0].megabytes() < costs[1].megabytes()
