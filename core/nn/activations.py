"""Activation functions: each one's value f(z), its slope f'(z), and what is worth knowing of it.

`ACTIVATIONS` is the one place to add an activation: one record there gives it to the engine, the exports, the pages,
the URL, the legend and the tests.  (A kernel of that name in `core.nn.kernels` makes it faster, and is never needed.)
Both functions take a float32 or float64 array of any shape and return one of the same shape
and dtype; they give no overflow for |z| up to 1e4, and NaN stays NaN.

Names, default parameters and the side taken at a kink are PyTorch's: where a function has a corner, `slope` is that
of the flatter side for relu, relu6, hardtanh, hardsigmoid and the shrinks, and that of the left side for leaky_relu
and selu.  The step's slope is 0 everywhere, its corner included.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from scipy.special import expit, ndtr

from .unbounded import peaks, poles

Function = Callable[[np.ndarray], np.ndarray]

# The fixed point of mean 0 and variance 1 (Klambauer et al. 2017), with PyTorch's digits.
SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
SOFTPLUS_THRESHOLD = 20.0  # beyond it PyTorch returns z itself: the rest is below rounding in float32
SHRINK = 0.5  # lambda of both shrinks, PyTorch's default: what is nearer to 0 becomes 0
INVERSE_SQRT_2PI = 0.3989422804014327  # height of the standard normal density at 0
GELU_TANH_SCALE, GELU_TANH_CUBE = 0.7978845608028654, 0.044715  # sqrt(2 / pi), and the paper's fitted number
_CLOSE, _ALIKE = 1e-8, 0.01  # how far beside a peak of the slope its height is checked, and the most that it may differ


@dataclass(frozen=True, kw_only=True)
class Activation:
    """An activation function and all that the project knows of it.

    `name` is what people type and `label` what they read; `formula` and `slope_formula` are LaTeX in z, of f and of f';
    `value` and `slope` are f and f' of an array; `range` is the least and the greatest value, infinite where there is
    none; `note` is a sentence on what it is known for and `source` the paper, empty where there is none.

    `code` and `slope_code` are f(z) and f'(z) as one writes them in numpy, to be read and copied: Python, whose last
    line is an expression in z.  They may use `ndtr` of scipy.special, and the slope f.

    `torch` is how PyTorch writes it: a module of torch.nn, as in `nn.ReLU()`, or an expression in a tensor z where
    torch.nn has no module for it, as in `torch.sin(z)`.  None says that it cannot be written there.
    """

    name: str
    label: str
    formula: str
    slope_formula: str
    value: Function
    slope: Function
    code: str
    slope_code: str
    range: tuple[float, float]
    note: str
    source: str = ""
    torch: str | None = None

    @cached_property
    def greatest_slope(self) -> float:
        """The largest |f'(z)|, found by search between -10 and 10 and far out; infinite if |f'| still grows there, or
        beside a pole."""
        near, far = np.linspace(-10, 10, 200_001), np.array([-1e4, -1e2, 1e2, 1e4])
        if np.isinf(self.value(near)).any() or len(self.steep):
            return np.inf
        greatest = _greatest(self.slope(np.append(near, self.slope_peaks)))
        outside = _greatest(self.slope(far))
        return np.inf if outside > 2 * greatest else max(greatest, outside)

    @cached_property
    def steep(self) -> np.ndarray:
        """The places (n,) beside which |f'(z)| grows without end, where there are values; see `core.nn.unbounded`."""
        return poles(self._known_slope, self._peaks)

    @cached_property
    def slope_peaks(self) -> np.ndarray:
        """The places (n,) at which |f'(z)| is higher than beside them, however narrow, and not by rounding: values
        differ there by as much."""
        sides = self._peaks + _CLOSE * np.array([[-1], [1]])
        with np.errstate(all="ignore"):
            slopes, differences = self.slope(self._peaks), np.diff(self.value(sides), axis=0)[0] / (2 * _CLOSE)
            return self._peaks[np.abs(slopes - differences) <= _ALIKE * np.abs(slopes)]

    @cached_property
    def _peaks(self) -> np.ndarray:
        return peaks(self._known_slope)

    @cached_property
    def saturates(self) -> bool:
        """Whether |f'(z)| comes near 0, by search between -10 and 10 and far out: below a thousandth of the greatest.

        leaky_relu does not saturate: below 0 it is flatter, but its slope is 0.01 however far out.
        """
        slopes = np.abs(self.slope(np.append(np.linspace(-10, 10, 200_001), [-1e4, 1e4])))
        return bool(slopes.min(initial=np.inf, where=~np.isnan(slopes)) < 1e-3 * _greatest(slopes))

    def _known_slope(self, z: np.ndarray) -> np.ndarray:
        return np.where(np.isnan(self.value(z)), np.nan, self.slope(z))

    @property
    def identifier(self) -> str:
        """The name or, where that is a formula, a name for scripts."""
        return self.name if self.name.isidentifier() else f"own_{crc32(self.name.encode()):08x}"


def _greatest(slopes: np.ndarray) -> float:
    """The largest size; NaN, where a function that somebody wrote has no slope, does not count."""
    return float(np.abs(slopes).max(initial=0, where=~np.isnan(slopes)))


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
        name="identity", label="Identity", formula=r"z", value=lambda z: +z,
        slope=lambda z: _keep_nan(z, z.dtype.type(1)), range=(-np.inf, np.inf),
        torch="nn.Identity()",
        slope_formula="1", code="z", slope_code="np.ones_like(z)",
        note="No change: any number of such layers computes no more than one linear layer.",
    ),
    Activation(
        name="step", label="Step", formula=r"\begin{cases}1 & z > 0\\ 0 & z \le 0\end{cases}",
        value=lambda z: np.heaviside(z, 0.0), slope=lambda z: _keep_nan(z, z.dtype.type(0)), range=(0, 1),
        torch="torch.sign(torch.relu(z))  # 1 where z > 0; its slope is 0 everywhere",
        source="Rosenblatt 1958",
        slope_formula="0", code="np.where(z > 0, 1.0, 0.0)", slope_code="np.zeros_like(z)",
        note="The perceptron's function, 0 or 1. Its slope is 0 everywhere, so the weights before it do not learn.",
    ),
    Activation(
        name="sigmoid", label="Sigmoid", formula=r"\frac{1}{1 + e^{-z}}", value=expit, slope=_sigmoid_slope,
        range=(0, 1), torch="nn.Sigmoid()", source="Rumelhart et al. 1986",
        slope_formula=r"\sigma(z)\,(1 - \sigma(z))", code="1 / (1 + np.exp(-z))", slope_code="f(z) * (1 - f(z))",
        note="A smooth step from 0 to 1. Each layer multiplies the gradient by its slope, which is at most 1/4.",
    ),
    Activation(
        name="tanh", label="Tanh", formula=r"\tanh z", value=np.tanh, slope=_sech_squared, range=(-1, 1),
        torch="nn.Tanh()", source="LeCun et al. 1998",
        slope_formula=r"1 - \tanh^2 z", code="np.tanh(z)", slope_code="1 - np.tanh(z) ** 2",
        note="A sigmoid stretched to the range from −1 to 1: zero-centred, with slope 1 at z = 0.",
    ),
    Activation(
        name="relu", label="ReLU", formula=r"\max(0, z)", value=lambda z: np.maximum(z, 0),
        slope=lambda z: np.heaviside(z, 0.0), range=(0, np.inf), torch="nn.ReLU()",
        source="Nair & Hinton 2010",
        slope_formula=r"\begin{cases}1 & z > 0\\ 0 & z \le 0\end{cases}", code="np.maximum(0, z)",
        slope_code="np.where(z > 0, 1.0, 0.0)",
        note="Gives z if it is positive, else 0. A unit whose z is negative for all data gets no gradient: it is dead.",
    ),
    Activation(
        name="leaky_relu", label="Leaky ReLU", formula=r"\max(0.01 z, z)", value=lambda z: np.maximum(z, 0.01 * z),
        slope=lambda z: _keep_nan(z, np.where(z > 0, z.dtype.type(1), z.dtype.type(0.01))), range=(-np.inf, np.inf),
        torch="nn.LeakyReLU()", source="Maas et al. 2013",
        slope_formula=r"\begin{cases}1 & z > 0\\ 0.01 & z \le 0\end{cases}", code="np.maximum(0.01 * z, z)",
        slope_code="np.where(z > 0, 1.0, 0.01)",
        note="Like ReLU, with a small slope for negative z: its units cannot die.",
    ),
    Activation(
        name="elu", label="ELU", formula=r"\begin{cases}z & z > 0\\ e^z - 1 & z \le 0\end{cases}", value=_elu,
        slope=_exp_negative, range=(-1, np.inf), torch="nn.ELU()", source="Clevert et al. 2016",
        slope_formula=r"\begin{cases}1 & z > 0\\ e^z & z \le 0\end{cases}",
        code="np.where(z > 0, z, np.expm1(np.minimum(0, z)))", slope_code="np.exp(np.minimum(0, z))",
        note="Like ReLU, with a smooth curve for negative z, which brings the mean output closer to 0.",
    ),
    Activation(
        name="selu", label="SELU", formula=r"1.0507 \begin{cases}z & z > 0\\ 1.6733 (e^z - 1) & z \le 0\end{cases}",
        value=_selu, slope=_selu_slope, range=(-SELU_SCALE * SELU_ALPHA, np.inf),
        torch="nn.SELU()", source="Klambauer et al. 2017",
        slope_formula=r"1.0507 \begin{cases}1 & z > 0\\ 1.6733\, e^z & z \le 0\end{cases}",
        code=(
            "scale, alpha = 1.0507009873554805, 1.6732632423543772\n"
            "scale * np.where(z > 0, z, alpha * np.expm1(np.minimum(0, z)))"
        ),
        slope_code=(
            "scale, alpha = 1.0507009873554805, 1.6732632423543772\n"
            "scale * np.where(z > 0, 1.0, alpha * np.exp(np.minimum(0, z)))"
        ),
        note="A scaled ELU: with LeCun's initial weights, it keeps mean 0 and variance 1 from layer to layer.",
    ),
    Activation(
        name="celu", label="CELU", formula=r"\max(0, z) + \min(0, e^z - 1)", value=_elu, slope=_exp_negative,
        range=(-1, np.inf), torch="nn.CELU()", source="Barron 2017",
        slope_formula=r"\begin{cases}1 & z > 0\\ e^z & z \le 0\end{cases}",
        code="np.maximum(0, z) + np.expm1(np.minimum(0, z))", slope_code="np.exp(np.minimum(0, z))",
        note="A variant of ELU with a continuous slope for every alpha; with alpha = 1, both are the same.",
    ),
    Activation(
        name="gelu", label="GELU", formula=r"z\,\Phi(z)", value=lambda z: z * ndtr(z), slope=_gelu_slope,
        range=(-0.16997120747990369, np.inf), torch="nn.GELU()", source="Hendrycks & Gimpel 2016",
        slope_formula=r"\Phi(z) + z\,\frac{e^{-z^2/2}}{\sqrt{2\pi}}", code="z * ndtr(z)",
        slope_code="ndtr(z) + z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)",
        note="z times the probability that a standard normal number is below z: a smooth ReLU, used in transformers.",
    ),
    Activation(
        name="gelu_tanh", label="GELU (tanh)",
        formula=r"\tfrac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715 z^3)\right)\right)",
        value=lambda z: z * expit(2 * _gelu_tanh_angle(z)), slope=_gelu_tanh_slope,
        range=(-0.17004075057125412, np.inf), torch='nn.GELU(approximate="tanh")',
        source="Hendrycks & Gimpel 2016",
        slope_formula=(
            r"\begin{aligned}& \tfrac{1}{2}(1 + \tanh u) + \tfrac{z}{2}(1 - \tanh^2 u)\,u' \\ "
            r"& u = \sqrt{2/\pi}\,(z + 0.044715 z^3) \\ & u' = \sqrt{2/\pi}\,(1 + 0.134145 z^2)\end{aligned}"
        ),
        code="u = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)\nz / 2 * (1 + np.tanh(u))",
        slope_code=(
            "u = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)\n"
            "by_z = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2)\n"
            "(1 + np.tanh(u)) / 2 + z / 2 * (1 - np.tanh(u) ** 2) * by_z"
        ),
        note="An approximation of GELU that uses tanh, which is faster to compute.",
    ),
    Activation(
        name="silu", label="SiLU (Swish)", formula=r"z\,\sigma(z)", value=lambda z: z * expit(z),
        slope=lambda z: expit(z) + z * _sigmoid_slope(z), range=(-0.27846454276107380, np.inf),
        torch="nn.SiLU()", source="Ramachandran et al. 2017",
        slope_formula=r"\sigma(z) + z\,\sigma(z)\,(1 - \sigma(z))", code="z / (1 + np.exp(-z))",
        slope_code="sigma = 1 / (1 + np.exp(-z))\nsigma + z * sigma * (1 - sigma)",
        note="z times sigmoid(z): smooth, and slightly below 0 for negative z.",
    ),
    Activation(
        name="mish", label="Mish", formula=r"z \tanh(\ln(1 + e^z))", value=lambda z: z * np.tanh(_softplus(z)),
        slope=_mish_slope, range=(-0.30884341301725290, np.inf), torch="nn.Mish()",
        source="Misra 2019",
        slope_formula=r"\begin{aligned}& \tanh u + z\,(1 - \tanh^2 u)\,\sigma(z) \\ & u = \ln(1 + e^z)\end{aligned}",
        code="z * np.tanh(np.logaddexp(0, z))",
        slope_code="t = np.tanh(np.logaddexp(0, z))\nt + z * (1 - t**2) / (1 + np.exp(-z))",
        note="Very similar to SiLU, with a slightly lower minimum.",
    ),
    Activation(
        name="softplus", label="Softplus", formula=r"\ln(1 + e^z)", value=_softplus, slope=_softplus_slope,
        range=(0, np.inf), torch="nn.Softplus()", source="Dugas et al. 2001",
        slope_formula=r"\sigma(z)", code="np.logaddexp(0, z)", slope_code="1 / (1 + np.exp(-z))",
        note="A ReLU with a rounded corner; its slope is the sigmoid.",
    ),
    Activation(
        name="softsign", label="Softsign", formula=r"\frac{z}{1 + |z|}", value=lambda z: z / (1 + np.abs(z)),
        slope=lambda z: 1 / np.square(1 + np.abs(z)), range=(-1, 1), torch="nn.Softsign()",
        source="Bergstra et al. 2009",
        slope_formula=r"\frac{1}{(1 + |z|)^2}", code="z / (1 + np.abs(z))", slope_code="1 / (1 + np.abs(z)) ** 2",
        note="Like tanh, but it approaches −1 and 1 much more slowly.",
    ),
    Activation(
        name="hardsigmoid", label="Hard sigmoid", formula=r"\mathrm{clip}(z/6 + 1/2,\ 0,\ 1)",
        value=lambda z: np.clip(z / 6 + 0.5, 0, 1), slope=lambda z: _between(z, -3, 3, z.dtype.type(1 / 6)),
        range=(0, 1), torch="nn.Hardsigmoid()", source="Courbariaux et al. 2015",
        slope_formula=r"\begin{cases}1/6 & |z| < 3\\ 0 & |z| \ge 3\end{cases}", code="np.clip(z / 6 + 0.5, 0, 1)",
        slope_code="np.where(np.abs(z) < 3, 1 / 6, 0.0)",
        note="A sigmoid made of three straight lines; its slope is 0 below −3 and above 3.",
    ),
    Activation(
        name="hardtanh", label="Hard tanh", formula=r"\mathrm{clip}(z,\ -1,\ 1)", value=lambda z: np.clip(z, -1, 1),
        slope=lambda z: _between(z, -1, 1, z.dtype.type(1)), range=(-1, 1),
        torch="nn.Hardtanh()", source="Collobert 2004",
        slope_formula=r"\begin{cases}1 & |z| < 1\\ 0 & |z| \ge 1\end{cases}", code="np.clip(z, -1, 1)",
        slope_code="np.where(np.abs(z) < 1, 1.0, 0.0)",
        note="A tanh made of three straight lines; its slope is 0 below −1 and above 1.",
    ),
    Activation(
        name="hardswish", label="Hard swish", formula=r"z\,\mathrm{clip}(z/6 + 1/2,\ 0,\ 1)",
        value=lambda z: z * np.clip(z / 6 + 0.5, 0, 1), slope=_hardswish_slope, range=(-0.375, np.inf),
        torch="nn.Hardswish()", source="Howard et al. 2019",
        slope_formula=r"\begin{cases}1 & z \ge 3\\ z/3 + 1/2 & |z| < 3\\ 0 & z \le -3\end{cases}",
        code="z * np.clip(z / 6 + 0.5, 0, 1)",
        slope_code="np.where(np.abs(z) < 3, z / 3 + 0.5, np.where(z > 0, 1.0, 0.0))",
        note="A SiLU made of simple pieces, for mobile phones; exactly 0 below −3.",
    ),
    Activation(
        name="relu6", label="ReLU6", formula=r"\min(\max(0, z),\ 6)", value=lambda z: np.clip(z, 0, 6),
        slope=lambda z: _between(z, 0, 6, z.dtype.type(1)), range=(0, 6), torch="nn.ReLU6()",
        source="Krizhevsky 2010",
        slope_formula=r"\begin{cases}1 & 0 < z < 6\\ 0 & \text{else}\end{cases}", code="np.clip(z, 0, 6)",
        slope_code="np.where((z > 0) & (z < 6), 1.0, 0.0)",
        note="A ReLU with a maximum of 6, so that few bits can store its values.",
    ),
    Activation(
        name="logsigmoid", label="Log-sigmoid", formula=r"\ln \sigma(z)",
        value=lambda z: np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z))), slope=lambda z: expit(-z), range=(-np.inf, 0),
        torch="nn.LogSigmoid()", source="torch.nn.LogSigmoid",
        slope_formula=r"1 - \sigma(z)", code="-np.logaddexp(0, -z)", slope_code="1 / (1 + np.exp(z))",
        note="The logarithm of the sigmoid: never positive.",
    ),
    Activation(
        name="tanhshrink", label="Tanhshrink", formula=r"z - \tanh z", value=lambda z: z - np.tanh(z),
        slope=lambda z: np.square(np.tanh(z)), range=(-np.inf, np.inf), torch="nn.Tanhshrink()",
        source="torch.nn.Tanhshrink",
        slope_formula=r"\tanh^2 z", code="z - np.tanh(z)", slope_code="np.tanh(z) ** 2",
        note="Its slope is 0 at z = 0 and small around it: gradients vanish for small z, not for large z.",
    ),
    Activation(
        name="softshrink", label="Softshrink", formula=r"\mathrm{sign}(z)\max(|z| - 0.5,\ 0)", value=_softshrink,
        slope=_beyond_shrink, range=(-np.inf, np.inf), torch="nn.Softshrink()",
        source="Donoho & Johnstone 1994",
        slope_formula=r"\begin{cases}1 & |z| > 0.5\\ 0 & |z| \le 0.5\end{cases}",
        code="np.sign(z) * np.maximum(0, np.abs(z) - 0.5)", slope_code="np.where(np.abs(z) > 0.5, 1.0, 0.0)",
        note="Moves every z towards 0 by 0.5; values between −0.5 and 0.5 become 0.",
    ),
    Activation(
        name="hardshrink", label="Hardshrink", formula=r"\begin{cases}z & |z| > 0.5\\ 0 & |z| \le 0.5\end{cases}",
        value=lambda z: _keep_nan(z, np.where(np.abs(z) > SHRINK, z, z.dtype.type(0))), slope=_beyond_shrink,
        range=(-np.inf, np.inf), torch="nn.Hardshrink()", source="Donoho & Johnstone 1994",
        slope_formula=r"\begin{cases}1 & |z| > 0.5\\ 0 & |z| \le 0.5\end{cases}",
        code="np.where(np.abs(z) > 0.5, z, 0.0)", slope_code="np.where(np.abs(z) > 0.5, 1.0, 0.0)",
        note="Sets values between −0.5 and 0.5 to 0 and keeps all others, with a jump at both ends.",
    ),
    Activation(
        name="sin", label="Sine", formula=r"\sin z", value=np.sin, slope=np.cos, range=(-1, 1),
        torch="torch.sin(z)", source="Parascandolo et al. 2017",
        slope_formula=r"\cos z", code="np.sin(z)", slope_code="np.cos(z)",
        note="A wave that repeats: good for repeating patterns, but it can fit the same data in many ways.",
    ),
    Activation(
        name="gaussian", label="Gaussian", formula=r"e^{-z^2}", value=_bell,
        slope=lambda z: -2 * np.clip(z, -100, 100) * _bell(z), range=(0, 1),
        torch="torch.exp(-(z**2))", source="Broomhead & Lowe 1988",
        slope_formula=r"-2 z\, e^{-z^2}", code="np.exp(-(z**2))", slope_code="-2 * z * np.exp(-(z**2))",
        note="Large only near z = 0, so each unit responds to one band of inputs.",
    ),
    Activation(
        name="arctan", label="Arctan", formula=r"\arctan z", value=np.arctan, slope=lambda z: 1 / (1 + np.square(z)),
        range=(-np.pi / 2, np.pi / 2), torch="torch.atan(z)", source="torch.atan",
        slope_formula=r"\frac{1}{1 + z^2}", code="np.arctan(z)", slope_code="1 / (1 + z**2)",
        note="S-shaped like tanh, but with a larger range, whose ends it approaches more slowly.",
    ),
    Activation(
        name="relu_squared", label="ReLU squared", formula=r"\max(0, z)^2",
        value=lambda z: np.square(np.maximum(z, 0)), slope=lambda z: 2 * np.maximum(z, 0), range=(0, np.inf),
        torch="torch.relu(z) ** 2", source="So et al. 2021",
        slope_formula=r"2 \max(0, z)", code="np.maximum(0, z) ** 2", slope_code="2 * np.maximum(0, z)",
        note="No corner at 0, but its slope grows without limit: values above 1 become even larger.",
    ),
    Activation(
        name="sigmoid_centred", label="Sigmoid, centred", formula=r"\sigma(z) - \tfrac{1}{2}",
        value=lambda z: 0.5 * np.tanh(0.5 * z), slope=_sigmoid_slope, range=(-0.5, 0.5),
        torch="torch.sigmoid(z) - 0.5",
        slope_formula=r"\sigma(z)\,(1 - \sigma(z))", code="1 / (1 + np.exp(-z)) - 0.5",
        slope_code="sigma = 1 / (1 + np.exp(-z))\nsigma * (1 - sigma)",
        note="Sigmoid minus 0.5: zero-centred, with the same slope. Made to separate the effect of the centre from "
        "that of the slope; not in common use.",
    ),
    Activation(
        name="tanh_shifted", label="Tanh, shifted", formula=r"\tanh z + 1", value=lambda z: 2 * expit(2 * z),
        slope=_sech_squared, range=(0, 2), torch="torch.tanh(z) + 1",
        slope_formula=r"1 - \tanh^2 z", code="np.tanh(z) + 1", slope_code="1 - np.tanh(z) ** 2",
        note="Tanh plus 1: never negative, with the same slope. Made to separate the effect of the centre from "
        "that of the slope; not in common use.",
    ),
)  # fmt: skip

ACTIVATIONS: dict[str, Activation] = {record.name: record for record in _RECORDS}
