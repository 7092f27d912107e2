"""Many small networks of one shape, as one set of arrays.

Activations are (run, unit, sample), with one more row of ones below the units, and a layer's weights are
(run, n_out, n_in + 1) with the biases as last column.  So one matmul gives the weighted sums with their biases, and one
gives the gradients of weights and biases together.  All parameters of a run are one row of a flat (run, parameter)
array, of which the layers' weights are views; gradients likewise.  That is what lets one call move every network.

The work arrays are kept from step to step, one set for each number of samples.  Runs whose activations are equal should
stand next to each other: each block of them is one kernel call.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeVar

import numpy as np

from .kernels import bind
from .losses import Loss

Name = TypeVar("Name")

NEGLIGIBLE = 1e-16  # of a loss's slope by a logit: less than what float64 can take from 1
PART_VALUES = 1_000_000  # of one array for all layers, in a workspace that only measures or predicts


class StackedMLP:
    """`sizes` are (inputs, hidden..., classes); `activations` holds, for each run, one name per hidden layer."""

    def __init__(self, sizes: Sequence[int], activations: Sequence[Sequence[str]], dtype: str = "float32") -> None:
        self.sizes = tuple(sizes)
        self.activations = tuple(tuple(names) for names in activations)
        self.dtype = np.dtype(dtype)
        self.parameters = np.zeros((self.runs, parameter_count(self.sizes)), self.dtype)
        self.gradient = np.zeros_like(self.parameters)
        self.weights = layer_views(self.parameters, self.sizes)
        self.gradients = layer_views(self.gradient, self.sizes)
        self._backward_weights = [w[:, :, :-1].transpose(0, 2, 1) for w in self.weights]  # (run, n_in, n_out)
        self._workspaces: dict[int, Workspace] = {}

    def become(self, activations: Sequence[Sequence[str]]) -> None:
        """Goes on with other activations, given as at the beginning, and with the same weights."""
        self.activations = tuple(tuple(names) for names in activations)
        self._workspaces.clear()

    @property
    def runs(self) -> int:
        return len(self.activations)

    def parts(self, samples: int, size: int | None = None) -> list[slice]:
        """What to send through at once, of that many samples, to measure or to predict: so many, or what suits."""
        size = size or part_size(self.runs, self.sizes)
        return [slice(start, start + size) for start in range(0, samples, size)]

    def workspace(self, samples: int) -> "Workspace":
        if samples not in self._workspaces:
            self._workspaces[samples] = Workspace(self, samples)
        return self._workspaces[samples]

    def forward(self, inputs: np.ndarray, slopes: bool = True, masks: Sequence[np.ndarray] = ()) -> "Workspace":
        """`inputs` is (n_in + 1, sample), see `with_ones`.  The workspace then holds each layer's outputs and, unless
        told not to, slopes, and the logits (class, run, sample).  `masks` are those of `core.nn.dropout`, if any."""
        space = self.workspace(inputs.shape[1])
        a = inputs
        for layer, weights in enumerate(self.weights[:-1]):
            np.matmul(weights, a, out=space.sums[layer])
            for function in space.functions[layer] if slopes else space.functions_of_value[layer]:
                function()
            if masks:
                np.multiply(space.values[layer], masks[layer], out=space.unit_outputs[layer])
            else:
                np.copyto(space.unit_outputs[layer], space.values[layer])
            a = space.outputs[layer]
        np.matmul(self.weights[-1], a, out=space.logits_by_run)
        return space

    def forward_parts(
        self, inputs: np.ndarray, slopes: bool = True, size: int | None = None
    ) -> Iterator[tuple[slice, "Workspace"]]:
        """`forward` for any number of samples, part by part, to measure or to predict: yields which samples they are,
        and the workspace, which holds what came of them until the next part.  `size` is that of a part, if it is not
        what suits the memory."""
        for part in self.parts(inputs.shape[1], size):
            yield part, self.forward(inputs[:, part], slopes)

    def backward(self, inputs: np.ndarray, targets: np.ndarray, loss: Loss, masks: Sequence[np.ndarray] = ()) -> None:
        """After `forward(inputs)`, with the same masks: leaves the gradient of the mean loss over these samples in
        `gradient`.  Uses up the workspace's logits.  `targets` is (class, sample).

        Slopes by logits that are negligible count as 0: what the layers before made of them would be subnormal, with
        which some processors are a hundred times as slow, and would move nothing.
        """
        space = self.workspace(inputs.shape[1])
        loss.gradient(space.logits, targets)
        space.logits *= (np.abs(space.logits) > NEGLIGIBLE) * space.share
        delta = space.logits_by_run
        for layer in range(len(self.weights) - 1, 0, -1):
            np.matmul(delta, space.outputs_transposed[layer - 1], out=self.gradients[layer])
            np.matmul(self._backward_weights[layer], delta, out=space.sums[layer - 1])
            delta = np.multiply(space.slopes[layer - 1], space.sums[layer - 1], space.values[layer - 1])
            if masks:
                delta *= masks[layer - 1]
        np.matmul(delta, inputs.T, out=self.gradients[0])


def part_size(runs: float, sizes: Sequence[int]) -> int:
    """How many samples to send through a stack at once: enough to be fast, few enough for the memory."""
    return min(max(int(PART_VALUES / (runs * sum(sizes))), 32), 1024)


class Workspace:
    """The arrays that a `StackedMLP` works in for a given number of samples; one list entry for each hidden layer.

    `outputs` (run, unit + 1, sample) with its row of ones, `unit_outputs` the same without it, `slopes` (run, unit,
    sample), `logits` (class, run, sample) and, of the same memory, `logits_by_run` (run, class, sample).  The `sums` of
    all layers share their memory too: they are gone once the layer's outputs are there.  So do the `values` that the
    kernels work in, because numpy is twice as fast where no row of ones lies in between.  On the way back, sums hold
    the gradients by a layer's outputs, and values those by its sums.
    """

    def __init__(self, network: StackedMLP, samples: int) -> None:
        runs, hidden = network.runs, network.sizes[1:-1]
        self.sums, self.values = self._shared(network, samples), self._shared(network, samples)
        self.outputs = [np.ones((runs, n + 1, samples), network.dtype) for n in hidden]
        self.unit_outputs = [a[:, :-1] for a in self.outputs]
        self.outputs_transposed = [a.transpose(0, 2, 1) for a in self.outputs]
        self.slopes = [np.empty((runs, n, samples), network.dtype) for n in hidden]
        self.logits = np.empty((network.sizes[-1], runs, samples), network.dtype)
        self.logits_by_run = self.logits.transpose(1, 0, 2)
        self.share = np.array(1 / samples, network.dtype)  # of one sample in the mean
        kernels = [
            [
                bind(name, self.sums[layer][block], self.values[layer][block], self.slopes[layer][block])
                for name, block in blocks([names[layer] for names in network.activations])
            ]
            for layer in range(len(hidden))
        ]
        self.functions_of_value = [[kernel.value for kernel in each] for each in kernels]
        self.functions = [[function for kernel in each for function in kernel if function] for each in kernels]

    @staticmethod
    def _shared(network: StackedMLP, samples: int) -> list[np.ndarray]:
        """One (run, unit, sample) array for each hidden layer, all at the same place in memory."""
        runs, hidden = network.runs, network.sizes[1:-1]
        memory = np.empty(runs * max(hidden, default=0) * samples, network.dtype)
        return [memory[: runs * n * samples].reshape(runs, n, samples) for n in hidden]


def blocks(names: Sequence[Name]) -> list[tuple[Name, slice]]:
    """Neighbours of one name: [a, a, b] gives (a, 0:2), (b, 2:3)."""
    found, start = [], 0
    for name, group in groupby(names):
        stop = start + len(list(group))
        found.append((name, slice(start, stop)))
        start = stop
    return found


def with_ones(X: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """(sample, feature) -> (feature + 1, sample), contiguous, with the row of ones that meets the biases."""
    return np.vstack([X.T, np.ones(len(X))]).astype(dtype)


def one_hot(y: np.ndarray, classes: int, dtype: np.dtype) -> np.ndarray:
    """(sample,) integers -> (class, sample) of 0 and 1."""
    return (np.arange(classes)[:, None] == y).astype(dtype)


def parameter_count(sizes: Sequence[int]) -> int:
    """Weights and biases of one network."""
    return sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes))


def layer_starts(sizes: Sequence[int]) -> list[int]:
    """Where each layer's parameters begin in a flat (run, parameter) array."""
    return [parameter_count(sizes[: layer + 1]) for layer in range(len(sizes) - 1)]


def layer_views(flat: np.ndarray, sizes: Sequence[int]) -> list[np.ndarray]:
    """Each layer's weights with biases, (run, n_out, n_in + 1), as views of a flat (run, parameter) array."""
    layers = zip(layer_starts(sizes), pairwise(sizes))
    return [flat[:, at : at + n * (m + 1)].reshape(len(flat), n, m + 1) for at, (m, n) in layers]
