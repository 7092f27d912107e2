"""What a network does inside: dead and saturated units, the size of activations and of gradients.

Arrays in, arrays out.  Slopes and outputs are (run, unit, sample), as in `core.network`.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from core.activations import ACTIVATIONS

SATURATED_SLOPE = 0.05  # of the activation's greatest slope
SATURATED_SHARE = 0.95  # of the samples


def saturation_thresholds(activations: Sequence[Sequence[str]], layer: int, dtype: np.dtype) -> np.ndarray:
    """(run, 1, 1): slopes below it are saturated.  For an activation whose slope grows without end, only 0 is."""
    thresholds = [SATURATED_SLOPE * ACTIVATIONS[names[layer]].greatest_slope for names in activations]
    finite = np.where(np.isfinite(thresholds), thresholds, np.finfo(dtype).tiny)
    return finite.astype(dtype)[:, None, None]


class LayerCensus:
    """Counts the units of one hidden layer over all samples, which may come in parts.

    A unit is **dead** if its slope f'(z), in the network's precision, is exactly 0 for every sample: no gradient can
    reach its weights.  It is **saturated** if |f'(z)| is below 5 % of the activation's greatest slope for at least 95 %
    of the samples; a dead unit is saturated too.
    """

    def __init__(self, runs: int, units: int, thresholds: np.ndarray) -> None:
        self._thresholds = thresholds
        self._samples = 0
        self._alive = np.zeros((runs, units), bool)
        self._flat = np.zeros((runs, units), np.int64)
        self._sum = np.zeros(runs)
        self._squares = np.zeros(runs)

    def add(self, outputs: np.ndarray, slopes: np.ndarray) -> None:
        self._samples += slopes.shape[2]
        self._alive |= slopes.any(axis=2)
        self._flat += np.count_nonzero(np.abs(slopes) < self._thresholds, axis=2)
        self._sum += outputs.sum(axis=(1, 2), dtype=float)
        self._squares += np.square(outputs, dtype=float).sum(axis=(1, 2))

    @property
    def dead(self) -> np.ndarray:
        """(run,) number of dead units."""
        return np.count_nonzero(~self._alive, axis=1)

    @property
    def saturated(self) -> np.ndarray:
        """(run,) number of saturated units."""
        saturated = ~self._alive | (self._flat >= SATURATED_SHARE * self._samples)
        return np.count_nonzero(saturated, axis=1)

    @property
    def mean(self) -> np.ndarray:
        """(run,) mean output over units and samples."""
        return self._sum / (self._samples * self._alive.shape[1])

    @property
    def deviation(self) -> np.ndarray:
        """(run,) standard deviation of the outputs over units and samples."""
        mean_square = self._squares / (self._samples * self._alive.shape[1])
        return np.sqrt(np.maximum(mean_square - self.mean**2, 0))


def layer_norms(gradients: Iterable[np.ndarray]) -> np.ndarray:
    """Euclidean norm of each layer's gradient, weights and biases together: a list of (run, n_out, n_in + 1) gives
    (run, layer)."""
    return np.column_stack([np.sqrt(np.square(g, dtype=float).sum(axis=(1, 2))) for g in gradients])
