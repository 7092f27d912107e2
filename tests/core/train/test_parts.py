from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, train
from core.train.epochs import is_recorded, recorded_epochs
from core.train.parts import Part, advance
from tests.core.train.comparing import assert_same

RUNS = (Run("relu"), Run("tanh", "sgd", l2=0.01), Run("relu_squared", "sgd", 1e6), Run("gelu", "rmsprop"))
MOONS = DatasetSpec("moons", samples=100, seed=1)
EXPERIMENT = Experiment(MOONS, RUNS, epochs=13)
# A loss overflows in epoch 13, which is recorded only if it is the last, while the parameters are finite.
OVERFLOWS = Experiment(MOONS, (Run("elu", "momentum", 0.5), Run("tanh")), (16,) * 4, epochs=20, batch_size=5000)
FOREVER = 1e9  # seconds


def assert_same_bits(one, other) -> None:
    assert one.experiment == other.experiment
    np.testing.assert_array_equal(one.epochs, other.epochs)
    np.testing.assert_array_equal(one.diverged_at, other.diverged_at)
    assert_same(one, other, rtol=0)


def in_parts(experiment: Experiment, state: bytes | None = None) -> list[Part]:
    """As short as they come: of an epoch each."""
    parts = [advance(experiment, state, seconds=0)]
    while parts[-1].history is None:
        parts.append(advance(experiment, parts[-1].state, seconds=0))
    return parts


def test_parts_of_an_epoch_together_are_the_whole_training():
    parts, whole = in_parts(EXPERIMENT), train(EXPERIMENT)
    assert [part.epoch for part in parts] == list(range(1, 14))
    assert_same_bits(parts[-1].history, whole)
    assert (whole.diverged_at > 0).tolist() == [False, False, True, False], "a run that blows up is among them"


@pytest.mark.parametrize("experiment", [EXPERIMENT, OVERFLOWS])
def test_a_part_tells_what_was_recorded_so_far(experiment):
    for part in in_parts(experiment):
        so_far = train(replace(experiment, epochs=part.epoch))
        scheduled = [epoch for epoch in recorded_epochs(part.epoch) if is_recorded(epoch)]
        assert part.epochs.tolist() == scheduled
        np.testing.assert_array_equal(part.train_loss, so_far.train_loss[:, : len(scheduled)])
        np.testing.assert_array_equal(part.test_loss, so_far.test_loss[:, : len(scheduled)])
        stopped = advance(replace(experiment, epochs=part.epoch), part.state, 0)
        assert_same_bits(stopped.history, so_far)


def test_with_time_enough_one_part_is_all():
    part = advance(EXPERIMENT, None, FOREVER)
    assert part.epoch == 13
    assert_same_bits(part.history, train(EXPERIMENT))


@pytest.mark.parametrize("epochs", [5, 11, 13])
def test_a_state_of_fewer_epochs_goes_on_as_the_longer_experiment(epochs):
    """11 is recorded only because it is the last of the shorter one."""
    shorter, longer = replace(EXPERIMENT, epochs=epochs), replace(EXPERIMENT, epochs=25)
    done = advance(shorter, None, FOREVER)
    assert_same_bits(advance(longer, done.state, FOREVER).history, train(longer))
    assert_same_bits(in_parts(longer, done.state)[-1].history, train(longer))
    assert_same_bits(advance(shorter, done.state, FOREVER).history, done.history)


def test_a_state_of_more_epochs_that_has_not_come_farther_goes_on_as_the_shorter_experiment():
    shorter = replace(EXPERIMENT, epochs=4)
    begun = advance(EXPERIMENT, None, seconds=0)
    assert_same_bits(advance(shorter, begun.state, FOREVER).history, train(shorter))


def test_a_training_of_no_epochs_is_over_at_once():
    nothing = replace(EXPERIMENT, epochs=0)
    part = advance(nothing, None, seconds=0)
    assert part.epoch == 0
    assert_same_bits(part.history, train(nothing))
