"""A deep linear network is one layer: its matrices multiplied into one, beside the network itself.

Without activation functions a network computes W3 (W2 (W1 x + b1) + b2) + b3, which is W x + b.  The product is made
of any network; where an activation function stands between the matrices, it is another network, and the difference says
how much that function does.
"""

import math
from dataclasses import dataclass

import numpy as np

from ..analysis.boundary import ClassMaps, Grid, class_maps_of
from ..data.loading import load
from ..nn.losses import likeliest_class, softmax
from ..nn.network import StackedMLP, with_ones
from ..readonly import ReadOnly
from ..train.history import History

QUANTILE = 1.96  # of the standard normal distribution: 95 % lie within


@dataclass(frozen=True)
class Collapse(ReadOnly):
    """The product of a run's matrices at each of its E recorded epochs.

    `weights (E, features, classes)` and `biases (E, classes)` are that one layer; `test_accuracy (E,)` (0 to 1) is what
    it reaches, `difference (E,)` the greatest difference between its class probabilities and the network's, over all
    training and test samples, and `class_maps` its pictures, as those of one run.
    """

    weights: np.ndarray
    biases: np.ndarray
    test_accuracy: np.ndarray
    difference: np.ndarray
    class_maps: ClassMaps

    @property
    def is_in_sight(self) -> np.ndarray:
        """(E,) whether its boundary goes through its picture: not all of that is one class."""
        likeliest = self.class_maps.likeliest[0]
        return likeliest.min(axis=(1, 2)) < likeliest.max(axis=(1, 2))


def collapse(history: History, run: int, window: Grid) -> Collapse:
    """Multiplies the matrices of one run, and compares what comes out with the run's network."""
    data = load(history.experiment.dataset)
    network = history.states(run)
    one_layer = product(network)
    [layer] = one_layer.weights
    difference = np.zeros(len(history.epochs))
    for X in (data.X_train, data.X_test):
        difference = np.maximum(difference, _difference(network, one_layer, with_ones(X, network.dtype)))
    return Collapse(
        weights=layer[:, :, :-1].transpose(0, 2, 1),
        biases=layer[:, :, -1],
        test_accuracy=_accuracy(one_layer, with_ones(data.X_test, network.dtype), data.y_test),
        difference=difference,
        class_maps=class_maps_of(one_layer, data, window),
    )


def product(network: StackedMLP) -> StackedMLP:
    """The stack without hidden layers whose matrices are the products of the network's, biases included."""
    first, *others = network.weights
    matrix = first
    for weights in others:
        matrix = weights[:, :, :-1] @ matrix
        matrix[:, :, -1] += weights[:, :, -1]
    one_layer = StackedMLP((network.sizes[0], network.sizes[-1]), [()] * network.runs, network.dtype.name)
    one_layer.weights[0][...] = matrix
    return one_layer


def luck_of_the_sample(accuracy: float, samples: int) -> float:
    """How far an accuracy (0 to 1) that is measured with so many samples may be off by luck with these samples.

    Half the width of the 95 % confidence interval of a binomial share, by the normal approximation (Wald 1943).
    """
    return QUANTILE * math.sqrt(accuracy * (1 - accuracy) / samples)


def scalar_product(c: float, layers: int) -> float:
    """c^n: what n layers multiply their one input by, if each multiplies it by c."""
    return c**layers


def _difference(one: StackedMLP, other: StackedMLP, inputs: np.ndarray) -> np.ndarray:
    """(run,) the greatest difference between the class probabilities of two stacks."""
    greatest = np.zeros(one.runs)
    for part in one.parts(inputs.shape[1]):
        a, b = (softmax(_logits(network, inputs[:, part]).astype(float)) for network in (one, other))
        greatest = np.maximum(greatest, np.abs(a - b).max(axis=(0, 2)))
    return greatest


def _accuracy(network: StackedMLP, inputs: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return (likeliest_class(_logits(network, inputs)) == labels).mean(axis=1)


def _logits(network: StackedMLP, inputs: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):  # some activations overflow on their way to a right value
        return network.forward(inputs, slopes=False).logits
