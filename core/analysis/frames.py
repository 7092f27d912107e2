"""The pictures of a replay: what every network says of every point of a grid, at every recorded epoch."""

from dataclasses import dataclass

import numpy as np

from ..data.datasets import Dataset
from ..nn.losses import likeliest_class, softmax
from ..nn.network import StackedMLP, with_ones
from ..readonly import ReadOnly
from ..train.history import History
from .boundary import Grid


@dataclass(frozen=True)
class Frames(ReadOnly):
    """`likeliest` (run, epoch, row, column), the class of the greatest probability, and `certainty` of the same shape,
    how far that is above a guess: 0 where all classes are equally likely (or nothing can be told), 1 where one is
    sure.  Epochs are the recorded ones."""

    likeliest: np.ndarray
    certainty: np.ndarray


def frames(history: History, data: Dataset, window: Grid) -> Frames:
    """Every network's picture at every recorded epoch; those of one run are computed as one stack of networks."""
    of_runs = [frames_of(history.states(run), data, window) for run in range(len(history.train_loss))]
    return Frames(*(np.concatenate([getattr(each, name) for each in of_runs]) for name in ("likeliest", "certainty")))


def frames_of(states: StackedMLP, data: Dataset, window: Grid) -> Frames:
    """The pictures of one run, whose states at the recorded epochs are a stack of networks."""
    shape = 1, states.runs, window.resolution, window.resolution
    likeliest, certainty = np.empty(shape, np.uint8), np.empty(shape, np.float32)
    inputs = with_ones(data.to_inputs(window.points), states.dtype)
    with np.errstate(all="ignore"):  # a run that is about to blow up overflows, and that is no news here
        for part, space in states.forward_parts(inputs, slopes=False):
            likeliest.reshape(states.runs, -1)[:, part] = likeliest_class(space.logits)
            greatest = softmax(space.logits).max(axis=0)
            above_guess = (greatest * data.classes - 1) / (data.classes - 1)
            certainty.reshape(states.runs, -1)[:, part] = np.nan_to_num(above_guess, nan=0.0)
    return Frames(likeliest, certainty)
