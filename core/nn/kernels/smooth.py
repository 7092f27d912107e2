"""Kernels of smooth functions that are no S: those that look like ReLU, waves and bells."""

from collections.abc import Callable

import numpy as np
from numpy import add, copyto, divide, exp, greater, log, maximum, minimum, multiply, negative, square, subtract
from scipy.special import ndtr

from ..activations import (
    ACTIVATIONS,
    GELU_TANH_CUBE,
    GELU_TANH_SCALE,
    INVERSE_SQRT_2PI,
    SELU_ALPHA,
    SELU_SCALE,
    SOFTPLUS_THRESHOLD,
)
from .parts import Functions, by_record, constants
from .sigmoids import sigmoid_of


def silu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    gate = np.empty_like(z)
    evaluate = sigmoid_of(z, gate, s)

    def value() -> None:
        evaluate()
        multiply(z, gate, a)

    def slope() -> None:
        square(s, s)
        multiply(s, z, s)
        add(s, gate, s)

    return value, slope


def gelu_tanh(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    """z sigmoid(w) with w = c (z + k z^3), so the slope is sigmoid(w) + z sigmoid'(w) c (1 + 3 k z^2)."""
    w, gate, bend = np.empty_like(z), np.empty_like(z), np.empty_like(z)
    first, cube, third = constants(z, 2 * GELU_TANH_SCALE, GELU_TANH_CUBE * 2 * GELU_TANH_SCALE, 3)
    evaluate = sigmoid_of(w, gate, s)

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
PHI = (
    1.75617308e-09, -1.32263417e-07, 3.96474530e-06, -5.53061981e-05, -3.25949663e-05, 3.63330846e-02, 7.97884941e-01,
)  # fmt: skip


def normal_distribution(z: np.ndarray, phi: np.ndarray, square_of_z: np.ndarray) -> Callable[[], None]:
    """A function that leaves Phi(z) in `phi` and z^2 in `square_of_z`: five times as fast in float32, on many samples,
    as scipy's, which computes in float64 one number after the other."""
    half, *coefficients = constants(z, 0.5, *PHI)

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


def gelu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    phi = np.empty_like(z)
    minus_half, scale = constants(z, -0.5, INVERSE_SQRT_2PI)
    evaluate = normal_distribution(z, phi, s)

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


def elu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    zeros, (one,) = np.zeros_like(z), constants(z, 1)

    def value() -> None:
        minimum(z, zeros, out=s)
        exp(s, s)  # the slope: e^z on the left, 1 on the right
        subtract(s, one, a)
        maximum(a, z, out=a)  # e^z - 1 is never below z, and 0 on the right

    return value, None


def selu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    zeros, positive = np.zeros_like(z), np.empty(z.shape, bool)
    scale, left, step = constants(z, SELU_SCALE, SELU_SCALE * SELU_ALPHA, SELU_SCALE * (SELU_ALPHA - 1))

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


def softplus(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    """In float32, where 1 + e^z keeps of a small e^z what matters beside other sums: `log1p` takes eight times as long
    as `log`."""
    if z.dtype != np.float32:
        return by_record(ACTIVATIONS["softplus"], z, a, s)
    (one,) = constants(z, 1)
    limit = np.full_like(z, 2 * SOFTPLUS_THRESHOLD)  # beyond it the value is z

    def value() -> None:
        minimum(z, limit, out=s)
        exp(s, s)
        add(s, one, a)
        log(a, a)
        maximum(a, z, out=a)

    def slope() -> None:
        add(s, one, z)
        divide(s, z, s)

    return value, slope


def logsigmoid(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    """-softplus(-z)"""
    if z.dtype != np.float32:
        return by_record(ACTIVATIONS["logsigmoid"], z, a, s)
    evaluate, slope = softplus(z, a, s)

    def value() -> None:
        negative(z, z)
        evaluate()
        negative(a, a)

    return value, slope


def mish(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    """With e = e^z and n = e (e + 2), tanh(ln(1 + e)) is n / (n + 2), and the rest of its slope, by z, is
    4 e (e + 1) / (n + 2)^2: sums and products of positive numbers, which keep all their digits."""
    one, two, four = constants(z, 1, 2, 4)
    limit = np.full_like(z, SOFTPLUS_THRESHOLD)  # beyond it n / (n + 2) is 1 anyway
    gate, n = np.empty_like(z), np.empty_like(z)

    def value() -> None:
        minimum(z, limit, out=s)
        exp(s, s)
        add(s, two, n)
        multiply(n, s, gate)
        add(gate, two, n)
        divide(gate, n, gate)
        multiply(z, gate, a)

    def slope() -> None:
        multiply(z, four, z)
        multiply(z, s, z)
        add(s, one, s)
        multiply(s, z, s)
        square(n, n)
        divide(s, n, s)
        add(s, gate, s)

    return value, slope


def sin(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    return lambda: np.sin(z, a), lambda: np.cos(z, s)


def gaussian(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    (minus_two,) = constants(z, -2)

    def value() -> None:
        square(z, s)
        np.negative(s, s)
        exp(s, a)

    def slope() -> None:
        multiply(a, z, s)
        multiply(s, minus_two, s)

    return value, slope
