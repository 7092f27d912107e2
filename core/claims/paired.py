"""Fair comparisons: the same networks on several draws of everything, each at the learning rate that suits it.

For each seed all is drawn anew: the points (or, of loaded data, the split), the initial weights, the order of the
minibatches.  Within a seed the networks share it all.  So what is found holds for data like these, and not for one draw
of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..data.datasets import DATASETS, DatasetSpec
from ..train.experiment import Experiment, Run
from ..train.history import History
from ..train.training import train

SEEDS = range(8)
TUNING_SEEDS = range(100, 104)  # others than those that are measured, which would favour what was tuned on them
WITHIN_A_SEED = "each with its own data or split, initial weights and order of minibatches, the same for all networks"
RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


def all_features(name: str) -> DatasetSpec:
    """The dataset with all that it has for the networks to see."""
    return DatasetSpec(name, view=None if DATASETS[name].made else "all")


def histories(spec: DatasetSpec, runs: Sequence[Run], seeds: Iterable[int] = SEEDS, **shared: Any) -> list[History]:
    """One for each seed, of these runs on data of that seed; `shared` are the other fields of the `Experiment`."""
    return [
        train(Experiment(replace(spec, seed=seed), tuple(replace(run, seed=seed) for run in runs), seed=seed, **shared))
        for seed in seeds
    ]


def at_best_rates(
    spec: DatasetSpec,
    runs: Sequence[Run],
    score: Callable[[History], np.ndarray],
    rates: Sequence[float] = RATES,
    seeds: Iterable[int] = TUNING_SEEDS,
    **shared: Any,
) -> list[Run]:
    """Each of the runs with the learning rate whose median score over the seeds is least, the smallest of equals.

    `score` gives (R,) for a history; NaN is as bad as can be.
    """
    candidates = [replace(run, learning_rate=rate) for run in runs for rate in rates]
    scores = np.array([score(history) for history in histories(spec, candidates, seeds, **shared)])
    medians = np.median(np.nan_to_num(scores, nan=np.inf), axis=0)
    best = medians.reshape(len(runs), len(rates)).argmin(axis=1)
    return [replace(run, learning_rate=rates[place]) for run, place in zip(runs, best)]
