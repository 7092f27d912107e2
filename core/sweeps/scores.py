"""The test accuracies of a grid as an array with named axes: what its statistics start from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from ..analysis.summary import chance_level
from ..readonly import ReadOnly

if TYPE_CHECKING:
    from .grid import Grid
    from .results import Results

Factors = tuple[tuple[str, tuple[Any, ...]], ...]
CONDITIONS = ("dataset", "noise")  # what networks are held against; everything else is chosen


@dataclass(frozen=True)
class Basis:
    """What a statement stands on: the `networks` of so many whole `seeds`, of which `diverged` did.  These count with
    the accuracy of their last finite state or, if they have none, with 0.

    `planned` are all networks of the grid, `finished` those trained so far.  Where there are more of these than
    `networks`, the rest is left out, because it is from seeds with gaps.
    """

    networks: int
    seeds: int
    diverged: int
    finished: int
    planned: int


@dataclass(frozen=True)
class Scores(ReadOnly):
    """Accuracies (0 to 1) of shape (values of the first factor, of the second, ..., seeds).

    `factors` are the names of the axes with their values.  NaN stands where a network is not trained yet.  `diverged`,
    of the same shape, counts the networks that diverged (a mean over a factor has more than one).  `steps`, too, are
    those in which the values come, such as one test sample's share; a mean has the step that rounds as much as those
    of its values do together.  `networks` is how many networks each entry is the mean of.
    """

    factors: Factors
    values: np.ndarray
    diverged: np.ndarray
    steps: np.ndarray
    networks: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """The factors' names."""
        return tuple(name for name, _ in self.factors)

    @property
    def seeds(self) -> int:
        """How many there are."""
        return self.values.shape[-1]

    def levels(self, name: str) -> tuple[Any, ...]:
        """The values of a factor; raises `ValueError` if it is none of them."""
        return self.factors[self.axis(name)][1]

    def axis(self, name: str) -> int:
        """Where a factor stands."""
        if name not in self.names:
            raise ValueError(f"unknown factor {name!r}. Choices: {', '.join(self.names)}")
        return self.names.index(name)

    def at(self, levels: Mapping[str, Any]) -> "Scores":
        """Those of one value of each of some factors, which are gone then."""
        place: list[Any] = [slice(None)] * self.values.ndim
        for name, level in levels.items():
            if level not in self.levels(name):
                raise ValueError(f"{name} {level!r} is not in the grid. Choices: {self.levels(name)}")
            place[self.axis(name)] = self.levels(name).index(level)
        factors = tuple(factor for factor in self.factors if factor[0] not in levels)
        return self.changed(factors, lambda array: array[tuple(place)])

    def mean_over(self, names: Iterable[str]) -> "Scores":
        """Averages over all values of some factors, which are gone then; NaN where one is missing."""
        axes = tuple(self.axis(name) for name in names)
        factors = tuple(factor for axis, factor in enumerate(self.factors) if axis not in axes)
        count = prod(self.values.shape[axis] for axis in axes)
        arrays = (
            self.values.mean(axis=axes),
            self.diverged.sum(axis=axes),
            np.hypot.reduce(self.steps, axis=axes) / count,
        )
        return Scores(factors, *arrays, self.networks * count)

    def in_order(self, names: Iterable[str]) -> "Scores":
        """The same with its factors in another order; all must be named."""
        axes = [self.axis(name) for name in names]
        factors = tuple(self.factors[axis] for axis in axes)
        return self.changed(factors, lambda array: array.transpose(*axes, len(self.factors)))

    def of_whole_seeds(self) -> "Scores":
        """Those of the seeds from which every network is there.  A seed with some of them would favour whatever is."""
        whole = self.whole_seeds()
        return self.changed(self.factors, lambda array: array[..., whole])

    def whole_seeds(self) -> np.ndarray:
        """(seed,) which those are."""
        return ~np.isnan(self.values).any(axis=tuple(range(len(self.factors))))

    def changed(self, factors: Factors, change: Callable[[np.ndarray], np.ndarray]) -> "Scores":
        """The same networks, or some of them, in other arrays."""
        values, diverged, steps = map(change, (self.values, self.diverged, self.steps))
        return Scores(factors, values, diverged, steps, self.networks)

    def basis(self) -> Basis:
        """What a statement about the whole seeds of these stands on."""
        whole = self.of_whole_seeds()
        counts = (whole.values.size, np.count_nonzero(~np.isnan(self.values)), self.values.size)
        networks, finished, planned = (int(count) * self.networks for count in counts)
        return Basis(networks, whole.seeds, int(whole.diverged.sum()), finished, planned)


def scores_of(results: "Results") -> Scores:
    """The test accuracies of a grid's results.  A network that was never finite predicts nothing, and has 0."""
    values = np.where(results.done, results.test_accuracy, np.nan).astype(float)
    steps = np.broadcast_to(_steps(results.grid), values.shape)
    return Scores(results.grid.factors, values, (results.diverged_at >= 0).astype(int), steps)


def _steps(grid: "Grid") -> np.ndarray:
    """One test sample's share of all for each dataset of a grid, with an axis of 1 for what is no condition."""
    shape = [len(levels) if name in CONDITIONS else 1 for name, levels in grid.factors]
    steps = np.empty([*shape, 1])
    for index in np.ndindex(*shape):
        steps[index] = 1 / grid.experiment(index, 0).dataset.size.test_samples
    return steps


def common_step(steps: np.ndarray) -> float:
    """The one step that rounds as much as these do on average."""
    return float(np.sqrt(np.mean(np.square(steps))))


def chances_of(grid: "Grid") -> np.ndarray:
    """(dataset, seed) the accuracy of networks that have learnt nothing, for each combination of the levels of
    `CONDITIONS` in a grid, in the order of `core.sweeps.ranks`."""
    axes = [axis for axis, name in enumerate(grid.names) if name in CONDITIONS]
    chances = []
    for levels in np.ndindex(*(grid.shape[axis] for axis in axes)):
        index = np.zeros(len(grid.names), int)
        index[axes] = levels
        every = [grid.experiment(index.tolist(), seed) for seed in range(grid.seeds)]
        chances.append([chance_level(each.of_seed(each.runs[0].seed)) for each in every])
    return np.array(chances)
