"""The pictures of a replay: what every network says of every point of a grid, at every recorded epoch."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.boundary import Grid
from core.datasets import Dataset
from core.history import History
from core.losses import likeliest_class, softmax
from core.network import with_ones


@dataclass(frozen=True)
class Frames:
    """`likeliest` (run, epoch, row, column), the class of the greatest probability, and `certainty` of the same shape,
    how far that is above a guess: 0 where all classes are equally likely (or nothing can be told), 1 where one is
    sure.  Epochs are the recorded ones."""

    likeliest: np.ndarray
    certainty: np.ndarray


def frames(history: History, data: Dataset, window: Grid) -> Frames:
    """Every network's picture at every recorded epoch; those of one run are computed as one stack of networks."""
    shape = *history.train_loss.shape, window.resolution, window.resolution
    likeliest, certainty = np.empty(shape, np.uint8), np.empty(shape, np.float32)
    for run in range(shape[0]):
        for samples, logits in _logits_of_run(history, run, data.to_inputs(window.points)):
            likeliest[run].reshape(shape[1], -1)[:, samples] = likeliest_class(logits)
            greatest = softmax(logits).max(axis=0)
            above_guess = (greatest * data.classes - 1) / (data.classes - 1)
            certainty[run].reshape(shape[1], -1)[:, samples] = np.nan_to_num(above_guess, nan=0.0)
    return Frames(likeliest, certainty)


def _logits_of_run(history: History, run: int, X: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """Parts of the samples of X (n, features), each with its logits (class, epoch, sample)."""
    network = history.states(run)
    inputs = with_ones(X, network.dtype)
    for part in network.parts(len(X)):
        with np.errstate(all="ignore"):  # a run that is about to blow up overflows, and that is no news here
            yield part, network.forward(inputs[:, part], slopes=False).logits.copy()
