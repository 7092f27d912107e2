"""Kernels of functions in the shape of an S, and of tanhshrink."""

from collections.abc import Callable

import numpy as np
from numpy import add, exp, minimum, multiply, reciprocal, square, subtract

from .parts import Functions, constants


def sigmoid_of(z: np.ndarray, a: np.ndarray, r: np.ndarray) -> Callable[[], None]:
    """A function that leaves sigmoid(z) in `a` and the root of its slope, 1 / (e^(z/2) + e^(-z/2)), in `r`: both keep
    all their digits far out, where 1 - sigmoid(z) would be 0 and make saturated units look dead."""
    (half,) = constants(z, 0.5)
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


def sigmoid(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    return sigmoid_of(z, a, s), lambda: square(s, s)


def tanh(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
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


def sigmoid_centred(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    (half,) = constants(z, 0.5)
    evaluate = sigmoid_of(z, a, s)

    def value() -> None:
        evaluate()
        subtract(a, half, a)

    return value, lambda: square(s, s)


def tanh_shifted(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    (one,) = constants(z, 1)
    evaluate, slope = tanh(z, a, s)

    def value() -> None:
        evaluate()
        add(a, one, a)

    return value, slope


def tanhshrink(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    def value() -> None:
        np.tanh(z, s)
        subtract(z, s, a)

    return value, lambda: square(s, s)
