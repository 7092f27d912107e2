from dataclasses import fields

import numpy as np

from core import DatasetSpec, Experiment, Run, train
from core.train.recorder import Record, Recorder
from core.train.stack import Stack

MOONS = DatasetSpec("moons", samples=100, seed=1)
RUNS = (Run("tanh"), Run("relu", bias=-100.0), Run("relu", "sgd"))  # in the stack's order, tanh comes last
EXPERIMENT = Experiment(MOONS, RUNS, hidden=(5, 3), epochs=2)


def test_measuring_keeps_nothing_and_changes_nothing():
    stack = Stack(EXPERIMENT)
    recorder, before = Recorder(stack), stack.network.parameters.copy()
    one, other = recorder.measure(), recorder.measure()
    assert recorder.records == []
    np.testing.assert_array_equal(stack.network.parameters, before)
    for field in fields(Record):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_a_recorder_of_start_and_end_makes_a_history_of_two():
    stack = Stack(EXPERIMENT)
    recorder = Recorder(stack)
    recorder.records.append(recorder.measure())
    for _ in range(2):
        stack.train_epoch()
    history, whole = recorder.history(np.array([-1, -1, -1]), recorder.measure()), train(EXPERIMENT)
    assert history.epochs.tolist() == [0, 2]
    for field in fields(history)[2:-2]:
        np.testing.assert_array_equal(getattr(history, field.name), getattr(whole, field.name)[:, [0, 2]])
    np.testing.assert_array_equal(history.flat_parameters, whole.flat_parameters[:, [0, 2]])
    assert len(recorder.records) == 1, "what stands at the end is not kept"


def test_a_history_is_in_the_experiments_order():
    stack = Stack(EXPERIMENT)
    recorder = Recorder(stack)
    assert stack.order != [0, 1, 2]
    diverged_at = np.array([10 + place for place in stack.order])
    history = recorder.history(diverged_at, recorder.measure())
    assert history.diverged_at.tolist() == [10, 11, 12]
    assert history.dead_units[:, 0, 0].tolist()[1] == 5, "a bias of -100"
    for i, run in enumerate(RUNS):
        (_, bias), *_ = history.parameters(i)
        np.testing.assert_array_equal(bias, np.float32(run.bias))


def test_losses_are_those_of_the_records_kept():
    stack = Stack(EXPERIMENT)
    recorder = Recorder(stack)
    for _ in range(2):
        recorder.records.append(recorder.measure())
        stack.train_epoch()
    epochs, train_loss, test_loss = recorder.losses()
    assert epochs.tolist() == [0, 1]
    whole = train(EXPERIMENT)
    np.testing.assert_array_equal(train_loss, whole.train_loss[:, :2])
    np.testing.assert_array_equal(test_loss, whole.test_loss[:, :2])
