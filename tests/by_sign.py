"""An optimizer that none of the project's is like: its step is the learning rate, with the sign of a mean gradient."""

import numpy as np

from core.nn.optimizers import Optimizer, State
from core.nn.optimizers.record import zeros


def _step(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    (m,) = state
    p -= lr * np.sign(0.9 * m + 0.1 * g)
    m += 0.01 * (g - m)


BY_SIGN = Optimizer(
    name="by_sign", label="By sign", family="sign only", init=zeros(1), step=_step, learning_rate=0.01,
    note="Each parameter moves by the learning rate.", source="nobody",
)  # fmt: skip
