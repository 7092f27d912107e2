"""Accuracy against what it costs: which settings are not outdone by one that costs no more."""

import numpy as np

from ..train.experiment import Experiment

NEAR = 0.01  # of accuracy: a network is near its final accuracy when it comes that close


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

    NaN for a network that is not there.  It is at most the true epoch's next recorded one: a curve of few epochs says
    between which of them it was.
    """
    is_near = curve >= curve[..., -1:] - NEAR
    return np.where(np.isnan(curve[..., -1]), np.nan, epochs[is_near.argmax(axis=-1)])
