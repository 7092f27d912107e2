"""The same networks with every pair of a learning rate and an initial bias: how many units are dead in the end, and
what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ..readonly import ReadOnly
from ..train.experiment import Experiment
from ..train.history import History


@dataclass(frozen=True)
class Sweep(ReadOnly):
    """Arrays are (run, learning rate, bias), of where each run ends after the last epoch; read-only.

    `dead_units` and `saturated_units` (see `core.train.diagnostics`) are summed over the hidden layers; `test_accuracy`
    goes from 0 to 1; `diverged` says whether the run diverged, and was left at its last finite state.
    """

    learning_rates: tuple[float, ...]
    biases: tuple[float, ...]
    dead_units: np.ndarray
    saturated_units: np.ndarray
    test_accuracy: np.ndarray
    diverged: np.ndarray


@lru_cache(maxsize=16)  # a hundred runs, which the page asks for again and again
def swept(experiment: Experiment, learning_rates: tuple[float, ...], biases: tuple[float, ...]) -> Experiment:
    """Every run of the experiment with each of the learning rates and initial biases, as one stack.

    Raises `ValueError` if that is more than `core.limits` allows.
    """
    runs = tuple(
        replace(run, learning_rate=rate, bias=bias)
        for run in experiment.runs
        for rate in learning_rates
        for bias in biases
    )
    return replace(experiment, runs=runs)


def ends(history: History, learning_rates: Sequence[float], biases: Sequence[float]) -> Sweep:
    """Where the runs of a `swept` experiment end, by its history."""
    found = {
        "dead_units": history.dead_units[:, -1].sum(axis=1),
        "saturated_units": history.saturated_units[:, -1].sum(axis=1),
        "test_accuracy": history.test_accuracy[:, -1],
        "diverged": history.diverged_at >= 0,
    }
    shape = -1, len(learning_rates), len(biases)
    return Sweep(tuple(learning_rates), tuple(biases), **{name: end.reshape(shape) for name, end in found.items()})
