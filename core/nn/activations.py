"""Activation functions: each one's value f(z), its slope f'(z), and what is worth knowing of it.

`ACTIVATIONS` is the one place to add an activation: one record there gives it to the engine, the pages, the URL, the
legend and the tests.  Both functions take a float32 or float64 array of any shape and return one of the same shape
and dtype; they give no overflow for |z| up to 1e4, and NaN stays NaN.

Names, default parameters and the side taken at a kink are PyTorch's: where a function has a corner, `slope` is that
of the flatter side for relu, relu6, hardtanh, hardsigmoid and the shrinks, and that of the left side for leaky_relu
and selu.  The step's slope is 0 everywhere, its corner included.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import expit, ndtr

Function = Callable[[np.ndarray], np.ndarray]

SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
SOFTPLUS_THRESHOLD = 20.0  # beyond it PyTorch returns z itself: the rest is below rounding in float32
SHRINK = 0.5
INVERSE_SQRT_2PI = 0.3989422804014327
GELU_TANH_SCALE, GELU_TANH_CUBE = 0.7978845608028654, 0.044715


@dataclass(frozen=True)
class Activation:
    """One activation function.

    `formula` is LaTeX in z; `range` the least and greatest value (infinite where there is none); `note` a sentence on
    what it is known for; `source` the paper; `initializer` the family that suits it (he, xavier or lecun).
    """

    name: str
    label: str
    formula: str
    value: Function
    slope: Function
    range: tuple[float, float]
    initializer: str
    note: str
    source: str

    @cached_property
    def greatest_slope(self) -> float:
        """Largest |f'(z)|, found by search; infinite if |f'| still grows far out."""
        near, far = np.linspace(-10, 10, 200_001), np.array([-1e4, -1e2, 1e2, 1e4])
        greatest, outside = np.abs(self.slope(near)).max(), np.abs(self.slope(far))
        return np.inf if outside.max() > 2 * greatest else float(max(greatest, outside.max()))


def _keep_nan(z: np.ndarray, result: np.ndarray | float) -> np.ndarray:
    """`result` where z is a number, NaN where z is NaN (comparisons with NaN are False and would hide it)."""
    return np.where(np.isnan(z), z, result)


def _between(z: np.ndarray, low: float, high: float, inside: np.ndarray | float) -> np.ndarray:
    """`inside` where low < z < high, else 0."""
    return _keep_nan(z, np.where((z > low) & (z < high), inside, z.dtype.type(0)))


def _exp_negative(z: np.ndarray) -> np.ndarray:
    """exp(z) where z < 0, else 1: never overflows."""
    return np.exp(np.minimum(z, 0))


def _softplus(z: np.ndarray) -> np.ndarray:
    return np.where(z > SOFTPLUS_THRESHOLD, z, np.log1p(np.exp(np.minimum(z, SOFTPLUS_THRESHOLD))))


def _softplus_slope(z: np.ndarray) -> np.ndarray:
    return np.where(z > SOFTPLUS_THRESHOLD, z.dtype.type(1), expit(z))


def _sigmoid_slope(z: np.ndarray) -> np.ndarray:
    return expit(z) * expit(-z)  # sigma(-z) = 1 - sigma(z) without the loss of digits


def _sech_squared(z: np.ndarray) -> np.ndarray:
    return 4 * expit(2 * z) * expit(-2 * z)  # 1 - tanh(z)^2 without the loss of digits


def _elu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0) + np.expm1(np.minimum(z, 0))


def _selu(z: np.ndarray) -> np.ndarray:
    return SELU_SCALE * (np.maximum(z, 0) + SELU_ALPHA * np.expm1(np.minimum(z, 0)))


def _selu_slope(z: np.ndarray) -> np.ndarray:
    return SELU_SCALE * _keep_nan(z, np.where(z > 0, z.dtype.type(1), SELU_ALPHA * _exp_negative(z)))


def _bell(z: np.ndarray) -> np.ndarray:
    return np.exp(-np.square(np.clip(z, -100, 100)))  # beyond 100 it is 0 anyway, and z * z stays finite


def _gelu_slope(z: np.ndarray) -> np.ndarray:
    density = INVERSE_SQRT_2PI * _bell(z * z.dtype.type(np.sqrt(0.5)))
    return ndtr(z) + z * density


def _gelu_tanh_angle(z: np.ndarray) -> np.ndarray:
    return GELU_TANH_SCALE * (z + GELU_TANH_CUBE * z * z * z)


def _gelu_tanh_slope(z: np.ndarray) -> np.ndarray:
    angle = _gelu_tanh_angle(z)
    bend = GELU_TANH_SCALE * (1 + 3 * GELU_TANH_CUBE * z * z)
    return expit(2 * angle) + 0.5 * z * _sech_squared(angle) * bend


def _mish_slope(z: np.ndarray) -> np.ndarray:
    gate = _softplus(z)
    return np.tanh(gate) + z * _sech_squared(gate) * expit(z)


def _softshrink(z: np.ndarray) -> np.ndarray:
    return np.sign(z) * np.maximum(np.abs(z) - SHRINK, 0)


def _beyond_shrink(z: np.ndarray) -> np.ndarray:
    return _keep_nan(z, np.abs(z) > SHRINK).astype(z.dtype)


def _hardswish_slope(z: np.ndarray) -> np.ndarray:
    return _keep_nan(z, np.where(z >= 3, z.dtype.type(1), np.where(z > -3, z / 3 + 0.5, z.dtype.type(0))))


# From simple to complex.  The place in the list gives the colour and dash on every page, so new ones go last.
_RECORDS = (
    Activation(
        "identity", "Identity", r"z", lambda z: +z, lambda z: _keep_nan(z, z.dtype.type(1)),
        (-np.inf, np.inf), "xavier",
        "No activation at all: however deep, the network stays one straight line.", "",
    ),
    Activation(
        "step", "Step", r"\begin{cases}1 & z > 0\\ 0 & z \le 0\end{cases}", lambda z: np.heaviside(z, 0.0),
        lambda z: _keep_nan(z, z.dtype.type(0)), (0, 1), "xavier",
        "The perceptron's yes or no. Its slope is 0 everywhere, so the layers below it learn nothing.",
        "Rosenblatt 1958",
    ),
    Activation(
        "sigmoid", "Sigmoid", r"\frac{1}{1 + e^{-z}}", expit, _sigmoid_slope, (0, 1), "xavier",
        "A soft step. Its slope is at most 1/4, so gradients shrink through every layer.", "Rumelhart et al. 1986",
    ),
    Activation(
        "tanh", "Tanh", r"\tanh z", np.tanh, _sech_squared, (-1, 1), "xavier",
        "A sigmoid stretched to be zero-centred, with slope 1 at the middle.", "LeCun et al. 1998",
    ),
    Activation(
        "relu", "ReLU", r"\max(0, z)", lambda z: np.maximum(z, 0), lambda z: np.heaviside(z, 0.0), (0, np.inf), "he",
        "Passes what is positive. A unit that is negative for all the data gets no gradient: it is dead.",
        "Nair & Hinton 2010",
    ),
    Activation(
        "leaky_relu", "Leaky ReLU", r"\max(0.01 z, z)", lambda z: np.maximum(z, 0.01 * z),
        lambda z: _keep_nan(z, np.where(z > 0, z.dtype.type(1), z.dtype.type(0.01))), (-np.inf, np.inf), "he",
        "A small slope on the negative side keeps every unit alive.", "Maas et al. 2013",
    ),
    Activation(
        "elu", "ELU", r"\begin{cases}z & z > 0\\ e^z - 1 & z \le 0\end{cases}", _elu, _exp_negative, (-1, np.inf), "he",
        "Like ReLU, with a smooth negative side that brings the mean closer to 0.", "Clevert et al. 2016",
    ),
    Activation(
        "selu", "SELU", r"1.0507 \begin{cases}z & z > 0\\ 1.6733 (e^z - 1) & z \le 0\end{cases}", _selu, _selu_slope,
        (-SELU_SCALE * SELU_ALPHA, np.inf), "lecun",
        "Scaled so that mean 0 and variance 1 are kept from layer to layer, with LeCun's initial weights.",
        "Klambauer et al. 2017",
    ),
    Activation(
        "celu", "CELU", r"\max(0, z) + \min(0, e^z - 1)", _elu, _exp_negative, (-1, np.inf), "he",
        "ELU in a form whose slope stays continuous for every alpha; with alpha = 1 they are the same.", "Barron 2017",
    ),
    Activation(
        "gelu", "GELU", r"z\,\Phi(z)", lambda z: z * ndtr(z), _gelu_slope, (-0.16997120747990369, np.inf), "he",
        "z times the chance that a standard normal number is smaller: a smooth ReLU, used in transformers.",
        "Hendrycks & Gimpel 2016",
    ),
    Activation(
        "gelu_tanh", "GELU (tanh)", r"\tfrac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715 z^3)\right)\right)",
        lambda z: z * expit(2 * _gelu_tanh_angle(z)), _gelu_tanh_slope, (-0.17004075057125412, np.inf), "he",
        "GELU with its normal curve replaced by a tanh that is quicker to compute.", "Hendrycks & Gimpel 2016",
    ),
    Activation(
        "silu", "SiLU (Swish)", r"z\,\sigma(z)", lambda z: z * expit(z),
        lambda z: expit(z) + z * _sigmoid_slope(z), (-0.27846454276107380, np.inf), "he",
        "z times its own sigmoid: smooth, and slightly negative before it rises.", "Ramachandran et al. 2017",
    ),
    Activation(
        "mish", "Mish", r"z \tanh(\ln(1 + e^z))", lambda z: z * np.tanh(_softplus(z)), _mish_slope,
        (-0.30884341301725290, np.inf), "he", "A close relative of SiLU, a little deeper below zero.", "Misra 2019",
    ),
    Activation(
        "softplus", "Softplus", r"\ln(1 + e^z)", _softplus, _softplus_slope, (0, np.inf), "he",
        "A ReLU with a round corner; its slope is the sigmoid.", "Dugas et al. 2001",
    ),
    Activation(
        "softsign", "Softsign", r"\frac{z}{1 + |z|}", lambda z: z / (1 + np.abs(z)),
        lambda z: 1 / np.square(1 + np.abs(z)), (-1, 1), "xavier",
        "Like tanh, with tails that flatten far more slowly.", "Bergstra et al. 2009",
    ),
    Activation(
        "hardsigmoid", "Hard sigmoid", r"\mathrm{clip}(z/6 + 1/2,\ 0,\ 1)", lambda z: np.clip(z / 6 + 0.5, 0, 1),
        lambda z: _between(z, -3, 3, z.dtype.type(1 / 6)), (0, 1), "xavier",
        "A sigmoid of three straight pieces; exactly flat beyond 3.", "Courbariaux et al. 2015",
    ),
    Activation(
        "hardtanh", "Hard tanh", r"\mathrm{clip}(z,\ -1,\ 1)", lambda z: np.clip(z, -1, 1),
        lambda z: _between(z, -1, 1, z.dtype.type(1)), (-1, 1), "xavier",
        "A tanh of three straight pieces; exactly flat beyond 1.", "Collobert 2004",
    ),
    Activation(
        "hardswish", "Hard swish", r"z\,\mathrm{clip}(z/6 + 1/2,\ 0,\ 1)", lambda z: z * np.clip(z / 6 + 0.5, 0, 1),
        _hardswish_slope, (-0.375, np.inf), "he",
        "SiLU of simple pieces, for phones; exactly 0 below -3.", "Howard et al. 2019",
    ),
    Activation(
        "relu6", "ReLU6", r"\min(\max(0, z),\ 6)", lambda z: np.clip(z, 0, 6),
        lambda z: _between(z, 0, 6, z.dtype.type(1)), (0, 6), "he",
        "ReLU with a ceiling, so that few bits can hold its values.", "Krizhevsky 2010",
    ),
    Activation(
        "logsigmoid", "Log-sigmoid", r"\ln \sigma(z)", lambda z: np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z))),
        lambda z: expit(-z), (-np.inf, 0), "he",
        "Softplus turned upside down: never positive.", "torch.nn.LogSigmoid",
    ),
    Activation(
        "tanhshrink", "Tanhshrink", r"z - \tanh z", lambda z: z - np.tanh(z), lambda z: np.square(np.tanh(z)),
        (-np.inf, np.inf), "xavier",
        "Flat in the middle, where most values are: gradients vanish at 0, not at the ends.", "torch.nn.Tanhshrink",
    ),
    Activation(
        "softshrink", "Softshrink", r"\mathrm{sign}(z)\max(|z| - 0.5,\ 0)", _softshrink, _beyond_shrink,
        (-np.inf, np.inf), "xavier", "Pulls everything towards 0 by a half, and what is smaller to 0.",
        "Donoho & Johnstone 1994",
    ),
    Activation(
        "hardshrink", "Hardshrink", r"\begin{cases}z & |z| > 0.5\\ 0 & |z| \le 0.5\end{cases}",
        lambda z: _keep_nan(z, np.where(np.abs(z) > SHRINK, z, z.dtype.type(0))), _beyond_shrink, (-np.inf, np.inf),
        "xavier", "Drops what is small and keeps the rest as it is: a jump at each side.", "Donoho & Johnstone 1994",
    ),
    Activation(
        "sin", "Sine", r"\sin z", np.sin, np.cos, (-1, 1), "xavier",
        "Goes up and down for ever: strong on patterns that repeat, with many ways to fit the same data.",
        "Parascandolo et al. 2017",
    ),
    Activation(
        "gaussian", "Gaussian", r"e^{-z^2}", _bell, lambda z: -2 * np.clip(z, -100, 100) * _bell(z), (0, 1), "xavier",
        "Fires for one band of inputs only, near z = 0.", "Broomhead & Lowe 1988",
    ),
    Activation(
        "arctan", "Arctan", r"\arctan z", np.arctan, lambda z: 1 / (1 + np.square(z)),
        (-np.pi / 2, np.pi / 2), "xavier",
        "An S like tanh that reaches higher and flattens more slowly.", "torch.atan",
    ),
    Activation(
        "relu_squared", "ReLU squared", r"\max(0, z)^2", lambda z: np.square(np.maximum(z, 0)),
        lambda z: 2 * np.maximum(z, 0), (0, np.inf), "he",
        "No corner at 0, but a slope that grows without end: large values feed themselves.", "So et al. 2021",
    ),
)  # fmt: skip

ACTIVATIONS: dict[str, Activation] = {record.name: record for record in _RECORDS}
