"""What minibatches change: the gradients that an epoch's steps see, beside the gradient of all training samples."""

from dataclasses import dataclass

import numpy as np

from ..data.loading import load
from ..nn.losses import LOSSES, Loss
from ..nn.network import StackedMLP
from ..readonly import ReadOnly
from ..train.history import History
from ..train.measuring import Samples


@dataclass(frozen=True)
class Spread(ReadOnly):
    """Of one network, before and after its training; both arrays are (2,), and read-only.

    `length` is the mean Euclidean norm of the gradients of the minibatches, as a multiple of that of the gradient of
    all training samples; `opposed` is the share of the minibatches (0 to 1) whose gradient points away from it: down
    the minibatch's slope, the loss of all samples rises.
    """

    length: np.ndarray
    opposed: np.ndarray


def spread(history: History, run: int) -> Spread:
    """Looks at the minibatches of one epoch, each with the parameters of a run as they were before and after training.

    The minibatches are of the experiment's size, without a smaller one at the end; their gradients are of the loss of
    the data, without penalties.
    """
    experiment = history.experiment
    network = StackedMLP(experiment.sizes, [experiment.runs[run].layer_activations(len(experiment.hidden))], "float64")
    samples, loss = Samples.of_training(load(experiment.dataset), network.dtype), LOSSES[experiment.loss]
    size = experiment.samples_per_step
    length, opposed = np.zeros(2), np.zeros(2)
    for at in (0, -1):
        network.parameters[...] = history.flat_parameters[run, at]
        of_all = _gradient(network, samples, slice(None), loss)
        starts = range(0, samples.number - size + 1, size)
        each = np.array([_gradient(network, samples, slice(start, start + size), loss) for start in starts])
        norm = np.linalg.norm(of_all)
        length[at] = np.linalg.norm(each, axis=1).mean() / norm if norm else np.nan
        opposed[at] = (each @ of_all < 0).mean()
    return Spread(length, opposed)


def _gradient(network: StackedMLP, samples: Samples, part: slice, loss: Loss) -> np.ndarray:
    """(parameter,) of the mean loss of some samples."""
    inputs, targets = samples.inputs[:, part], samples.targets[:, part]
    network.forward(inputs)
    network.backward(inputs, targets, loss)
    return network.gradient[0].copy()
