"""From scores to probabilities, one step after the other, as a network computes them: in float32.

Scores (logits) are (class,), as many as there are classes.  The probabilities and the loss are `core.nn.losses`'s; the
plain formula, without the largest score subtracted, is here to be seen failing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .. import limits
from ..data.datasets import load, measures
from ..nn.losses import LOSSES, likeliest_class, softmax
from ..nn.network import one_hot
from ..readonly import ReadOnly
from ..train.history import History

SCORE = (-1e6, 1e6)
TEMPERATURE = (0.001, 1000.0)


@dataclass(frozen=True)
class Steps:
    """What becomes of scores, (class,) float32 each: `scaled`, with the constant added and divided by the temperature;
    `exponentials`, of those or, with `subtract`, of what is left of them without the largest; `probabilities`.  `total`
    is the sum of the exponentials.

    Of the plain formula, exponentials and their sum may be infinite, and probabilities NaN.
    """

    subtract: bool

    scaled: np.ndarray
    exponentials: np.ndarray
    total: np.float32
    probabilities: np.ndarray


def steps(scores: Sequence[float], constant: float = 0.0, temperature: float = 1.0, subtract: bool = True) -> Steps:
    """exp(z_k) / sum_i exp(z_i) of z = (scores + constant) / temperature, step by step.

    `subtract` takes the largest z from all of them before exp, which changes nothing of the result and keeps exp from
    overflowing.  Raises `ValueError` for what is not finite, or beyond `SCORE` or `TEMPERATURE`.
    """
    checked = _checked(scores)
    limits.check("constant", constant, SCORE)
    limits.check("temperature", temperature, TEMPERATURE)
    scaled = (checked + np.float32(constant)) / np.float32(temperature)
    if subtract:
        exponentials = np.exp(scaled - scaled.max())
        return Steps(True, scaled, exponentials, exponentials.sum(), softmax(scaled.copy()))
    with np.errstate(over="ignore", invalid="ignore"):  # inf and NaN are what there is to see
        exponentials = np.exp(scaled)
        total = exponentials.sum()
        return Steps(False, scaled, exponentials, total, exponentials / total)


def over_temperatures(scores: Sequence[float], temperatures: Sequence[float]) -> np.ndarray:
    """(class, temperature): the probabilities at each temperature; `ValueError` for one beyond `TEMPERATURE`."""
    for temperature in temperatures:
        limits.check("temperature", temperature, TEMPERATURE)
    return softmax(_checked(scores)[:, None] / np.asarray(temperatures, np.float32))


def cross_entropy(scaled: np.ndarray, true_class: int) -> tuple[float, np.ndarray]:
    """Of one sample: the loss -ln p_true, and its slope by each of the scores that went into softmax, (class,).

    Raises `ValueError` if there is no such class, counted from 0.
    """
    limits.check("true class", true_class, (0, len(scaled) - 1))
    loss, logits = LOSSES["cross_entropy"], scaled[:, None, None].copy()  # (class, run, sample)
    target = one_hot(np.array([true_class]), len(scaled), logits.dtype)
    of_sample = float(loss.per_sample(logits, target)[0, 0])
    loss.gradient(logits, target)
    return of_sample, logits[:, 0, 0]


@dataclass(frozen=True)
class Outputs(ReadOnly):
    """What a trained network says of the n test samples; read-only.

    `logits (n, classes)` float32, `labels (n,)` the true classes, `measures (n, features)` the samples as they were
    measured, before anything was fitted: of digits 64 pixels from 0 to 16, row by row.
    """

    logits: np.ndarray
    labels: np.ndarray
    measures: np.ndarray

    @property
    def likeliest(self) -> np.ndarray:
        """(n,) the class that the network takes each sample for."""
        return likeliest_class(self.logits.T[:, None])[0]

    @property
    def order(self) -> np.ndarray:
        """(n,) places of all samples: first those that the network takes for a wrong class, then the others, of each
        the one that it is least sure of first."""
        sureness = softmax(self.logits.T.copy()).max(axis=0)
        return np.lexsort((sureness, self.likeliest == self.labels))

    @property
    def mistakes(self) -> int:
        """How many samples the network takes for a wrong class."""
        return int((self.likeliest != self.labels).sum())


def outputs(history: History) -> Outputs:
    """Of the history's first run, after its last epoch."""
    spec = history.experiment.dataset
    data = load(spec)
    return Outputs(history.select([0]).logits(data.X_test)[0], data.y_test, measures(spec))


def _checked(scores: Sequence[float]) -> np.ndarray:
    """(class,) float32."""
    for score in scores:
        limits.check("score", float(score), SCORE)
    return np.array(scores, np.float32)
