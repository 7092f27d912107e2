"""Value and slope in place: what the training loop calls for an activation.

`bind(name, z, a, s)` ties an activation to three arrays of one shape and gives a `Kernel` of two functions without
arguments: `value()` leaves f(z) in `a`, then `slope()` leaves f'(z) in `s`; it is None where `value` has done that too.
What both need is computed once, by `value`, and kept in `s` or in arrays of the kernel's own.  `z` is theirs to
overwrite, and nobody else writes to `s`.  Infinities on the way that cancel in the end are part of it: callers silence
numpy's warnings.

On a minibatch, numpy spends more time around the arithmetic than in it.  So constants are 0-d arrays made once, zeros
are arrays of z's shape (`maximum` with one number is not vectorised), and the result's place is the last argument, by
position, but for `maximum` and `minimum`, which want it by name.

An activation without a kernel of its own here is computed by its record; a function that somebody wrote, step by step
as its formula says.  Tests hold every kernel to the record, and to
where its slope is exactly 0, which is what makes a unit dead.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy import add, copyto, exp, greater, maximum, minimum, multiply, reciprocal, sign, square, subtract
from scipy.special import ndtr

from .activations import (
    ACTIVATIONS,
    GELU_TANH_CUBE,
    GELU_TANH_SCALE,
    INVERSE_SQRT_2PI,
    SELU_ALPHA,
    SELU_SCALE,
    Activation,
)
from .own_functions import is_own, own_kernel

_Functions = tuple[Callable[[], None], Callable[[], None] | None]


class Kernel(NamedTuple):
    value: Callable[[], None]
    slope: Callable[[], None] | None


def bind(name: str, z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Kernel:
    """The kernel of an activation on these arrays, (run, unit, sample) or of any other shape they share."""
    if is_own(name):
        return Kernel(*own_kernel(name, z, a, s))
    return Kernel(*FUSED[name](z, a, s)) if name in FUSED else _by_record(ACTIVATIONS[name], z, a, s)


def _by_record(record: Activation, z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Kernel:
    return Kernel(lambda: copyto(a, record.value(z)), lambda: copyto(s, record.slope(z)))


def _constants(like: np.ndarray, *numbers: float) -> list[np.ndarray]:
    return [np.array(number, like.dtype) for number in numbers]


def _identity(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    s.fill(1)  # once: nobody else writes there
    return lambda: copyto(a, z), None


def _relu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    zeros, positive = np.zeros_like(z), np.empty(z.shape, bool)

    def value() -> None:
        maximum(z, zeros, out=a)

    def slope() -> None:
        greater(z, zeros, positive)
        copyto(s, positive)  # `sign(a)` is seven times as slow: processors guess in vain which values are 0

    return value, slope


def _leaky_relu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    (low,) = _constants(z, 0.01)
    lows = np.full_like(z, low)

    def value() -> None:
        multiply(z, low, a)
        maximum(z, a, out=a)

    def slope() -> None:
        sign(z, s)
        maximum(s, lows, out=s)

    return value, slope


def _relu_squared(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    zeros = np.zeros_like(z)

    def value() -> None:
        maximum(z, zeros, out=s)
        square(s, a)

    return value, lambda: add(s, s, s)


def _sigmoid_of(z: np.ndarray, a: np.ndarray, r: np.ndarray) -> Callable[[], None]:
    """A function that leaves sigmoid(z) in `a` and the root of its slope, 1 / (e^(z/2) + e^(-z/2)), in `r`: both keep
    all their digits far out, where 1 - sigmoid(z) would be 0 and make saturated units look dead."""
    (half,) = _constants(z, 0.5)
    limit = np.full_like(z, np.log(np.finfo(z.dtype).max) - 3)  # of z / 2, so that e^(z/2) stays finite

    def evaluate() -> None:
        multiply(z, half, a)
        minimum(a, limit, out=a)
        exp(a, a)
        reciprocal(a, r)
        add(r, a, r)
        reciprocal(r, r)
        multiply(a, r, a)

    return evaluate


def _sigmoid(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    return _sigmoid_of(z, a, s), lambda: square(s, s)


def _tanh(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    def value() -> None:
        np.tanh(z, a)

    def slope() -> None:
        exp(z, z)
        reciprocal(z, s)
        add(s, z, s)
        reciprocal(s, s)
        add(s, s, s)
        square(s, s)  # (2 / (e^z + e^-z))^2: 1 - tanh(z)^2 without cancelling to 0

    return value, slope


def _sigmoid_centred(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    (half,) = _constants(z, 0.5)
    evaluate = _sigmoid_of(z, a, s)

    def value() -> None:
        evaluate()
        subtract(a, half, a)

    return value, lambda: square(s, s)


def _tanh_shifted(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    (one,) = _constants(z, 1)
    tanh, slope = _tanh(z, a, s)

    def value() -> None:
        tanh()
        add(a, one, a)

    return value, slope


def _silu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    gate = np.empty_like(z)
    evaluate = _sigmoid_of(z, gate, s)

    def value() -> None:
        evaluate()
        multiply(z, gate, a)

    def slope() -> None:
        square(s, s)
        multiply(s, z, s)
        add(s, gate, s)

    return value, slope


def _gelu_tanh(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    """z sigmoid(w) with w = c (z + k z^3), so the slope is sigmoid(w) + z sigmoid'(w) c (1 + 3 k z^2)."""
    w, gate, bend = np.empty_like(z), np.empty_like(z), np.empty_like(z)
    first, cube, third = _constants(z, 2 * GELU_TANH_SCALE, GELU_TANH_CUBE * 2 * GELU_TANH_SCALE, 3)
    evaluate = _sigmoid_of(w, gate, s)

    def value() -> None:
        square(z, bend)
        multiply(bend, cube, bend)
        add(bend, first, w)
        multiply(w, z, w)
        evaluate()
        multiply(z, gate, a)

    def slope() -> None:
        multiply(bend, third, bend)
        add(bend, first, bend)
        square(s, s)
        multiply(s, bend, s)
        multiply(s, z, s)
        add(s, gate, s)

    return value, slope


# The normal distribution function is 1/2 + tanh(z P(z^2)) / 2, with this P right to 1e-7, which is float32's rounding.
# The highest power comes first; `benchmarks/normal_distribution.py` fits them.
_PHI = (
    1.75617308e-09, -1.32263417e-07, 3.96474530e-06, -5.53061981e-05, -3.25949663e-05, 3.63330846e-02, 7.97884941e-01,
)  # fmt: skip


def _normal_distribution(z: np.ndarray, phi: np.ndarray, square_of_z: np.ndarray) -> Callable[[], None]:
    """A function that leaves Phi(z) in `phi` and z^2 in `square_of_z`: five times as fast in float32, on many samples,
    as scipy's, which computes in float64 one number after the other."""
    half, *coefficients = _constants(z, 0.5, *_PHI)

    def exactly() -> None:
        square(z, square_of_z)
        ndtr(z, phi)

    def to_rounding() -> None:
        square(z, square_of_z)
        multiply(square_of_z, coefficients[0], phi)
        for coefficient in coefficients[1:-1]:
            add(phi, coefficient, phi)
            multiply(phi, square_of_z, phi)
        add(phi, coefficients[-1], phi)
        multiply(phi, z, phi)
        np.tanh(phi, phi)
        multiply(phi, half, phi)
        add(phi, half, phi)

    return to_rounding if z.dtype == np.float32 else exactly


def _gelu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    phi = np.empty_like(z)
    minus_half, scale = _constants(z, -0.5, INVERSE_SQRT_2PI)
    evaluate = _normal_distribution(z, phi, s)

    def value() -> None:
        evaluate()
        multiply(z, phi, a)

    def slope() -> None:
        multiply(s, minus_half, s)
        exp(s, s)
        multiply(s, scale, s)
        multiply(s, z, s)
        add(s, phi, s)

    return value, slope


def _elu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    zeros, (one,) = np.zeros_like(z), _constants(z, 1)

    def value() -> None:
        minimum(z, zeros, out=s)
        exp(s, s)  # the slope: e^z on the left, 1 on the right
        subtract(s, one, a)
        maximum(a, z, out=a)  # e^z - 1 is never below z, and 0 on the right

    return value, None


def _selu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    zeros, positive = np.zeros_like(z), np.empty(z.shape, bool)
    scale, left, step = _constants(z, SELU_SCALE, SELU_SCALE * SELU_ALPHA, SELU_SCALE * (SELU_ALPHA - 1))

    def value() -> None:
        minimum(z, zeros, out=s)
        exp(s, s)
        multiply(s, left, s)  # the slope on the left, and what it reaches at 0 on the right
        maximum(z, zeros, out=a)
        multiply(a, scale, a)
        add(a, s, a)
        subtract(a, left, a)

    def slope() -> None:
        greater(z, zeros, positive)
        copyto(z, positive)
        multiply(z, step, z)
        subtract(s, z, s)

    return value, slope


def _sin(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    return lambda: np.sin(z, a), lambda: np.cos(z, s)


def _gaussian(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> _Functions:
    (minus_two,) = _constants(z, -2)

    def value() -> None:
        square(z, s)
        np.negative(s, s)
        exp(s, a)

    def slope() -> None:
        multiply(a, z, s)
        multiply(s, minus_two, s)

    return value, slope


# Activations that have a kernel of their own; others are computed by their records.
FUSED = {
    "identity": _identity,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "selu": _selu,
    "celu": _elu,
    "gelu": _gelu,
    "gelu_tanh": _gelu_tanh,
    "silu": _silu,
    "sin": _sin,
    "gaussian": _gaussian,
    "relu_squared": _relu_squared,
    "sigmoid_centred": _sigmoid_centred,
    "tanh_shifted": _tanh_shifted,
}
