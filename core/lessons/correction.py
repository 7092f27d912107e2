"""Mending one mistake: what a small change of all weights, made for one sample alone, does to the others.

Nielsen's example, "Neural Networks and Deep Learning" (2015), chapter 1: a network takes a 9 for an 8, and a small
change of its weights should bring it nearer to a 9 without breaking the rest.
"""

from dataclasses import dataclass

import numpy as np

from ..data.loading import load
from ..limits import check
from ..nn.losses import LOSSES, likeliest_class, softmax
from ..nn.network import StackedMLP, one_hot, with_ones
from ..notes import Note
from ..readonly import ReadOnly
from ..train.history import History

STEPS, STEP = 40, 1e-3  # the length of a step, as a share of that of all weights and biases


@dataclass(frozen=True)
class Mending(ReadOnly):
    """Arrays have one entry for each step, and one before the first; read-only.

    `change` is how far the weights and biases have gone, as a share of their length; `probability` that of the sample's
    true class.  Of the other test samples, `mended` were wrong at first and are right now, `broken` the other way
    round.  `right_after` is the first step after which the sample is right, None if it never is.
    """

    change: np.ndarray
    probability: np.ndarray
    mended: np.ndarray
    broken: np.ndarray
    right_after: int | None


def mend(history: History, sample: int) -> Mending:
    """Goes down the gradient of the loss of one test sample, from where the history's first run has ended.

    Every step has the same length: without it a sample that is all but right would hardly move.  Raises `ValueError` if
    there is no such sample.
    """
    experiment = history.experiment
    data, loss = load(experiment.dataset), LOSSES[experiment.loss]
    check(Note("the sample"), sample, (0, len(data.y_test) - 1))
    network = StackedMLP(experiment.sizes, [experiment.runs[0].layer_activations(len(experiment.hidden))], "float64")
    network.parameters[...] = history.flat_parameters[0, -1]
    start, length = network.parameters.copy(), np.linalg.norm(network.parameters)
    inputs, label = with_ones(data.X_test, network.dtype), data.y_test[sample]
    its_input, its_target = inputs[:, [sample]], one_hot(label[None], data.classes, network.dtype)

    change, probability, is_right = (
        np.zeros(STEPS + 1),
        np.zeros(STEPS + 1),
        np.zeros((STEPS + 1, len(data.y_test)), bool),
    )
    for step in range(STEPS + 1):
        change[step] = np.linalg.norm(network.parameters - start) / length
        is_right[step] = likeliest_class(network.forward(inputs, slopes=False).logits)[0] == data.y_test
        logits = network.forward(its_input).logits
        probability[step] = softmax(logits.copy())[label, 0, 0]
        network.backward(its_input, its_target, loss)
        size = np.linalg.norm(network.gradient)
        network.parameters -= STEP * length * network.gradient / (size or 1)
    others = np.delete(is_right, sample, axis=1)
    right = np.flatnonzero(is_right[:, sample])
    return Mending(
        change=change,
        probability=probability,
        mended=(others & ~others[0]).sum(axis=1),
        broken=(~others & others[0]).sum(axis=1),
        right_after=int(right[0]) if len(right) else None,
    )
