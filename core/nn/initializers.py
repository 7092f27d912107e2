"""Initial weights.

Every initializer scales the same standard-normal draws of a seed and a layer, so that two runs with one seed differ in
the scale and the shape of their distribution and in nothing else.  Weights are (n_in, n_out), always drawn in float64.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from .activations import ACTIVATIONS

STREAM = 21  # keeps these draws apart from those of the data and of the minibatches, which have the same seed on a page


@dataclass(frozen=True)
class Initializer:
    """`deviation(n_in, n_out)` is the standard deviation of a weight; `uniform` says which distribution has it."""

    name: str
    label: str
    formula: str
    deviation: Callable[[int, int], float]
    uniform: bool
    note: str
    source: str


def _he(n_in: int, n_out: int) -> float:
    return np.sqrt(2 / n_in)


def _xavier(n_in: int, n_out: int) -> float:
    return np.sqrt(2 / (n_in + n_out))


def _lecun(n_in: int, n_out: int) -> float:
    return np.sqrt(1 / n_in)


_HE_NOTE = "Twice LeCun's variance, because a ReLU lets half of its inputs through."
_XAVIER_NOTE = "Balances the variance of the signal forwards and of the gradient backwards."
_LECUN_NOTE = "Keeps the variance of the weighted sums at that of the inputs; what SELU was built for."

_RECORDS = (
    Initializer("he_normal", "He normal", r"\mathcal N(0,\ 2/n_{in})", _he, False, _HE_NOTE, "He et al. 2015"),
    Initializer("he_uniform", "He uniform", r"\mathcal U(\pm\sqrt{6/n_{in}})", _he, True, _HE_NOTE, "He et al. 2015"),
    Initializer(
        "xavier_normal", "Xavier normal", r"\mathcal N(0,\ 2/(n_{in} + n_{out}))", _xavier, False, _XAVIER_NOTE,
        "Glorot & Bengio 2010",
    ),
    Initializer(
        "xavier_uniform", "Xavier uniform", r"\mathcal U(\pm\sqrt{6/(n_{in} + n_{out})})", _xavier, True, _XAVIER_NOTE,
        "Glorot & Bengio 2010",
    ),
    Initializer(
        "lecun_normal", "LeCun normal", r"\mathcal N(0,\ 1/n_{in})", _lecun, False, _LECUN_NOTE, "LeCun et al. 1998",
    ),
    Initializer(
        "lecun_uniform", "LeCun uniform", r"\mathcal U(\pm\sqrt{3/n_{in}})", _lecun, True, _LECUN_NOTE,
        "LeCun et al. 1998",
    ),
    Initializer(
        "small_normal", "Small normal", r"\mathcal N(0,\ 0.01^2)", lambda n_in, n_out: 0.01, False,
        "One small size for every layer: the signal fades as the network grows deeper.", "",
    ),
    Initializer(
        "zeros", "Zeros", "0", lambda n_in, n_out: 0.0, False,
        "All units of a layer start the same and stay the same: the symmetry is never broken.", "",
    ),
)  # fmt: skip

AUTO = "auto"
INITIALIZERS: dict[str, Initializer] = {record.name: record for record in _RECORDS}


def suiting(activation: str | None) -> str:
    """The initializer that `"auto"` stands for in front of this activation; None is the output layer (Xavier)."""
    family = "xavier" if activation is None else ACTIVATIONS[activation].initializer
    return f"{family}_normal"


def draw(initializer: str, seed: int, layer: int, n_in: int, n_out: int) -> np.ndarray:
    """Weights (n_in, n_out) in float64 for layer number `layer` of a network with this seed."""
    record = INITIALIZERS[initializer]
    normal = np.random.default_rng((STREAM, seed, layer)).standard_normal((n_in, n_out))
    unit = np.sqrt(3) * (2 * ndtr(normal) - 1) if record.uniform else normal  # either way of variance 1
    return record.deviation(n_in, n_out) * unit
