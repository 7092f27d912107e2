"""One neuron: it weighs its inputs, adds them up with its bias, and puts the sum through an activation function.

    neuron = Neuron(weights=(1.2, -0.7), bias=0.1, activation="sigmoid")
    neuron.terms((0.5, 1.0))  # what adds up to the weighted sum z: 0.6, -0.7, 0.1
    neuron.nudge((0.5, 1.0), (0.2, 0.0, 0.0)).change  # of the output, if the first weight grows by 0.2

Inputs are (..., n_in).  Parameters, and changes of them, are (..., n_in + 1): the weights, and behind them the bias.
"""

from dataclasses import dataclass

import numpy as np

from ..limits import check, settle
from ..nn.activations import ACTIVATIONS
from ..notes import Note
from ..registry import look_up

PARAMETER = (-1e3, 1e3)  # limits of a weight and of the bias
SHARPNESS = (1e-3, 1e3)
WAY = 3001  # places on the way of a nudge: over 300 of k z they miss nothing that is wider than 0.1
# The share of its terms below which a sum is 0 but for rounding: in binary 0.6 - 0.7 + 0.1 is 3e-17, and a step fires.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Nudge:
    """What changes of the parameters do to a neuron's output for one input: output `before` and `after`, and the
    change that the slopes predict.  Of several changes (m, n_in + 1), the last two are (m,)."""

    before: np.ndarray
    after: np.ndarray
    predicted: np.ndarray

    @property
    def change(self) -> np.ndarray:
        """The true one."""
        return self.after - self.before


@dataclass(frozen=True)
class Neuron:
    """A neuron with output f(k z), where z = w1 x1 + w2 x2 + ... + b, f is the activation and k the sharpness.

    Sharpness k is the same as k times the weights and k times the bias.  The neuron with the activation "step" is
    Rosenblatt's perceptron.  Raises `ValueError` for an unknown activation and for numbers beyond the limits above.
    """

    weights: tuple[float, ...]
    bias: float
    activation: str = "sigmoid"
    sharpness: float = 1.0

    def __post_init__(self) -> None:
        look_up(Note("activation"), ACTIVATIONS, self.activation)
        if not self.weights:
            raise ValueError("a neuron needs at least one weight")
        object.__setattr__(self, "weights", tuple(check(Note("weight"), weight, PARAMETER) for weight in self.weights))
        settle(self, "bias", PARAMETER)
        settle(self, "sharpness", SHARPNESS)

    @property
    def parameters(self) -> np.ndarray:
        """(n_in + 1,)"""
        return np.array([*self.weights, self.bias])

    def terms(self, x: np.ndarray) -> np.ndarray:
        """What the weighted sum is the sum of: every weight times its input, and the bias, (..., n_in + 1)."""
        return self.parameters * self._with_one(x)

    def weighted_sum(self, x: np.ndarray) -> np.ndarray:
        """z, (...,): exactly 0 where it is 0 but for rounding."""
        return _total(self.terms(x))

    def output(self, x: np.ndarray) -> np.ndarray:
        """f(k z), (...,)."""
        return self._fire(self.weighted_sum(x))

    def slope(self, x: np.ndarray) -> np.ndarray:
        """f'(k z), (...,): the activation's slope at the inputs x (..., n_in)."""
        return ACTIVATIONS[self.activation].slope(self.sharpness * self.weighted_sum(x))

    def slopes(self, x: np.ndarray) -> np.ndarray:
        """Derivatives of the output by each parameter, (..., n_in + 1): f'(k z) k x_j, and f'(k z) k for the bias, as
        the chain rule has it."""
        return (self.sharpness * self.slope(x))[..., None] * self._with_one(x)

    def nudge(self, x: np.ndarray, changes: np.ndarray) -> Nudge:
        """What changes of the parameters, (n_in + 1,) or (m, n_in + 1), do to the output for the input x (n_in,).

        The prediction is the sum of each slope times its parameter's change: the first term of Taylor's series.
        """
        changes = np.asarray(changes, float)
        after = self._fire(_total((self.parameters + changes) * self._with_one(x)))
        return Nudge(self.output(x), after, changes @ self.slopes(x))

    def bend(self, x: np.ndarray, change: np.ndarray) -> float:
        """How far the output for the input x (n_in,) is at most from the straight way to what it is after a change of
        the parameters (n_in + 1,), as they change steadily."""
        share = np.linspace(0, 1, WAY)
        nudge = self.nudge(x, np.multiply.outer(share, change))
        return float(np.abs(nudge.change - share * nudge.change[-1]).max())

    def nudged(self, change: np.ndarray) -> "Neuron":
        """The neuron with its parameters changed by (n_in + 1,)."""
        *weights, bias = (self.parameters + change).tolist()
        return Neuron(tuple(weights), bias, self.activation, self.sharpness)

    def line(self, reach: float) -> np.ndarray | None:
        """Two points (2, 2) of the plane of two inputs, of the line where z is 0, `reach` to both sides of its place
        nearest to the origin.  None if both weights are 0: then z is the same everywhere.

        Raises `ValueError` for a neuron that has not two inputs.
        """
        if len(self.weights) != 2:
            raise ValueError(f"the neuron has {len(self.weights)} inputs, and a line is drawn for 2")
        w = np.array(self.weights)
        length = np.linalg.norm(w)
        if not length:
            return None
        along = np.array([-w[1], w[0]]) / length
        return -self.bias * w / length**2 + np.outer([-reach, reach], along)

    def _fire(self, z: np.ndarray) -> np.ndarray:
        return ACTIVATIONS[self.activation].value(self.sharpness * z)

    def _with_one(self, x: np.ndarray) -> np.ndarray:
        """(..., n_in + 1): the inputs, and behind them the 1 that the bias is the weight of."""
        x = np.asarray(x, float)
        if x.shape[-1:] != (len(self.weights),):
            raise ValueError(f"inputs have the shape {x.shape}, and the neuron has {len(self.weights)} weights")
        return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)


def plane(reach: float, resolution: int) -> np.ndarray:
    """(row, column, 2): centres of the cells of a square from -reach to reach, from the top left, as a picture's."""
    steps = reach * ((2 * np.arange(resolution) + 1) / resolution - 1)
    return np.stack(np.meshgrid(steps, -steps), axis=-1)


def _total(terms: np.ndarray) -> np.ndarray:
    z = terms.sum(axis=-1)
    return np.where(np.abs(z) <= ROUNDING * np.abs(terms).sum(axis=-1), 0.0, z)
