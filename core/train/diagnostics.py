"""What a network does inside: dead and saturated units, the size of activations and of gradients.

Arrays in, arrays out.  Slopes and outputs are (run, unit, sample), as in `core.nn.network`.
"""

from collections.abc import Sequence

import numpy as np

from ..nn.activations import Activation
from ..nn.network import StackedMLP, Workspace
from ..nn.own_functions import activation_of

# All are conventions of this project, and on screen: near enough to 0 and to all that such a unit hardly learns.
SATURATED_SLOPE = 0.05  # as a share of the activation's greatest slope: what is below counts as flat
USUAL_SUM = 1.0  # a weighted sum's standard deviation, as initial weights make it: where slopes grow, theirs is taken
SATURATED_SHARE = 0.95  # of the training samples: a unit that is flat for as many is saturated


def saturation_thresholds(activations: Sequence[Sequence[str]], layer: int, dtype: np.dtype) -> np.ndarray:
    """The thresholds (run, 1, 1) of one hidden layer, counted from 0: slopes whose size is below are saturated.

    `activations` holds, for each run, one name per hidden layer.  The threshold is 5 % of the activation's greatest
    slope or, where slopes grow without end, of the slope at `USUAL_SUM`, or of the median up to there if it is infinite
    there, as that of sqrt(1 - x^2).  A function whose slope comes nowhere near 0,
    such as leaky_relu, does not saturate: for it, as for one whose slopes are all 0, only a slope of 0 counts.
    """
    thresholds = [_threshold(activation_of(names[layer])) for names in activations]
    return np.maximum(thresholds, np.finfo(dtype).tiny).astype(dtype)[:, None, None]


def _threshold(activation: Activation) -> float:
    if not activation.saturates:
        return 0.0
    if np.isfinite(activation.greatest_slope):
        return SATURATED_SLOPE * activation.greatest_slope
    for z, usual in ((np.array([-1, 1]), np.max), (np.linspace(-1, 1, 202), np.median)):
        slopes = np.abs(activation.slope(USUAL_SUM * z))
        slopes = slopes[np.isfinite(slopes) & ~np.isnan(activation.value(USUAL_SUM * z))]  # log(x) has none at -1
        if len(slopes):
            return SATURATED_SLOPE * float(usual(slopes))
    return 0.0


class Census:
    """Looks at the units of all hidden layers over all samples, which may come in parts.

    Units of all layers stand side by side: arrays are (run, unit).  `alive` says whether any slope was not 0, `flat`
    how many were saturated, `total` and `squares` are the sums of the outputs and of their squares.
    """

    def __init__(self, runs: int, hidden: Sequence[int], thresholds: Sequence[np.ndarray]) -> None:
        """`thresholds` holds one array of `saturation_thresholds` for each hidden layer."""
        self._thresholds = thresholds
        self._units = [slice(sum(hidden[:layer]), sum(hidden[: layer + 1])) for layer in range(len(hidden))]
        shape = runs, sum(hidden)
        self.alive = np.zeros(shape, bool)
        self.flat = np.zeros(shape, int)
        self.total = np.zeros(shape)
        self.squares = np.zeros(shape)

    @classmethod
    def of(cls, network: StackedMLP) -> "Census":
        """An empty census of the hidden units of a stack of networks."""
        hidden = network.sizes[1:-1]
        thresholds = [saturation_thresholds(network.activations, i, network.dtype) for i in range(len(hidden))]
        return cls(network.runs, hidden, thresholds)

    def look(self, space: Workspace, targets: np.ndarray) -> None:
        """Adds a part of the samples, as an observer of a pass over them (see `core.train.measuring`); overwrites the
        workspace's `sums`."""
        self.add(space.unit_outputs, space.slopes, space.sums)

    def add(self, outputs: Sequence[np.ndarray], slopes: Sequence[np.ndarray], work: Sequence[np.ndarray]) -> None:
        """Adds a part of the samples, fewer than 65,536: `outputs` and `slopes` hold an array (run, unit, sample) for
        every hidden layer, and so does `work`, whose arrays are computed in."""
        for layer, units in enumerate(self._units):
            self._add_slopes(units, slopes[layer], self._thresholds[layer], work[layer])
            self._add_outputs(units, outputs[layer])

    def _add_slopes(self, units: slice, slopes: np.ndarray, threshold: np.ndarray, work: np.ndarray) -> None:
        flat = np.abs(slopes, work) < threshold
        flat = flat.sum(axis=2, dtype=np.uint16)  # three times as fast as counting in 64 bits
        alive = flat < slopes.shape[2]
        perhaps_dead = ~alive
        if perhaps_dead.any():
            alive[perhaps_dead] = slopes[perhaps_dead].any(axis=1)
        self.flat[:, units] += flat
        self.alive[:, units] |= alive

    def _add_outputs(self, units: slice, outputs: np.ndarray) -> None:
        """Sums of float32 are fast, and good enough but for units whose outputs hardly differ, or are huge."""
        samples = outputs.shape[2]
        total = (outputs @ np.ones(samples, outputs.dtype)).astype(float)
        squares = np.vecdot(outputs, outputs).astype(float)
        poor = ~(samples * squares - np.square(total) > 0.01 * samples * squares) | np.isinf(squares)
        if poor.any():
            wide = outputs[poor].astype(float)
            total[poor], squares[poor] = wide.sum(axis=1), np.vecdot(wide, wide)
        self.total[:, units] += total
        self.squares[:, units] += squares


def unit_figures(
    alive: np.ndarray, flat: np.ndarray, total: np.ndarray, squares: np.ndarray, samples: int, hidden: Sequence[int]
) -> dict[str, np.ndarray]:
    """Makes the figures of each hidden layer, (..., layer), of what a `Census` of that many samples holds, (..., unit);
    returns them by their names in `History`.

    A unit is **dead** if its slope f'(z), in the network's precision, is exactly 0 for every sample: no gradient can
    reach its weights.  It is **saturated** if |f'(z)| is below the threshold of `saturation_thresholds`, 5 % of the
    activation's greatest slope, for at least 95 % of the samples; a dead unit is saturated too.  Mean and standard
    deviation of the outputs are taken over units and samples.

    Slopes here keep their digits far out.  PyTorch computes that of tanh as 1 - tanh(z)^2, which float32 rounds to 0
    beyond |z| = 9, and that of sigmoid as s (1 - s), which is 0 beyond z = 17: there it has more dead units.
    """
    starts = [sum(hidden[:layer]) for layer in range(len(hidden))]

    def by_layer(of_units: np.ndarray) -> np.ndarray:
        return np.add.reduceat(of_units, np.array(starts, int), axis=-1)

    values = samples * np.array(hidden)  # of each layer
    mean = by_layer(total) / values
    variance = by_layer(squares) / values - np.square(mean)
    saturated = ~alive | (flat >= SATURATED_SHARE * samples)
    return {
        "dead_units": by_layer((~alive).astype(int)),
        "saturated_units": by_layer(saturated.astype(int)),
        "activation_mean": mean,
        "activation_std": np.sqrt(np.maximum(variance, 0)),
    }


def layer_norms(gradient: np.ndarray, starts: Sequence[int]) -> np.ndarray:
    """The Euclidean norm (run, layer) of each layer's gradient, weights and biases together.

    `gradient` is flat, (run, parameter), and `starts` says where each layer begins in it.
    """
    return np.sqrt(np.add.reduceat(np.square(gradient, dtype=float), starts, axis=1))
