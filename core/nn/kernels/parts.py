"""What kernels are made of."""

from collections.abc import Callable

import numpy as np
from numpy import copyto

from ..activations import Activation

Functions = tuple[Callable[[], None], Callable[[], None] | None]


def constants(like: np.ndarray, *numbers: float) -> list[np.ndarray]:
    """0-d arrays of an array's precision."""
    return [np.array(number, like.dtype) for number in numbers]


def by_record(record: Activation, z: np.ndarray, a: np.ndarray, s: np.ndarray) -> Functions:
    """The functions of an activation that has no kernel of its own."""
    return lambda: copyto(a, record.value(z)), lambda: copyto(s, record.slope(z))
