"""Value and slope together, in place: what the training loop calls for an activation.

A kernel gets three arrays of one shape, `z`, `a` and `s`, and leaves f(z) in `a` and f'(z) in `s`; it may use `z` as
scratch.  What value and slope have in common is computed once, and next to nothing is allocated.  An activation without
a kernel of its own here is computed by its record's `value` and `slope`.  Tests hold every kernel to that pair, and to
where its slope is exactly 0, which is what makes a unit dead.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import erf

from core.activations import ACTIVATIONS, INVERSE_SQRT_2PI, SELU_ALPHA, SELU_SCALE

Kernel = Callable[[np.ndarray, np.ndarray, np.ndarray], None]


def _identity(z, a, s):
    np.copyto(a, z)
    s.fill(1)


def _sigmoid(z, a, s):
    below = z < 0
    np.abs(z, out=s)
    np.negative(s, out=s)
    np.exp(s, out=s)
    np.add(s, 1, out=a)
    np.reciprocal(a, out=a)  # sigmoid(|z|)
    s *= a  # sigmoid(-|z|), with all its digits
    np.multiply(a, s, out=z)
    np.copyto(a, s, where=below)
    np.copyto(s, z)


def _tanh(z, a, s):
    np.tanh(z, out=a)
    np.abs(z, out=s)
    s *= -2
    np.exp(s, out=s)
    np.add(s, 1, out=z)
    z *= z
    s /= z
    s *= 4  # 1 - tanh(z)^2 without cancelling to 0, which would make saturated units look dead


def _relu(z, a, s):
    np.maximum(z, 0, out=a)
    np.greater(z, 0, out=s, casting="unsafe")


def _leaky_relu(z, a, s):
    np.greater(z, 0, out=s, casting="unsafe")
    s *= 0.99
    s += 0.01
    np.multiply(z, s, out=a)


def _elu(z, a, s):
    np.maximum(z, 0, out=a)
    np.minimum(z, 0, out=s)
    np.exp(s, out=s)  # the slope: e^z on the left, 1 on the right
    a += s
    a -= 1


def _selu(z, a, s):
    np.maximum(z, 0, out=a)
    np.minimum(z, 0, out=s)
    np.exp(s, out=s)
    s *= SELU_SCALE * SELU_ALPHA
    a *= SELU_SCALE
    a += s
    a -= SELU_SCALE * SELU_ALPHA
    np.greater(z, 0, out=z, casting="unsafe")
    z *= SELU_SCALE * (SELU_ALPHA - 1)
    s -= z


def _gelu(z, a, s):
    np.multiply(z, np.sqrt(0.5), out=s)
    erf(s, out=a)
    a *= 0.5
    a += 0.5  # Phi(z)
    np.multiply(s, s, out=s)
    np.negative(s, out=s)
    np.exp(s, out=s)
    s *= INVERSE_SQRT_2PI
    s *= z
    s += a
    a *= z


def _sin(z, a, s):
    np.sin(z, out=a)
    np.cos(z, out=s)


def _gaussian(z, a, s):
    np.multiply(z, z, out=a)
    np.negative(a, out=a)
    np.exp(a, out=a)
    np.multiply(a, z, out=s)
    s *= -2


def _relu_squared(z, a, s):
    np.maximum(z, 0, out=s)
    np.multiply(s, s, out=a)
    s *= 2


_FUSED: dict[str, Kernel] = {
    "identity": _identity,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "selu": _selu,
    "celu": _elu,
    "gelu": _gelu,
    "sin": _sin,
    "gaussian": _gaussian,
    "relu_squared": _relu_squared,
}


def _from_record(name: str) -> Kernel:
    record = ACTIVATIONS[name]

    def kernel(z, a, s):
        a[...] = record.value(z)
        s[...] = record.slope(z)

    return kernel


KERNELS: dict[str, Kernel] = {name: _FUSED.get(name) or _from_record(name) for name in ACTIVATIONS}
