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
as its formula says.  Tests hold every kernel to the record, and to where its slope is exactly 0, which is what makes a
unit dead.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..activations import ACTIVATIONS
from ..own_functions import is_own, own_kernel
from . import corners, sigmoids, smooth
from .parts import by_record


class Kernel(NamedTuple):
    value: Callable[[], None]
    slope: Callable[[], None] | None


def bind(name: str, z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Kernel:
    """The kernel of an activation on these arrays, (run, unit, sample) or of any other shape they share."""
    if is_own(name):
        return Kernel(*own_kernel(name, z, a, s))
    return Kernel(*FUSED[name](z, a, s) if name in FUSED else by_record(ACTIVATIONS[name], z, a, s))


# Activations that have a kernel of their own; others are computed by their records.
FUSED = {
    "identity": corners.identity,
    "relu": corners.relu,
    "leaky_relu": corners.leaky_relu,
    "relu_squared": corners.relu_squared,
    "hardtanh": corners.hardtanh,
    "relu6": corners.relu6,
    "hardsigmoid": corners.hardsigmoid,
    "hardswish": corners.hardswish,
    "softshrink": corners.softshrink,
    "hardshrink": corners.hardshrink,
    "sigmoid": sigmoids.sigmoid,
    "tanh": sigmoids.tanh,
    "sigmoid_centred": sigmoids.sigmoid_centred,
    "tanh_shifted": sigmoids.tanh_shifted,
    "tanhshrink": sigmoids.tanhshrink,
    "elu": smooth.elu,
    "selu": smooth.selu,
    "celu": smooth.elu,
    "gelu": smooth.gelu,
    "gelu_tanh": smooth.gelu_tanh,
    "silu": smooth.silu,
    "sin": smooth.sin,
    "gaussian": smooth.gaussian,
    "softplus": smooth.softplus,
    "logsigmoid": smooth.logsigmoid,
    "mish": smooth.mish,
}
