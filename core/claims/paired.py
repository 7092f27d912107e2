"""Fair comparisons: the same networks on several draws of everything, each at the learning rate that suits it.

For each seed all is drawn anew: the points (or, of loaded data, the split), the initial weights, the order of the
minibatches.  Within a seed the networks share it all.  So what is found holds for data like these, and not for one draw
of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from ..data.datasets import DATASETS, DatasetSpec
from ..train.experiment import Experiment
from ..train.history import History
from ..train.run import Run
from ..train.training import train
from .claim import Row, Stage

SEEDS = range(20)
TUNING_SEEDS = range(100, 104)  # others than those that are measured, which would favour what was tuned on them
WITHIN_A_SEED = (
    "Each seed has its own data or split, initial weights and order of minibatches; all networks share them."
)
RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
AT_ITS_RATE = (
    f"Each network uses the best of {len(RATES)} learning rates from {RATES[0]:g} to {RATES[-1]:g}, chosen on "
    f"{len(TUNING_SEEDS)} other seeds."
)
STAGE = 1  # seeds that are measured at once: others wait for a worker meanwhile


def all_features(name: str) -> DatasetSpec:
    """The dataset with all that it has for the networks to see."""
    return DatasetSpec(name, view=None if DATASETS[name].made else "all")


def histories(spec: DatasetSpec, runs: Sequence[Run], seeds: Iterable[int] = SEEDS, **shared: Any) -> list[History]:
    """One for each seed, of these runs on data of that seed; `shared` are the other fields of the `Experiment`."""
    return [
        train(Experiment(replace(spec, seed=seed), tuple(replace(run, seed=seed) for run in runs), seed=seed, **shared))
        for seed in seeds
    ]


def by_seeds(measure: Callable[[str, Sequence[int]], np.ndarray], seeds: Iterable[int]) -> tuple[Stage, ...]:
    """Stages that each measure some of the seeds: `measure(part, seeds)` gives an array whose first axis they are."""
    return tuple(partial(_measured, measure, some) for some in _some(seeds))


def _measured(measure: Callable[[str, Sequence[int]], np.ndarray], seeds: Sequence[int], part: str, _: Any) -> Any:
    return measure(part, seeds)


def _some(seeds: Iterable[int]) -> list[tuple[int, ...]]:
    seeds = tuple(seeds)
    return [seeds[start : start + STAGE] for start in range(0, len(seeds), STAGE)]


@dataclass(frozen=True)
class Contest:
    """Networks that are compared, each at the rate whose median score over the tuning seeds is least.

    `score(history)` and each of `results(history)` give (R,); NaN is as bad as a score can be, and of equal scores the
    smallest rate is taken.  `shared` are the fields of the `Experiment` but dataset, runs and seed.
    """

    runs: tuple[Run, ...]
    score: Callable[[History], np.ndarray]
    results: Callable[[History], Sequence[np.ndarray]]
    shared: dict[str, Any]
    seeds: tuple[int, ...] = tuple(SEEDS)
    tuning_seeds: tuple[int, ...] = tuple(TUNING_SEEDS)
    rates: tuple[float, ...] = RATES
    spec: Callable[[str], DatasetSpec] = all_features

    @property
    def stages(self) -> tuple[Stage, ...]:
        """First one for each run and tuning seed, then those that measure."""
        tuning = [partial(self._scores, run, seed) for run in self.runs for seed in self.tuning_seeds]
        return (*tuning, *(partial(self._measure, some) for some in _some(self.seeds)))

    def tuned(self, given: Sequence[Any]) -> list[Run]:
        """The runs at their best rates, by what the stages gave."""
        scores = np.array(given[: len(self.runs) * len(self.tuning_seeds)])
        scores = scores.reshape(len(self.runs), len(self.tuning_seeds), len(self.rates))
        best = np.median(np.nan_to_num(scores, nan=np.inf), axis=1).argmin(axis=1)
        return [replace(run, learning_rate=self.rates[place]) for run, place in zip(self.runs, best, strict=True)]

    def measured(self, given: Sequence[Any]) -> np.ndarray:
        """(result, run, seed), by what the stages gave."""
        measured = np.concatenate(given[len(self.runs) * len(self.tuning_seeds) :])
        return measured.transpose(1, 2, 0)

    def _scores(self, run: Run, seed: int, part: str, _: Any) -> np.ndarray:
        """(rate,) of one run and one tuning seed."""
        candidates = [replace(run, learning_rate=rate) for rate in self.rates]
        (history,) = histories(self.spec(part), candidates, (seed,), **self.shared)
        return self.score(history)

    def _measure(self, seeds: tuple[int, ...], part: str, given: Sequence[Any]) -> np.ndarray:
        """(seed, result, run) of the runs at their best rates."""
        trained = histories(self.spec(part), self.tuned(given), seeds, **self.shared)
        return np.array([self.results(history) for history in trained])


def row(trial: str, part: str, figures: np.ndarray, detail: str) -> Row:
    """Of an array of figures."""
    return Row(trial, part, tuple(np.asarray(figures, float).tolist()), detail)
