"""Independent means for the tests: differences instead of derivatives."""

from collections.abc import Callable

import numpy as np


def central_difference(function: Callable[[np.ndarray], np.ndarray], z: np.ndarray, step: float = 1e-5) -> np.ndarray:
    """Slope of an elementwise function by Richardson's extrapolation of central differences, O(step^4)."""

    def slope(h: float) -> np.ndarray:
        return (function(z + h) - function(z - h)) / (2 * h)

    return (4 * slope(step) - slope(2 * step)) / 3


def numeric_gradient(function: Callable[[], float], parameters: np.ndarray, step: float = 1e-6) -> np.ndarray:
    """Gradient of `function()` by each entry of `parameters`, which it reads and this changes in place."""
    gradient = np.zeros_like(parameters)
    for index in np.ndindex(parameters.shape):
        value = parameters[index]
        parameters[index] = value + step
        above = function()
        parameters[index] = value - step
        below = function()
        parameters[index] = value
        gradient[index] = (above - below) / (2 * step)
    return gradient
