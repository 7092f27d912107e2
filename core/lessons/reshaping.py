"""Tanh made of the sigmoid in three moves: tanh z = 2 sigma(2 z) - 1."""

from dataclasses import dataclass

import numpy as np

from ..nn.activations import ACTIVATIONS

_SIGMOID, _TANH = ACTIVATIONS["sigmoid"], ACTIVATIONS["tanh"]
REACH = 10.0


@dataclass(frozen=True)
class Reshaped:
    """The sigmoid, `squeeze` times as narrow, then `stretch` times as high, then raised by `shift`.

    `z` and the results are arrays of one shape.
    """

    squeeze: float = 1
    stretch: float = 1
    shift: float = 0

    def value(self, z: np.ndarray) -> np.ndarray:
        return self.stretch * _SIGMOID.value(self.squeeze * z) + self.shift

    def slope(self, z: np.ndarray) -> np.ndarray:
        return self.stretch * self.squeeze * _SIGMOID.slope(self.squeeze * z)

    def place(self, z: np.ndarray) -> np.ndarray:
        """Where the sigmoid's point at z has come to, on the axis of z."""
        return z / self.squeeze

    def distance_from_tanh(self) -> float:
        """The greatest, for z from -`REACH` to `REACH`."""
        z = np.linspace(-REACH, REACH, 2001)
        return float(np.abs(self.value(z) - _TANH.value(z)).max())


# From the sigmoid to tanh: after no move, and after each of the three.
TANH_MOVES = (Reshaped(), Reshaped(2), Reshaped(2, 2), Reshaped(2, 2, -1))
