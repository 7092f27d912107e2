"""From scores to probabilities, one step after the other, as a network computes them: in float32.

Scores (logits) are (class,), as many as there are classes.  The probabilities and the loss are `core.nn.losses`'s; the
plain formula, without the largest score subtracted, is here to be seen failing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .. import limits
from ..data.loading import load, measures
from ..nn.activations import ACTIVATIONS
from ..nn.losses import LOSSES, likeliest_class, softmax
from ..nn.network import one_hot
from ..notes import Note
from ..readonly import ReadOnly
from ..registry import look_up
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
    limits.check(Note("constant"), constant, SCORE)
    limits.check(Note("temperature"), temperature, TEMPERATURE)
    scaled = (checked + np.float32(constant)) / np.float32(temperature)
    if subtract:
        exponentials = np.exp(scaled - scaled.max())
        return Steps(True, scaled, exponentials, exponentials.sum(), softmax(scaled.copy()))
    with np.errstate(over="ignore", invalid="ignore"):  # inf and NaN are what there is to see
        exponentials = np.exp(scaled)
        total = exponentials.sum()
        return Steps(False, scaled, exponentials, total, exponentials / total)


def over_temperatures(scores: Sequence[float], temperatures: Sequence[float]) -> np.ndarray:
    """(class, temperature): the probabilities at each temperature, in float64; `ValueError` for one beyond
    `TEMPERATURE`."""
    for temperature in temperatures:
        limits.check(Note("temperature"), temperature, TEMPERATURE)
    return softmax(_checked(scores)[:, None] / np.asarray(temperatures))


def probability_of(scaled: np.ndarray, true_class: int) -> float:
    """What the true class's loss is computed from, in float64: float32 keeps no more than a digit or two of a
    probability below 1e-38."""
    return float(softmax(scaled.astype(float))[true_class])


def cross_entropy(scaled: np.ndarray, true_class: int) -> tuple[float, np.ndarray]:
    """Of one sample: the loss -ln p_true, and its slope by each of the scores that went into softmax, (class,).

    Raises `ValueError` if there is no such class, counted from 0.
    """
    return loss_and_slopes("cross_entropy", scaled, true_class)


def loss_and_slopes(loss: str, scaled: np.ndarray, true_class: int) -> tuple[float, np.ndarray]:
    """Of one sample: a loss of the registry, and its slope by each of the scores that went into softmax, (class,).

    Raises `ValueError` if there is no such loss, or no such class, counted from 0.
    """
    of_sample, slopes = _losses(loss, scaled[:, None], true_class)
    return float(of_sample[0]), slopes[:, 0]


def lead(scaled: np.ndarray, true_class: int) -> float:
    """How far the true class's score is above the largest of the others; below 0, the sample is a mistake."""
    return float(scaled[true_class]) - float(np.delete(scaled, true_class).max())


def over_leads(loss: str, scaled: np.ndarray, true_class: int, leads: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A loss of the registry, and its slope by the true class's score, as that score goes through leads (m,) over the
    largest of the others, which stay as they are: (m,) both.

    Raises `ValueError` if there is no such loss, or no such class, counted from 0.
    """
    scores = np.repeat(scaled[:, None], len(leads), axis=1)
    scores[true_class] = np.delete(scaled, true_class).max() + leads
    losses, slopes = _losses(loss, scores, true_class)
    return losses, slopes[true_class]


def two_classes(scaled: np.ndarray) -> tuple[float, float]:
    """The probability of class 1 of the first two scores alone: by softmax of both, and by one sigmoid unit,
    sigma(z_1 - z_0).  In float64, so that what is left between them is no rounding that could be seen."""
    z = scaled[:2].astype(float)
    return float(softmax(z.copy())[1]), float(ACTIVATIONS["sigmoid"].value(z[1] - z[0]))


def _losses(loss: str, scores: np.ndarray, true_class: int) -> tuple[np.ndarray, np.ndarray]:
    """Of scores (class, sample): each sample's loss (sample,), and its slopes (class, sample)."""
    record = look_up(Note("loss"), LOSSES, loss)
    limits.check(Note("true class"), true_class, (0, len(scores) - 1))
    logits = scores[:, None].copy()  # (class, run, sample)
    targets = one_hot(np.full(scores.shape[1], true_class), len(scores), logits.dtype)
    of_samples = record.per_sample(logits, targets)[0]
    record.gradient(logits, targets)
    return of_samples, logits[:, 0]


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
    """What the first run of a history gives for the test samples, after its last epoch."""
    spec = history.experiment.dataset
    data = load(spec)
    return Outputs(history.select([0]).logits(data.X_test)[0], data.y_test, measures(spec))


def _checked(scores: Sequence[float]) -> np.ndarray:
    """(class,) float32."""
    for score in scores:
        limits.check(Note("score"), float(score), SCORE)
    return np.array(scores, np.float32)
