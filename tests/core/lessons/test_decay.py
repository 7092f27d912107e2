import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, train
from core.lessons.decay import decay_or_penalty

MOONS = DatasetSpec("moons", samples=100)


@pytest.mark.parametrize("seed", range(3))
def test_a_penalty_in_adams_gradient_keeps_weights_smaller_than_a_decay_of_the_same_strength(seed):
    found = decay_or_penalty(Experiment(MOONS, (Run("tanh", seed=seed),)))
    assert found.penalty < 0.9 * found.decay
    assert found.decay < found.alone
    assert found.strength == 0.01


def test_lengths_are_those_of_the_three_trainings():
    experiment = Experiment(MOONS, (Run("tanh", "sgd", learning_rate=0.5),), epochs=5)
    found = decay_or_penalty(experiment)
    for lengths, run in (
        (found.alone, Run("tanh", "adam")), (found.penalty, Run("tanh", "adam", l2=0.01)),
        (found.decay, Run("tanh", "adamw")),
    ):  # fmt: skip
        history = train(Experiment(MOONS, (run,), epochs=5))
        first, last = (
            np.sqrt(sum((W**2).sum() + (b**2).sum() for W, b in history.parameters(0, at))) for at in (0, -1)
        )
        assert lengths == pytest.approx(last / first, rel=1e-4)
