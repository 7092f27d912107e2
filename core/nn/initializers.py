"""Initial weights and biases.

Every initializer scales the same standard-normal draws of a seed and a layer, so that two runs with one seed differ in
the scale and the shape of their distribution and in nothing else.  Weights are (n_in, n_out) and biases (n_out,),
always drawn in float64.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from .. import streams
from .mean_field import gain
from .own_functions import KEPT, activation_of


@dataclass(frozen=True, kw_only=True)
class Initializer:
    """A distribution of initial weights.

    `deviation(n_in, n_out)` is the standard deviation of a weight between a layer of n_in and one of n_out units;
    `uniform` says whether the distribution is uniform (else it is normal); `formula` is LaTeX; `note` is a sentence on
    what it is for and `source` the paper, empty where there is none.  `draws_biases` says whether biases are drawn from
    the weights' distribution, too (else they are 0).

    `code` is how an exported script makes weights: an expression of numpy in `draws`, standard-normal draws of any
    shape, in `n_in` and in `n_out`, which may use `ndtr` of scipy.special.
    """

    name: str
    label: str
    formula: str
    deviation: Callable[[int, int], float]
    uniform: bool
    code: str
    note: str
    source: str = ""
    draws_biases: bool = False


def _he(n_in: int, n_out: int) -> float:
    return np.sqrt(2 / n_in)


def _xavier(n_in: int, n_out: int) -> float:
    return np.sqrt(2 / (n_in + n_out))


def _lecun(n_in: int, n_out: int) -> float:
    return np.sqrt(1 / n_in)


_HE_NOTE = "Twice LeCun's variance, because ReLU sets about half of its inputs to 0."
_XAVIER_NOTE = "A compromise: nearly constant variance of the signals (forward) and of the gradients (backward)."
_LECUN_NOTE = "Keeps the variance of the weighted sums equal to that of the inputs. SELU was designed for it."

_RECORDS = (
    Initializer(
        name="he_normal", label="He normal", formula=r"\mathcal N(0,\ 2/n_{in})", deviation=_he, uniform=False,
        code="np.sqrt(2 / n_in) * draws", source="He et al. 2015",
        note=_HE_NOTE,
    ),
    Initializer(
        name="he_uniform", label="He uniform", formula=r"\mathcal U(\pm\sqrt{6/n_{in}})", deviation=_he, uniform=True,
        code="np.sqrt(6 / n_in) * (2 * ndtr(draws) - 1)", source="He et al. 2015",
        note=_HE_NOTE,
    ),
    Initializer(
        name="xavier_normal", label="Xavier normal", formula=r"\mathcal N(0,\ 2/(n_{in} + n_{out}))",
        deviation=_xavier, uniform=False, code="np.sqrt(2 / (n_in + n_out)) * draws", source="Glorot & Bengio 2010",
        note=_XAVIER_NOTE,
    ),
    Initializer(
        name="xavier_uniform", label="Xavier uniform", formula=r"\mathcal U(\pm\sqrt{6/(n_{in} + n_{out})})",
        deviation=_xavier, uniform=True, code="np.sqrt(6 / (n_in + n_out)) * (2 * ndtr(draws) - 1)",
        source="Glorot & Bengio 2010",
        note=_XAVIER_NOTE,
    ),
    Initializer(
        name="lecun_normal", label="LeCun normal", formula=r"\mathcal N(0,\ 1/n_{in})", deviation=_lecun,
        uniform=False, code="np.sqrt(1 / n_in) * draws", source="LeCun et al. 1998",
        note=_LECUN_NOTE,
    ),
    Initializer(
        name="lecun_uniform", label="LeCun uniform", formula=r"\mathcal U(\pm\sqrt{3/n_{in}})", deviation=_lecun,
        uniform=True, code="np.sqrt(3 / n_in) * (2 * ndtr(draws) - 1)", source="LeCun et al. 1998",
        note=_LECUN_NOTE,
    ),
    Initializer(
        name="small_normal", label="Small normal", formula=r"\mathcal N(0,\ 0.01^2)",
        deviation=lambda n_in, n_out: 0.01, uniform=False, code="0.01 * draws",
        note="Equally small weights in every layer: the signal becomes smaller from layer to layer.",
    ),
    Initializer(
        name="zeros", label="Zeros", formula="0", deviation=lambda n_in, n_out: 0.0, uniform=False, code="0 * draws",
        note="All units of a layer start equal and stay equal: the symmetry is never broken.",
    ),
    Initializer(
        name="xavier_4", label="4 × Xavier normal", formula=r"\mathcal N(0,\ 32/(n_{in} + n_{out}))",
        deviation=lambda n_in, n_out: 4 * _xavier(n_in, n_out), uniform=False,
        code="4 * np.sqrt(2 / (n_in + n_out)) * draws", source="Glorot & Bengio 2010; the factor: Theano's tutorials",
        note="Xavier's weights times 4, for sigmoid: its slope at 0 is a quarter of tanh's.",
    ),
    Initializer(
        name="pytorch_default", label="PyTorch's default", formula=r"\mathcal U(\pm\sqrt{1/n_{in}})",
        deviation=lambda n_in, n_out: np.sqrt(1 / (3 * n_in)), uniform=True, draws_biases=True,
        code="np.sqrt(1 / n_in) * (2 * ndtr(draws) - 1)", source="torch.nn.Linear",
        note="The weights that nn.Linear starts with, for every activation function. The biases are random, too.",
    ),
)  # fmt: skip

AUTO = "auto"  # a choice beside those of the registry: see `suiting`
INITIALIZERS: dict[str, Initializer] = {record.name: record for record in _RECORDS}


@lru_cache(maxsize=KEPT)
def suiting(activation: str | None) -> Initializer:
    """What `"auto"` stands for in front of this activation: Xavier's normal weights times the activation's own gain,
    see `core.nn.mean_field`.  None is the output layer, which gets Xavier's as they are: no activation follows."""
    if activation is None:
        return INITIALIZERS["xavier_normal"]
    variance, record = gain(activation).variance, activation_of(activation)
    return Initializer(
        name=f"{AUTO}_{record.identifier}", label=f"Auto, for {activation}",
        formula=rf"\mathcal N(0,\ {2 * variance:g}/(n_{{in}} + n_{{out}}))",
        deviation=lambda n_in, n_out: np.sqrt(variance) * _xavier(n_in, n_out), uniform=False,
        code=f"np.sqrt({2 * variance:g} / (n_in + n_out)) * draws", source="Poole et al. 2016, Schoenholz et al. 2017",
        note="The size that best keeps the size of signals and gradients through five layers of this activation.",
    )  # fmt: skip


def draw(initializer: str | Initializer, seed: int, layer: int, n_in: int, n_out: int) -> np.ndarray:
    """The initial weights (n_in, n_out), in float64, of layer number `layer` (from 0) of a network with this seed; the
    initializer is one of the registry, by its name, or what `suiting` gives."""
    return _scaled(_record(initializer), _normal(seed, layer, n_in, n_out), n_in, n_out)


def draw_biases(initializer: str | Initializer, seed: int, layer: int, n_in: int, n_out: int) -> np.ndarray:
    """The initial biases (n_out,), in float64, of the same layer; their draws follow those of its weights."""
    record = _record(initializer)
    if not record.draws_biases:
        return np.zeros(n_out)
    return _scaled(record, _normal(seed, layer, n_in + 1, n_out)[-1], n_in, n_out)


def _record(initializer: str | Initializer) -> Initializer:
    return INITIALIZERS[initializer] if isinstance(initializer, str) else initializer


@lru_cache(maxsize=64)  # all runs of a seed draw the same
def _normal(seed: int, layer: int, rows: int, n_out: int) -> np.ndarray:
    normal = np.random.default_rng((streams.WEIGHTS, seed, layer)).standard_normal((rows, n_out))
    normal.flags.writeable = False
    return normal


def _scaled(record: Initializer, normal: np.ndarray, n_in: int, n_out: int) -> np.ndarray:
    unit = np.sqrt(3) * (2 * ndtr(normal) - 1) if record.uniform else normal  # either way of variance 1
    return record.deviation(n_in, n_out) * unit
