"""Accuracy against what it costs: which settings are not outdone by one that costs no more."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ..analysis.luck import ROUNDING
from ..readonly import ReadOnly
from ..train.experiment import Experiment
from .factors import FACTORS
from .grid import Grid
from .results import Results
from .scores import CONDITIONS, Basis, Factors, scores_of

Cost = Literal["work", "epochs"]
NEAR = 0.01  # of accuracy: a network is near its final accuracy when it comes that close


@dataclass(frozen=True)
class Front(ReadOnly):
    """All settings of a grid, in arrays with an axis for each of `factors`: means over the whole seeds, and over the
    datasets and their noise.

    `cost` is that of one network, `accuracy` its test accuracy, `diverged` how many of the networks did.  `on_front`
    says which are not outdone.  It goes by the means alone: a setting that is close behind may be there by luck.
    """

    factors: Factors
    cost: np.ndarray
    accuracy: np.ndarray
    diverged: np.ndarray
    on_front: np.ndarray
    basis: Basis


def front_of(results: Results, cost: Cost = "work") -> Front | None:
    """Accuracy against multiply-adds, or against the epochs until a network is near its final accuracy.

    None as long as no seed is whole.
    """
    scores = scores_of(results)
    whole = scores.of_whole_seeds()
    if not whole.seeds:
        return None
    if cost == "work":
        costs = np.broadcast_to(work_of(results.grid)[..., None], scores.values.shape)
    else:
        curve = np.where((results.diverged_at == 0)[..., None], np.nan, results.curve)  # of what was never finite
        costs = epochs_until_near(results.curve_epochs, curve)
    of_networks = replace(whole, values=costs[..., scores.whole_seeds()])
    conditions = [name for name in scores.names if name in CONDITIONS]
    of_settings, accuracies = (each.mean_over(conditions) for each in (of_networks, whole))
    # What is equal but for rounding is equal: else a setting would outdo one that is as good.
    costs, accuracy = (np.round(each.values.mean(axis=-1), 9) for each in (of_settings, accuracies))
    on_front = pareto_front(costs.ravel(), accuracy.ravel()).reshape(accuracy.shape)
    return Front(accuracies.factors, costs, accuracy, accuracies.diverged.sum(axis=-1), on_front, scores.basis())


def work_of(grid: Grid) -> np.ndarray:
    """Multiply-adds of one network of each setting of a grid: an array with an axis for each factor."""
    shape = grid.shape[:-1]
    shared = [not FACTORS[name].of_run for name in grid.names]
    of_stacks = np.empty([size if counts else 1 for size, counts in zip(shape, shared)])
    for index in np.ndindex(of_stacks.shape):
        of_stacks[index] = multiply_adds(grid.experiment(index, 0))
    return np.broadcast_to(of_stacks, shape).copy()


def pareto_front(costs: np.ndarray, gains: np.ndarray) -> np.ndarray:
    """(point,) whether no other point costs less and gains as much, or costs as much and gains more.

    Equal points are both on the front.  A point with a NaN never is, and outdoes none.
    """
    there = np.flatnonzero(~np.isnan(costs) & ~np.isnan(gains))
    order = there[np.lexsort((-gains[there], costs[there]))]  # cheap ones first, of equal ones the best
    on_front = np.zeros(len(costs), bool)
    best, at = -np.inf, np.nan
    for point in order:
        if gains[point] > best:
            on_front[point], best, at = True, gains[point], costs[point]
        elif gains[point] == best and costs[point] == at:
            on_front[point] = True
    return on_front


def multiply_adds(experiment: Experiment) -> int:
    """Multiplications with an addition that training one network takes, in its matrix products alone.

    For each sample: forward through all layers, the gradients of all weights, and back through all layers but the
    first, whose inputs need no gradient.  Unlike seconds they do not depend on the machine, or on who else is using it.
    """
    layers = [n_out * (n_in + 1) for n_in, n_out in zip(experiment.sizes, experiment.sizes[1:])]
    each = 2 * sum(layers) + sum(experiment.sizes[k] * experiment.sizes[k + 1] for k in range(1, len(layers)))
    return each * experiment.dataset.size.training_samples * experiment.epochs


def epochs_until_near(epochs: np.ndarray, curve: np.ndarray) -> np.ndarray:
    """(...) the first of the recorded epochs at which an accuracy of curve (..., epoch) is near the last one.

    NaN for a network that is not there or has no accuracy.  It is at most the true epoch's next recorded one: a curve
    of few epochs says between which of them it was.
    """
    is_near = curve >= curve[..., -1:] - NEAR - ROUNDING
    return np.where(np.isnan(curve[..., -1]), np.nan, epochs[is_near.argmax(axis=-1)])
