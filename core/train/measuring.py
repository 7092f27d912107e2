"""Passes over all samples of the training or the test data, which go through a stack of networks in parts.

What is looked at on the way is the observers' business: each is called with a part's workspace, after its forward pass,
and the part's targets.  So one pass serves records, histograms and counts of units.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..data.loading import Dataset
from ..nn.losses import Loss, likeliest_class
from ..nn.network import StackedMLP, Workspace, one_hot, with_ones

Observer = Callable[[Workspace, np.ndarray], None]


class Samples(NamedTuple):
    """Data as a stack takes them: `inputs` (feature + 1, sample), with a row of ones, and `targets` (class, sample)."""

    inputs: np.ndarray
    targets: np.ndarray

    @classmethod
    def of_training(cls, data: Dataset, dtype: np.dtype) -> "Samples":
        """The training data of a dataset, in the precision of the networks that will take them."""
        return cls(with_ones(data.X_train, dtype), one_hot(data.y_train, data.classes, dtype))

    @classmethod
    def of_test(cls, data: Dataset, dtype: np.dtype) -> "Samples":
        """The test data of a dataset, in the precision of the networks that will take them."""
        return cls(with_ones(data.X_test, dtype), one_hot(data.y_test, data.classes, dtype))

    @property
    def number(self) -> int:
        """How many samples there are."""
        return self.inputs.shape[1]


def forward_pass(network: StackedMLP, samples: Samples, *observers: Observer, slopes: bool = False) -> None:
    """Sends all samples forward, with slopes if asked for, and shows each part to the observers."""
    for part, space in network.forward_parts(samples.inputs, slopes):
        for look in observers:
            look(space, samples.targets[:, part])


def mean_gradient(network: StackedMLP, samples: Samples, loss: Loss, *observers: Observer) -> np.ndarray:
    """Sends all samples forward and back: returns the gradient (run, parameter) of the mean loss over them, without
    penalties, as float64.  The observers see each part in between, while its outputs, slopes and logits are there; of
    the workspace, they may overwrite the `sums`."""
    gradient = np.zeros(network.parameters.shape)
    for part, space in network.forward_parts(samples.inputs):
        targets = samples.targets[:, part]
        for look in observers:
            look(space, targets)
        network.backward(samples.inputs[:, part], targets, loss)
        gradient += network.gradient * (targets.shape[1] / samples.number)
    return gradient


class Score:
    """An observer that finds the mean loss and the accuracy (0 to 1) of each run, over all samples it was shown."""

    def __init__(self, runs: int, loss: Loss) -> None:
        self._loss, self._samples = loss, 0
        self._losses, self._right = np.zeros(runs), np.zeros(runs)

    def look(self, space: Workspace, targets: np.ndarray) -> None:
        """Adds a part of the samples."""
        self._losses += self._loss.per_sample(space.logits, targets).sum(axis=1, dtype=float)
        right = likeliest_class(space.logits) == targets.argmax(axis=0)
        self._right += right.sum(axis=1, dtype=np.uint16)  # a part has at most 1024 samples
        self._samples += targets.shape[1]

    @property
    def loss(self) -> np.ndarray:
        """(run,) the mean loss of a sample."""
        return self._losses / self._samples

    @property
    def accuracy(self) -> np.ndarray:
        """(run,) the share of the samples whose likeliest class is the true one."""
        return self._right / self._samples
