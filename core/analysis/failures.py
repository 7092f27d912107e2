"""Trainings that fail, explained: where a run that diverged first had an infinity, and which runs died out.  What helps
is in `core.analysis.what_helps`.

A history says in which epoch a run diverged.  Training gives the same bits again, so the rest is found by doing it once
more and looking at every step of that epoch.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..nn.network import Workspace, layer_views
from ..train.history import History
from ..train.measuring import Score
from ..train.stack import Stack, Step

# Name, layer (from 1) and values, with the run as first axis, of something that was computed.
Quantity = tuple[str, int, np.ndarray]


@dataclass(frozen=True)
class Divergence:
    """Where in the epoch in which it diverged a run first had a NaN or an infinity.

    `step` counts the minibatches of the epoch from 1; 0 means that all steps went well, or that there were none yet
    (epoch 0), and that it came up when the loss was measured, over the training part and then the test part.  `layer`
    counts from 1, the output layer last.

    `quantity` is the first, in the order of computation, of: "weighted sums" and "outputs", layer by layer upwards;
    "gradient" (of the layer's weights and biases, with its penalties), from the output layer downwards; "weights" (with
    biases, after the update; all layers at once, so `layer` is the first of those concerned).  "outputs" of the output
    layer stands for the loss.

    `is_nan` tells values that are not a number, as log has below 0, from those of which some are infinite.

    It is the first of that epoch, and need not be fatal by itself: tanh makes 1 of an infinite sum.
    """

    run: int
    epoch: int
    step: int
    layer: int
    quantity: str
    is_nan: bool = False


def divergences(history: History) -> dict[int, Divergence]:
    """Where each run of a history that diverged did so, by the run's place in the experiment.

    Trains those runs again, as one stack, up to the last epoch in which one of them diverged.
    """
    search = DivergencesInParts(history)
    search.advance(math.inf)
    return search.found or {}


class DivergencesInParts:
    """What `divergences` does, in parts (`core.in_parts`)."""

    def __init__(self, history: History) -> None:
        self.found: dict[int, Divergence] | None = None
        self._watches = list(_watches(history))
        self._divergences: list[Divergence] = []

    def advance(self, seconds: float) -> None:
        """Goes on for about so many seconds, by the clock."""
        end = time.perf_counter() + seconds
        while self._watches and time.perf_counter() < end:
            places, watch = self._watches[0]
            if watch.go_on():
                continue
            del self._watches[0]
            self._divergences += [Divergence(places[run], *where) for run, where in watch.found.items()]
        if not self._watches:
            self.found = {each.run: each for each in sorted(self._divergences, key=lambda each: each.run)}


def _watches(history: History) -> Iterator[tuple[list[int], "_Watch"]]:
    """For each stack in which runs diverged, the places of these runs in the experiment, and a watch over them.  Of one
    that drew everything anew, each seed is a stack of its own."""
    if history.experiment.redraw != "weights":
        for places in history.experiment.runs_by_seed().values():
            for found, watch in _watches(history.select(places)):
                yield [places[run] for run in found], watch
        return
    diverged = np.flatnonzero(history.diverged_at >= 0).tolist()
    if diverged:
        runs = tuple(history.experiment.runs[run] for run in diverged)
        yield diverged, _Watch(Stack(replace(history.experiment, runs=runs)), history.diverged_at[diverged])


def dies_out(history: History) -> np.ndarray:
    """Tells which runs of a history died out, (run,): in the end every unit of at least one of their hidden layers is
    dead, and they have not diverged.

    Such a layer has slope 0 for every training point.  So its weights and those of all layers below get no gradient and
    stay as they are, but for penalties and what an optimizer still does without one (momentum, weight decay); only the
    layers above can learn, from what then are fixed features.  Layers of steps, whose slope is 0 everywhere, are like
    that from the start.
    """
    all_dead = history.dead_units[:, -1] == np.array(history.experiment.hidden, int)
    return all_dead.any(axis=1) & (history.diverged_at < 0)


class _Watch:
    """Looks at every step of those epochs in which a run is known to diverge, and at what its losses come from.

    `found` has (epoch, step, layer, quantity, is_nan), as in `Divergence`, for each run that was seen to.
    """

    def __init__(self, stack: Stack, diverged_at: np.ndarray) -> None:
        self.found: dict[int, tuple[int, int, int, str, bool]] = {}
        self._stack, self._epochs, self._is_new = stack, int(diverged_at.max()), True
        self._expected_at = diverged_at[stack.order]

    def go_on(self) -> bool:
        """Trains an epoch more, and says whether there was one; the first time it looks at the initial weights."""
        with np.errstate(all="ignore"):  # what is infinite is looked for, and runs that had it train on without a look
            if self._is_new:
                self._is_new = False
            elif self._stack.epoch < self._epochs:
                self._stack.train_epoch(self.on_step)
            else:
                return False
            self.on_epoch()
            return True

    def on_step(self, step: Step) -> None:
        self._look(step.epoch, step.number, _computed(step))

    def on_epoch(self) -> None:
        self._look(self._stack.epoch, 0, _measured(self._stack))

    def _look(self, epoch: int, step: int, quantities: Iterator[Quantity]) -> None:
        """Notes the first quantity that is not finite, for each run that is expected to diverge in this epoch."""
        expected = self._expected_at == epoch
        if not expected.any():
            return
        for quantity, layer, values in quantities:
            values = values.reshape(len(expected), -1)
            finite = np.isfinite(values).all(axis=1)
            for row in np.flatnonzero(expected & ~finite):
                is_nan = not np.isinf(values[row]).any()
                self.found[self._stack.order[row]] = epoch, step, layer, quantity, is_nan
                self._expected_at[row] = -1
            expected &= finite


def _computed(step: Step) -> Iterator[Quantity]:
    """What a step has computed, in order."""
    network = step.network
    weights = layer_views(step.before, network.sizes)
    yield from _passed(network.workspace(step.batch.number), step.batch.inputs, weights)
    for layer in range(len(weights), 0, -1):
        yield "gradient", layer, network.gradients[layer - 1]
    for layer, updated in enumerate(network.weights, start=1):
        yield "weights", layer, updated


def _measured(stack: Stack) -> Iterator[Quantity]:
    """What measuring the losses computes."""
    network = stack.network
    for samples in (stack.train, stack.test):
        score = Score(network.runs, stack.loss)
        for part, space in network.forward_parts(samples.inputs, slopes=False):
            yield from _passed(space, samples.inputs[:, part], network.weights)
            score.look(space, samples.targets[:, part])
        yield "outputs", len(network.weights), score.loss


def _passed(space: Workspace, inputs: np.ndarray, weights: list[np.ndarray]) -> Iterator[Quantity]:
    """What a forward pass through these weights has computed.  The workspace keeps its outputs; their sums have been
    overwritten, and are computed once more."""
    below = inputs
    for layer, outputs in enumerate(space.outputs, start=1):
        yield "weighted sums", layer, weights[layer - 1] @ below
        yield "outputs", layer, outputs
        below = outputs
    yield "weighted sums", len(weights), weights[-1] @ below
