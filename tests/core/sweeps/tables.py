"""Small grids of accuracies, made up."""

from collections.abc import Iterable

import numpy as np

from core.sweeps.scores import Scores


def scores(values: np.ndarray, step: float = 0.0, **factors: Iterable) -> Scores:
    """An array (levels of the first factor, ..., seed) with names; nothing diverged, and values come in a `step`."""
    return Scores(
        tuple((name, tuple(levels)) for name, levels in factors.items()),
        np.array(values, float),
        np.zeros(np.shape(values), int),
        np.full(np.shape(values), step),
    )


def random_scores(seeds: int = 6, seed: int = 0) -> Scores:
    """Of three activations, four rates and two datasets."""
    values = np.random.default_rng(seed).uniform(0.5, 1, (3, 4, 2, seeds))
    return scores(
        values, activation=("relu", "tanh", "sin"), learning_rate=(0.01, 0.1, 1.0, 10.0), dataset=("moons", "xor")
    )
