"""The inside of one trained network at every recorded epoch: what its units compute, which are dead, how its outputs
and gradients are spread, and which classes it takes for which.

The recorded states of a run are a stack of networks like any other, so all of them go forward and backward together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .. import limits
from ..data.loading import Dataset, load
from ..nn.losses import LOSSES, Loss, likeliest_class, softmax
from ..nn.network import StackedMLP, Workspace, layer_views, with_ones
from ..notes import Note
from ..readonly import ReadOnly
from ..train.diagnostics import Census
from ..train.history import History
from ..train.measuring import Samples, mean_gradient
from .boundary import grid

BINS = 40  # of every histogram: bars some pixels wide in a small chart
MOST_UNITS = 16  # of a layer that maps are made of: as many as can be drawn
TAIL = 0.005  # share of the values that may lie beyond each end of a histogram, so that a few do not flatten it
SAME = 1e-6  # as a share of their size: values that differ by less are the same to float32's rounding


@dataclass(frozen=True)
class Inside(ReadOnly):
    """Arrays whose first axis is the E recorded epochs, but for edges; read-only.  Tuples have one array for each
    layer, the one next to the inputs first.

    `epochs (E,)`.  For every layer, the output layer last: `weights` (E, n_in, n_out), `biases` (E, n_out), and
    `unit_maps` (E, unit, resolution, resolution) float32, the outputs of the layer's first units, at most `MOST_UNITS`,
    or the probabilities of the classes, on the cells of `core.analysis.boundary.grid`, row by row from the top left.

    For every hidden layer: `dead` (E, n) says which units are (see `core.train.diagnostics`); `output_counts` (E, BINS)
    how many of the layer's outputs, of all its units and training samples, lie between which two of its `output_edges`
    (BINS + 1,), which are evenly spaced and the same for all epochs.  What lies beyond them is counted in the outermost
    bins.

    `gradient_counts` (E, BINS), for every layer, counts the layer's weights, not its biases, by log10 |dL/dw|, L being
    the mean loss over the training part, without penalties.  `gradient_edges (BINS + 1,)`, from one whole number to
    another, are the same for all layers and epochs; smaller ones are counted in the lowest bin.  Those that are exactly
    0 are not counted: `zero_gradients` (E,) is their share of the layer's weights.

    `confusion (E, K, K)` counts the test samples by true class (row) and predicted class (column).

    NaN and infinities, which only a run that was never finite has, are not counted in histograms.
    """

    epochs: np.ndarray
    weights: tuple[np.ndarray, ...]
    biases: tuple[np.ndarray, ...]
    unit_maps: tuple[np.ndarray, ...]
    dead: tuple[np.ndarray, ...]
    output_counts: tuple[np.ndarray, ...]
    output_edges: tuple[np.ndarray, ...]
    gradient_counts: tuple[np.ndarray, ...]
    gradient_edges: np.ndarray
    zero_gradients: tuple[np.ndarray, ...]
    confusion: np.ndarray


def look_inside(history: History, run: int, resolution: int = 24) -> Inside:
    """Measures what one run of a history, counted from 0, was like inside at every recorded epoch.

    The maps of its units have `resolution` x `resolution` cells.

    Raises `ValueError` if there is no such run.
    """
    experiment = history.experiment
    run = limits.check(Note("run"), run, (0, len(experiment.runs) - 1))
    data, states = load(experiment.dataset), history.flat_parameters[run]
    network = history.states(run)
    layers = layer_views(states, experiment.sizes)
    with np.errstate(all="ignore"):  # a run that is about to diverge overflows, and that is no news here
        units, gradient = _measure(network, data, LOSSES[experiment.loss])
        gradients = _gradient_figures(gradient, experiment.sizes)
        return Inside(
            epochs=history.epochs,
            weights=tuple(layer[:, :, :-1].transpose(0, 2, 1) for layer in layers),
            biases=tuple(layer[:, :, -1] for layer in layers),
            unit_maps=_unit_maps(network, data, resolution),
            dead=units.dead,
            output_counts=units.counts,
            output_edges=units.edges,
            gradient_counts=gradients.counts,
            gradient_edges=gradients.edges,
            zero_gradients=gradients.zeros,
            confusion=_confusion(network, data),
        )


class _UnitFigures(NamedTuple):
    """`Inside.dead`, `output_counts` and `output_edges`."""

    dead: tuple[np.ndarray, ...]
    counts: tuple[np.ndarray, ...]
    edges: tuple[np.ndarray, ...]


class _GradientFigures(NamedTuple):
    """`Inside.gradient_counts`, `gradient_edges` and `zero_gradients`."""

    counts: tuple[np.ndarray, ...]
    edges: np.ndarray
    zeros: tuple[np.ndarray, ...]


def _measure(network: StackedMLP, data: Dataset, loss: Loss) -> tuple[_UnitFigures, np.ndarray]:
    """The figures of hidden units, and the gradient (E, parameter).

    The edges of the histograms are those that suit the first part of the samples: all of them, unless the network is
    large, and then a random choice, because `core.data.loading` shuffles them.
    """
    hidden = network.sizes[1:-1]
    edges: list[np.ndarray] = []
    counts = [np.zeros((network.runs, BINS), int) for _ in hidden]

    def count(space: Workspace, targets: np.ndarray) -> None:
        if not edges:
            edges.extend(_edges(outputs) for outputs in space.unit_outputs)
        for layer, outputs in enumerate(space.unit_outputs):
            counts[layer] += _count(outputs, edges[layer])

    census = Census.of(network)
    gradient = mean_gradient(network, Samples.of_training(data, network.dtype), loss, count, census.look)
    dead = tuple(~census.alive[:, end - n : end] for n, end in zip(hidden, np.cumsum(hidden)))
    return _UnitFigures(dead, tuple(counts), tuple(edges)), gradient


def _gradient_figures(gradient: np.ndarray, sizes: Sequence[int]) -> _GradientFigures:
    of_weights = [layer[:, :, :-1] for layer in layer_views(gradient, sizes)]
    decades = [np.log10(np.abs(layer)) for layer in of_weights]
    finite = [values for layer in decades if len(values := layer[np.isfinite(layer)])]
    low = np.floor(min((np.quantile(values, TAIL) for values in finite), default=-1))
    high = np.ceil(max((values.max() for values in finite), default=0))
    edges = np.linspace(low, max(high, low + 1), BINS + 1)
    counts = tuple(_count(layer, edges) for layer in decades)
    return _GradientFigures(counts, edges, tuple((layer == 0).mean(axis=(1, 2)) for layer in of_weights))


def _unit_maps(network: StackedMLP, data: Dataset, resolution: int) -> tuple[np.ndarray, ...]:
    inputs = with_ones(data.to_inputs(grid(data, resolution).points), network.dtype)
    cells = inputs.shape[1]
    maps = [np.empty((network.runs, min(n, MOST_UNITS), cells), np.float32) for n in network.sizes[1:]]
    for part, space in network.forward_parts(inputs, slopes=False):
        softmax(space.logits)
        for pictures, outputs in zip(maps, [*space.unit_outputs, space.logits_by_run]):
            pictures[:, :, part] = outputs[:, :MOST_UNITS]
    return tuple(pictures.reshape(*pictures.shape[:2], resolution, resolution) for pictures in maps)


def _confusion(network: StackedMLP, data: Dataset) -> np.ndarray:
    inputs, classes = with_ones(data.X_test, network.dtype), data.classes
    counts = np.zeros((network.runs, classes, classes), int)
    epochs = np.arange(network.runs)[:, None]
    for part, space in network.forward_parts(inputs, slopes=False):
        np.add.at(counts, (epochs, data.y_test[part], likeliest_class(space.logits)), 1)
    return counts


def _edges(values: np.ndarray) -> np.ndarray:
    """(BINS + 1,) that leave out the share `TAIL` of the finite values at each end, or less."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return np.linspace(0, 1, BINS + 1)
    ends = np.quantile(finite, TAIL, method="lower"), np.quantile(finite, 1 - TAIL, method="higher")
    low, high = np.clip(np.array(ends, float), -1e300, 1e300)  # so that their difference is finite
    size = max(-low, high)
    if high - low <= SAME * size:
        low, high = low - (size or 1) / 2, high + (size or 1) / 2
    return np.linspace(low, high, BINS + 1)


def _count(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """(E, BINS): how many of the finite values (E, ...) are in each bin, those beyond the edges in the outermost.

    `numpy.histogram` would want a call for each epoch.
    """
    bins = (values.reshape(len(values), -1) - edges[0]) / (edges[-1] - edges[0])
    bins = np.clip(bins * BINS, 0, BINS - 1) + BINS * np.arange(len(bins))[:, None]
    finite = bins[np.isfinite(values).reshape(bins.shape)]
    return np.bincount(finite.astype(int), minlength=BINS * len(bins)).reshape(-1, BINS)
