"""Sentences of the lesson on optimizers, of paths that are known and losses that are made up."""

from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, History, Run, train
from core.lessons.descent import descend
from ui.lessons.optimizers.words import notices, winners

OPTIMIZERS = ["sgd", "adam"]
OTHER_RATES = "The learning rates on the surface and of the networks are not the same."


@pytest.fixture(scope="module")
def networks() -> History:
    """Of which Adam's has the lower loss."""
    runs = tuple(Run("tanh", optimizer) for optimizer in OPTIMIZERS)
    history = train(Experiment(DatasetSpec("moons", samples=50), runs, hidden=(2,), epochs=2))
    return replace(history, train_loss=np.array([[0.5] * 3, [0.4] * 3]))


def test_no_optimizer_is_called_lowest_where_no_path_came_close_to_the_lowest_point(networks):
    """At 0.0001, SGD ends at 16 and Adam at 18, of 18.2 at the start."""
    said = winners(descend("valley", OPTIMIZERS, [0.0001] * 2, 10), networks)
    assert "no path ended close to the lowest height, so it is not clear which optimizer is best there." in said
    assert "ended lowest" not in said


def test_where_the_learning_rates_differ_it_is_said(networks):
    paths = descend("bowl", OPTIMIZERS, [0.2, 0.01], 50)
    said = winners(paths, networks)
    assert said.endswith(f"On the surface above, **SGD** ended lowest. {OTHER_RATES}")
    assert "not always best" not in said
    rates = tuple(run.rate for run in networks.experiment.runs)
    assert winners(replace(paths, rates=rates), networks).endswith("**SGD** ended lowest.")


def test_one_path_that_diverged_is_told_of_in_the_singular():
    paths = descend("rosenbrock", OPTIMIZERS, [1.0, 0.1], 12)
    assert "It **diverged**: its numbers became infinite." in notices(paths)[-1]
    both = descend("rosenbrock", ["sgd", "momentum"], [1.0] * 2, 12)
    assert "They **diverged**: their numbers became infinite." in notices(both)[-1]
