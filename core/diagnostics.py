"""What a network does inside: dead and saturated units, the size of activations and of gradients.

Arrays in, arrays out.  Slopes and outputs are (run, unit, sample), as in `core.network`.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.activations import ACTIVATIONS
from core.network import parameter_count

SATURATED_SLOPE = 0.05  # of the activation's greatest slope
SATURATED_SHARE = 0.95  # of the samples


def saturation_thresholds(activations: Sequence[Sequence[str]], layer: int, dtype: np.dtype) -> np.ndarray:
    """(run, 1, 1): slopes below it are saturated.  Where slopes grow without end, or all are 0,
    only 0 is."""
    thresholds = [SATURATED_SLOPE * ACTIVATIONS[names[layer]].greatest_slope for names in activations]
    finite = np.where(np.isfinite(thresholds), thresholds, np.finfo(dtype).tiny)
    return np.maximum(finite, np.finfo(dtype).tiny).astype(dtype)[:, None, None]


class Census:
    """Looks at the units of all hidden layers over all samples, which may come in parts.

    A unit is **dead** if its slope f'(z), in the network's precision, is exactly 0 for every sample: no gradient can
    reach its weights.  It is **saturated** if |f'(z)| is below 5 % of the activation's greatest slope for at least 95 %
    of the samples; a dead unit is saturated too.

    Inside, units of all layers stand side by side, (run, unit); results are (run, layer).
    """

    def __init__(self, runs: int, hidden: Sequence[int], thresholds: Sequence[np.ndarray]) -> None:
        """`thresholds` holds one array of `saturation_thresholds` for each hidden layer."""
        self._thresholds = thresholds
        self._sizes = np.array(hidden, int)
        self._starts = np.cumsum([0, *hidden])[:-1]
        self._samples = 0
        shape = runs, sum(hidden)
        self._alive = np.zeros(shape, bool)
        self._flat = np.zeros(shape, np.int64)
        self._pivot = np.zeros(shape)  # each unit's first output
        self._sum = np.zeros(shape)  # of the outputs' distances from the pivot
        self._squares = np.zeros(shape)

    def add(self, outputs: Sequence[np.ndarray], slopes: Sequence[np.ndarray], work: Sequence[np.ndarray]) -> None:
        """One array (run, unit, sample) of each for every hidden layer; those of `work` are there to compute in."""
        for layer, start in enumerate(self._starts):
            units = slice(start, start + self._sizes[layer])
            self._add_slopes(units, slopes[layer], self._thresholds[layer], work[layer])
            if not self._samples:
                self._pivot[:, units] = outputs[layer][:, :, 0]
            self._add_moments(units, outputs[layer], work[layer])
        self._samples += slopes[0].shape[2] if slopes else 0

    def _add_slopes(self, units: slice, slopes: np.ndarray, threshold: np.ndarray, work: np.ndarray) -> None:
        flat = np.abs(slopes, out=work) < threshold
        flat = flat.sum(axis=2, dtype=np.uint16)  # three times as fast as counting in 64 bits
        alive = flat < slopes.shape[2]
        if not alive.all():
            alive |= slopes.any(axis=2)
        self._flat[:, units] += flat
        self._alive[:, units] |= alive

    def _add_moments(self, units: slice, outputs: np.ndarray, distances: np.ndarray) -> None:
        """Sums of float32 are enough, and fast, for distances from a value that lies among them."""
        pivot = self._pivot[:, units, None].astype(outputs.dtype)
        np.subtract(outputs, pivot, out=distances)
        squares = np.vecdot(distances, distances)
        if not np.isfinite(squares).all():  # too much for float32, perhaps not for float64
            distances = np.subtract(outputs, pivot, dtype=float)
            squares = np.vecdot(distances, distances)
        self._sum[:, units] += distances @ np.ones(distances.shape[2], distances.dtype)
        self._squares[:, units] += squares

    @property
    def dead(self) -> np.ndarray:
        """(run, layer) number of dead units."""
        return self._by_layer(~self._alive, int)

    @property
    def saturated(self) -> np.ndarray:
        """(run, layer) number of saturated units."""
        return self._by_layer(~self._alive | (self._flat >= SATURATED_SHARE * self._samples), int)

    @property
    def mean(self) -> np.ndarray:
        """(run, layer) mean output over units and samples."""
        return self._by_layer(self._unit_means, float) / self._sizes

    @property
    def deviation(self) -> np.ndarray:
        """(run, layer) standard deviation of the outputs over units and samples."""
        within = self._squares / self._samples - np.square(self._sum / self._samples)  # each unit's variance
        mean_square = self._by_layer(within + np.square(self._unit_means), float) / self._sizes
        return np.sqrt(np.maximum(mean_square - np.square(self.mean), 0))

    @property
    def _unit_means(self) -> np.ndarray:
        return self._pivot + self._sum / self._samples

    def _by_layer(self, of_units: np.ndarray, dtype: type) -> np.ndarray:
        """(run, unit) -> (run, layer), summed."""
        return np.add.reduceat(of_units, self._starts, axis=1, dtype=dtype)


def layer_norms(gradient: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """Euclidean norm of each layer's gradient, weights and biases together: a flat (run, parameter) gradient of networks
    with layers of these sizes gives (run, layer)."""
    starts = np.cumsum([0, *(parameter_count(pair) for pair in pairwise(sizes))])[:-1]
    return np.sqrt(np.add.reduceat(np.square(gradient, dtype=float), starts, axis=1))
