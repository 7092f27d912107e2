"""How large initial weights have to be for an activation, so that signals and gradients keep their size.

Mean-field theory of wide networks (Poole et al. 2016, Schoenholz et al. 2017): in layers of n units, with weights of
variance s / n and no biases, the weighted sums of a layer are normal numbers z ~ N(0, q), and layer by layer

    the signal   q becomes s E[f(z)^2],
    the gradient by the weighted sums has its variance multiplied by s E[f'(z)^2]

(the second is also what becomes of a small difference between two samples on its way forwards).  Both stay as they are
at He's s = 2 for relu, and at 1 for identity.  Other functions have no such s, so theirs is the nearest: see `gain`.

Where a layer has another number of units than the one below, n is the mean of both: Glorot and Bengio's (2010)
compromise between signals, which ask for the one below, and gradients, which ask for the one above.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .activations import ACTIVATIONS, Activation, Function
from .own_functions import KEPT, activation_of

LAYERS = 5  # the compromise is for so many: between the two and the ten that the pages compare
FAR = 10  # layers through which `Gain` follows what comes of it
STARTS = 0.5, 1.0, 2.0  # variances of the first weighted sums that are tried: sixteen units are no multitude
LEAST = 1e-12  # variance: less, or more than its inverse, suits no weights
MOST = 100.0  # times, in variance, so 10 times in size: what changes more in so many layers is not kept

# Normal numbers at even distances, with their share, for the means.  Corners and jumps need many rather than clever
# ones; their number is even, so that none is 0, where relu has its corner.
_Z = np.linspace(-8, 8, 800)
_SHARE = np.exp(-np.square(_Z) / 2) / np.exp(-np.square(_Z) / 2).sum()


@dataclass(frozen=True)
class Gain:
    """`variance` is s, n times the variance of a weight, and its root what PyTorch calls gain.

    `signal` and `gradient` are the least and the greatest share that wide networks keep of either's variance through
    ten layers, from any of the `STARTS`; 1 is all.
    """

    variance: float
    signal: tuple[float, float]
    gradient: tuple[float, float]

    @property
    def keeps(self) -> bool:
        """Whether neither signals nor gradients change by more than `MOST` times."""
        least, greatest = min(*self.signal, *self.gradient), max(*self.signal, *self.gradient)
        return least >= 1 / MOST and greatest <= MOST


@lru_cache(maxsize=KEPT)
def gain(activation: str) -> Gain:
    """The gain that suits an activation, by its name: that with the least sum of squared logarithms of the variances of
    signals and of gradients, over each of five layers, where both are 1 at the start.

    The variance is rounded to 4 digits, so that all machines have the same.  A function without any slope, like the
    step, has no gradient to keep: its gain keeps the signal.
    """
    record = activation_of(activation)
    variance = float(f"{_best_variance(record):.4g}")
    with np.errstate(all="ignore"):
        kept = [_followed(record, variance, q, FAR) for q in STARTS]
    ends = [(signals[-1] / q, gradients[-1]) for q, (signals, gradients) in zip(STARTS, kept)]
    return Gain(variance, *((float(np.min(each)), float(np.max(each))) for each in zip(*ends)))


def _best_variance(record: Activation) -> float:
    """1 where there is no best one: of a function that somebody wrote, the means may be 0 or not finite."""
    from scipy.optimize import minimize_scalar  # a third of the time of importing core, if it stood above

    with np.errstate(all="ignore"):  # a try may overflow
        signal, slopes = _mean_square(record.value, 1.0), _mean_square(record.slope, 1.0)
        start = -np.log(signal * slopes) / 2  # the answer for one layer, which has a closed form
        if slopes == 0 < signal < np.inf:
            return 1 / signal
        if not np.isfinite(start):
            return 1.0
        try:
            best = np.exp(minimize_scalar(lambda log: _misfit(record, np.exp(log)), bracket=(start, start + 0.1)).x)
        except RuntimeError:  # the misfit has no minimum
            return 1.0
    return float(best) if LEAST <= best <= 1 / LEAST else 1.0


def not_kept(names: Iterable[str] = ACTIVATIONS) -> list[str]:
    """Those of the activations for which no gain keeps signals and gradients near their size."""
    return [name for name in names if not gain(name).keeps]


def _misfit(record: Activation, variance: float) -> float:
    return np.nan_to_num(np.square(np.log(_followed(record, variance, 1.0, LAYERS))).sum(), nan=np.inf)


def _followed(record: Activation, variance: float, q: float, layers: int) -> np.ndarray:
    """(2, layers): the variance of the signal behind each layer, and of the gradient, as a share of the output's, in
    front of as many."""
    signals, factors = [], []
    for _ in range(layers):
        factors.append(variance * _mean_square(record.slope, q))
        q = variance * _mean_square(record.value, q)
        signals.append(q)
    return np.array([signals, np.cumprod(factors)])


def _mean_square(function: Function, q: float) -> float:
    """E[function(z)^2] for z ~ N(0, q)."""
    return float(_SHARE @ np.square(function(np.sqrt(q) * _Z)))
