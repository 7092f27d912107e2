"""Trainings that go on: copied, pickled, extended."""

import copy
import pickle

import numpy as np
import pytest

from core import OPTIMIZERS, DatasetSpec, Experiment, Run, Training, train
from core.train.recorder import Recorder
from tests.core.train.comparing import FIGURES, MOONS, assert_same


def test_a_copy_trains_apart():
    training = Training(Experiment(MOONS, (Run(),), epochs=5))
    other = copy.deepcopy(training)
    other.advance(3)
    assert training.history().epochs.tolist() == [0]
    training.advance(3)
    np.testing.assert_array_equal(training.history().train_loss, other.history().train_loss)


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


def test_a_longer_training_begins_like_a_shorter_one():
    short, long = (train(Experiment(MOONS, (Run(),), epochs=epochs)) for epochs in (19, 60))
    common = np.isin(long.epochs, short.epochs)
    np.testing.assert_array_equal(long.train_loss[:, common], short.train_loss[:, :-1])
    assert short.epochs[-1] == 19
