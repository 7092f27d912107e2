"""Kernels of functions made of straight lines or of powers."""

from collections.abc import Callable

import numpy as np
from numpy import (
    absolute,
    add,
    copyto,
    greater,
    less,
    logical_and,
    maximum,
    minimum,
    multiply,
    not_equal,
    sign,
    square,
    subtract,
)

from ..activations import SHRINK
from .parts import Functions, constants


def identity(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    s.fill(1)  # once: nobody else writes there
    return lambda: copyto(a, z), None


def relu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    zeros, positive = np.zeros_like(z), np.empty(z.shape, bool)

    def value() -> None:
        maximum(z, zeros, out=a)

    def slope() -> None:
        greater(z, zeros, positive)
        copyto(s, positive)  # `sign(a)` is seven times as slow: processors guess in vain which values are 0

    return value, slope


def leaky_relu(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    (low,) = constants(z, 0.01)
    lows = np.full_like(z, low)

    def value() -> None:
        multiply(z, low, a)
        maximum(z, a, out=a)

    def slope() -> None:
        sign(z, s)
        maximum(s, lows, out=s)

    return value, slope


def relu_squared(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    zeros = np.zeros_like(z)

    def value() -> None:
        maximum(z, zeros, out=s)
        square(s, a)

    return value, lambda: add(s, s, s)


def _between(z: np.ndarray, s: np.ndarray, low: float, high: float) -> Callable[[], None]:
    """A function that leaves 1 in `s` where low < z < high, and 0 elsewhere."""
    inside, below = np.empty(z.shape, bool), np.empty(z.shape, bool)
    least, greatest = constants(z, low, high)

    def evaluate() -> None:
        greater(z, least, inside)
        less(z, greatest, below)
        logical_and(inside, below, inside)
        copyto(s, inside)

    return evaluate


def _clipped(z: np.ndarray, a: np.ndarray, low: float, high: float) -> Callable[[], None]:
    """A function that leaves z in `a`, or the end that is nearer where it is not between both."""
    lows, highs = np.full_like(z, low), np.full_like(z, high)

    def evaluate() -> None:
        maximum(z, lows, out=a)
        minimum(a, highs, out=a)

    return evaluate


def hardtanh(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    return _clipped(z, a, -1, 1), _between(z, s, -1, 1)


def relu6(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    return _clipped(z, a, 0, 6), _between(z, s, 0, 6)


def _gate(z: np.ndarray, a: np.ndarray) -> Callable[[], None]:
    """A function that leaves the hard sigmoid of z in `a`."""
    sixth, half = constants(z, 1 / 6, 0.5)
    clip = _clipped(a, a, 0, 1)

    def evaluate() -> None:
        multiply(z, sixth, a)
        add(a, half, a)
        clip()

    return evaluate


def hardsigmoid(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    (sixth,) = constants(z, 1 / 6)
    evaluate = _between(z, s, -3, 3)

    def slope() -> None:
        evaluate()
        multiply(s, sixth, s)

    return _gate(z, a), slope


def hardswish(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    """Times z: the slope is the hard sigmoid, and z / 6 more where that rises."""
    (sixth,) = constants(z, 1 / 6)
    gate = np.empty_like(z)
    evaluate, between = _gate(z, gate), _between(z, s, -3, 3)

    def value() -> None:
        evaluate()
        multiply(z, gate, a)

    def slope() -> None:
        between()
        multiply(z, sixth, z)
        multiply(s, z, s)
        add(s, gate, s)

    return value, slope


def softshrink(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    zeros, beyond = np.zeros_like(z), np.empty(z.shape, bool)
    clip = _clipped(z, s, -SHRINK, SHRINK)

    def value() -> None:
        clip()
        subtract(z, s, a)

    def slope() -> None:
        not_equal(a, zeros, beyond)
        copyto(s, beyond)

    return value, slope


def hardshrink(z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    limits, beyond = np.full_like(z, SHRINK), np.empty(z.shape, bool)

    def value() -> None:
        absolute(z, s)
        greater(s, limits, beyond)
        copyto(s, beyond)
        multiply(z, s, a)

    return value, None
